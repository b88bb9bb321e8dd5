"""Facts of this service: a package, an enrolment as the others may know them."""

from services.chassis.values import day, id_text, money
from services.chassis.words import value_of, values_of
from services.package.domain.enrolment import Enrolment
from services.package.domain.enrolment_item import EnrolmentItem
from services.package.domain.package import Package
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import events_pb2 as pb
from sote.type.v1 import care_pb2 as care


def package_facts(package: Package) -> pb.PackageFacts:
    """The published version of a package."""
    items = package.published.items if package.published else ()
    return pb.PackageFacts(
        package_id=str(package.id),
        code=package.code,
        number=package.published_number,
        service_codes=[item.service_code for item in items],
        version=package.version,
    )


def degraded(package: Package) -> pb.PackageDegraded:
    """Which items of the published version have nobody now."""
    return pb.PackageDegraded(package=package_facts(package), degraded_item_codes=package.degraded)


def enrolment_facts(enrolment: Enrolment) -> pb.EnrolmentFacts:
    """An enrolment with the items taken; before the client chose, with those on offer."""
    return pb.EnrolmentFacts(
        enrolment_id=str(enrolment.id),
        client_id=str(enrolment.client_id),
        package_id=str(enrolment.package_id),
        package_code=enrolment.package_code,
        package_number=enrolment.package_number,
        assessment_id=str(enrolment.assessment_id),
        state=value_of(enrolment_pb2.EnrolmentState, enrolment.state),
        envelope=money(enrolment.envelope_cents),
        items=[_item(item) for item in enrolment.taken()],
        proposed_by=enrolment.created_by,
        proposing_organisation_id=str(enrolment.proposing_organisation_id),
        version=enrolment.version,
    )


def _item(item: EnrolmentItem) -> pb.EnrolmentItemFacts:
    return pb.EnrolmentItemFacts(
        item_code=item.item_code,
        service_code=item.service_code,
        arrangement=value_of(care.Arrangement, item.arrangement),
        provider_id=id_text(item.provider_id),
        units=item.units,
        unit=value_of(care.CareUnit, item.unit),
        from_date=day(item.from_date),
        to_date=day(item.to_date),
        modes=values_of(care.DeliveryMode, item.modes),
        mandatory=item.mandatory,
        plan_service_id=id_text(item.plan_service_id),
    )
