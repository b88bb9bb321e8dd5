"""Direct choices of centres and dental units."""
