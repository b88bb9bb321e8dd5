"""Searches for another provider, and what starts, moves and ends them (process C)."""
