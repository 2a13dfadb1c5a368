"""A source of invented organisations for almenstyring, for demonstrations and tests."""
