"""The content of a package in protobuf, both ways."""

from uuid import UUID

from services.chassis.values import id_of, id_text, money
from services.chassis.words import value_of, values_of, word
from services.kernel.care import Arrangement, CareUnit, DeliveryMode, NeedDomain
from services.package.domain.package import ClientGroup, Coordinator, Criteria, Item, Member, PackageContent
from sote.package.v1 import package_pb2 as pb
from sote.type.v1 import care_pb2 as care


def content_from(message: pb.PackageContent) -> PackageContent:
    """A version as the county steers it."""
    coordinator = message.coordinator
    return PackageContent(
        name_fi=message.name_fi,
        name_en=message.name_en,
        name_sv=message.name_sv,
        client_group=word(ClientGroup, pb.ClientGroup, message.client_group),
        goals=tuple(message.goals),
        criteria=_criteria_from(message.criteria),
        coordinator=Coordinator(UUID(coordinator.provider_id), UUID(coordinator.unit_id))
        if message.HasField("coordinator")
        else None,
        members=tuple(_member_from(member) for member in message.members),
        items=tuple(_item_from(item) for item in message.items),
        envelope_cents=message.envelope.cents if message.HasField("envelope") else None,
        single_unit=message.single_unit,
        indicators=tuple(message.indicators),
    )


def content_message(content: PackageContent) -> pb.PackageContent:
    """A version on the wire."""
    coordinator, envelope = content.coordinator, content.envelope_cents
    return pb.PackageContent(
        name_fi=content.name_fi,
        name_en=content.name_en,
        name_sv=content.name_sv,
        client_group=value_of(pb.ClientGroup, content.client_group),
        goals=content.goals,
        criteria=_criteria_message(content.criteria),
        coordinator=None
        if coordinator is None
        else pb.Coordinator(provider_id=str(coordinator.provider_id), unit_id=str(coordinator.unit_id)),
        members=[_member_message(member) for member in content.members],
        items=[_item_message(item) for item in content.items],
        envelope=None if envelope is None else money(envelope),
        single_unit=content.single_unit,
        indicators=content.indicators,
    )


def _criteria_from(message: pb.EntryCriteria) -> Criteria:
    return Criteria(
        min_age=message.min_age,
        max_age=message.max_age,
        child_in_household=message.child_in_household,
        informal_carer=message.informal_carer,
        need_domains=tuple(word(NeedDomain, care.NeedDomain, domain) for domain in message.need_domains),
        need_min_level=message.need_min_level,
        need_min_domains=message.need_min_domains,
        municipality_codes=tuple(message.municipality_codes),
    )


def _criteria_message(criteria: Criteria) -> pb.EntryCriteria:
    return pb.EntryCriteria(
        min_age=criteria.min_age,
        max_age=criteria.max_age,
        child_in_household=criteria.child_in_household,
        informal_carer=criteria.informal_carer,
        need_domains=values_of(care.NeedDomain, criteria.need_domains),
        need_min_level=criteria.need_min_level,
        need_min_domains=criteria.need_min_domains,
        municipality_codes=criteria.municipality_codes,
    )


def _member_from(message: pb.NetworkMember) -> Member:
    return Member(
        provider_id=UUID(message.provider_id),
        unit_id=id_of(message.unit_id),
        role=message.role,
        item_codes=tuple(message.item_codes),
    )


def _member_message(member: Member) -> pb.NetworkMember:
    return pb.NetworkMember(
        provider_id=str(member.provider_id),
        unit_id=id_text(member.unit_id),
        role=member.role,
        item_codes=member.item_codes,
    )


def _item_from(message: pb.PackageItem) -> Item:
    return Item(
        item_code=message.item_code,
        service_code=message.service_code,
        units=message.units,
        unit=word(CareUnit, care.CareUnit, message.unit),
        duration_months=message.duration_months,
        arrangement=word(Arrangement, care.Arrangement, message.arrangement),
        modes=tuple(word(DeliveryMode, care.DeliveryMode, mode) for mode in message.modes),
        mandatory=message.mandatory,
        depends_on=message.depends_on,
        unit_cost_cents=message.unit_cost.cents,
    )


def _item_message(item: Item) -> pb.PackageItem:
    return pb.PackageItem(
        item_code=item.item_code,
        service_code=item.service_code,
        units=item.units,
        unit=value_of(care.CareUnit, item.unit),
        duration_months=item.duration_months,
        arrangement=value_of(care.Arrangement, item.arrangement),
        modes=values_of(care.DeliveryMode, item.modes),
        mandatory=item.mandatory,
        depends_on=item.depends_on,
        unit_cost=money(item.unit_cost_cents),
    )
