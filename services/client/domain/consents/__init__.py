"""Permissions and denials of disclosure."""
