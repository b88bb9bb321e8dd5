"""A service that was given, and how it compares with its plan or its voucher (PLAN-10, S1.27, S1.30)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.deliveries.refusals import CauseRequired, OutsideArea
from services.careplan.domain.neighbours.copies import UnitCopy, VoucherCopy
from services.careplan.domain.plans.plan_service import HELD, PlanService, PlanServiceState
from services.kernel.care import DeliveryMode
from services.kernel.machine import listed, move


class DeviationKind(StrEnum):
    """What deviates from the plan."""

    NOT_IN_PLAN = "NOT_IN_PLAN"
    OVER_QUANTITY = "OVER_QUANTITY"
    WRONG_PROVIDER = "WRONG_PROVIDER"
    MODE = "MODE"
    NOT_DELIVERED = "NOT_DELIVERED"
    LATE = "LATE"


class DeviationCause(StrEnum):
    """Why it deviates, as the provider or the judge says."""

    URGENT_CARE = "URGENT_CARE"
    CLIENT_WISH = "CLIENT_WISH"
    CAPACITY = "CAPACITY"
    CLINICAL = "CLINICAL"
    OTHER = "OTHER"


class DeviationState(StrEnum):
    """The states of a deviation."""

    REPORTED = "REPORTED"
    JUSTIFIED = "JUSTIFIED"
    UNJUSTIFIED = "UNJUSTIFIED"


_S = DeviationState
TRANSITIONS: dict[tuple[DeviationState, str], DeviationState] = {
    **listed("justify", ((_S.REPORTED,), _S.JUSTIFIED)),
    **listed("reject", ((_S.REPORTED,), _S.UNJUSTIFIED)),
}
COMMANDS = ("justify", "reject")

UNCOUNTED = (DeviationKind.NOT_IN_PLAN, DeviationKind.WRONG_PROVIDER, DeviationKind.OVER_QUANTITY)
"""Deliveries that deviate so do not use up what was planned."""

REDEEMABLE = ("RESERVED", "ACTIVE", "PARTIALLY_REDEEMED", "CLOSING", "REROUTING")


@dataclass(frozen=True)
class Given:
    """A delivery as the provider reports it."""

    client_id: UUID
    provider_id: UUID
    service_code: str
    service_date: date
    units: int
    mode: DeliveryMode
    place: str = ""
    performer_title: str = ""
    external_ref: str = ""
    urgent: bool = False
    cause: DeviationCause | None = None
    municipality: str = ""


@dataclass(frozen=True)
class Links:
    """What a delivery was given on: a planned service with its voucher, or a voucher of a client without a plan."""

    plan_id: UUID | None = None
    plan_service_id: UUID | None = None
    voucher_id: UUID | None = None


@dataclass
class Delivery:
    """A delivery as it is recorded."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    plan_id: UUID | None
    plan_service_id: UUID | None
    voucher_id: UUID | None
    provider_id: UUID
    service_code: str
    service_date: date
    units: int
    mode: DeliveryMode
    place: str
    performer_title: str
    external_ref: str
    urgent: bool
    conforms: bool
    early: bool
    created_at: datetime
    created_by: str


@dataclass
class Deviation:
    """A delivery that was not as planned; judged later."""

    id: UUID
    delivery_id: UUID
    plan_id: UUID
    client_id: UUID
    plan_service_id: UUID | None
    provider_id: UUID
    service_code: str
    service_date: date
    kind: DeviationKind
    cause: DeviationCause | None
    created_at: datetime
    state: DeviationState = DeviationState.REPORTED
    contract_id: UUID | None = None
    judgement: str = ""
    plan_change: bool = False
    judged_at: datetime | None = None
    judged_by: str = ""

    def judge(self, judgement: "Judgement", *, by: str, now: datetime) -> None:
        """The operator, or the county, says whether there was a good reason; once (S1.30)."""
        state = move(TRANSITIONS, self.state, "justify" if judgement.justified else "reject", noun="deviation")
        cause = judgement.cause or self.cause
        if judgement.justified and cause is None:
            raise CauseRequired("a deviation is justified by a cause, and the provider gave none")
        self.state, self.cause, self.judgement, self.plan_change = state, cause, judgement.text, judgement.plan_change
        self.judged_at, self.judged_by = now, by


