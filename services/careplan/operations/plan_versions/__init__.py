"""Bring a MINOR version into force; publish versions in the archive."""
