"""Rows of claims, re-routes and reversals, and the one payer of each delivery."""
