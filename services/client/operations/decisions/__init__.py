"""Decisions on services, their appeals and changes."""