@dataclass(frozen=True)
class Judgement:
    """What is said about a deviation; no cause keeps the one the provider gave."""

    justified: bool
    text: str
    cause: DeviationCause | None = None
    plan_change: bool = False


def fitting_service(given: Given, services: Iterable[PlanService]) -> PlanService | None:
    """The planned service a delivery belongs to when none was named: the provider's own first, open ones first.

    A cancelled one counts while a voucher runs on with notice.
    """
    same = [service for service in services if service.service_code == given.service_code]
    same = [
        service for service in same if service.state is not PlanServiceState.CANCELLED or service.voucher_id is not None
    ]
    return min(
        same,
        key=lambda service: (service.provider_id != given.provider_id, service.done, service.position),
        default=None,
    )


def check_area(given: Given, unit: UnitCopy | None) -> None:
    """Refuse a mobile visit outside the area of the planned unit (S1.21), unless it could not wait (PROCESS-6)."""
    mobile = given.mode is DeliveryMode.MOBILE_TEAM and not given.urgent
    if mobile and given.municipality and unit is not None and unit.area and given.municipality not in unit.area:
        raise OutsideArea(f"the mobile team does not visit the municipality {given.municipality}")


def on_notice(service: PlanService, voucher: VoucherCopy | None) -> list[tuple[UUID, date]]:
    """Who still serves what a version left out, and the first day no longer: its voucher runs on with notice
    (PLANBOUND-1)."""
    if service.state is not PlanServiceState.CANCELLED or voucher is None or not voucher.chosen:
        return []
    return [(voucher.provider_id, voucher.last_day + timedelta(days=1))] if voucher.provider_id else []


def leaving(given: Given, former: Iterable[tuple[UUID, date]]) -> bool:
    """Whether a provider that was lost still served on that day: `former` are such providers and their cut-offs."""
    return any(given.provider_id == provider and given.service_date < cut_off for provider, cut_off in former)


def recorded_late(day_over: datetime, hours: int, now: datetime) -> bool:
    """Whether `hours` have gone since the end of the service day; 0 hours: the contract sets no limit (S1.24)."""
    return hours > 0 and now - day_over > timedelta(hours=hours)


def deviation_from_plan(
    given: Given,
    service: PlanService | None,
    *,
    former: Iterable[tuple[UUID, date]] = (),
    resting: bool = False,
    late: bool = False,
) -> DeviationKind | None:
    """What deviates from the planned service, the gravest first; nothing when the delivery conforms.

    A `former` provider goes on until its cut-off, whoever is on the service meanwhile (PROCESS-C2, VOUCHER-18), also
    when a version left the service out (PLANBOUND-1). A service that was `resting` on that day, because the client
    was away, was not planned for it (PLANSERVICE-1). What was given as planned but recorded `late`, by the contract,
    deviates by that alone: it is counted all the same.
    """
    if service is None or service.service_code != given.service_code:
        return DeviationKind.NOT_IN_PLAN
    goes_on = leaving(given, former)
    over = service.state is PlanServiceState.CANCELLED and not goes_on
    if resting or over or given.service_date < service.from_date:
        return DeviationKind.NOT_IN_PLAN
    if service.provider_id != given.provider_id and not goes_on:
        return DeviationKind.WRONG_PROVIDER
    if service.units and service.units_delivered + given.units > service.units:
        return DeviationKind.OVER_QUANTITY
    if given.service_date > service.to_date or (service.state not in HELD and not goes_on):
        return DeviationKind.LATE
    if service.modes and given.mode not in service.modes:
        return DeviationKind.MODE
    return DeviationKind.LATE if late else None


def is_early(service: PlanService, operator: UUID, *, acknowledged: bool) -> bool:
    """Whether the delivery comes before the acknowledgement that is asked for (PLANSERVICE-3)."""
    asked = service.units > 0 and service.provider_id != operator
    return asked and not acknowledged


def conforms_to_voucher(given: Given, voucher: VoucherCopy | None, delivered: int) -> bool:
    """Whether a delivery to a client without a plan is as the voucher says; `delivered` are the units before it."""
    return (
        voucher is not None
        and (voucher.client_id, voucher.provider_id) == (given.client_id, given.provider_id)
        and voucher.service_code == given.service_code
        and voucher.state in REDEEMABLE
        and voucher.valid_from <= given.service_date <= voucher.last_day
        and delivered + given.units <= voucher.units_granted
    )
