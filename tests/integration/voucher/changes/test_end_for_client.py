"""The client dies, moves or is merged: what was given to her ends with that day (PROCESS-D2), story 6 to the cent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.chassis.values import day
from services.kernel.care import CareUnit
from services.voucher.bus import VoucherBus
from services.voucher.domain.claims.redemption import Redemption, RedemptionState, RejectCode
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.neighbours.plan_line import Pause
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.refusals import ClientClosed
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.claims.reversal import reversals
from services.voucher.storage.neighbours import client as copies
from services.voucher.storage.neighbours import plan_line as plan_lines
from services.voucher.storage.neighbours import provider
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import client_pb2, decision_pb2
from sote.client.v1 import events_pb2 as client
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import World
from tests.builders.voucher.inpatient import Ward
from tests.builders.voucher.planned import Planned, RulesBus
from tests.builders.voucher.settlements import collect, confirm, pay, send

pytestmark = pytest.mark.integration
DAILY = 180_00
DEATH = date(2025, 9, 17)


def told(world: World, state: str, version: int) -> client.ClientFacts:
    """The client as its owner tells her."""
    value = client_pb2.ClientState.Value(f"CLIENT_STATE_{state}")
    return client.ClientFacts(client_id=str(world.client_id), state=value, version=version)


def dies(world: World, on: date = DEATH, *, version: int = 2, bus: VoucherBus | None = None) -> None:
    """The register tells of the death, maybe days later."""
    fact = client.ClientDeceased(client=told(world, "DECEASED", version), deceased_date=day(on))
    (bus or RulesBus()).on_deceased(world.session, fact, world.now)


class Home(Planned):
    """Story 6: 24-hour housing by the day for 2025 at P11 (`coach`)."""

    def lives(self) -> Voucher:
        """365 days at 180.00 since New Year."""
        self.on(date(2025, 1, 1)).plan_id, self.service_id, self.fact_version = uuid4(), uuid4(), 0
        enterprise = replace(samples.provider(), provider_id=self.enterprise, roles=("COUNTY_ENTERPRISE",), units=())
        provider.keep_provider(self.session, enterprise)
        self.add_coach(self.coach, price=DAILY)
        self.tell_client()
        self.session.execute(provider.catalogue.delete())
        entry = replace(samples.catalogue(), unit=CareUnit.DAY, reference_price_cents=DAILY)
        provider.keep_catalogue(self.session, entry)
        self.grant(units=365, first=date(2025, 1, 1), last=date(2025, 12, 31))
        self.budget(120_000_00)
        RulesBus().on_version_activated(self.session, self.activated(), self.now)
        return self.active()

    def activated(self) -> careplan.PlanActivated:
        """The plan with the year's housing."""
        facts = self.facts_of(1, units=365, first=date(2025, 1, 1), last=date(2025, 12, 31))
        return careplan.PlanActivated(plan=facts)

    def on(self, day: date) -> "Home":
        """The same home on another day."""
        super().on(day)
        return self

    def claim(self, voucher: Voucher, last: date, units: int = 1) -> Redemption:
        """Days served up to `last`."""
        return self.redeem(voucher, self.deliver(voucher, day=last, units=units))


@pytest.fixture
def home(session: Callable[[str], Session]) -> Home:
    return Home(session("voucher"))


def proved(world: World) -> bool:
    return Ward.proved(world)  # type: ignore[arg-type]  # any world has a session


def in_hospital(home: Home) -> None:
    """From 5 to 13 May."""
    plan_lines.keep_pause(home.session, Pause(home.service_id, date(2025, 5, 5), date(2025, 5, 14)))


def test_251_days_are_paid_and_20_520_released_after_the_claim_window_STORY_6_PROCESS_D2(home: Home) -> None:
    voucher = home.lives()
    assert home.balance(voucher) == Balance(committed=65_700_00)
    in_hospital(home)
    home.on(date(2025, 9, 19))
    home.claim(voucher, date(2025, 5, 4), 124)
    away = [home.claim(voucher, date(2025, 5, 5) + timedelta(days=number)) for number in range(9)]
    assert {one.reject_code for one in away} == {RejectCode.CLIENT_ABSENT}
    home.claim(voucher, date(2025, 9, 16), 126)
    last, *late = [home.claim(voucher, DEATH + timedelta(days=number)) for number in range(3)]
    dies(home)
    assert [one.reject_code for one in late] == [RejectCode.EXPIRED] * 2
    assert (last.state, voucher.units_redeemed) == (RedemptionState.ACCEPTED, 251)
    assert (voucher.state, voucher.cut_off, voucher.claim_until) == (State.CLOSING, DEATH, date(2025, 10, 17))
    assert voucher.revoke_reason is RevokeReason.DECEASED
    assert pay(home, home.coach).total == 45_180_00
    assert home.balance(voucher) == Balance(committed=20_520_00, spent=45_180_00)
    assert home.pass_time(date(2025, 10, 17)) == 0
    assert home.pass_time(date(2025, 10, 18)) == 1
    home.session.refresh(voucher)
    assert (voucher.state, home.balance(voucher)) == (State.SETTLED, Balance(spent=45_180_00))
    assert Ward.posted(home, voucher, "RELEASE") == 20_520_00  # type: ignore[arg-type]
    assert proved(home)


