"""The guards of publishing a package (PACKAGE-2) and of what a package may say of itself."""

from dataclasses import replace
from typing import Any

import pytest

from services.kernel.care import Arrangement, CareLevel, CareUnit, DeliveryMode, Sector
from services.kernel.refusal import InvalidValue
from services.package.domain.package import ClientGroup, Coordinator, PackageContent, PackageState
from services.package.domain.publishing import check_publishable
from services.package.domain.refusals import (
    ClauseMissing,
    CoordinatorMissing,
    DraftExists,
    EnvelopeExceeded,
    EnvelopeMissing,
    NetworkTooSmall,
    NoDraft,
    NotASingleUnit,
    PackageItemWithoutMember,
    SectorsMissing,
    TemplateRuleBroken,
    TooFewItems,
)
from services.package.domain.rules import Rules
from tests.builders.package.enrolments import (
    CARE_CENTRE,
    ENTERPRISE,
    FAMILIES,
    HELPER,
    HELPERS_UNIT,
    LATER,
    LINKED,
    OFFICE,
    content,
    contract,
    contracts_of_content,
    entry,
    item,
    market,
    member,
    package,
    provider,
)


def check(one: PackageContent, **differently: Any) -> None:
    check_publishable("FAMILY", one, replace(market(), **differently), Rules())


def test_publishes_when_every_guard_holds_PACKAGE_2() -> None:
    check(content())


def test_refuses_one_item_S1_33() -> None:
    alone = replace(content(), items=(item("WORK"),), members=(member(ENTERPRISE, "WORK"), member(HELPER, "WORK")))
    with pytest.raises(TooFewItems):
        check(alone)


@pytest.mark.parametrize(
    "held",
    [
        replace(contract(HELPER, "VOUCHER", "HOME"), state="CONDITIONS_ACCEPTED"),
        replace(contract(HELPER, "VOUCHER", "HOME"), state="SUSPENDED"),
        contract(HELPER, "VOUCHER", "MEALS"),
        contract(HELPER, "PURCHASE", "HOME"),
        replace(contract(HELPER, "VOUCHER", "HOME"), valid_to=LATER.date().replace(month=1)),
        contract(FAMILIES, "VOUCHER", "HOME"),
    ],
    ids=["not active", "suspended", "other service", "other kind", "ended", "another's"],
)
def test_refuses_an_item_without_a_member_INV_18(held: Any) -> None:
    own, _, bought = contracts_of_content()
    with pytest.raises(PackageItemWithoutMember):
        check_publishable("FAMILY", content(), market(own, held, bought), Rules())


def test_refuses_an_item_nobody_has_in_the_network_INV_18() -> None:
    with pytest.raises(PackageItemWithoutMember):
        check(replace(content(), members=(member(ENTERPRISE, "WORK"), member(FAMILIES, "SUPP"))))


def test_a_frozen_provider_is_no_qualified_member_INV_18() -> None:
    frozen = {**market().providers, HELPER: provider(HELPER, "VOUCHER", state="FROZEN")}
    with pytest.raises(PackageItemWithoutMember):
        check(content(), providers=frozen)


def test_a_line_may_name_other_units_than_the_members_INV_18() -> None:
    bound = replace(
        content(),
        members=(member(ENTERPRISE, "WORK"), member(HELPER, "HOME", unit_id=HELPERS_UNIT), member(FAMILIES, "SUPP")),
    )
    own, _, bought = contracts_of_content()
    elsewhere = replace(contract(HELPER, "VOUCHER", "HOME"), lines={"HOME": (OFFICE,)})
    with pytest.raises(PackageItemWithoutMember):
        check_publishable("FAMILY", bound, market(own, elsewhere, bought), Rules())
    there = replace(contract(HELPER, "VOUCHER", "HOME"), lines={"HOME": (HELPERS_UNIT,)})
    check_publishable("FAMILY", bound, market(own, there, bought), Rules())


@pytest.mark.parametrize(
    "clauses",
    [
        {"PACKAGE_LINK": {}},
        {"REFERRAL": {}},
        {**LINKED, "PACKAGE_LINK": {"packages": "OTHER"}},
    ],
    ids=["no REFERRAL", "no PACKAGE_LINK", "linked to another package"],
)
def test_refuses_a_member_whose_contract_lacks_a_clause_S1_43b(clauses: Any) -> None:
    own, _, bought = contracts_of_content()
    lacking = replace(contract(HELPER, "VOUCHER", "HOME"), clauses=clauses)
    with pytest.raises(ClauseMissing):
        check_publishable("FAMILY", content(), market(own, lacking, bought), Rules())


def test_also_when_another_member_could_deliver_the_item_S1_43b() -> None:
    own, home, bought = contracts_of_content()
    both = replace(content(), members=(*content().members, member(FAMILIES, "HOME")))
    lacking = replace(contract(FAMILIES, "VOUCHER", "HOME"), clauses={})
    with pytest.raises(ClauseMissing):
        check_publishable("FAMILY", both, market(own, home, bought, lacking), Rules())


def test_the_enterprise_needs_its_assignment_only_S1_43b() -> None:
    own, home, bought = contracts_of_content()
    assert not own.clauses
    check_publishable("FAMILY", content(), market(own, home, bought), Rules())


@pytest.mark.parametrize("envelope", [None, 0])
def test_refuses_a_package_without_envelope_S1_44a(envelope: int | None) -> None:
    with pytest.raises(EnvelopeMissing):
        check(replace(content(), envelope_cents=envelope))


