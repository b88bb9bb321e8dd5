"""Rows of the client service: tables, constraints, mapping and small queries by noun; importing the room maps all."""

from services.client.storage import (
    assessments,
    choices,
    consents,
    contacts,
    deadlines,
    decisions,
    matters,
    relationships,
    representatives,
    teams,
)
from services.client.storage.attention import delivery, plan, review
from services.client.storage.clients import client, identity_code
from services.client.storage.guidance import guidance, search
from services.client.storage.metadata import METADATA
from services.client.storage.neighbours import catalogue, contract, provider

__all__ = [
    "METADATA",
    "assessments",
    "catalogue",
    "choices",
    "client",
    "consents",
    "contacts",
    "contract",
    "deadlines",
    "decisions",
    "delivery",
    "guidance",
    "identity_code",
    "matters",
    "plan",
    "provider",
    "relationships",
    "representatives",
    "review",
    "search",
    "teams",
]
