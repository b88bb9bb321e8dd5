"""Rows of envelopes."""
