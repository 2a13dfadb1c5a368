"""The use cases: opening a year, prefilling, checking, sending, following up, exporting."""
