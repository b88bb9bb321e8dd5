"""Rows of commitments, direct payments and settlements."""
