"""Statutory limits: they open, are reached, fall away, and are announced when they approach or are missed."""
