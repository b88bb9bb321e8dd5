"""Process B's money: the envelope, what moves out of it, and that a failure leaves the ledger as it was (INV-19)."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.kernel.care import Arrangement
from services.voucher.domain.neighbours.client import ClientCopy
from services.voucher.domain.purse.ledger import Balance, LineBalance, SourceKind
from services.voucher.domain.spending.commitment import commitment_id_for
from services.voucher.operations.envelopes.close_envelope import close_envelope
from services.voucher.operations.spending.follow_plan import follow_contract, follow_plan
from services.voucher.operations.vouchers.refuse_voucher import refuse_voucher
from services.voucher.storage.neighbours.client import keep_client
from services.voucher.views.outlook.proof import prove_ledger
from sote.voucher.v1 import events_pb2
from tests.builders.voucher import purse as world
from tests.builders.voucher.enrolments import (
    CLIENT,
    ENROLMENT,
    ENVELOPE,
    PATIENT,
    PLAN,
    accepted,
    announced,
    counts,
    enrolment,
    envelope,
    failed,
    failure,
    requested,
    services,
    world_of,
)
from tests.builders.voucher.purse import COUNTY, NOW, THERAPY

pytestmark = pytest.mark.integration


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    return world_of(session("voucher"))


def test_the_envelope_is_reserved_on_the_lines_its_items_need_PROCESS_B2(db: Session) -> None:
    accepted(db, enrolment(services()))
    lines = world.line_balances(db)
    assert (lines["FAMILIES"].reserved, lines["HEALTH"].reserved) == (ENVELOPE - 20 * 78_00, 20 * 78_00)
    accepted(db, enrolment(services()))
    assert envelope(db).reserved == ENVELOPE


def test_an_envelope_the_budget_has_not_is_refused_PROCESS_B2(db: Session) -> None:
    before = world.line_balances(db)
    accepted(db, enrolment(services(), envelope=20_000_00))
    assert world.line_balances(db) == before
    (refused,) = announced(db, events_pb2.EnvelopeRefused)
    assert (refused.enrolment_id, refused.reason) == (str(ENROLMENT), "BUDGET_EXHAUSTED")


def test_each_item_takes_its_money_out_of_the_envelope_PROCESS_B5_PROCESS_B6_PROCESS_B7(db: Session) -> None:
    planned = services()
    accepted(db, enrolment(planned))
    available = {code: line.available for code, line in world.line_balances(db).items()}
    world.tell_plan(db, PLAN, CLIENT, planned)
    requested(db, enrolment(planned))
    assert {code: line.available for code, line in world.line_balances(db).items()} == available
    (funded,) = announced(db, events_pb2.EnrolmentFunded)
    work, therapy, support, doctor = funded.items
    assert work.commitment_id == str(commitment_id_for(planned[0].plan_service_id))
    assert therapy.voucher_id
    assert support.commitment_id
    assert (doctor.voucher_id, doctor.commitment_id, doctor.skipped_reason) == ("", "", "")
    assert world.held(db, SourceKind.VOUCHER, UUID(therapy.voucher_id)) == Balance(20 * 78_00, 0, 0)
    assert world.held(db, SourceKind.COMMITMENT, UUID(work.commitment_id)) == Balance(0, 620_00, 0)
    rest = ENVELOPE - 620_00 - 1_560_00 - 1_500_00
    assert envelope(db) == Balance(rest, 0, 0)
    requested(db, enrolment(planned))
    close_envelope(db, enrolment_id=ENROLMENT, now=NOW)
    close_envelope(db, enrolment_id=ENROLMENT, now=NOW)
    assert envelope(db) == Balance()
    assert counts(db) == {"voucher": 1, "commitment": 2}
    assert prove_ledger(db).holds


def test_a_mandatory_item_that_fails_undoes_all_INV_19(db: Session) -> None:
    before = world.line_balances(db)
    planned = services()
    told = enrolment(planned, mandatory=THERAPY)
    accepted(db, told)
    world.tell_plan(db, PLAN, CLIENT, planned)
    db.execute(text("update decision_copy set units = 1"))
    requested(db, told, NOW + PATIENT)
    assert failure(db) == (THERAPY, "DECISION_MISSING")
    assert counts(db) == {"voucher": 0, "commitment": 0}
    assert world.line_balances(db) == before
    vouchers = "select count(*) from outbox where routing_key like 'sote.voucher.v1.Voucher%'"
    assert db.execute(text(vouchers)).scalar_one() == 0
    failed(db)
    assert world.line_balances(db) == before
    assert prove_ledger(db).holds


def test_an_optional_item_that_fails_is_skipped_PROCESS_B5(db: Session) -> None:
    planned = services()
    accepted(db, enrolment(planned))
    world.tell_plan(db, PLAN, CLIENT, planned)
    db.execute(text("update client_copy set state = 'MOVED_OUT'"))
    requested(db, enrolment(planned))
    (funded,) = announced(db, events_pb2.EnrolmentFunded)
    assert [item.skipped_reason for item in funded.items] == ["", "CLIENT_CLOSED", "", ""]
    assert counts(db) == {"voucher": 0, "commitment": 2}
    assert prove_ledger(db).holds


def test_what_the_county_does_in_place_of_a_refused_voucher_is_ordered_at_its_own_price_PROCESS_A7(db: Session) -> None:
    """Story 5: the planned service stays the enrolment's; 20 sessions at 61.00 are bound beside the envelope."""
    planned = services()
    accepted(db, enrolment(planned))
    world.tell_plan(db, PLAN, CLIENT, planned)
    requested(db, enrolment(planned))
    follow_plan(db, plan_id=PLAN, county=COUNTY, now=NOW)
    assert counts(db) == {"voucher": 1, "commitment": 2}
    voucher_id = db.execute(text("select id from voucher")).scalar_one()
    refuse_voucher(db, voucher_id=voucher_id, by_client=CLIENT, now=NOW)
    own = replace(planned[1], arrangement=Arrangement.OWN, provider_id=world.ENTERPRISE, state="ASSIGNED")
    world.tell_plan(db, PLAN, CLIENT, [planned[0], own, *planned[2:]], version=2)
    follow_plan(db, plan_id=PLAN, county=COUNTY, now=NOW)
    ordered = commitment_id_for(own.plan_service_id)
    assert counts(db) == {"voucher": 1, "commitment": 2}  # the news of the contract is on its way
    world.contract(db, provider_id=world.ENTERPRISE, code=THERAPY, price=61_00)
    follow_contract(db, provider_id=world.ENTERPRISE, county=COUNTY, now=NOW)
    assert world.held(db, SourceKind.COMMITMENT, ordered) == Balance(0, 20 * 61_00, 0)
    assert world.held(db, SourceKind.VOUCHER, voucher_id) == Balance()
    follow_plan(db, plan_id=PLAN, county=COUNTY, now=NOW)
    assert counts(db) == {"voucher": 1, "commitment": 3}
    assert prove_ledger(db).holds


