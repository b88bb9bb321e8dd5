"""Rows of clients and of their identity codes."""
