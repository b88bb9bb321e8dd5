"""The service of quotes."""
