"""A review leaves out what a voucher at work funds, over careplan and voucher at once
(PLANBOUND-1, VOUCHER-13, INV-03, INV-08)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.lifecycle.start_review import start_review
from services.chassis.vault import Vault
from services.voucher.domain.claims.redemption import Redemption, RedemptionState, RejectCode
from services.voucher.domain.neighbours.client import GuidanceCopy
from services.voucher.domain.purse.ledger import Balance, Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.issuing import Official
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.advance_vouchers import advance_vouchers
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.choose_provider import choose_provider
from services.voucher.operations.claims.redeem_voucher import redeem_voucher
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.draft_voucher import draft_voucher
from services.voucher.operations.vouchers.issue_voucher import issue_voucher
from services.voucher.storage.neighbours import client
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.careplan import acts
from tests.builders.package.saga import FIRST, LAST, Saga
from tests.builders.package.story import Story
from tests.builders.voucher.county import COUNTY
from tests.builders.voucher.settlements import pay

HELP, HELPER = "SOC-FAM-HOME", "P05"
VAULT, RULES = Vault({1: bytes(32)}, place="income_statement.sealed"), Rules()
REVIEWED = date(2025, 4, 10)
NOTICE = REVIEWED + timedelta(days=RULES.plan_notice_days)


class Course:
    """The saga's family with home help by a voucher at the helper; `world` is the purse's side of the day."""

    def __init__(self, saga: Saga) -> None:
        self.saga, self.session, self.rules = saga, saga.purse, RULES
        saga.begin()
        self.at(FIRST)
        plan = acts.draft(saga.plans)
        period: dict[str, Any] = {"from_date": FIRST, "to_date": LAST}
        wishes = [replace(acts.own_work(saga.plans), **period), replace(acts.home_help(saga.plans), **period)]
        acts.edit(saga.plans, plan, wishes)
        acts.consult(saga.plans, plan)
        acts.activate(saga.plans, plan)
        saga.settle()
        self.plan, self.voucher = plan, self._at_work(plan)

    @property
    def now(self) -> datetime:
        """The hour of both services."""
        return self.saga.now

    @property
    def helper(self) -> UUID:
        """Who gives the home help."""
        return self.saga.plans.id(HELPER)

    def at(self, on: date) -> "Course":
        """Let it be the morning of a day, for everybody."""
        self.saga.now = self.saga.plans.now = datetime(on.year, on.month, on.day, 8, tzinfo=UTC)
        return self

    def _at_work(self, plan: Plan) -> Voucher:
        """A voucher for the planned help, issued, chosen and accepted."""
        now, service = self.now, acts.service_of(plan, HELP)
        decision = self.session.scalars(
            select(client.decisions.c.decision_id).where(client.decisions.c.service_code == HELP)
        ).one()
        official = Official(self.saga.plans.id("P01"), "official-1", COUNTY)
        voucher = draft_voucher(
            self.session,
            client_id=plan.client_id,
            decision_id=decision,
            plan_service_id=service.id,
            units=None,
            valid_from=None,
            valid_to=None,
            content=ContentSpec(text="help at home"),
            official=official,
            vault=VAULT,
            rules=RULES,
            now=now,
            new_id=uuid4(),
        )
        issue_voucher(self.session, voucher_id=voucher.id, official=official, vault=VAULT, rules=RULES, now=now)
        client.keep_guidance(self.session, GuidanceCopy(uuid4(), voucher.id, plan.client_id, "ADVICE", now))
        chosen: dict[str, Any] = {"provider_id": self.helper, "unit_id": None, "by_client": None}
        choose_provider(self.session, voucher_id=voucher.id, **chosen, rules=RULES, now=now)
        accept_voucher(self.session, voucher_id=voucher.id, provider_id=self.helper, content_version=1, now=now)
        self.saga.settle()
        return voucher

    def leave_help_out(self) -> None:
        """A review finds that the help is not needed any more."""
        by: dict[str, Any] = {"etag": "", "caller": self.saga.plans.caller("P01"), "now": self.now}
        start_review(self.saga.plans.session, plan_id=self.plan.id, cause=ReviewCause.NEED_CHANGED, **by)
        acts.edit(self.saga.plans, self.plan, remove_services=[acts.service_of(self.plan, HELP).id])
        acts.activate(self.saga.plans, self.plan, first=False)

    def claim(self, on: date) -> tuple[bool, Redemption]:
        """(whether the help of that day conforms, the claim for it)"""
        given = replace(acts.given(self.at(on).saga.plans, HELP, HELPER, on), client_id=self.plan.client_id)
        delivery, _ = acts.deliver(self.saga.plans, given)
        self.saga.settle()
        claim = redeem_voucher(
            self.session,
            voucher_id=self.voucher.id,
            delivery_id=delivery.id,
            units=None,
            unit_price=None,
            provider_id=self.helper,
            subject="helper-1",
            now=self.now,
            new_id=uuid4(),
            rules=RULES,
        )
        self.saga.settle()
        return delivery.conforms, claim

    def balance(self) -> Balance:
        """What the ledger holds for the voucher."""
        return ledger.balance_of(self.session, Source(SourceKind.VOUCHER, self.voucher.id))

    def pass_time(self, on: date) -> None:
        """The timer of vouchers runs on that day, and whoever hears of it does."""
        while advance_vouchers(self.at(on).session, now=self.now):
            self.saga.settle()


@pytest.fixture
def course(story: Story, session: Callable[[str], Session]) -> Course:
    return Course(Saga(story, session("careplan"), session("voucher")))


def test_help_that_a_review_leaves_out_is_paid_for_the_days_of_notice_PLANBOUND_1(course: Course) -> None:
    voucher, service = course.voucher, acts.service_of(course.plan, HELP)
    assert (voucher.state, service.voucher_id, service.provider_id) == (State.ACTIVE, voucher.id, course.helper)
    course.at(REVIEWED).leave_help_out()
    # The news reaches the voucher two days later, and shifts nothing.
    course.saga.settle(timedelta(days=2))
    assert (voucher.state, voucher.revoke_reason, voucher.cut_off) == (State.CLOSING, RevokeReason.NEED_ENDED, NOTICE)
    assert (service.state.value, service.voucher_id) == ("CANCELLED", voucher.id)

    conforms, inside = course.claim(NOTICE)
    assert (conforms, inside.state) == (True, RedemptionState.ACCEPTED)
    conforms, beyond = course.claim(NOTICE + timedelta(days=1))
    assert (conforms, beyond.reject_code) == (False, RejectCode.PLAN_LINE_SUPERSEDED)
    assert prove_ledger(course.session).holds

    pay(course, course.helper)  # type: ignore[arg-type]  # who has a session, rules and an hour can pay
    course.pass_time(NOTICE + timedelta(days=RULES.claim_window_days + 1))
    assert (voucher.state, service.state.value) == (State.SETTLED, "CANCELLED")
    assert course.balance() == Balance(spent=inside.county_share)
    assert prove_ledger(course.session).holds


def test_a_review_that_is_not_brought_into_force_touches_no_voucher_PLAN_14(course: Course) -> None:
    before = (course.voucher.version, course.balance())
    course.at(REVIEWED)
    by: dict[str, Any] = {"etag": "", "caller": course.saga.plans.caller("P01"), "now": course.now}
    start_review(course.saga.plans.session, plan_id=course.plan.id, cause=ReviewCause.NEED_CHANGED, **by)
    acts.edit(course.saga.plans, course.plan, remove_services=[acts.service_of(course.plan, HELP).id])
    course.saga.settle()
    assert (course.voucher.version, course.balance()) == before
    conforms, claim = course.claim(REVIEWED)
    assert (conforms, claim.state) == (True, RedemptionState.ACCEPTED)
