"""Copies of what the provider service tells."""
