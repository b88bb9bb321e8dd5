"""Rows of care plans: tables with their constraints, the mapping of the domain classes, small queries."""

from services.careplan.storage import mapping as mapping
