"""Rows of this service: tables with their constraints, the mapping of domain objects, and small queries."""

from services.provider.storage import mapping as mapping
