"""Matters of clients as their services tell them."""

from typing import Any
from uuid import UUID

from sote.careplan.v1.events_pb2 import PlanFacts
from sote.package.v1.events_pb2 import EnrolmentFacts
from sote.voucher.v1.events_pb2 import VoucherFacts


def plan_matter(facts: PlanFacts, *, is_open: bool) -> dict[str, Any]:
    """A plan, as keyword arguments of `record_matter`."""
    return _matter(facts, facts.plan_id, is_open)


def voucher_matter(facts: VoucherFacts, *, is_open: bool) -> dict[str, Any]:
    """A voucher, as keyword arguments of `record_matter`."""
    return _matter(facts, facts.voucher_id, is_open)


def enrolment_matter(facts: EnrolmentFacts, *, is_open: bool) -> dict[str, Any]:
    """An enrolment, as keyword arguments of `record_matter`."""
    return _matter(facts, facts.enrolment_id, is_open)


def _matter(facts: PlanFacts | VoucherFacts | EnrolmentFacts, matter_id: str, is_open: bool) -> dict[str, Any]:
    return {
        "client_id": UUID(facts.client_id),
        "matter_id": UUID(matter_id),
        "is_open": is_open,
        "version": facts.version,
    }
