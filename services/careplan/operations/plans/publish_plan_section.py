"""Refreshing what the integrated record shows of a client's plan."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.content import ServiceLine
from services.careplan.storage import deliveries, goals, plans
from services.careplan.storage import plan_versions as versions
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.consultations import consultations_of
from services.careplan.storage.neighbours.providers import find_catalogue_entries, find_providers
from services.careplan.storage.searches import reroute_cases
from services.careplan.wire.section import Names, OnVoucher, Shown, ShownVersion, plan_section
from services.chassis.sections import publish_section
from sote.careplan.v1.section_pb2 import PlanSection

MOST_DEVIATIONS = 50
MOST_MEASUREMENTS = 50
MOST_REROUTES = 50
MOST_VERSIONS = 50


def publish_plan_section(session: Session, *, client_id: UUID, now: datetime) -> None:
    """Publish the client's plan section; the last thing a changing operation does."""
    publish_section(session, client_id=client_id, section=lambda: _built(session, client_id), now=now)


def _built(session: Session, client_id: UUID) -> PlanSection:
    """The section as the database has it now."""
    plan = plans.shown_of(session, client_id)
    on_vouchers = [OnVoucher(**row._mapping) for row in deliveries.on_vouchers(session, client_id)]
    searches = reroute_cases.shown_of(session, client_id, MOST_REROUTES)
    lines: tuple[ServiceLine, ...] = ()
    who = {entry.provider_id for entry in on_vouchers}
    if plan is None:
        return plan_section(Shown(client_id, _names(session, who, lines), on_vouchers=on_vouchers, reroutes=searches))
    lines = (*(service.line() for service in plan.services), *plan.drawn_up().services)
    consultations = consultations_of(session, plan.id, plan.major if plan.draft is None else plan.major + 1)
    acknowledgements = acknowledgements_of(session, plan.id)
    deviations = deliveries.deviations_of(session, plan.id, MOST_DEVIATIONS)
    who |= {plan.operator_organisation_id, *(line.provider_id for line in lines if line.provider_id)}
    who |= {consultation.provider_id for consultation in consultations} | {
        acknowledgement.provider_id for acknowledgement in acknowledgements
    }
    who |= {deviation.provider_id for deviation in deviations}
    shown = Shown(
        client_id=client_id,
        names=_names(session, who, lines),
        plan=plan,
        versions=[ShownVersion(**row._mapping) for row in versions.shown_of(session, plan.id, MOST_VERSIONS)],
        consultations=consultations,
        acknowledgements=acknowledgements,
        deviations=deviations,
        on_vouchers=on_vouchers,
        measurements=goals.measurements_of(session, plan.id, MOST_MEASUREMENTS),
        reroutes=searches,
    )
    return plan_section(shown)


def _names(session: Session, who: set[UUID], lines: tuple[ServiceLine, ...]) -> Names:
    codes = sorted({line.service_code for line in lines})
    return Names(find_providers(session, sorted(who)), find_catalogue_entries(session, codes))
