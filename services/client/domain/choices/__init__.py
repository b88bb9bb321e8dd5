"""Direct choices."""
