"""Decisions, appeals and changes."""
