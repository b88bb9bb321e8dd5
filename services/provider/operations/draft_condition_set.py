"""The county drafts the next version of the conditions of a scope (S1.23)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.provider.domain.clauses import check_clauses
from services.provider.domain.condition import Clause, Condition, ConditionSet, ConditionSetState, check_once
from services.provider.storage import clauses as templates
from services.provider.storage import conditions as storage


def draft_condition_set(
    session: Session,
    *,
    scope: str,
    conditions: tuple[Condition, ...],
    clauses: tuple[Clause, ...],
    valid_from: date,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> ConditionSet:
    """Draft it with the next number of the scope; a scope has one draft at a time."""
    check_once((condition.code for condition in conditions), field="conditions")
    check_once((clause.code for clause in clauses), field="clauses")
    check_clauses(clauses, templates.in_use(session))
    scheme, _, code = caller.county.partition(":")
    drafted = ConditionSet(
        id=new_id,
        county_scheme=scheme,
        county_code=code,
        scope=scope,
        number=storage.next_number(session, scope),
        conditions=conditions,
        clauses=clauses,
        valid_from=valid_from,
        state=ConditionSetState.DRAFT,
        version=1,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(drafted)
    session.flush()
    return drafted
