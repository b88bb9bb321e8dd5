"""Whatever is done to one client's plan, by whom and in what order: the invariants hold after every step."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.careplan.api.refusals import CONSTRAINTS, REFUSALS
from services.careplan.domain.acknowledgements.plan_waits import waits_of_plan
from services.careplan.domain.neighbours.copies import OPEN_VOUCHER
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import IN_FORCE, OPEN
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.consultations import consultations_of
from services.careplan.storage.deadlines import deadline_table
from services.careplan.storage.deliveries import delivery_table, deviation_table
from services.careplan.storage.neighbours.vouchers import voucher_copy
from services.careplan.storage.plan_versions import plan_version_table, publication_table
from services.careplan.storage.plans import plan_service_table
from services.careplan.storage.transfers import transfer_table
from services.chassis.database import outbox
from services.chassis.database import section as sections
from services.chassis.etags import VersionConflict
from services.chassis.inbox import NotYet
from services.kernel.care import Arrangement
from tests.builders.careplan import acts
from tests.builders.careplan.county import FIRST, World
from tests.builders.careplan.random_plans import STEPS, Walk, intact, plan_ids, versions

pytestmark = pytest.mark.integration
REFUSED: tuple[type[Exception], ...] = (*REFUSALS, VersionConflict, NotYet, LookupError)
# What brings a plan into force comes more often than what ends it, or most walks would end at once.
OFTEN = ("edit", "advance", "advance", "fund", "fund", "hear", "hear", "deliver", "promise", "promise")
WEIGHTED = (*STEPS, *OFTEN)
LENGTH = 30


@contextmanager
def refusals_roll_back(db: Session) -> Iterator[None]:
    """A refused act leaves nothing behind, as behind the door."""
    try:
        with db.begin_nested():
            yield
            db.flush()
    except REFUSED:
        pass
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) not in CONSTRAINTS:
            raise


def check(world: World) -> None:
    """The invariants of one client's plans, asked of the database."""
    db, ids = world.session, plan_ids(world)
    for plan in [db.get_one(Plan, uid, populate_existing=True) for uid in ids]:
        check_operator(world, plan)
        check_vouchers(db, plan)
        check_deadlines(db, plan)
        check_publications(db, plan)
        told = db.execute(
            select(outbox.c.headers["aggregateversion"].as_integer())
            .where(outbox.c.aggregate_id == plan.id)
            .order_by(outbox.c.id)
        ).scalars()
        assert list(told) == list(range(1, plan.fact_version + 1)), "INV-21"
    states = [db.get_one(Plan, uid).state for uid in ids]
    assert sum(state in OPEN for state in states) <= 1, "INV-01"
    assert intact(world), "INV-24"
    check_deliveries(world)
    check_section(world)


def check_operator(world: World, plan: Plan) -> None:
    transfer = transfer_table.c
    query = select(func.count()).where(transfer.plan_id == plan.id, transfer.state == "COMMITTED")
    assert plan.operator_organisation_id in (world.id("P01"), world.id("P02")), "INV-02"
    assert plan.operator_epoch == 1 + world.session.execute(query).scalar_one(), "INV-02"


def check_vouchers(db: Session, plan: Plan) -> None:
    """INV-03: an open voucher that was heard of funds one service of a plan in force, and the one it names.

    Once that is arranged otherwise nothing is funded: the county looks at the voucher (PLANBOUND-1).
    """
    if plan.state not in IN_FORCE:
        return
    table = voucher_copy.c
    query = select(table.voucher_id, table.plan_service_id).where(
        table.plan_id == plan.id, table.state.in_(OPEN_VOUCHER)
    )
    by_voucher = {one.voucher_id: one.id for one in plan.services if one.voucher_id}
    otherwise = {one.id for one in plan.services if one.arrangement is not Arrangement.VOUCHER}
    for row in db.execute(query):
        funded = by_voucher.get(row.voucher_id)
        assert funded == row.plan_service_id or (funded is None and row.plan_service_id in otherwise), "INV-03"


def check_deliveries(world: World) -> None:
    """INV-03: each delivery on a plan refers to a planned service or is a deviation; what conforms is counted."""
    delivery, deviation, service = delivery_table.c, deviation_table.c, plan_service_table.c
    loose = (
        select(func.count())
        .select_from(delivery_table.outerjoin(deviation_table, deviation.delivery_id == delivery.id))
        .where(
            delivery.client_id == world.id("child"),
            delivery.plan_id.is_not(None),
            delivery.plan_service_id.is_(None),
            deviation.id.is_(None),
        )
    )
    assert world.session.execute(loose).scalar_one() == 0, "INV-03"
    over = select(func.count()).where(service.units > 0, service.units_delivered > service.units)
    assert world.session.execute(over).scalar_one() == 0, "INV-03"


def check_deadlines(db: Session, plan: Plan) -> None:
    """PLAN-18: what runs is what is waited for."""
    table = deadline_table.c
    query = select(table.subject, table.subject_id, table.due).where(
        table.owner_id == plan.id, table.ended_on.is_(None)
    )
    consultations = consultations_of(db, plan.id, plan.major + 1)
    waits = waits_of_plan(plan, consultations, acknowledgements_of(db, plan.id))
    assert {tuple(row) for row in db.execute(query)} == {(one.subject, one.subject_id, one.due) for one in waits}


def check_publications(db: Session, plan: Plan) -> None:
    """S2.14: each version is to be published, once."""
    publication, version = publication_table.c, plan_version_table.c
    wanted = db.execute(select(publication.major, publication.minor).where(publication.plan_id == plan.id)).all()
    there = db.execute(select(version.major, version.minor).where(version.plan_id == plan.id)).all()
    assert sorted(map(tuple, wanted)) == sorted(map(tuple, there))
    assert ((plan.major, plan.minor) == max(map(tuple, there), default=(0, 0))) or plan.major == 0


def check_section(world: World) -> None:
    """The record shows what is: publishing the section anew changes nothing."""
    client, db = world.id("child"), world.session
    body = select(sections.c.version).where(sections.c.client_id == client, sections.c.name.like("%PlanSection"))
    before = db.execute(body).scalar_one_or_none()
    if before is not None:
        publish_plan_section(db, client_id=client, now=world.now)
        assert db.execute(body).scalar_one() == before


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.randoms(use_true_random=True))
def test_hold_after_every_step_INV_01_INV_02_INV_03_INV_24(world: World, random: Random) -> None:
    example = world.session.begin_nested()
    here = World(world.session, world.rules, world.now, {k: v for k, v in world.ids.items() if k != "child"})
    here.at(FIRST).assess(completed=FIRST)
    here.choose("P02")
    if random.randrange(4):
        lines = [acts.own_work(here), acts.support(here), acts.home_help(here), acts.doctor(here)]
        plan = acts.edit(here, acts.draft(here), random.sample(lines, 3))
        for request in acts.consult(here, plan):
            acts.answer(here, request)
        acts.activate(here, plan)
    walk = Walk(here, random.randrange)
    seen = versions(here)
    for step in random.choices(WEIGHTED, k=LENGTH):
        with refusals_roll_back(here.session):
            getattr(walk, step)()
        now = versions(here)
        assert {key: now[key] for key in seen} == seen, "INV-24"
        seen = now
        check(here)
    example.rollback()