def test_days_after_the_death_that_were_paid_are_reversed_and_recovered_STORY_6_PROCESS_D2(home: Home) -> None:
    voucher = home.lives()
    home.on(date(2025, 9, 19)).claim(voucher, date(2025, 9, 16), 100)
    beyond = home.claim(voucher, date(2025, 9, 18))
    pay(home, home.coach)
    under_way = home.claim(voucher, date(2025, 9, 19))
    batch = send(home, collect(home, home.coach))
    dies(home)
    assert (beyond.state, under_way.state) == (RedemptionState.REVERSED, RedemptionState.ACCEPTED)
    confirm(home, batch)
    assert under_way.state is RedemptionState.REVERSED
    reasons = home.session.execute(reversals.select()).all()
    assert {(str(row.reason), row.cents) for row in reasons} == {("CLIENT_GONE", DAILY)}
    assert home.balance(voucher).spent == 100 * DAILY
    home.claim(voucher, DEATH)
    assert pay(home, home.coach).total == 0
    assert proved(home)


def test_the_same_news_again_changes_nothing_and_a_corrected_day_moves_the_end_PROCESS_D2(home: Home) -> None:
    voucher = home.lives()
    home.on(date(2025, 9, 19)).claim(voucher, date(2025, 9, 10), 10)
    dies(home)
    before = (voucher.version, home.facts(voucher), home.balance(voucher))
    dies(home)
    dies(home, date(2025, 1, 1), version=1)
    assert (voucher.version, home.facts(voucher), home.balance(voucher)) == before
    dies(home, date(2025, 9, 15), version=3)
    assert (voucher.cut_off, voucher.claim_until) == (date(2025, 9, 15), date(2025, 10, 15))
    dies(home, DEATH, version=4)
    assert (voucher.cut_off, home.claim(voucher, DEATH).state) == (DEATH, RedemptionState.ACCEPTED)


def test_with_nothing_left_to_claim_everything_is_released_at_once_PROCESS_D2(home: Home) -> None:
    voucher = home.lives()
    home.on(date(2025, 9, 19))
    beyond = [home.claim(voucher, date(2025, 9, 18)), home.claim(voucher, date(2025, 9, 19))]
    dies(home)
    assert [one.state for one in beyond] == [RedemptionState.REJECTED] * 2
    assert (voucher.state, home.balance(voucher)) == (State.REVOKED, Balance())
    assert proved(home)


def test_a_voucher_that_was_closing_ends_its_days_too_PROCESS_D2(home: Home) -> None:
    voucher = home.lives()
    home.on(date(2026, 1, 2)).claim(voucher, date(2025, 12, 30), 10)
    beyond = home.claim(voucher, date(2025, 12, 31))
    assert home.pass_time(date(2026, 1, 2)) == 1
    home.session.refresh(voucher)
    dies(home, date(2025, 12, 30))
    assert (voucher.state, beyond.reject_code) == (State.CLOSING, RejectCode.EXPIRED)
    assert (voucher.cut_off, voucher.claim_until) == (date(2025, 12, 30), date(2026, 1, 29))


@pytest.mark.parametrize(("counts", "last_day"), [(True, DEATH), (False, date(2025, 9, 16))])
def test_whether_the_last_day_counts_is_the_countys_to_say_PROCESS_D2(home: Home, counts: bool, last_day: date) -> None:
    voucher = home.lives()
    bus = RulesBus()
    bus.rules = Rules(count_exit_day=counts)
    home.on(date(2025, 9, 19)).claim(voucher, date(2025, 9, 10), 10)
    dies(home, bus=bus)
    assert voucher.cut_off == last_day


def test_a_move_ends_what_was_issued_and_a_draft_is_discarded_PROCESS_D2(home: Home) -> None:
    voucher = home.lives()
    moved = client.ClientMovedOut(
        client=told(home, "MOVED_OUT", 2),
        moved_date=Date(year=2025, month=1, day=1),
        moved_to_county="MAAKUNTA_2017:01",
    )
    RulesBus().on_moved_out(home.session, moved, home.on(date(2025, 1, 3)).now)
    assert (voucher.state, voucher.revoke_reason, home.balance(voucher)) == (
        State.REVOKED,
        RevokeReason.MOVED,
        Balance(),
    )


