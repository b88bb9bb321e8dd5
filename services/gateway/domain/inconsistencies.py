"""What in a record does not fit together (RECORD-2); a finding holds no personal data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum


class InconsistencyKind(Enum):
    """What does not fit."""

    VOUCHER_WITHOUT_PLAN_SERVICE = 1
    ACKNOWLEDGEMENT_OVERDUE = 2
    PLAN_MISSING = 3
    SERVICE_WITHOUT_CONTRACT = 4
    ORPHAN_ENROLMENT_ITEM = 5


@dataclass(frozen=True)
class Inconsistency:
    """One finding: `subject` is a resource name, `rule` what it is measured by.

    `owner` is the organisation that should look at it, empty: the county; `since` is as the record tells it.
    """

    kind: InconsistencyKind
    subject: str
    description: str
    rule: str
    owner: str = ""
    since: date | None = None


@dataclass(frozen=True)
class ServiceOutline:
    """A service of the plan; `bound` when a provider is to deliver it under a voucher or purchase contract now."""

    plan_service_id: str
    service_code: str
    provider_id: str
    bound: bool


@dataclass(frozen=True)
class AcknowledgementOutline:
    """What a provider owes the plan; `due` is the last day, `late` when its service has found it overdue already."""

    provider_id: str
    awaited: bool
    late: bool
    due: date | None


@dataclass(frozen=True)
class PlanOutline:
    """The plan as far as the checks need it; `exists` also of a closed one, `is_open` while in force or drawn up."""

    plan_id: str
    exists: bool
    is_open: bool
    operator_id: str = ""
    services: tuple[ServiceOutline, ...] = ()
    acknowledgements: tuple[AcknowledgementOutline, ...] = ()


@dataclass(frozen=True)
class VoucherOutline:
    """A voucher; `is_open` until its money is settled or released."""

    voucher_id: str
    plan_service_id: str
    is_open: bool
    since: date | None = None


@dataclass(frozen=True)
class ItemOutline:
    """An item of an enrolment in force that is in force itself; `owner` proposed the enrolment."""

    enrolment_id: str
    item_code: str
    plan_service_id: str
    owner: str
    since: date | None = None


@dataclass(frozen=True)
class ContractOutline:
    """A contract in force from its first to its last day for these care services."""

    first: date
    last: date
    service_codes: frozenset[str]


@dataclass(frozen=True)
class RecordOutline:
    """A record as far as the checks need it; None stands for a section that is not shown, which proves nothing."""

    client_id: str
    plan_needed: bool | None = None
    assessed_on: date | None = None
    own_worker_id: str = ""
    plan: PlanOutline | None = None
    vouchers: tuple[VoucherOutline, ...] | None = None
    items: tuple[ItemOutline, ...] | None = None
    contracts: Mapping[str, tuple[ContractOutline, ...]] = field(default_factory=dict)


def inconsistencies(record: RecordOutline, today: date) -> list[Inconsistency]:
    """All findings, by kind; what is not known (a section not shown, a provider without facts) proves nothing."""
    return [
        *_vouchers_without_service(record),
        *_overdue(record, today),
        *_plan_missing(record),
        *_without_contract(record, today),
        *_orphan_items(record),
    ]


def _vouchers_without_service(record: RecordOutline) -> Iterator[Inconsistency]:
    if record.plan is None or not record.plan.is_open:
        return
    planned = {service.plan_service_id for service in record.plan.services}
    for voucher in record.vouchers or ():
        if voucher.is_open and voucher.plan_service_id not in planned:
            yield Inconsistency(
                InconsistencyKind.VOUCHER_WITHOUT_PLAN_SERVICE,
                f"vouchers/{voucher.voucher_id}",
                "an open voucher that no service of the open plan stands for",
                "INV-03",
                owner=record.plan.operator_id,
                since=voucher.since,
            )


def _overdue(record: RecordOutline, today: date) -> Iterator[Inconsistency]:
    if record.plan is None:
        return
    for acknowledgement in record.plan.acknowledgements:
        if acknowledgement.late or (
            acknowledgement.awaited and acknowledgement.due is not None and acknowledgement.due < today
        ):
            yield Inconsistency(
                InconsistencyKind.ACKNOWLEDGEMENT_OVERDUE,
                f"providers/{acknowledgement.provider_id}",
                "the provider has not acknowledged the plan in time",
                "S1.30",
                owner=record.plan.operator_id,
                since=None if acknowledgement.due is None else acknowledgement.due + timedelta(days=1),
            )


def _plan_missing(record: RecordOutline) -> Iterator[Inconsistency]:
    if record.plan_needed and record.plan is not None and not record.plan.exists:
        yield Inconsistency(
            InconsistencyKind.PLAN_MISSING,
            f"clients/{record.client_id}",
            "the newest assessment found that a plan is needed, and there is none",
            "PLAN-NEED",
            owner=record.own_worker_id,
            since=record.assessed_on,
        )


def _without_contract(record: RecordOutline, today: date) -> Iterator[Inconsistency]:
    if record.plan is None or not record.plan.is_open:
        return
    for service in record.plan.services:
        contracts = record.contracts.get(service.provider_id)
        if not service.bound or contracts is None:
            continue
        held = [contract for contract in contracts if service.service_code in contract.service_codes]
        if not any(contract.first <= today <= contract.last for contract in held):
            ended = [contract.last + timedelta(days=1) for contract in held if contract.last < today]
            yield Inconsistency(
                InconsistencyKind.SERVICE_WITHOUT_CONTRACT,
                f"planServices/{service.plan_service_id}",
                f"{service.service_code} is with a provider that has no contract for it in force",
                "INV-05",
                owner=record.plan.operator_id,
                since=max(ended, default=None),
            )


def _orphan_items(record: RecordOutline) -> Iterator[Inconsistency]:
    """What hangs on no service of an open plan is nobody's to deliver (S1.26)."""
    if record.plan is None:
        return
    planned = {service.plan_service_id for service in record.plan.services if record.plan.is_open}
    for item in record.items or ():
        if item.plan_service_id not in planned:
            yield Inconsistency(
                InconsistencyKind.ORPHAN_ENROLMENT_ITEM,
                f"enrolments/{item.enrolment_id}/items/{item.item_code}",
                f"{item.item_code} of an enrolment in force has no service in the plan",
                "S1.26",
                owner=item.owner,
                since=item.since,
            )
