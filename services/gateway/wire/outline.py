"""Sections read for the checks: what the domain needs of them and no more."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any

from google.protobuf.message import Message
from google.type import date_pb2

from services.chassis.clock import helsinki_date
from services.gateway.domain.inconsistencies import (
    AcknowledgementOutline,
    ContractOutline,
    ItemOutline,
    PlanOutline,
    RecordOutline,
    ServiceOutline,
    VoucherOutline,
)
from services.gateway.domain.record import Part, SectionStatus
from sote.careplan.v1 import acknowledgement_pb2, plan_pb2, section_pb2
from sote.gateway.v1 import record_pb2
from sote.package.v1 import enrolment_pb2
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import section_pb2 as provider_section
from sote.type.v1 import care_pb2
from sote.voucher.v1 import voucher_pb2

_OPEN_PLANS = frozenset(
    {
        plan_pb2.PLAN_STATE_DRAFT,
        plan_pb2.PLAN_STATE_CONSULTATION,
        plan_pb2.PLAN_STATE_ACTIVE,
        plan_pb2.PLAN_STATE_UNDER_REVIEW,
    }
)
_WITH_PROVIDER = frozenset(
    {
        plan_pb2.PLAN_SERVICE_STATE_ASSIGNED,
        plan_pb2.PLAN_SERVICE_STATE_ACKNOWLEDGED,
        plan_pb2.PLAN_SERVICE_STATE_IN_DELIVERY,
    }
)
_BY_CONTRACT = frozenset({care_pb2.ARRANGEMENT_VOUCHER, care_pb2.ARRANGEMENT_PURCHASE})
_OPEN_VOUCHERS = frozenset(
    {
        voucher_pb2.VOUCHER_STATE_ISSUED,
        voucher_pb2.VOUCHER_STATE_RESERVED,
        voucher_pb2.VOUCHER_STATE_ACTIVE,
        voucher_pb2.VOUCHER_STATE_PARTIALLY_REDEEMED,
        voucher_pb2.VOUCHER_STATE_REROUTING,
    }
)
_PROVES = frozenset({SectionStatus.COMPLETE, SectionStatus.STALE, SectionStatus.NOT_APPLICABLE})


def outline_of(client_id: str, parts: Sequence[Part], summaries: Iterable[bytes]) -> RecordOutline:
    """The record's outline; a section that is withheld or unavailable is None in it."""
    known = {part.kind.field for part in parts if part.status in _PROVES}
    record = record_pb2.Record.FromString(b"".join(part.copy.part for part in parts if part.copy is not None))
    return RecordOutline(
        client_id=client_id,
        plan_needed=record.client.latest_assessment.plan_needed if "client" in known else None,
        assessed_on=_day_or_none(record.client.latest_assessment, "completed_date"),
        own_worker_id=record.client.own_worker.professional.organisation_id,
        plan=_plan(record.plan) if "plan" in known else None,
        vouchers=_vouchers(record) if "vouchers" in known else None,
        items=_items(record) if "packages" in known else None,
        contracts=_contracts(summaries),
    )


def _plan(plan: section_pb2.PlanSection) -> PlanOutline:
    return PlanOutline(
        plan_id=plan.plan_id,
        exists=bool(plan.plan_id) and plan.state != plan_pb2.PLAN_STATE_CANCELLED,
        is_open=plan.state in _OPEN_PLANS,
        operator_id=plan.operator.organisation_id,
        services=tuple(
            ServiceOutline(
                plan_service_id=service.plan_service_id,
                service_code=service.service_code,
                provider_id=service.provider_id,
                bound=bool(service.provider_id)
                and service.state in _WITH_PROVIDER
                and service.arrangement in _BY_CONTRACT,
            )
            for service in plan.services
        ),
        acknowledgements=tuple(
            AcknowledgementOutline(
                provider_id=acknowledgement.provider_id,
                awaited=acknowledgement.state == acknowledgement_pb2.ACKNOWLEDGEMENT_STATE_PENDING,
                late=acknowledgement.state == acknowledgement_pb2.ACKNOWLEDGEMENT_STATE_OVERDUE,
                due=_day_or_none(acknowledgement, "due_date"),
            )
            for acknowledgement in plan.acknowledgements
        ),
    )


def _vouchers(record: record_pb2.Record) -> tuple[VoucherOutline, ...]:
    return tuple(
        VoucherOutline(
            voucher.uid, voucher.plan_service_id, voucher.state in _OPEN_VOUCHERS, _moment(voucher, "create_time")
        )
        for voucher in record.vouchers.vouchers
    )


def _items(record: record_pb2.Record) -> tuple[ItemOutline, ...]:
    return tuple(
        ItemOutline(
            enrolment_id=enrolment.enrolment.uid,
            item_code=item.item_code,
            plan_service_id=item.plan_service_id,
            owner=enrolment.enrolment.proposing_organisation_id,
            since=_moment(enrolment.enrolment, "update_time"),
        )
        for enrolment in record.packages.enrolments
        if enrolment.enrolment.state == enrolment_pb2.ENROLMENT_STATE_ACTIVE
        for item in enrolment.enrolment.items
        if item.state == enrolment_pb2.ENROLMENT_ITEM_STATE_IN_FORCE
    )


def _contracts(summaries: Iterable[bytes]) -> Mapping[str, tuple[ContractOutline, ...]]:
    """Provider id to its contracts in force; a suspended one is in force for nobody new, and a reader should know."""
    found = {}
    for body in summaries:
        summary = provider_section.ProviderSummary.FromString(body)
        found[summary.provider_id] = tuple(
            ContractOutline(
                _day(contract.valid_from),
                _day(contract.valid_to),
                frozenset(line.service_code for line in contract.lines),
            )
            for contract in summary.contracts
            if contract.state == contract_pb2.CONTRACT_STATE_ACTIVE
        )
    return found


def _day_or_none(message: Message, field: str) -> date | None:
    """The day in a field that may be absent."""
    return _day(getattr(message, field)) if message.HasField(field) else None


def _moment(message: Message, field: str) -> date | None:
    """The day of an instant that may be absent."""
    return helsinki_date(getattr(message, field).ToDatetime(tzinfo=UTC)) if message.HasField(field) else None


def _day(value: Any) -> date:
    """A google.type.Date as a date; an absent one is the first day there is: it shows a finding, not hides it."""
    day: date_pb2.Date = value
    return date(day.year or 1, day.month or 1, day.day or 1)
