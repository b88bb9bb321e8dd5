"""The county records what it found about a provider and a condition (S1.05c)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.provider.domain.condition import Evidence, Finding
from services.provider.domain.refusals import ConditionUnknown
from services.provider.storage import conditions as storage
from services.provider.storage import providers


def record_evidence(
    session: Session,
    *,
    provider_id: UUID,
    finding: Finding,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Evidence:
    """Record the finding in place of the earlier one about the same condition."""
    provider = providers.load_provider(session, provider_id)
    if not storage.code_exists(session, finding.condition_code):
        raise ConditionUnknown(f"no version of conditions has the condition {finding.condition_code}")
    finding = _checked(session, finding, now)
    found = storage.evidence_for_update(session, provider_id, finding.condition_code)
    if found is not None:
        found.record(finding, now=now)
        return found
    found = Evidence(
        id=new_id,
        county_scheme=provider.county_scheme,
        county_code=provider.county_code,
        provider_id=provider_id,
        condition_code=finding.condition_code,
        state=finding.state,
        valid_to=finding.valid_to,
        document_ref=finding.document_ref,
        measured=finding.measured,
        version=1,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(found)
    return found


def _checked(session: Session, finding: Finding, now: datetime) -> Finding:
    """As every published version asks for it: what was measured is enough, and it holds until it is renewed."""
    asked = storage.asked(session, finding.condition_code)
    for condition in asked:
        condition.check_measured(finding)
    months = min((condition.renewal_months for condition in asked if condition.renewal_months), default=0)
    return finding.renewed_after(months, day=helsinki_date(now))
