"""What facts about enrolments say to the money, and what the money answers."""

from collections.abc import Iterable
from uuid import UUID

from services.chassis.values import day_of, id_of, id_text, money
from services.chassis.words import name_of
from services.voucher.domain.envelopes.envelope import Enrolment, EnrolmentItem, Envelope, Funded
from sote.package.v1 import events_pb2 as package
from sote.type.v1 import care_pb2
from sote.voucher.v1 import events_pb2


def enrolment(facts: package.EnrolmentFacts) -> Enrolment:
    """An enrolment as told."""
    return Enrolment(
        enrolment_id=UUID(facts.enrolment_id),
        client_id=UUID(facts.client_id),
        package_code=facts.package_code,
        assessment_id=UUID(facts.assessment_id),
        envelope=facts.envelope.cents,
        items=tuple(_item(item) for item in facts.items),
        proposed_by=facts.proposed_by,
        proposing_organisation_id=UUID(facts.proposing_organisation_id),
    )


def _item(item: package.EnrolmentItemFacts) -> EnrolmentItem:
    return EnrolmentItem(
        item_code=item.item_code,
        service_code=item.service_code,
        arrangement=name_of(care_pb2.Arrangement, item.arrangement),
        units=item.units,
        from_date=day_of(item.from_date, "from_date"),
        to_date=day_of(item.to_date, "to_date"),
        mandatory=item.mandatory,
        plan_service_id=id_of(item.plan_service_id),
    )


def envelope_reserved(envelope: Envelope) -> events_pb2.EnvelopeReserved:
    """The envelope is reserved."""
    return events_pb2.EnvelopeReserved(enrolment_id=str(envelope.enrolment_id), amount=money(envelope.amount))


def envelope_refused(envelope: Envelope, reason: str) -> events_pb2.EnvelopeRefused:
    """The envelope could not be reserved."""
    return events_pb2.EnvelopeRefused(enrolment_id=str(envelope.enrolment_id), reason=reason)


def enrolment_funded(enrolment_id: UUID, items: Iterable[Funded]) -> events_pb2.EnrolmentFunded:
    """Every item that costs something is funded or skipped."""
    return events_pb2.EnrolmentFunded(
        enrolment_id=str(enrolment_id),
        items=[
            events_pb2.FundedItem(
                item_code=item.item_code,
                voucher_id=id_text(item.voucher_id),
                commitment_id=id_text(item.commitment_id),
                skipped_reason=item.skipped_reason,
            )
            for item in items
        ],
    )


def funding_failed(enrolment_id: UUID, item_code: str, reason: str) -> events_pb2.EnrolmentFundingFailed:
    """A mandatory item could not be funded."""
    return events_pb2.EnrolmentFundingFailed(enrolment_id=str(enrolment_id), item_code=item_code, reason=reason)
