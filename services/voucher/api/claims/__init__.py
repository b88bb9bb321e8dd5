"""The service of reversals."""
