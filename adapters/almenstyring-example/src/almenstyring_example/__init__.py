"""The template for an almenstyring adapter: a source reading a folder of CSV files, and a rule pack."""
