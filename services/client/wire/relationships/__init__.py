"""Relationships on the wire."""
