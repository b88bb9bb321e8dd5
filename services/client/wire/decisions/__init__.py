"""Decisions on the wire."""
