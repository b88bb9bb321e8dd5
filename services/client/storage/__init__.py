"""Rows of the client service: tables, constraints, mapping and small queries, one module a noun."""

from services.client.storage import (
    assessments,
    choices,
    clients,
    consents,
    contacts,
    copies,
    deadlines,
    decisions,
    deliveries,
    guidance,
    identity_codes,
    matters,
    plans,
    relationships,
    representatives,
    reviews,
    teams,
)
from services.client.storage.metadata import METADATA

__all__ = [
    "METADATA",
    "assessments",
    "choices",
    "clients",
    "consents",
    "contacts",
    "copies",
    "deadlines",
    "decisions",
    "deliveries",
    "guidance",
    "identity_codes",
    "matters",
    "plans",
    "relationships",
    "representatives",
    "reviews",
    "teams",
]
