"""Providers promise to follow their part of a version."""
