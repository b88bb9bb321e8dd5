"""The county puts a template of a cooperation clause (S1.43b)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.provider.domain.clauses import ClauseTemplate, Template
from services.provider.storage import clauses


def put_clause_template(
    session: Session, *, template: Template, caller: Caller, now: datetime, new_id: UUID
) -> Template:
    """Add it or replace the one with its code; it binds the conditions and contracts drafted from now on."""
    found = clauses.for_update(session, template.code)
    if found is not None:
        found.put(template, now=now)
        return template
    scheme, _, code = caller.county.partition(":")
    added = ClauseTemplate(
        id=new_id,
        county_scheme=scheme,
        county_code=code,
        code=template.code,
        template=template,
        version=1,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(added)
    session.flush()
    return template
