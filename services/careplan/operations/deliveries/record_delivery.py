"""Recording a delivery (PLAN-10, S1.27, S1.30)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import AcknowledgementState
from services.careplan.domain.deliveries.delivery import (
    UNCOUNTED,
    Delivery,
    Deviation,
    DeviationCause,
    Given,
    Links,
    check_area,
    conforms_to_voucher,
    deviation_from_plan,
    fitting_service,
    is_early,
    on_notice,
    recorded_late,
)
from services.careplan.domain.deliveries.refusals import Duplicate, ServiceDateInFuture
from services.careplan.domain.neighbours.copies import UnitCopy
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import WITH_PROVIDER, PlanService
from services.careplan.domain.plans.plan_states import IN_FORCE
from services.careplan.domain.plans.refusals import NoRelationship, ServiceNotInCatalogue
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.deliveries.report_deviation import report_deviation
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import deliveries, pauses, plans
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.neighbours.clients import direct_choices_of
from services.careplan.storage.neighbours.providers import find_catalogue_entries, find_contract_for, find_provider
from services.careplan.storage.neighbours.vouchers import find_voucher, lock_voucher
from services.careplan.storage.searches import reroute_cases
from services.careplan.wire.facts import delivery_recorded
from services.chassis.clock import HELSINKI, helsinki_date
from services.chassis.identity import Caller
from services.chassis.inbox import NotYet
from services.chassis.outbox import announce
from services.kernel.care import Arrangement
from sote.careplan.v1.events_pb2 import PlanServiceCompleted

CLAUSE = "INFO_SHARING"


def record_delivery(
    session: Session,
    *,
    given: Given,
    plan_service_id: UUID | None,
    voucher_id: UUID | None,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> tuple[Delivery, Deviation | None]:
    """Store what was given; what is not as planned is also reported as a deviation, and urgent care is never refused.

    A client without a plan in force needs a voucher of the caller's organisation, unless the care was urgent.
    """
    if given.service_date > helsinki_date(now):
        raise ServiceDateInFuture(f"the service date {given.service_date} is still to come")
    if given.external_ref and deliveries.known_reference(session, given.provider_id, given.external_ref):
        raise Duplicate("the provider recorded a delivery with this external reference before")
    if not given.urgent and not find_catalogue_entries(session, [given.service_code]):
        raise ServiceNotInCatalogue(f"the county's catalogue has no service {given.service_code}")
    plan = plans.open_of(session, given.client_id, IN_FORCE)
    if plan is None:
        return _without_plan(session, given, voucher_id, caller=caller, now=now, new_id=new_id), None
    service = _service(plan, given, plan_service_id, voucher_id)
    check_area(given, _unit(session, service))
    return _on_plan(session, plan, service, given, caller=caller, now=now, new_id=new_id)


def _former(session: Session, service: PlanService, client_id: UUID) -> list[tuple[UUID, date]]:
    """Who served before, lost, left by the client's choice or left out, and the first day each no longer did."""
    found = reroute_cases.former_providers(session, service.id)
    if service.voucher_id is not None:
        found += on_notice(service, find_voucher(session, service.voucher_id))
    if service.arrangement is Arrangement.DIRECT_CHOICE:
        choices = direct_choices_of(session, client_id)
        found += [(choice.provider_id, choice.ended_date) for choice in choices if choice.ended_date is not None]
    return found


def _unit(session: Session, service: PlanService | None) -> UnitCopy | None:
    """Where the service is planned to start from, if a unit is named."""
    if service is None or service.provider_id is None or service.unit_id is None:
        return None
    provider = find_provider(session, service.provider_id)
    return provider.unit(service.unit_id) if provider else None


def _service(plan: Plan, given: Given, plan_service_id: UUID | None, voucher_id: UUID | None) -> PlanService | None:
    """The planned service that was named, by its id or its voucher, else the one that fits best."""
    if plan_service_id is not None:
        return next((service for service in plan.services if service.id == plan_service_id), None)
    by_voucher = (service for service in plan.services if voucher_id is not None and service.voucher_id == voucher_id)
    return next(by_voucher, None) or fitting_service(given, plan.services)


