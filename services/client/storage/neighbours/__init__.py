"""Rows of copies of the provider service's facts."""
