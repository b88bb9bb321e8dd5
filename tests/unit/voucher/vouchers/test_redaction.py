"""Every role and what it sees of vouchers (ACCESS-3): money, content, redemptions."""

from uuid import UUID

import pytest

from services.chassis.identity import Caller
from services.voucher.api.callers import scope_of
from services.voucher.domain.claims.redemption import Redemption, RedemptionState
from services.voucher.domain.vouchers.redaction import Scope
from services.voucher.domain.vouchers.refusals import NoRelationship
from services.voucher.domain.vouchers.states import State
from services.voucher.wire.claims.redaction import redemption_for, reroute_for, voucher_for
from tests.builders.voucher.vouchers import CLIENT, NOW, OTHER, PROVIDER, TODAY, reroute_of, voucher

pytestmark = pytest.mark.unit

FULL = {
    *("regime", "value_kind", "unit_value", "max_value", "agreed_price"),
    *("county_share_per_unit", "client_share_per_unit", "redeemed", "fee_rule"),
}
TOTALS = {"regime", "value_kind", "max_value", "redeemed"}
MATRIX = {
    "CSW": (FULL, True),
    "CSP": (TOTALS, True),
    "HOP": (TOTALS, True),
    "HSP": (set[str](), False),
    "PRV": (FULL, True),
    "FIN": (FULL, True),
    "CON": (TOTALS, False),
    "STE": (set[str](), True),
    "DPO": (set[str](), True),
    "OPS": (set[str](), True),
    "CLI": (FULL, True),
    "SYS": (FULL, True),
}


def claim() -> Redemption:
    """One session at the provider."""
    return Redemption(
        id=UUID(int=7),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        voucher_id=UUID(int=9),
        client_id=CLIENT,
        provider_id=PROVIDER,
        service_code="SOC-NEURO-COACH",
        delivery_id=UUID(int=8),
        service_date=TODAY,
        units=1,
        unit_price=82_00,
        county_share=82_00,
        client_share=0,
        created_at=NOW,
        created_by="coach",
        updated_at=NOW,
        state=RedemptionState.ACCEPTED,
    )


@pytest.mark.parametrize("role", sorted(MATRIX))
def test_money_and_content_of_a_voucher_that_is_not_the_own_organisations_ACCESS_3(role: str) -> None:
    money, content = MATRIX[role]
    told = voucher_for(voucher(State.ACTIVE), Scope(role, organisation=OTHER))
    assert {field.name for field, _ in told.money.ListFields()} == money
    assert told.HasField("money") is bool(money)
    assert told.HasField("content_spec") is content
    assert (told.units_granted, told.service_code) == (15, "SOC-NEURO-COACH")
    claimed = redemption_for(claim(), Scope(role, organisation=OTHER))
    assert claimed.HasField("money") is (money == FULL)
    assert claimed.units == 1
    left = reroute_for(reroute_of(voucher(State.REROUTING)), Scope(role, organisation=OTHER))
    assert left.HasField("agreed_price") is (money == FULL)


@pytest.mark.parametrize("role", ["PRV", "HOP", "HSP"])
def test_what_is_at_the_own_organisation_is_seen_whole_ACCESS_3(role: str) -> None:
    scope = Scope(role, organisation=PROVIDER)
    told = voucher_for(voucher(State.ACTIVE), scope)
    assert {field.name for field, _ in told.money.ListFields()} == FULL
    assert told.HasField("content_spec")
    assert redemption_for(claim(), scope).money.county_share.cents == 82_00


def test_a_reader_without_an_organisation_owns_no_voucher_without_a_provider_ACCESS_3() -> None:
    assert not voucher_for(voucher(State.ISSUED), Scope("HSP")).HasField("money")


@pytest.mark.parametrize("role", ["PRV", "HSP"])
def test_who_sees_the_own_alone_works_for_a_provider_ACCESS_3(role: str) -> None:
    with pytest.raises(NoRelationship):
        scope_of(Caller("somebody", role, "county", "", "MAAKUNTA_2017:06"))
    assert scope_of(Caller("somebody", role, str(OTHER), "", "MAAKUNTA_2017:06")).own_redemptions == OTHER


@pytest.mark.parametrize(("role", "own"), [("PRV", OTHER), ("HSP", OTHER), ("HOP", None), ("FIN", None), ("CON", None)])
def test_whose_redemptions_are_seen_ACCESS_3(role: str, own: UUID | None) -> None:
    assert Scope(role, organisation=OTHER).own_redemptions == own
