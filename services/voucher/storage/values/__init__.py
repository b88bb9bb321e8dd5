"""Rows of parameter sets and income statements."""
