"""Rows that the derived flags rest on."""
