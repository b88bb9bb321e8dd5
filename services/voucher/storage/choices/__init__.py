"""Rows of quotes, and how many places at providers are taken."""
