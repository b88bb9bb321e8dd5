"""Rows of this service: tables with their constraints, the mapping of domain objects, copies, and small queries."""

from services.package.storage import mapping as mapping
