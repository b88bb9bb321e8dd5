"""Copies of neighbours' facts, the newest version of each."""
