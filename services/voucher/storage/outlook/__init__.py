"""Queries over vouchers, commitments and the purse together."""
