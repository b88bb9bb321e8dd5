"""Refusals about plans: who may act on one, what may stand in it, and what it needs to come into force."""

from services.kernel.refusal import Refusal

_ONE_PLAN = "Freedom of Choice Act draft 2017, one client plan by one operator with the other providers"
_CONTRACT = "Freedom of Choice Act draft 2017, contract between county and provider"


class NotTheOperator(Refusal):
    """Only the operator of the plan may do this. One sentence for all: it does not tell whether the plan exists."""

    reason = "NOT_THE_OPERATOR"
    rule = "INV-02"

    def __init__(self) -> None:
        super().__init__("only the organisation responsible for the plan may do this")


class NoRelationship(Refusal):
    """The caller's organisation has nothing to do with it. One sentence for all: it does not tell whether it exists."""

    reason = "NO_RELATIONSHIP"
    rule = "INV-14"
    legal_basis = "Act on the Processing of Client Data in Healthcare and Social Welfare (703/2023)"

    def __init__(self) -> None:
        super().__init__("the caller's organisation has no relationship that allows this")


class PlanEmpty(Refusal):
    """A plan has at least one service and one goal."""

    reason = "PLAN_EMPTY"
    rule = "PLAN-3"


class GoalUnknown(Refusal):
    """The draft holds no such goal."""

    reason = "GOAL_UNKNOWN"
    rule = "REFUSAL-4"
    resource_type = "sote.careplan.v1.Goal"


class PlanServiceUnknown(Refusal):
    """The plan holds no such service."""

    reason = "PLAN_SERVICE_UNKNOWN"
    rule = "REFUSAL-4"
    resource_type = "sote.careplan.v1.PlannedService"


class PlanServiceDone(Refusal):
    """A completed or cancelled service is not changed."""

    reason = "PLAN_SERVICE_DONE"
    rule = "PLANSERVICE-5"


class ScaleInvalid(Refusal):
    """Baseline and target are steps from -2 to +2."""

    reason = "SCALE_INVALID"
    rule = "GOAL-1"
    field = "put_goals.target"


class NoCentreDecision(Refusal):
    """The county has not decided that its staff gives the service at that centre on all of its days."""

    reason = "NO_CENTRE_DECISION"
    rule = "S2.24"
    legal_basis = "Freedom of Choice Act draft 2017, services of the county enterprise at the centres"


class ConsultationPending(Refusal):
    """A provider was not asked about its part of the plan, or has not answered."""

    reason = "CONSULTATION_PENDING"
    rule = "S1.29"
    legal_basis = _ONE_PLAN


class ObjectionUnresolved(Refusal):
    """An objection is not resolved."""

    reason = "OBJECTION_UNRESOLVED"
    rule = "S1.29"
    legal_basis = _ONE_PLAN


class ClientViewMissing(Refusal):
    """The client's own view is recorded before a version comes into force."""

    reason = "CLIENT_VIEW_MISSING"
    rule = "PLAN-6"
    legal_basis = "Act on the Status and Rights of Social Welfare Clients (812/2000) 7 §"


class DeliveryOpen(Refusal):
    """A service is in delivery."""

    reason = "DELIVERY_OPEN"
    rule = "PLAN-16"


class ServiceNotInCatalogue(Refusal):
    """The county's catalogue has no such service."""

    reason = "SERVICE_NOT_IN_CATALOGUE"
    rule = "PLAN-3"


class ArrangementNotAllowed(Refusal):
    """The county's catalogue does not let the service be arranged that way."""

    reason = "ARRANGEMENT_NOT_ALLOWED"
    rule = "PLAN-3"


class UnitMismatch(Refusal):
    """The unit is not the one the county's catalogue counts the service in."""

    reason = "UNIT_MISMATCH"
    rule = "PLAN-3"


class ProviderRequired(Refusal):
    """A service that is not by voucher names its provider."""

    reason = "PROVIDER_REQUIRED"
    rule = "PLAN-6"
    field = "put_services.provider_id"


class ProviderNotAllowed(Refusal):
    """With a voucher the client chooses the provider."""

    reason = "PROVIDER_NOT_ALLOWED"
    rule = "PROCESS-A7"
    field = "put_services.provider_id"


class PeriodInvalid(Refusal):
    """The last day is before the first."""

    reason = "PERIOD_INVALID"
    rule = "PLAN-2"
    field = "put_services.to_date"


class ModeTextRequired(Refusal):
    """Another way of delivery is described in words."""

    reason = "MODE_TEXT_REQUIRED"
    rule = "S1.22"
    field = "put_services.mode_text"


class ProviderUnknown(Refusal):
    """The provider is not known here, or not yet."""

    reason = "PROVIDER_UNKNOWN"
    rule = "S1.23"
    legal_basis = _CONTRACT


class ProviderNotApproved(Refusal):
    """The provider is not approved by the county."""

    reason = "PROVIDER_NOT_APPROVED"
    rule = "S1.23"
    legal_basis = _CONTRACT


class ProviderUnitUnknown(Refusal):
    """The provider has no such service unit."""

    reason = "PROVIDER_UNIT_UNKNOWN"
    rule = "S1.23"
    legal_basis = _CONTRACT


class NoActiveContract(Refusal):
    """No contract in force covers the provider, the service and the period."""

    reason = "NO_ACTIVE_CONTRACT"
    rule = "S1.23"
    legal_basis = _CONTRACT


class StatutorySectionMissing(Refusal):
    """A planned service asks for a section of the plan, or a part of it, that is not written."""

    reason = "STATUTORY_SECTION_MISSING"
    rule = "S2.15"
    legal_basis = "The special act of the section: 417/2007 30 §, 980/2012 16 § or 1326/2010 29 §"

    def __init__(self, sentence: str, legal_basis: str) -> None:
        super().__init__(sentence)
        self.legal_basis = legal_basis


class StaleOperator(Refusal):
    """The plan changed hands since it was read; once it has, its operator sends the etag it read with every change."""

    reason = "STALE_OPERATOR"
    rule = "INV-02"


class NotTheCounty(Refusal):
    """Only the county enterprise may do this."""

    reason = "NOT_THE_COUNTY"
    rule = "S2.13"
    legal_basis = "Organisation Act draft 2017, the county is responsible that an appropriate whole is formed"

    def __init__(self) -> None:
        super().__init__("only the county enterprise may do this")
