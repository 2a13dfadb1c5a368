"""An exporter for almenstyring that writes a readable Excel workbook."""
