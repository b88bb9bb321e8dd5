"""Relationships, and which ones each source asks for."""
