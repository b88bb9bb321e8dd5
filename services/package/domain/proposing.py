"""What is proposed to one client: the package's items with this client's units, periods and providers (ENROLMENT-1)."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.kernel.care import Arrangement, DeliveryMode
from services.kernel.refusal import InvalidValue
from services.package.domain.enrolment_item import EnrolmentItem, ItemState
from services.package.domain.neighbours import AssessmentCopy, ClientCopy, Market, ProviderCopy
from services.package.domain.package import Item, Package, PackageContent, PackageState
from services.package.domain.publishing import obstacle
from services.package.domain.refusals import (
    AssessmentNotCurrent,
    ClientClosed,
    CriteriaNotMet,
    EnvelopeExceeded,
    IssuerNotAllowed,
    NoActiveContract,
    NotAMember,
    PackageDegraded,
    PackageNotPublished,
)

NO_CONTRACT = NoActiveContract.reason


@dataclass(frozen=True, kw_only=True)
class Override:
    """Where one item of a proposal differs from the package; None or empty: as in the package."""

    units: int | None = None
    from_date: date | None = None
    to_date: date | None = None
    provider_id: UUID | None = None
    modes: tuple[DeliveryMode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an official proposes to a client: a package from a day on, with overrides by item.

    `exception_reason` is why a client enters who does not meet the criteria; where the client lives is used once and
    not stored.
    """

    client_id: UUID
    package_id: UUID
    assessment_id: UUID
    exception_reason: str
    municipality_code: str
    from_date: date
    overrides: Mapping[str, Override]


@dataclass(frozen=True)
class _Offer:
    """A package's version and who could deliver it."""

    package_code: str
    content: PackageContent
    market: Market


def check_may_enter(
    package: Package,
    client: ClientCopy,
    assessment: AssessmentCopy,
    *,
    superseded: bool,
    exception_reason: str,
    municipality_code: str,
) -> PackageContent:
    """The version that the client may enter (ENROLMENT-1).

    The package is published, the client open, and the criteria are met by the client's own newest assessment, or an
    exception is reasoned.
    """
    content = check_open(package, client)
    if assessment.client_id != client.client_id or superseded:
        raise AssessmentNotCurrent("the assessment is not the client's newest completed one")
    unmet = content.criteria.unmet(assessment, municipality_code)
    if unmet and not exception_reason.strip():
        raise CriteriaNotMet(f"criteria not met: {', '.join(unmet)}; an exception needs a reason")
    return content


def check_open(package: Package, client: ClientCopy) -> PackageContent:
    """The package takes clients and the client may have new matters; gives the published version (PROCESS-B1)."""
    if package.state is not PackageState.PUBLISHED or package.published is None:
        raise PackageNotPublished("the package takes no new enrolments")
    if client.is_closed:
        raise ClientClosed("the client may have no new matters")
    check_whole(package, [item.item_code for item in package.published.items if item.mandatory])
    return package.published


def check_whole(package: Package, item_codes: Iterable[str]) -> None:
    """Refuse with PackageDegraded when one of these items has no qualified member now (INV-18)."""
    lost = [code for code in item_codes if code in package.degraded]
    if lost:
        raise PackageDegraded(f"nobody in the network may deliver {', '.join(lost)} now")


def check_issuer(content: PackageContent, organisation: ProviderCopy | None) -> None:
    """Vouchers of the package will be issued in the name of the proposing organisation (INV-04)."""
    has_vouchers = any(item.arrangement is Arrangement.VOUCHER for item in content.items)
    if organisation is None or (has_vouchers and not organisation.is_enterprise):
        raise IssuerNotAllowed("a package with vouchers is proposed by the county enterprise")


def proposed_items(
    package: Package,
    content: PackageContent,
    *,
    from_date: date,
    overrides: Mapping[str, Override],
    market: Market,
    new_id: Callable[[], UUID],
) -> list[EnrolmentItem]:
    """The items on offer; an optional one that nobody can deliver now is skipped, a mandatory one refuses it all."""
    unknown = set(overrides) - {item.item_code for item in content.items}
    if unknown:
        raise InvalidValue("overrides", "an override names an item the package does not have")
    offer = _Offer(package.code, content, market)
    items: list[EnrolmentItem] = []
    for position, item in enumerate(content.items):
        override = overrides.get(item.item_code, Override())
        first = _first_day(item, items, from_date)
        items.append(_proposed(offer, item, override, first, position=position, item_id=new_id()))
    mandatory = sum(item.cost_cents for item in items if item.mandatory)
    if mandatory > (content.envelope_cents or 0):
        raise EnvelopeExceeded("the mandatory items cost more than the envelope")
    return items


def _first_day(item: Item, before: Sequence[EnrolmentItem], from_date: date) -> date:
    """The day after the item it depends on ends; the proposal's own first day where there is none on offer."""
    ends = [
        earlier.to_date
        for earlier in before
        if earlier.item_code == item.depends_on and earlier.state is ItemState.OFFERED
    ]
    return ends[0] + timedelta(days=1) if ends else from_date


def _proposed(
    offer: _Offer, item: Item, override: Override, from_date: date, *, position: int, item_id: UUID
) -> EnrolmentItem:
    first = override.from_date or from_date
    last = override.to_date or last_day(first, item.duration_months)
    if last < first:
        raise InvalidValue("overrides", f"the period of {item.item_code} ends before it begins")
    found, provider_id = _deliverer(offer, item, override.provider_id)
    if not found and item.mandatory:
        raise NoActiveContract(f"no member has an active contract for {item.item_code}")
    return EnrolmentItem(
        id=item_id,
        position=position,
        item_code=item.item_code,
        service_code=item.service_code,
        arrangement=item.arrangement,
        provider_id=provider_id,
        units=item.units if override.units is None else override.units,
        unit=item.unit,
        from_date=first,
        to_date=last,
        modes=override.modes or item.modes,
        mandatory=item.mandatory,
        unit_cost_cents=item.unit_cost_cents,
        state=ItemState.OFFERED if found else ItemState.SKIPPED,
        reason="" if found else NO_CONTRACT,
    )


def _deliverer(offer: _Offer, item: Item, wanted: UUID | None) -> tuple[bool, UUID | None]:
    """Whether somebody can deliver the item, and who; nobody is named where the client will choose by voucher."""
    members = list(offer.content.members_for(item.item_code))
    if wanted is not None:
        if item.arrangement is Arrangement.VOUCHER:
            raise InvalidValue("overrides", "with a voucher the client chooses the provider")
        members = [member for member in members if member.provider_id == wanted]
        if not members:
            raise NotAMember(f"the provider is no member of the network for {item.item_code}")
    able = [
        member.provider_id for member in members if obstacle(offer.package_code, item, member, offer.market) is None
    ]
    if not able:
        if wanted is not None:
            raise NoActiveContract(f"the provider has no active contract for {item.item_code}")
        return False, None
    return True, None if item.arrangement is Arrangement.VOUCHER else able[0]


def last_day(first: date, months: int) -> date:
    """The last day of so many months from `first`, both inclusive."""
    place = first.month - 1 + months
    year, month = first.year + place // 12, place % 12 + 1
    same = min(first.day, monthrange(year, month)[1])
    after = date(year, month, same)
    return after if same < first.day else after - timedelta(days=1)
