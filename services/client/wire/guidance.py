"""Searches for another provider as the careplan service tells them."""

from typing import Any
from uuid import UUID

from services.chassis.words import name_of
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import reroute_pb2


def support_told(facts: careplan.RerouteCaseFacts) -> dict[str, Any]:
    """A search, as keyword arguments of `follow_search`; who refused the voucher itself needs no support
    (VOUCHER-3)."""
    open_case = facts.state == reroute_pb2.REROUTE_CASE_STATE_OPEN
    cause = name_of(reroute_pb2.RerouteCaseCause, facts.cause)
    return {
        "case_id": UUID(facts.reroute_case_id),
        "client_id": UUID(facts.client_id),
        "support_due": open_case and facts.cause != reroute_pb2.REROUTE_CASE_CAUSE_VOUCHER_REFUSED,
        "cause": cause,
        "version": facts.version,
    }