def test_what_an_enrolment_is_to_fund_is_not_ordered_by_its_plan_PROCESS_B6(db: Session) -> None:
    planned = services()
    accepted(db, enrolment(planned))
    world.tell_plan(db, PLAN, CLIENT, planned)
    follow_plan(db, plan_id=PLAN, county=COUNTY, now=NOW)
    assert counts(db) == {"voucher": 0, "commitment": 0}


def test_an_enrolment_that_fails_after_funding_is_undone_INV_19(db: Session) -> None:
    before = world.line_balances(db)
    planned = services()
    accepted(db, enrolment(planned))
    world.tell_plan(db, PLAN, CLIENT, planned)
    requested(db, enrolment(planned))
    failed(db)
    failed(db)
    assert world.line_balances(db) == before
    assert db.execute(text("select distinct state from voucher")).scalars().all() == ["REVOKED"]
    assert db.execute(text("select distinct state from commitment")).scalars().all() == ["CANCELLED"]
    assert prove_ledger(db).holds


def test_a_withdrawal_known_first_leaves_nothing_to_reserve_ENROLMENT_7(db: Session) -> None:
    before = world.line_balances(db)
    failed(db)
    accepted(db, enrolment(services()))
    assert world.line_balances(db) == before


def test_funding_waits_for_the_envelope_and_the_plan_GUARANTEE_6(db: Session) -> None:
    planned = services()
    told = enrolment(planned)
    with pytest.raises(NotYet):
        requested(db, told)
    accepted(db, told)
    with pytest.raises(NotYet):
        close_envelope(db, enrolment_id=ENROLMENT, now=NOW)
    with pytest.raises(NotYet):
        requested(db, told)
    world.tell_plan(db, PLAN, CLIENT, planned[:1])
    with pytest.raises(NotYet):
        requested(db, told)
    world.tell_plan(db, PLAN, CLIENT, planned, version=2)
    requested(db, told)
    assert counts(db) == {"voucher": 1, "commitment": 2}


def test_the_envelope_waits_for_the_catalogue_GUARANTEE_6(db: Session) -> None:
    planned = [*services(), replace(services()[0], service_code="SOC-NEW", item_code="SOC-NEW")]
    with pytest.raises(NotYet):
        accepted(db, enrolment(planned))


def test_a_client_who_needs_support_gets_the_voucher_too_PROCESS_B5(db: Session) -> None:
    planned = services()
    keep_client(db, ClientCopy(CLIENT, "ACTIVE", ("SPECIAL_SUPPORT",), 2))
    accepted(db, enrolment(planned))
    world.tell_plan(db, PLAN, CLIENT, planned)
    requested(db, enrolment(planned))
    assert counts(db)["voucher"] == 1


def test_sums_of_story_1_by_operation_STORY_1(db: Session) -> None:
    planned = services()
    accepted(db, enrolment(planned))
    world.tell_plan(db, PLAN, CLIENT, planned)
    requested(db, enrolment(planned))
    close_envelope(db, enrolment_id=ENROLMENT, now=NOW)
    body = db.execute(
        text("select body from section where client_id = :c and name = 'sote.voucher.v1.FinanceSection'"), {"c": CLIENT}
    ).scalar_one()
    section = world.finance_section(bytes(body))
    items = 620_00 + 1_560_00 + 1_500_00
    assert (section.services.reserved.cents, section.services.released.cents) == (items, 0)
    assert (section.envelopes.reserved.cents, section.envelopes.released.cents) == (ENVELOPE, ENVELOPE)
    assert world.line_balances(db)["HEALTH"] == LineBalance(5_000_00, 3_440_00, 1_560_00, 0, 0)
