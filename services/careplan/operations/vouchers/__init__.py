"""Planned services follow their vouchers."""
