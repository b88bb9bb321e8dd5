"""Clients on the wire."""
