"""Copies of what the neighbours tell."""