def test_a_draft_of_a_client_who_is_gone_is_discarded_and_nothing_is_issued_PROCESS_D2(world: World) -> None:
    draft = world.draft()
    dies(world)
    assert world.facts(draft)[-1] == "VoucherDiscarded"
    assert world.session.get(Voucher, draft.id) is None
    assert not world.section().vouchers
    with pytest.raises(ClientClosed):
        world.draft()


def test_a_merged_record_loses_its_vouchers_PROCESS_D2(world: World) -> None:
    voucher = world.issue(world.draft())
    merged = client.ClientMerged(client=told(world, "MERGED", 2), target_client_id=str(uuid4()))
    RulesBus().on_merged(world.session, merged, world.now)
    assert (voucher.state, voucher.revoke_reason) == (State.REVOKED, RevokeReason.CLIENT_MERGED)


def changed(world: World, effective: date, *, version: int = 2, **changes: Any) -> None:
    """The decision was changed with effect on a day."""
    granted: dict[str, Any] = {"outcome": decision_pb2.DECISION_OUTCOME_GRANTED, "units": 15}
    if changes.get("outcome") != decision_pb2.DECISION_OUTCOME_REJECTED:
        granted |= {"from_date": Date(year=2025, month=3, day=1), "to_date": Date(year=2025, month=3, day=31)}
    fact = client.DecisionChanged(
        decision_id=str(world.decision_id),
        assessment_id=str(world.assessment_id),
        client_id=str(world.client_id),
        service_code=world.service,
        version=version,
        effective_date=day(effective),
        **granted | changes,
    )
    RulesBus().on_decision_changed(world.session, fact, world.now)


def test_a_decision_that_never_granted_is_known_and_grants_nothing_ASSESSMENT_7(world: World) -> None:
    fact = client.DecisionMade(
        decision_id=str(uuid4()),
        assessment_id=str(world.assessment_id),
        client_id=str(world.client_id),
        service_code=world.service,
        outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
        version=1,
    )
    RulesBus().on_decision_made(world.session, fact, world.now)
    known = copies.find_decision(world.session, UUID(fact.decision_id))
    assert known is not None
    assert not known.grants
    assert known.to_date < known.from_date


def test_a_decision_taken_back_ends_the_future_only_VOUCHER_13(world: World) -> None:
    voucher = world.active()
    served = world.deliver(voucher, day=date(2025, 3, 9))
    changed(world.on(date(2025, 3, 12)), date(2025, 3, 10), outcome=decision_pb2.DECISION_OUTCOME_REJECTED, units=0)
    assert (voucher.state, voucher.revoke_reason) == (State.CLOSING, RevokeReason.DECISION_CHANGED)
    assert voucher.cut_off == date(2025, 3, 9)
    assert world.redeem(voucher, served).state is RedemptionState.ACCEPTED
    assert proved(world)


def test_a_decision_that_grants_less_amends_what_is_not_used_VOUCHER_13(world: World) -> None:
    voucher = world.active()
    world.redeem(voucher, world.deliver(voucher, units=4))
    changed(world, date(2025, 3, 10), units=9, to_date=Date(year=2025, month=3, day=20))
    assert (voucher.units_granted, voucher.valid_to) == (9, date(2025, 3, 20))
    assert world.balance(voucher) == Balance(committed=9 * 82_00)
    changed(world, date(2025, 3, 10), version=3, units=2)
    assert (voucher.state, voucher.units_granted) == (State.CLOSING, 4)
    assert proved(world)


def test_older_news_and_more_than_before_change_no_voucher_VOUCHER_13(world: World) -> None:
    voucher = world.active()
    before = voucher.version
    changed(world, date(2025, 3, 10), version=5, units=30)
    changed(world, date(2025, 3, 10), version=4, units=1)
    assert voucher.version == before
    assert copies.find_decision(world.session, world.decision_id) == DecisionCopy(
        world.decision_id,
        world.assessment_id,
        world.client_id,
        world.service,
        "GRANTED",
        30,
        date(2025, 3, 1),
        date(2025, 3, 31),
        5,
        date(2025, 3, 10),
    )


def test_a_draft_beyond_a_changed_decision_is_discarded_VOUCHER_1(world: World) -> None:
    draft = world.draft()
    changed(world, date(2025, 3, 10), units=5)
    assert world.session.get(Voucher, draft.id) is None
