"""Every refusal of the care plan service: its reason, the rule behind it, and a sentence without personal data."""

_ONE_PLAN = "Freedom of Choice Act draft 2017, one client plan by one operator with the other providers"


class Refusal(Exception):
    """A rule forbids it; nothing has changed. The docstring of each class is what the caller is told."""

    reason = "REFUSED"
    rule = ""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").removesuffix("."))


class IllegalTransition(Refusal):
    """The command is not listed for the state it was given in."""

    reason = "ILLEGAL_TRANSITION"
    rule = "3.3"

    def __init__(self, state: str, command: str) -> None:
        super().__init__(f"{command} is not possible in the state {state}")


class OpenPlanExists(Refusal):
    """The client has an open plan; a client has one plan."""

    reason = "OPEN_PLAN_EXISTS"
    rule = "INV-01"
    legal_basis = _ONE_PLAN
    resource_type = "sote.careplan.v1.Plan"


class PredecessorNotAllowed(Refusal):
    """A plan takes up an earlier plan of the same client that is closed or cancelled."""

    reason = "PREDECESSOR_NOT_ALLOWED"
    rule = "4.5"
    field = "predecessor_id"


class ClientUnknown(Refusal):
    """The client is not known here, or not yet."""

    reason = "CLIENT_UNKNOWN"
    rule = "P1"


class ClientClosed(Refusal):
    """Nothing new is begun for a client who moved out, died, was merged or is not registered."""

    reason = "CLIENT_CLOSED"
    rule = "INV-16"


class AssessmentMissing(Refusal):
    """A plan rests on a completed assessment of the client that is recent enough."""

    reason = "ASSESSMENT_MISSING"
    rule = "S2.09"
    legal_basis = "Organisation Act draft 2017, care plan on the basis of service need"


class OperatorKindNotAllowed(Refusal):
    """The organisation is not of the kind that operates a plan."""

    reason = "OPERATOR_KIND_NOT_ALLOWED"
    rule = "S1.28"
    legal_basis = _ONE_PLAN


class OperatorNotChosen(Refusal):
    """A centre operates plans of the clients who chose it; no such choice is known."""

    reason = "OPERATOR_NOT_CHOSEN"
    rule = "P1"


class NotTheOperator(Refusal):
    """Only the responsible organisation of the plan may do this."""

    reason = "NOT_THE_OPERATOR"
    rule = "INV-02"


class NoRelationship(Refusal):
    """The caller's organisation has no relationship that allows this."""

    reason = "NO_RELATIONSHIP"
    rule = "S1.42"
    legal_basis = "Act on the Processing of Client Data in Healthcare and Social Welfare (703/2023)"


class PlanEmpty(Refusal):
    """A plan has at least one service and one goal."""

    reason = "PLAN_EMPTY"
    rule = "P3"


class GoalUnknown(Refusal):
    """The draft holds no such goal."""

    reason = "GOAL_UNKNOWN"
    rule = "P2"
    resource_type = "sote.careplan.v1.Goal"


class PlanServiceUnknown(Refusal):
    """The plan holds no such service."""

    reason = "PLAN_SERVICE_UNKNOWN"
    rule = "P2"
    resource_type = "sote.careplan.v1.PlannedService"


class PlanVersionUnknown(Refusal):
    """The plan has no such version."""

    reason = "PLAN_VERSION_UNKNOWN"
    rule = "INV-24"
    resource_type = "sote.careplan.v1.PlanVersion"


class PlanServiceDone(Refusal):
    """A completed or cancelled service is not changed."""

    reason = "PLAN_SERVICE_DONE"
    rule = "3.3.2"


class ScaleInvalid(Refusal):
    """Baseline and target are steps from -2 to +2."""

    reason = "SCALE_INVALID"
    rule = "2.8.2"
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


class TextRequired(Refusal):
    """A comment or an objection says why."""

    reason = "TEXT_REQUIRED"
    rule = "P4"
    field = "text"


class ClientViewMissing(Refusal):
    """The client's own view is recorded before a version comes into force."""

    reason = "CLIENT_VIEW_MISSING"
    rule = "P6"
    legal_basis = "Act on the Status and Rights of Social Welfare Clients (812/2000) 7 §"


class AcknowledgementNotAsked(Refusal):
    """No acknowledgement is asked of the caller's organisation."""

    reason = "ACKNOWLEDGEMENT_NOT_ASKED"
    rule = "S1.30"


class AcknowledgementOutdated(Refusal):
    """The acknowledgement is asked on another version; read the plan again."""

    reason = "ACKNOWLEDGEMENT_OUTDATED"
    rule = "S1.30"


class OpenVoucher(Refusal):
    """A voucher of the service is open."""

    reason = "OPEN_VOUCHER"
    rule = "INV-03"


class OpenEnrolment(Refusal):
    """An enrolment of the client is open."""

    reason = "OPEN_ENROLMENT"
    rule = "P16"


class DeliveryOpen(Refusal):
    """A service is in delivery."""

    reason = "DELIVERY_OPEN"
    rule = "P16"


class OpenPlanMissing(Refusal):
    """The client has no plan that can take the services of a package."""

    reason = "OPEN_PLAN_MISSING"
    rule = "B3"
