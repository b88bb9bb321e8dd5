"""Enter a dated set of parameters of values or fees; county finance alone does."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.values.parameters import ParameterSet, succession
from services.voucher.storage.values.parameters import current_sets, keep_succession


def put_parameters(
    session: Session, *, new: ParameterSet, etag: str = "", now: datetime, new_id: Callable[[], UUID]
) -> ParameterSet:
    """Write the set as the next version of its code; an open set before it ends the day before it begins.

    Refuses with ParametersOverlap when another set is in force on a day of it. What was computed before stays.
    """
    current = current_sets(session, new.kind, new.subject)
    before = [earlier.number for earlier in current if earlier.code == new.code]
    check_etag(etag, max(before, default=0))
    change = succession(new, current, ended_id=new_id())
    keep_succession(session, change, now=now)
    return change.written[0]
