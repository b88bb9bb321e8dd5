"""Statutory limits on the wire."""
