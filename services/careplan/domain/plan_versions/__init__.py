"""Versions of a plan that came into force, and their publication."""
