"""The providers of direct choice: two centres and a dental clinic with contracts, told as their service would."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.operations.neighbours.keep_contract import keep_contract
from services.client.operations.neighbours.keep_provider import keep_provider
from sote.client.v1 import choice_pb2, client_pb2, contact_pb2, guidance_pb2, guidance_service_pb2
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.client.county import P02, day, provider_facts

NOW = datetime(2025, 1, 7, 8, 0, tzinfo=UTC)
P03, P04 = UUID(int=3), UUID(int=4)
U12, U13 = UUID(int=12), UUID(int=13)
CONTRACTS = {P02: UUID(int=102), P03: UUID(int=103), P04: UUID(int=104)}
HSSC, DENTAL = choice_pb2.DIRECT_CHOICE_KIND_HSSC, choice_pb2.DIRECT_CHOICE_KIND_DENTAL


def contract(of: UUID, *, version: int = 1, **changes: Any) -> provider.ContractFacts:
    """A direct-choice contract of 2025 as the provider service tells it."""
    facts: dict[str, Any] = {
        "contract_id": str(CONTRACTS[of]),
        "provider_id": str(of),
        "kind": contract_pb2.CONTRACT_KIND_DIRECT_CHOICE,
        "state": contract_pb2.CONTRACT_STATE_ACTIVE,
        "valid_from": day("2025-01-01"),
        "valid_to": day("2025-12-31"),
        "lines": [contract_pb2.ServiceLineFacts(service_code="HLT-GP")],
        "version": version,
    }
    return provider.ContractFacts(**facts | changes)


def tell_market(session: Session) -> None:
    """Let the service hear of a second centre, a dental clinic, and the contracts of all three."""
    keep_provider(session, facts=provider_facts(P03, "DIRECT_CHOICE_HSSC", {U12: "HSSC"}))
    keep_provider(session, facts=provider_facts(P04, "DIRECT_CHOICE_DENTAL", {U13: "DENTAL"}))
    for uid in CONTRACTS:
        keep_contract(session, facts=contract(uid))


def guidance(
    client: Any, kind: str = "ADVICE", *options: UUID, of: Any = HSSC
) -> guidance_service_pb2.GiveGuidanceRequest:
    """Guidance for a direct choice that shows both centres, or these options."""
    return guidance_service_pb2.GiveGuidanceRequest(
        client_id=client.uid,
        kind=guidance_pb2.GuidanceKind.Value(f"GUIDANCE_KIND_{kind}"),
        choice_kind=of,
        option_provider_ids=[str(one) for one in options or (P02, P03)],
        channel=contact_pb2.CONTACT_CHANNEL_PHONE,
        language=client_pb2.LANGUAGE_FI,
    )
