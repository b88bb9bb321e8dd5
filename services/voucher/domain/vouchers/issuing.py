"""What must hold before the county gives a voucher: issuer, assessment, decision, catalogue, client, plan (INV-04)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.voucher.domain.neighbours.client import AssessmentCopy, ClientCopy, DecisionCopy
from services.voucher.domain.neighbours.plan import OPEN_PLANS, PLANS_IN_FORCE, PlanCopy, PlanServiceCopy
from services.voucher.domain.neighbours.plan_line import LineVersion
from services.voucher.domain.neighbours.provider import CatalogueCopy, ProviderCopy
from services.voucher.domain.vouchers.refusals import (
    AssessmentMissing,
    ClientClosed,
    DecisionMissing,
    IssuerNotAllowed,
    OutsideValidity,
    PlanRequired,
    VoucherNotEnabled,
)


@dataclass(frozen=True)
class Grounds:
    """Everything a voucher rests on, as known here; None for what is not known."""

    issuer: ProviderCopy | None
    client: ClientCopy | None
    decision: DecisionCopy | None
    assessment: AssessmentCopy | None
    catalogue: CatalogueCopy | None

    @property
    def unheard(self) -> bool:
        """Whether a neighbour's fact about any of them has not arrived, so that a refusal may be premature."""
        parts = (self.issuer, self.client, self.decision, self.assessment, self.catalogue)
        completed = self.assessment is not None and (self.assessment.completed_date or self.assessment.withdrawn)
        return None in parts or not completed


@dataclass(frozen=True)
class Terms:
    """What a voucher is to be: how many units, from when to when."""

    units: int
    valid_from: date
    valid_to: date

    @property
    def days(self) -> int:
        """Length of the period in days."""
        return (self.valid_to - self.valid_from).days + 1


def check_issuer(issuer: ProviderCopy | None) -> ProviderCopy:
    """Only the county enterprise gives vouchers (S2.16); gives it."""
    if issuer is None or not issuer.county_enterprise:
        raise IssuerNotAllowed("only the county enterprise gives vouchers")
    return issuer


def check_grounds(grounds: Grounds, *, client_id: UUID, today: date) -> tuple[DecisionCopy, CatalogueCopy]:
    """INV-04 and INV-16; gives the decision and the catalogue entry the voucher rests on."""
    issuer = check_issuer(grounds.issuer)
    decision = grounds.decision
    if decision is None or decision.client_id != client_id or not decision.grants:
        raise DecisionMissing("no decision grants this client the service")
    if today > decision.to_date:
        raise DecisionMissing("the decision has expired")
    assessment = grounds.assessment
    if assessment is None or assessment.completed_date is None or assessment.withdrawn:
        raise AssessmentMissing("the decision does not rest on a completed assessment")
    if assessment.performing_organisation_id != issuer.provider_id:
        raise AssessmentMissing("the assessment is not the county enterprise's own")
    catalogue = grounds.catalogue
    if catalogue is None or not catalogue.voucher_enabled:
        raise VoucherNotEnabled("the service is not arranged by voucher")
    if grounds.client is None or not grounds.client.open:
        raise ClientClosed("no new matters may be opened for this client")
    return decision, catalogue


def check_terms(terms: Terms, decision: DecisionCopy) -> None:
    """Units and period must lie within the decision."""
    if terms.valid_from > terms.valid_to:
        raise OutsideValidity("the period ends before it begins")
    if terms.valid_from < decision.from_date or terms.valid_to > decision.to_date:
        raise DecisionMissing("the decision does not cover the period")
    if terms.units < 1 or terms.units > decision.units:
        raise DecisionMissing("the decision does not grant that many units")


def plan_needed(*, flagged: bool, granted_services: int, days: int, min_days: int) -> bool:
    """PLAN-19 (S2.10): any attention flag, two or more granted services, or a service of at least `min_days`."""
    return flagged or granted_services >= 2 or days >= min_days


def check_plan_service(service: PlanServiceCopy | None, *, client_id: UUID, service_code: str) -> PlanServiceCopy:
    """Where a plan is needed the voucher funds a service of it that awaits the choice (VOUCHER-1, INV-03)."""
    fits = service is not None and service.client_id == client_id and service.service_code == service_code
    if service is None or not fits or not service.awaits_choice:
        raise PlanRequired("the client needs a plan, and none has this service awaiting a choice")
    return service


def check_plan_in_force(plan: PlanCopy | None, *, urgent_reason: str) -> None:
    """VOUCHER-2: a needed plan is ACTIVE or UNDER_REVIEW, unless an official tells why it is too urgent to wait."""
    if urgent_reason and (plan is None or plan.state in OPEN_PLANS):
        return
    if plan is None or plan.state not in PLANS_IN_FORCE:
        raise PlanRequired("the plan is not in force")


def check_still_planned(service: PlanServiceCopy | None) -> None:
    """A voucher is not issued for a service that the plan has cancelled or completed since the draft (INV-03)."""
    if service is not None and service.state in {"CANCELLED", "COMPLETED"}:
        raise PlanRequired("the plan does not hold the service any more")


def check_line_holds(line: LineVersion | None, *, units: int, last: date) -> None:
    """A voucher is not extended beyond what its line of the plan in force holds (INV-03)."""
    if line is None:
        return
    if not line.planned or last > line.to_date or (line.units and units > line.units):
        raise PlanRequired("the plan in force does not hold that much of the service")


@dataclass(frozen=True)
class Official:
    """Who acts for the county: the organisation (None when it is no provider), the token's subject, the county."""

    organisation_id: UUID | None
    subject: str
    county: str

    @property
    def county_scheme(self) -> str:
        """The scheme part, such as MAAKUNTA_2017."""
        return self.county.partition(":")[0]

    @property
    def county_code(self) -> str:
        """The code part, such as 06."""
        return self.county.partition(":")[2]
