"""A contract is suspended or over, or a service of it removed: its vouchers leave it (PROCESS-C2, INV-05)."""

from collections.abc import Callable
from datetime import date

import pytest
from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.voucher.bus import VoucherBus
from services.voucher.domain.claims.redemption import RedemptionState, RejectCode
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.states import State
from services.voucher.storage.claims.reroute import reroutes_of
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as events
from sote.type.v1 import money_pb2
from tests.builders.voucher.inpatient import P08_PRICE, Ward

pytestmark = pytest.mark.integration


class RulesBus(VoucherBus):
    """The handlers with the county's rules."""

    county = "MAAKUNTA_2017:06"
    rules = Rules()


@pytest.fixture
def ward(session: Callable[[str], Session]) -> Ward:
    return Ward(session("voucher")).opened()


def day(month: int, number: int) -> Date:
    return Date(year=2025, month=month, day=number)


def told(
    ward: Ward, state: str, version: int = 9, pause: contract_pb2.SuspensionFacts | None = None
) -> events.ContractFacts:
    """P08's contract as its owner tells it."""
    price = money_pb2.Money(cents=P08_PRICE)
    return events.ContractFacts(
        contract_id=str(ward.contract),
        provider_id=str(ward.coach),
        state=contract_pb2.ContractState.Value(f"CONTRACT_STATE_{state}"),
        valid_from=day(1, 1),
        valid_to=day(12, 31),
        lines=[contract_pb2.ServiceLineFacts(service_code=ward.service, unit_price=price, voucher=True)],
        version=version,
        suspension=pause,
    )


def test_a_suspension_reroutes_at_once_with_its_effective_day_as_cut_off_PROCESS_C2_STORY_3(ward: Ward) -> None:
    voucher = ward.at_p08()
    ward.on(date(2025, 4, 10)).days(voucher, date(2025, 4, 2), 8)
    pause = contract_pb2.SuspensionFacts(mode=contract_pb2.SUSPENSION_MODE_IMMEDIATE, effective_date=day(4, 14))
    fact = events.ContractSuspended(contract=told(ward, "SUSPENDED", pause=pause))
    RulesBus().on_contract_suspended(ward.session, fact, ward.now)
    assert (voucher.state, voucher.units_held, voucher.served_from) == (State.REROUTING, 4, date(2025, 4, 14))
    assert ward.balance(voucher) == Balance(reserved=3_440_00, committed=2_580_00)
    RulesBus().on_contract_suspended(ward.session, fact, ward.now)
    assert len(reroutes_of(ward.session, voucher.id)) == 1
    assert ward.proved()


def test_with_safe_continuation_the_provider_is_paid_until_that_day_PROCESS_C2(ward: Ward) -> None:
    voucher = ward.at_p08()
    pause = contract_pb2.SuspensionFacts(
        mode=contract_pb2.SUSPENSION_MODE_SAFE_CONTINUATION,
        effective_date=day(4, 7),
        safe_continuation_until=day(4, 13),
    )
    fact = events.ContractSuspended(contract=told(ward, "SUSPENDED", pause=pause))
    RulesBus().on_contract_suspended(ward.on(date(2025, 4, 4)).session, fact, ward.now)
    assert (voucher.state, voucher.units_held, voucher.units_left) == (State.REROUTING, 12, 16)
    late, after = ward.on(date(2025, 4, 20)).days(voucher, date(2025, 4, 13), 2)
    assert (late.state, after.reject_code) == (RedemptionState.ACCEPTED, RejectCode.NO_CONTRACT)


def test_a_voucher_that_ends_before_the_cut_off_stays_and_is_paid_INV_05(ward: Ward) -> None:
    voucher = ward.at_p08()
    pause = contract_pb2.SuspensionFacts(effective_date=day(5, 16))
    fact = events.ContractSuspended(contract=told(ward, "SUSPENDED", pause=pause))
    RulesBus().on_contract_suspended(ward.on(date(2025, 5, 10)).session, fact, ward.now)
    assert voucher.state is State.ACTIVE
    (claim,) = ward.days(voucher, date(2025, 5, 10), 1)
    assert claim.state is RedemptionState.ACCEPTED


@pytest.mark.parametrize("ending", ["TERMINATED", "EXPIRED"])
def test_an_ended_contract_loses_its_vouchers_PROCESS_C2(ward: Ward, ending: str) -> None:
    voucher = ward.at_p08()
    bus, contract, first = RulesBus(), told(ward, ending), day(4, 14)
    if ending == "TERMINATED":
        terminated = events.ContractTerminated(contract=contract, effective_date=first)
        bus.on_contract_over(ward.session, terminated, ward.now)
    else:
        expired = events.ContractExpired(contract=contract, effective_date=first)
        bus.on_contract_over(ward.session, expired, ward.now)
    assert (voucher.state, voucher.units_held) == (State.REROUTING, 12)


def test_only_the_removed_service_and_only_by_the_newest_news_PROCESS_C2(ward: Ward) -> None:
    voucher = ward.at_p08()
    bus, contract = RulesBus(), told(ward, "ACTIVE")
    ward.on(date(2025, 4, 10))
    other = events.ContractLineChanged(contract=contract, removed_service_codes=["HLT-OT"])
    bus.on_contract_line_changed(ward.session, other, ward.now)
    older = events.ContractLineChanged(contract=told(ward, "ACTIVE", 8), removed_service_codes=[ward.service])
    bus.on_contract_line_changed(ward.session, older, ward.now)
    assert voucher.state is State.ACTIVE
    removed = events.ContractLineChanged(contract=told(ward, "ACTIVE", 10), removed_service_codes=[ward.service])
    bus.on_contract_line_changed(ward.session, removed, ward.now)
    (left,) = reroutes_of(ward.session, voucher.id)
    assert (voucher.state, left.cut_off, left.provider_id) == (State.REROUTING, date(2025, 4, 10), ward.coach)
