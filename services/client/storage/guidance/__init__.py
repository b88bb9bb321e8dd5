"""Rows of guidance, and of the searches for which support is due."""
