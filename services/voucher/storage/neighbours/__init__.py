"""Copies of the neighbours' facts, one module for each kind of fact."""
