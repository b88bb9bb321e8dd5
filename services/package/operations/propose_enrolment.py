"""An official proposes a package to a client (ENROLMENT-1)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.inbox import NotYet
from services.chassis.names import uuid_of
from services.package.domain.enrolment import Enrolment, EnrolmentState, Step
from services.package.domain.neighbours import AssessmentCopy, ClientCopy, ProviderCopy
from services.package.domain.package import Package
from services.package.domain.proposing import Proposal, check_issuer, check_may_enter, proposed_items
from services.package.domain.publishing import provider_ids
from services.package.operations.enrolments import announce_enrolment, publish_packages
from services.package.storage import copies, packages
from services.package.wire import facts
from sote.package.v1 import events_pb2


def propose_enrolment(
    session: Session, *, proposal: Proposal, caller: Caller, now: datetime, new_id: Callable[[], UUID]
) -> Enrolment:
    """Propose the published version with this client's units and periods; retiring it at the same moment waits."""
    package = packages.load_package(session, proposal.package_id)
    organisation = _organisation(session, caller)
    content = check_may_enter(
        package,
        _client(session, proposal.client_id),
        _assessment(session, proposal.assessment_id),
        superseded=copies.is_superseded(session, proposal.assessment_id),
        exception_reason=proposal.exception_reason,
        municipality_code=proposal.municipality_code,
    )
    check_issuer(content, organisation)
    services = (item.service_code for item in content.items)
    market = copies.market(session, provider_ids(content), services, helsinki_date(now))
    enrolment = _proposed(proposal, package, organisation, created_by=caller.subject, now=now, enrolment_id=new_id())
    enrolment.items = proposed_items(
        package, content, from_date=proposal.from_date, overrides=proposal.overrides, market=market, new_id=new_id
    )
    session.add(enrolment)
    announce_enrolment(session, enrolment, events_pb2.EnrolmentProposed(enrolment=facts.enrolment_facts(enrolment)))
    publish_packages(session, enrolment.client_id, now=now)
    return enrolment


def _organisation(session: Session, caller: Caller) -> ProviderCopy:
    organisation = copies.provider(session, uuid_of(caller.organisation, "organisation"))
    if organisation is None:
        raise NotYet("the caller's organisation is not known here yet")
    return organisation


def _client(session: Session, client_id: UUID) -> ClientCopy:
    client = copies.client(session, client_id)
    if client is None:
        raise NotYet("the client is not known here yet")
    return client


def _assessment(session: Session, assessment_id: UUID) -> AssessmentCopy:
    assessment = copies.assessment(session, assessment_id)
    if assessment is None:
        raise NotYet("the assessment is not known here as completed yet")
    return assessment


def _proposed(
    proposal: Proposal,
    package: Package,
    organisation: ProviderCopy,
    *,
    created_by: str,
    now: datetime,
    enrolment_id: UUID,
) -> Enrolment:
    envelope_cents = package.published.envelope_cents if package.published else None
    return Enrolment(
        id=enrolment_id,
        county_scheme=package.county_scheme,
        county_code=package.county_code,
        client_id=proposal.client_id,
        package_id=package.id,
        package_code=package.code,
        package_number=package.published_number,
        assessment_id=proposal.assessment_id,
        exception_reason=proposal.exception_reason,
        envelope_cents=envelope_cents or 0,
        proposing_organisation_id=organisation.provider_id,
        state=EnrolmentState.PROPOSED,
        step=Step.NONE,
        step_since=now,
        plan_id=None,
        plan_version=0,
        reason="",
        version=1,
        created_at=now,
        created_by=created_by,
        updated_at=now,
    )
