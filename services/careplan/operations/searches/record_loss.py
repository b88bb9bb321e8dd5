"""What a voucher's fact means for the search of a provider (PROCESS-C3, VOUCHER-3, process E)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import VoucherCopy
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import SUPPORT_AFTER, Loss, RerouteCause
from services.careplan.operations.searches.open_case import About, open_case
from services.careplan.storage.searches import reroute_cases


def record_loss(
    session: Session,
    about: About,
    *,
    voucher: VoucherCopy,
    loss: Loss | None,
    declined: bool,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Count a provider who declined, and open a search for a loss or after the second who declined; each once."""
    if declined:
        refusals = count_refusal(session, about.subject_id, voucher.voucher_id, voucher.version, now=now)
        if refusals >= SUPPORT_AFTER:
            loss = loss or Loss(RerouteCause.DECLINED)
    if loss is not None:
        open_case(session, about, loss, rules=rules, now=now, new_id=new_id)


def count_refusal(session: Session, subject_id: UUID, source_id: UUID, version: int, *, now: datetime) -> int:
    """Count a refusal of a service once, also in the search that is under way; gives how many there are."""
    refusals = reroute_cases.record_refusal(session, source_id=source_id, source_version=version, subject_id=subject_id)
    case = reroute_cases.searching_for(session, subject_id)
    if case is not None:
        case.count_refusals(refusals, now)
    return refusals
