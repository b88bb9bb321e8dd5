"""Loading and keeping plans, their versions, consultations and acknowledgements."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgement import Acknowledgement, AcknowledgementStatus
from services.careplan.domain.consultation import Consultation, ConsultationStatus
from services.careplan.domain.neighbours import OVER_CONTRACT
from services.careplan.domain.plan import Plan
from services.careplan.domain.plan_states import OPEN, PlanStatus
from services.careplan.domain.plan_version import PlanVersion
from services.careplan.domain.terms import OperatorKind
from services.careplan.storage import copies, publications, tables

_plan, _consultation, _acknowledgement = tables.plan.c, tables.consultation.c, tables.acknowledgement.c


def locked(session: Session, plan_id: UUID) -> Plan | None:
    """The plan, its row locked until the transaction ends."""
    query = select(Plan).where(_plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    return session.execute(query).scalar_one_or_none()


def open_of(session: Session, client_id: UUID, states: Sequence[PlanStatus] = OPEN) -> Plan | None:
    """The client's open plan if it is in one of these states, its row locked; there is one at most (INV-01)."""
    query = select(Plan).where(_plan.client_id == client_id, _plan.status.in_(states))
    return session.execute(query.with_for_update().execution_options(populate_existing=True)).scalar_one_or_none()


def read(session: Session, plan_id: UUID) -> Plan | None:
    """The plan, to be shown."""
    return session.get(Plan, plan_id)


def shown_of(session: Session, client_id: UUID) -> Plan | None:
    """What the record shows: the open plan, else the one in force last, else the newest."""
    query = select(Plan).where(_plan.client_id == client_id)
    found = session.execute(query.order_by(_plan.created_at.desc(), _plan.id)).scalars().all()
    return min(found, key=lambda plan: (plan.status not in OPEN, plan.major == 0), default=None)


def next_number(session: Session, county_code: str) -> str:
    """A number people use: AS-<county>-<seq>."""
    return f"AS-{county_code}-{session.execute(select(tables.plan_number.next_value())).scalar_one():06d}"


def add_version(session: Session, version: PlanVersion) -> None:
    """Keep a version for good (INV-24); it is to be published (S2.14)."""
    values = {column.name: getattr(version, column.name) for column in tables.plan_version.columns}
    session.execute(insert(tables.plan_version).values(values))
    client_id = session.execute(select(_plan.client_id).where(_plan.id == version.plan_id)).scalar_one()
    publications.begin(session, version, client_id)


def version(session: Session, plan_id: UUID, major: int, minor: int) -> PlanVersion | None:
    """One version of a plan."""
    column = tables.plan_version.c
    query = select(tables.plan_version).where(column.plan_id == plan_id, column.major == major, column.minor == minor)
    row = session.execute(query).one_or_none()
    return None if row is None else PlanVersion(**row._mapping)


def consultations_of(session: Session, plan_id: UUID, for_major: int) -> Sequence[Consultation]:
    """What was asked about the version `for_major`, superseded requests included, oldest first."""
    query = select(Consultation).where(_consultation.plan_id == plan_id, _consultation.for_major == for_major)
    return session.execute(query.order_by(_consultation.created_at, _consultation.id)).scalars().all()


def acknowledgements_of(session: Session, plan_id: UUID) -> Sequence[Acknowledgement]:
    """What is asked on the version in force, in the order of asking."""
    query = select(Acknowledgement).where(_acknowledgement.plan_id == plan_id, _acknowledgement.superseded.is_(False))
    order = (_acknowledgement.major, _acknowledgement.minor, _acknowledgement.created_at, _acknowledgement.id)
    return session.execute(query.order_by(*order)).scalars().all()


def consultation_plan(session: Session, consultation_id: UUID) -> UUID | None:
    """The plan a consultation is about."""
    query = select(_consultation.plan_id).where(_consultation.id == consultation_id)
    return session.execute(query).scalar_one_or_none()


def consultation(session: Session, consultation_id: UUID) -> Consultation | None:
    """A consultation as it stands now; the caller holds the lock of its plan."""
    return session.get(Consultation, consultation_id, populate_existing=True)


def of_ended_centres(session: Session, limit: int) -> Sequence[UUID]:
    """Open plans operated by a centre whose direct-choice contracts are over; a suspended one is not (C10)."""
    contract = copies.contract_copy.c
    its = (contract.provider_id == _plan.operator_organisation_id, contract.kind == "DIRECT_CHOICE")
    query = select(_plan.id).where(
        _plan.operator_kind == OperatorKind.DIRECT_CHOICE_HSSC,
        _plan.status.in_(OPEN),
        exists().where(*its, contract.status.in_(OVER_CONTRACT)),
        ~exists().where(*its, contract.status.in_(("ACTIVE", "SUSPENDED"))),
    )
    return session.execute(query.order_by(_plan.id).limit(limit)).scalars().all()


def unanswered(session: Session, today: date, limit: int) -> Sequence[UUID]:
    """Plans with a consultation whose due date has passed."""
    query = select(_consultation.plan_id).where(
        _consultation.status == ConsultationStatus.PENDING, _consultation.due < today
    )
    return session.execute(query.distinct().limit(limit)).scalars().all()


def unacknowledged(session: Session, today: date, limit: int) -> Sequence[UUID]:
    """Plans with an acknowledgement whose due date has passed."""
    query = select(_acknowledgement.plan_id).where(
        _acknowledgement.status == AcknowledgementStatus.PENDING,
        _acknowledgement.superseded.is_(False),
        _acknowledgement.due < today,
    )
    return session.execute(query.distinct().limit(limit)).scalars().all()
