"""What in a record does not fit together (domain.md 4.10); a finding holds no personal data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class InconsistencyKind(Enum):
    """What does not fit."""

    VOUCHER_WITHOUT_PLAN_SERVICE = 1
    ACKNOWLEDGEMENT_OVERDUE = 2
    PLAN_MISSING = 3
    SERVICE_WITHOUT_CONTRACT = 4


@dataclass(frozen=True)
class Inconsistency:
    """One finding: `subject` is a resource name, `rule` what it is measured by."""

    kind: InconsistencyKind
    subject: str
    description: str
    rule: str


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
    services: tuple[ServiceOutline, ...] = ()
    acknowledgements: tuple[AcknowledgementOutline, ...] = ()


@dataclass(frozen=True)
class VoucherOutline:
    """A voucher; `is_open` until its money is settled or released."""

    voucher_id: str
    plan_service_id: str
    is_open: bool


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
    plan: PlanOutline | None = None
    vouchers: tuple[VoucherOutline, ...] | None = None
    contracts: Mapping[str, tuple[ContractOutline, ...]] = field(default_factory=dict)


def inconsistencies(record: RecordOutline, today: date) -> list[Inconsistency]:
    """All findings, by kind; what is not known (a section not shown, a provider without facts) proves nothing."""
    return [
        *_vouchers_without_service(record),
        *_overdue(record, today),
        *_plan_missing(record),
        *_without_contract(record, today),
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
            )


def _overdue(record: RecordOutline, today: date) -> Iterator[Inconsistency]:
    for one in record.plan.acknowledgements if record.plan else ():
        if one.late or (one.awaited and one.due is not None and one.due < today):
            yield Inconsistency(
                InconsistencyKind.ACKNOWLEDGEMENT_OVERDUE,
                f"providers/{one.provider_id}",
                "the provider has not acknowledged the plan in time",
                "S1.30",
            )


def _plan_missing(record: RecordOutline) -> Iterator[Inconsistency]:
    if record.plan_needed and record.plan is not None and not record.plan.exists:
        yield Inconsistency(
            InconsistencyKind.PLAN_MISSING,
            f"clients/{record.client_id}",
            "the newest assessment found that a plan is needed, and there is none",
            "PLAN-NEED",
        )


def _without_contract(record: RecordOutline, today: date) -> Iterator[Inconsistency]:
    for service in record.plan.services if record.plan and record.plan.is_open else ():
        contracts = record.contracts.get(service.provider_id)
        if not service.bound or contracts is None:
            continue
        if not any(one.first <= today <= one.last and service.service_code in one.service_codes for one in contracts):
            yield Inconsistency(
                InconsistencyKind.SERVICE_WITHOUT_CONTRACT,
                f"planServices/{service.plan_service_id}",
                f"{service.service_code} is with a provider that has no contract for it in force",
                "INV-05",
            )
