"""Copies of the provider service's facts."""
