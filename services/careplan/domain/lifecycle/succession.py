"""A new plan that takes up where an earlier one ended (PROCESS-D8, undo)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.careplan.domain.lifecycle.refusals import PredecessorNotAllowed
from services.careplan.domain.plans.content import Content, ServiceLine
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import OPEN
from services.kernel.care import Arrangement


def draft_after(predecessor: Plan | None, client_id: UUID, today: date, new_id: Callable[[], UUID]) -> Content:
    """The draft a successor begins with: the goals, and the services whose days are not over; refuses other plans.

    Vouchers and packages do not pass over: the client chooses again, and says again how the plan looks from there.
    """
    if predecessor is None or predecessor.client_id != client_id or predecessor.state in OPEN:
        raise PredecessorNotAllowed("the predecessor is no closed or cancelled plan of the same client")
    content = predecessor.last_content()
    lines = (_renewed(line, today, new_id()) for line in content.services if line.to_date >= today)
    return replace(content, services=tuple(lines), client_view="")


def _renewed(line: ServiceLine, today: date, new_id: UUID) -> ServiceLine:
    """The same service from today on, as a planned service of its own."""
    chosen = line.arrangement is Arrangement.VOUCHER
    return replace(
        line,
        plan_service_id=new_id,
        from_date=max(line.from_date, today),
        provider_id=None if chosen else line.provider_id,
        unit_id=None if chosen else line.unit_id,
        contract_id=None,
        enrolment_id=None,
        item_code="",
    )
