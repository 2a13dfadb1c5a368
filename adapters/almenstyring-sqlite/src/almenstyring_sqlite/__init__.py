"""A store for almenstyring in one SQLite file."""
