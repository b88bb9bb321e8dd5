"""The guards of publishing a version of a package (PACKAGE-2)."""

from uuid import UUID

from services.kernel.care import CareLevel, DeliveryMode
from services.kernel.refusal import Refusal
from services.package.domain.neighbours import Market
from services.package.domain.package import ClientGroup, Coordinator, Item, Member, PackageContent
from services.package.domain.refusals import (
    ClauseMissing,
    CoordinatorMissing,
    EnvelopeExceeded,
    EnvelopeMissing,
    NetworkTooSmall,
    NotASingleUnit,
    PackageItemWithoutMember,
    SectorsMissing,
    TemplateRuleBroken,
    TooFewItems,
)
from services.package.domain.rules import Rules

CLOSE_TO_EVERYDAY = frozenset(
    {DeliveryMode.AT_CENTRE, DeliveryMode.MOBILE_TEAM, DeliveryMode.AT_HOME, DeliveryMode.E_SERVICE}
)
"""Where demanding services come closer to basic ones (S1.35)."""


def check_publishable(code: str, content: PackageContent, market: Market, rules: Rules) -> None:
    """Refuse the version unless every guard of PACKAGE-2 holds in the market as it is."""
    if len(content.items) < 2:
        raise TooFewItems("a package has at least two items")
    for item in content.items:
        _check_item(code, content, item, market)
    _check_envelope(content)
    _check_coordinator(content, market)
    _check_network(content)
    _check_sectors(content, market, rules)
    _check_template(content, market)


def provider_ids(content: PackageContent) -> set[UUID]:
    """Every provider the version names."""
    named = {member.provider_id for member in content.members}
    return named | ({content.coordinator.provider_id} if content.coordinator else set())


def without_member(code: str, content: PackageContent, market: Market) -> tuple[str, ...]:
    """The items of the version that no member may deliver in the market as it is (INV-18)."""
    return tuple(
        item.item_code
        for item in content.items
        if all(obstacle(code, item, member, market) for member in content.members_for(item.item_code))
    )


def obstacle(code: str, item: Item, member: Member, market: Market) -> Refusal | None:
    """Why the member may not deliver the item in this package; None when it may."""
    provider = market.providers.get(member.provider_id)
    contracts = market.contracts_for(member.provider_id, item.service_code, item.arrangement, member.unit_id)
    if provider is None or not provider.is_approved or not contracts:
        return PackageItemWithoutMember(f"no member has an active contract for {item.item_code}")
    lacking = [contract.lacks_clause(code) for contract in contracts]
    if None in lacking:
        return None
    return ClauseMissing(f"a member's contract for {item.item_code} lacks the clause {lacking[0]}")


def _check_item(code: str, content: PackageContent, item: Item, market: Market) -> None:
    """INV-18, and every member is linked by contract (S1.43b)."""
    entry = market.catalogue.get(item.service_code)
    if entry is None or item.arrangement not in entry.arrangements or item.unit is not entry.unit:
        raise PackageItemWithoutMember(f"the catalogue does not offer {item.item_code} in this way")
    obstacles = [obstacle(code, item, member, market) for member in content.members_for(item.item_code)]
    for refusal in obstacles:
        if isinstance(refusal, ClauseMissing):
            raise refusal
    if None not in obstacles:
        raise PackageItemWithoutMember(f"no member has an active contract for {item.item_code}")


def _check_envelope(content: PackageContent) -> None:
    if not content.envelope_cents:
        raise EnvelopeMissing("a package needs an envelope")
    if sum(item.cost_cents for item in content.items) > content.envelope_cents:
        raise EnvelopeExceeded("the items cost more than the envelope")


def _check_coordinator(content: PackageContent, market: Market) -> None:
    coordinator = content.coordinator
    provider = market.providers.get(coordinator.provider_id) if coordinator else None
    if coordinator is None or provider is None or not provider.is_approved:
        raise CoordinatorMissing("a package needs a coordinator that is an approved provider")
    if provider.unit(coordinator.unit_id) is None:
        raise CoordinatorMissing("the coordinating unit is not one of the coordinator's")


def _check_network(content: PackageContent) -> None:
    organisations = {member.provider_id for member in content.members}
    if not content.single_unit:
        if len(organisations) < 2:
            raise NetworkTooSmall("a network has at least two member organisations")
        return
    units = {member.unit_id for member in content.members}
    if len(organisations) != 1 or len(units) != 1 or None in units:
        raise NotASingleUnit("all items of a single-unit package come from one unit")


def _check_sectors(content: PackageContent, market: Market, rules: Rules) -> None:
    sectors = {market.catalogue[item.service_code].sector for item in content.items} - {None}
    if rules.require_both_sectors and len(sectors) < 2:
        raise SectorsMissing("the county requires social and health services in a package")


def _check_template(content: PackageContent, market: Market) -> None:
    if content.client_group is ClientGroup.CHILDREN_DEMANDING:
        levels = {market.catalogue[item.service_code].level for item in content.items}
        if CareLevel.SPECIALISED not in levels:
            raise TemplateRuleBroken("a package of demanding services holds a specialised service")
        if not any(CLOSE_TO_EVERYDAY.intersection(item.modes) for item in content.items):
            raise TemplateRuleBroken("a package of demanding services comes close to basic services")
    if content.client_group is ClientGroup.INFORMAL_FAMILY_CARE and content.coordinator is not None:
        _check_care_centre(content.coordinator, market)


def _check_care_centre(coordinator: Coordinator, market: Market) -> None:
    """A regional centre of informal and family care coordinates (S1.37)."""
    unit = market.providers[coordinator.provider_id].unit(coordinator.unit_id)
    if unit is None or unit.kind != "REGIONAL_CARE_CENTRE":
        raise TemplateRuleBroken("informal and family care is coordinated by a regional care centre")