def test_the_items_together_stay_within_the_envelope_S1_44a() -> None:
    check(replace(content(), envelope_cents=150_000))
    with pytest.raises(EnvelopeExceeded):
        check(replace(content(), envelope_cents=149_999))


@pytest.mark.parametrize("coordinator", [None, Coordinator(ENTERPRISE, HELPERS_UNIT), Coordinator(OFFICE, OFFICE)])
def test_needs_a_coordinator_that_is_there_PACKAGE_2(coordinator: Coordinator | None) -> None:
    with pytest.raises(CoordinatorMissing):
        check(replace(content(), coordinator=coordinator))


def test_a_network_has_two_organisations_S1_44b() -> None:
    alone = replace(
        content(), items=(item("WORK"), item("HOME")), members=(member(ENTERPRISE, "WORK"), member(ENTERPRISE, "HOME"))
    )
    held = contract(ENTERPRISE, "INTERNAL_ASSIGNMENT", "WORK", "HOME")
    with pytest.raises(NetworkTooSmall):
        check_publishable("FAMILY", alone, market(held), Rules())


def test_a_single_unit_package_publishes_S1_44c() -> None:
    one_unit = replace(
        content(),
        items=(item("WORK"), item("HOME")),
        members=(member(ENTERPRISE, "WORK", "HOME", unit_id=OFFICE),),
        single_unit=True,
    )
    held = contract(ENTERPRISE, "INTERNAL_ASSIGNMENT", "WORK", "HOME")
    check_publishable("FAMILY", one_unit, market(held), Rules())
    for wrong in (
        replace(one_unit, members=(member(ENTERPRISE, "WORK", "HOME"),)),
        replace(
            one_unit,
            members=(
                member(ENTERPRISE, "WORK", unit_id=OFFICE),
                member(ENTERPRISE, "HOME", unit_id=CARE_CENTRE),
            ),
        ),
    ):
        with pytest.raises(NotASingleUnit):
            check_publishable("FAMILY", wrong, market(held), Rules())


def test_the_county_may_require_both_sectors_S1_33() -> None:
    strict = Rules(require_both_sectors=True)
    with pytest.raises(SectorsMissing):
        check_publishable("FAMILY", content(), market(), strict)
    mixed = {**market().catalogue, "HOME": replace(entry("HOME"), sector=Sector.HEALTH)}
    check_publishable("FAMILY", content(), replace(market(), catalogue=mixed), strict)


def test_demanding_services_are_specialised_and_come_close_S1_35() -> None:
    special = {**market().catalogue, "HOME": replace(entry("HOME"), level=CareLevel.SPECIALISED)}
    demanding = replace(content(), client_group=ClientGroup.CHILDREN_DEMANDING)
    check(demanding, catalogue=special)
    with pytest.raises(TemplateRuleBroken):
        check(demanding)
    at_units = tuple(replace(one, modes=(DeliveryMode.PROVIDER_UNIT,)) for one in demanding.items)
    with pytest.raises(TemplateRuleBroken):
        check(replace(demanding, items=at_units), catalogue=special)


def test_informal_care_is_coordinated_by_a_regional_centre_S1_37() -> None:
    informal = replace(content(), client_group=ClientGroup.INFORMAL_FAMILY_CARE)
    with pytest.raises(TemplateRuleBroken):
        check(informal)
    check(replace(informal, coordinator=Coordinator(ENTERPRISE, CARE_CENTRE)))


@pytest.mark.parametrize(
    "offered", [entry("HOME", Arrangement.OWN), replace(entry("HOME"), unit=CareUnit.DAY)], ids=["arrangement", "unit"]
)
def test_an_item_is_as_the_catalogue_says_CATALOGUE_3(offered: Any) -> None:
    with pytest.raises(PackageItemWithoutMember):
        check(content(), catalogue={**market().catalogue, "HOME": offered})


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": (item("WORK"), item("WORK"))},
        {"items": (item("WORK"), replace(item("HOME"), units=-1), item("SUPP"))},
        {"items": (item("WORK"), replace(item("HOME"), unit_cost_cents=-1), item("SUPP"))},
        {"items": (replace(item("WORK"), depends_on="HOME"), item("HOME"), item("SUPP"))},
        {"members": (member(ENTERPRISE, "MEALS"),)},
        {"envelope_cents": -1},
    ],
)
def test_content_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        replace(content(), **wrong)


def test_a_next_version_is_a_copy_under_the_next_number_PACKAGE_3() -> None:
    one = package(PackageState.PUBLISHED)
    before = one.published
    one.new_version(now=LATER)
    assert (one.draft, one.draft_number) == (before, 2)
    one.edit(replace(content(), name_fi="Toinen"), now=LATER)
    with pytest.raises(DraftExists):
        one.new_version(now=LATER)
    assert one.published is before
    one.publish(now=LATER)
    assert one.published is not None
    assert (one.published.name_fi, one.published_number, one.draft) == ("Toinen", 2, None)


@pytest.mark.parametrize("command", ["publish", "edit"])
def test_without_a_draft_there_is_nothing_to_publish_or_edit_PACKAGE_3(command: str) -> None:
    one = package(PackageState.PUBLISHED)
    with pytest.raises(NoDraft):
        one.publish(now=LATER) if command == "publish" else one.edit(content(), now=LATER)
