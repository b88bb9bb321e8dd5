"""Loading the county's templates of clauses."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.provider.domain.clauses import DEFAULTS, ClauseTemplate, Template
from services.provider.storage import tables


def for_update(session: Session, code: str) -> ClauseTemplate | None:
    """The county's own template with this code, its row locked; None when it has put none."""
    query = select(ClauseTemplate).where(tables.clause_template.c.code == code)
    return session.scalar(query.with_for_update())


def in_use(session: Session) -> dict[str, Template]:
    """The templates that hold, by code: the county's own, and what it started with."""
    rows = tables.clause_template
    own = {row.code: row.template for row in session.execute(select(rows.c.code, rows.c.template))}
    merged = DEFAULTS | own
    return {code: merged[code] for code in sorted(merged)}
