"""Resources and the section of this service as callers and the record get them."""

from collections.abc import Iterable
from datetime import datetime

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant, money
from services.chassis.words import value_of, values_of
from services.package.domain.enrolment import Enrolment
from services.package.domain.enrolment_item import EnrolmentItem
from services.package.domain.package import Package, PackageContent
from services.package.wire.content import content_message
from sote.package.v1 import enrolment_pb2, package_pb2, section_pb2, work_service_pb2
from sote.type.v1 import care_pb2 as care

PACKAGES, ENROLMENTS = "packages", "enrolments"


def package(found: Package) -> package_pb2.Package:
    """A package with its published and drafted versions."""
    return package_pb2.Package(
        name=resource_name(PACKAGES, found.id),
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        state=value_of(package_pb2.PackageState, found.state),
        code=found.code,
        published_number=found.published_number,
        published=None if found.published is None else content_message(found.published),
        draft_number=found.draft_number,
        draft=None if found.draft is None else content_message(found.draft),
        degraded_item_codes=found.degraded,
    )


def enrolment(found: Enrolment) -> enrolment_pb2.Enrolment:
    """An enrolment with the progress of its items."""
    return enrolment_pb2.Enrolment(
        name=resource_name(ENROLMENTS, found.id),
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        state=value_of(enrolment_pb2.EnrolmentState, found.state),
        client_id=str(found.client_id),
        package_id=str(found.package_id),
        package_code=found.package_code,
        package_number=found.package_number,
        assessment_id=str(found.assessment_id),
        exception_reason=found.exception_reason,
        envelope=money(found.envelope_cents),
        items=[_item(item) for item in found.items],
        step=value_of(enrolment_pb2.ExpansionStep, found.step),
        plan_id=id_text(found.plan_id),
        reason=found.reason,
        proposed_by=found.created_by,
        proposing_organisation_id=str(found.proposing_organisation_id),
    )


def _item(item: EnrolmentItem) -> enrolment_pb2.EnrolmentItem:
    return enrolment_pb2.EnrolmentItem(
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
        unit_cost=money(item.unit_cost_cents),
        state=value_of(enrolment_pb2.EnrolmentItemState, item.state),
        plan_service_id=id_text(item.plan_service_id),
        voucher_id=id_text(item.voucher_id),
        commitment_id=id_text(item.commitment_id),
        units_delivered=item.units_delivered,
        reason=item.reason,
    )


def late_enrolment(found: Enrolment, shown: datetime) -> work_service_pb2.LateEnrolment:
    """An enrolment that has waited too long."""
    return work_service_pb2.LateEnrolment(
        enrolment=resource_name(ENROLMENTS, found.id),
        client_id=str(found.client_id),
        package_code=found.package_code,
        step=value_of(enrolment_pb2.ExpansionStep, found.step),
        wait_time=instant(found.step_since),
        create_time=instant(shown),
    )


def section(found: Iterable[tuple[Enrolment, PackageContent]]) -> section_pb2.PackageSection:
    """What the record shows of a client's packages."""
    return section_pb2.PackageSection(
        enrolments=[
            section_pb2.EnrolmentSummary(
                enrolment=enrolment(place), package_name_fi=content.name_fi, package_name_en=content.name_en
            )
            for place, content in found
        ]
    )
