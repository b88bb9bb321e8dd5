"""What may be asked of this service: one resource, a page of them, a match, whose one is; no lock, no change."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.chassis.inbox import NotYet
from services.chassis.names import resource_id
from services.chassis.pages import page_of
from services.chassis.words import name_of
from services.kernel.representing import may_act
from services.package.domain.enrolment import Enrolment
from services.package.domain.package import Package
from services.package.domain.refusals import ClientClosed
from services.package.storage import copies, enrolments, packages, tables, work
from services.package.wire import resources
from sote.package.v1 import enrolment_pb2, package_pb2
from sote.package.v1 import package_service_pb2 as service
from sote.package.v1 import work_service_pb2 as work_service


def get_package(session: Session, name: str) -> package_pb2.Package:
    """One package; refuses with PackageNotFound."""
    return resources.package(packages.get_package(session, resource_id(name, resources.PACKAGES)))


def list_packages(session: Session, request: service.ListPackagesRequest) -> service.ListPackagesResponse:
    """A page of packages."""
    rows, page = tables.package, page_of(request)
    query = select(Package)
    if request.state:
        query = query.where(rows.c.state == name_of(package_pb2.PackageState, request.state))
    if request.code:
        query = query.where(rows.c.code == request.code)
    if request.degraded_only:
        query = query.where(func.cardinality(rows.c.degraded) > 0)
    listed = session.scalars(page.select(query, rows.c.created_at, rows.c.id)).all()
    shown, token = page.cut(listed, lambda package: (package.created_at, package.id))
    return service.ListPackagesResponse(packages=map(resources.package, shown), next_page_token=token)


def match_packages(session: Session, client_id: UUID, *, municipality_code: str) -> service.MatchPackagesResponse:
    """The packages a client living there may enter by the newest assessment; refuses with ClientClosed.

    One that lacks a member for a mandatory item is left out: it could not be proposed.
    """
    client, assessment = copies.client(session, client_id), copies.newest_assessment(session, client_id)
    if client is None or assessment is None:
        raise NotYet("a completed assessment of the client is not known here yet")
    if client.is_closed:
        raise ClientClosed("the client may have no new matters")
    fitting = [
        package
        for package in packages.published_packages(session)
        if package.is_whole
        and package.published
        and not package.published.criteria.unmet(assessment, municipality_code)
    ]
    return service.MatchPackagesResponse(
        packages=map(resources.package, fitting), assessment_id=str(assessment.assessment_id)
    )


def get_enrolment(session: Session, enrolment_id: UUID) -> enrolment_pb2.Enrolment:
    """One enrolment; refuses with EnrolmentNotFound."""
    return resources.enrolment(enrolments.get_enrolment(session, enrolment_id))


def list_enrolments(session: Session, request: service.ListEnrolmentsRequest) -> service.ListEnrolmentsResponse:
    """A page of a client's enrolments."""
    rows, page = tables.enrolment, page_of(request)
    query = select(Enrolment).where(rows.c.client_id == UUID(request.client_id))
    if request.state:
        query = query.where(rows.c.state == name_of(enrolment_pb2.EnrolmentState, request.state))
    listed = session.scalars(page.select(query, rows.c.created_at, rows.c.id)).all()
    shown, token = page.cut(listed, lambda enrolment: (enrolment.created_at, enrolment.id))
    return service.ListEnrolmentsResponse(enrolments=map(resources.enrolment, shown), next_page_token=token)


def list_late_enrolments(
    session: Session, request: work_service.ListLateEnrolmentsRequest
) -> work_service.ListLateEnrolmentsResponse:
    """A page of the enrolments that an open work item shows."""
    page, items = page_of(request), work_item.c
    query = select(Enrolment, items.id, items.created_at).join_from(tables.enrolment, work_item, work.about())
    rows = session.execute(page.select(query, items.created_at, items.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    late = [resources.late_enrolment(row.Enrolment, row.created_at) for row in shown]
    return work_service.ListLateEnrolmentsResponse(enrolments=late, next_page_token=token)


def is_enrolment_of(session: Session, enrolment_id: UUID, holder: UUID, *, today: date) -> bool:
    """Whether the enrolment is the holder's, or of one the holder represents; what is not there is nobody's."""
    query = select(tables.enrolment.c.client_id).where(tables.enrolment.c.id == enrolment_id)
    client_id = session.scalar(query)
    return client_id is not None and acts_for(session, holder, client_id, today=today)


def acts_for(session: Session, holder: UUID, client_id: UUID, *, today: date) -> bool:
    """Whether the holder is this client, or represents this one in all matters."""
    if holder == client_id:
        return True
    representing = copies.representing(session, client_id, holder)
    denials = copies.guardian_denials(session, client_id)
    return may_act(representing, denials, sector=None, today=today)
