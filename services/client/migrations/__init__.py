"""Alembic tree of the client service's tables."""