def _on_plan(
    session: Session,
    plan: Plan,
    service: PlanService | None,
    given: Given,
    *,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> tuple[Delivery, Deviation | None]:
    plan.take("record_delivery")
    former = _former(session, service, given.client_id) if service else []
    resting = service is not None and pauses.rested_on(session, service.id, given.service_date)
    late = _late(session, given, now)
    kind = deviation_from_plan(given, service, former=former, resting=resting, late=late)
    own = service is not None and not service.done and service.provider_id == given.provider_id
    early = service is not None and own and kind is None and _early(session, plan, service)
    links = Links(plan.id, service.id if service else None, service.voucher_id if service else None)
    delivery = _delivered(given, links, caller, conforms=kind is None, early=early, now=now, new_id=new_id())
    _store(session, delivery)
    announce_plan(session, plan, delivery_recorded(delivery))
    deviation = None
    if kind is not None:
        cause = given.cause or (DeviationCause.URGENT_CARE if given.urgent else None)
        deviation = report_deviation(session, plan, delivery, kind, cause, now=now, new_id=new_id())
    if service is not None and kind not in UNCOUNTED:
        begins = own and kind is None and service.state in WITH_PROVIDER
        service.count(given.units, given.service_date, conforms=begins)
        if service.fully_delivered:
            plan.complete_service(service)
            announce_plan(session, plan, PlanServiceCompleted(plan_service_id=str(service.id)))
    conclude_change(session, plan, now=now)
    return delivery, deviation


def _late(session: Session, given: Given, now: datetime) -> bool:
    """Whether the contract asked for the record sooner (S1.24, INFO_SHARING)."""
    contract = find_contract_for(session, given.provider_id, given.service_code, given.service_date)
    day_over = datetime.combine(given.service_date + timedelta(days=1), time.min, HELSINKI)
    return contract is not None and recorded_late(day_over, contract.hours(CLAUSE), now)


def _early(session: Session, plan: Plan, service: PlanService) -> bool:
    given = acknowledgements_of(session, plan.id)
    promised = {
        acknowledgement.provider_id
        for acknowledgement in given
        if acknowledgement.state is AcknowledgementState.ACKNOWLEDGED
    }
    return is_early(service, plan.operator_organisation_id, acknowledged=service.provider_id in promised)


def _without_plan(
    session: Session,
    given: Given,
    voucher_id: UUID | None,
    *,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Delivery:
    if voucher_id is not None:
        lock_voucher(session, voucher_id)
    voucher = find_voucher(session, voucher_id) if voucher_id else None
    related = voucher is not None and (voucher.client_id, voucher.provider_id) == (given.client_id, given.provider_id)
    if not related and not given.urgent:
        if voucher_id is not None and (voucher is None or voucher.provider_id is None):
            raise NotYet("the client's choice on the voucher is not known here yet")
        raise NoRelationship
    units = deliveries.units_on_voucher(session, voucher_id) if voucher_id else 0
    conforms = conforms_to_voucher(given, voucher, units)
    links = Links(voucher_id=voucher_id if related else None)
    delivery = _delivered(given, links, caller, conforms=conforms, early=False, now=now, new_id=new_id())
    _store(session, delivery)
    announce(session, delivery_recorded(delivery), aggregate="deliveries", aggregate_id=delivery.id, version=1)
    publish_plan_section(session, client_id=given.client_id, now=now)
    return delivery


def _delivered(
    given: Given, links: Links, caller: Caller, *, conforms: bool, early: bool, now: datetime, new_id: UUID
) -> Delivery:
    """The delivery as it is recorded; the cause goes to a deviation, the municipality is not stored."""
    scheme, _, code = caller.county.partition(":")
    return Delivery(
        id=new_id,
        county_scheme=scheme,
        county_code=code,
        client_id=given.client_id,
        plan_id=links.plan_id,
        plan_service_id=links.plan_service_id,
        voucher_id=links.voucher_id,
        provider_id=given.provider_id,
        service_code=given.service_code,
        service_date=given.service_date,
        units=given.units,
        mode=given.mode,
        place=given.place,
        performer_title=given.performer_title,
        external_ref=given.external_ref,
        urgent=given.urgent,
        conforms=conforms,
        early=early,
        created_at=now,
        created_by=caller.subject,
    )


def _store(session: Session, delivery: Delivery) -> None:
    """A reference that another transaction has just used is refused by the index (Duplicate)."""
    session.add(delivery)
    session.flush()
