"""Alembic tree of the gateway's own tables."""
