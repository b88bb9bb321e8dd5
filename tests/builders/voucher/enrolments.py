"""A small county in which a client takes a package, and what its money's tests ask of it."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from google.protobuf.message import Message
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.vault import Vault
from services.kernel.care import Arrangement
from services.voucher.domain.envelopes.envelope import Enrolment, EnrolmentItem
from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.purse.ledger import Balance, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.operations.envelopes.fund_enrolment import fund_enrolment
from services.voucher.operations.envelopes.reserve_envelope import reserve_envelope
from services.voucher.operations.envelopes.undo_enrolment import undo_enrolment
from sote.voucher.v1 import events_pb2
from tests.builders.voucher import purse as world
from tests.builders.voucher.purse import COUNTY, FIRST, LAST, NOW, SUPPORT, THERAPY, WORK

Fact = TypeVar("Fact", bound=Message)
PLAN, CLIENT, PROVIDER, ENROLMENT = uuid4(), uuid4(), uuid4(), uuid4()
ENVELOPE = 4_000_00
VAULT = Vault({1: bytes(32)}, place="income_statement.sealed")
PATIENT = timedelta(minutes=Rules().saga_retry_minutes)


def world_of(session: Session) -> Session:
    world.county(session)
    world.enterprise(session)
    world.grant(session, CLIENT, THERAPY)
    world.contract(session, provider_id=world.ENTERPRISE, code=WORK, price=62_00)
    world.contract(session, provider_id=PROVIDER, code=SUPPORT, price=250_00)
    return session


def services() -> list[PlanServiceCopy]:
    def one(code: str, arrangement: Arrangement, provider: UUID | None, units: int, state: str) -> PlanServiceCopy:
        return world.plan_service(
            PLAN,
            CLIENT,
            code=code,
            arrangement=arrangement,
            provider_id=provider,
            units=units,
            state=state,
            enrolment_id=ENROLMENT,
            item_code=code,
        )

    return [
        one(WORK, Arrangement.OWN, world.ENTERPRISE, 10, "ASSIGNED"),
        one(THERAPY, Arrangement.VOUCHER, None, 20, "AWAITING_CHOICE"),
        one(SUPPORT, Arrangement.PURCHASE, PROVIDER, 6, "ASSIGNED"),
        one("HLT-GP", Arrangement.DIRECT_CHOICE, PROVIDER, 0, "ASSIGNED"),
    ]


def enrolment(planned: list[PlanServiceCopy], *, mandatory: str = WORK, envelope: int = ENVELOPE) -> Enrolment:
    items = tuple(
        EnrolmentItem(
            one.item_code,
            one.service_code,
            one.arrangement,
            one.units,
            FIRST,
            LAST,
            one.item_code == mandatory,
            one.plan_service_id,
        )
        for one in planned
    )
    return Enrolment(ENROLMENT, CLIENT, "FAMILY_CENTRE", uuid4(), envelope, items, world.OFFICIAL, world.ENTERPRISE)


def accepted(db: Session, told: Enrolment) -> None:
    reserve_envelope(db, enrolment=told, county=COUNTY, now=NOW)


def requested(db: Session, told: Enrolment, now: datetime = NOW) -> None:
    fund_enrolment(db, enrolment=told, plan_id=PLAN, county=COUNTY, vault=VAULT, rules=Rules(), now=now)


def failed(db: Session) -> None:
    undo_enrolment(db, enrolment_id=ENROLMENT, client_id=CLIENT, county=COUNTY, rules=Rules(), now=NOW)


def envelope(db: Session) -> Balance:
    return world.held(db, SourceKind.ENROLMENT, ENROLMENT)


def announced(db: Session, kind: type[Fact]) -> list[Fact]:
    query = text("select body from outbox where routing_key = :key order by id")
    return [kind.FromString(bytes(body)) for body in db.execute(query, {"key": kind.DESCRIPTOR.full_name}).scalars()]


def failure(db: Session) -> tuple[str, str]:
    (fact,) = announced(db, events_pb2.EnrolmentFundingFailed)
    return fact.item_code, fact.reason


def counts(db: Session) -> dict[str, int]:
    tables = ("voucher", "commitment")
    return {table: db.execute(text(f"select count(*) from {table}")).scalar_one() for table in tables}
