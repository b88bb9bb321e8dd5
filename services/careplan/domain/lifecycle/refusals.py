"""Refusals of beginning and ending plans."""

from services.kernel.refusal import Refusal

_ONE_PLAN = "Freedom of Choice Act draft 2017, one client plan by one operator with the other providers"


class OpenPlanExists(Refusal):
    """The client has an open plan; a client has one plan."""

    reason = "OPEN_PLAN_EXISTS"
    rule = "INV-01"
    legal_basis = _ONE_PLAN
    resource_type = "sote.careplan.v1.Plan"


class PredecessorNotAllowed(Refusal):
    """A plan takes up an earlier plan of the same client that is closed or cancelled."""

    reason = "PREDECESSOR_NOT_ALLOWED"
    rule = "PROCESS-D8"
    field = "predecessor_id"


class ClientUnknown(Refusal):
    """The client is not known here, or not yet."""

    reason = "CLIENT_UNKNOWN"
    rule = "PLAN-1"


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
    rule = "PLAN-1"


class OpenVoucher(Refusal):
    """A voucher of the service is open."""

    reason = "OPEN_VOUCHER"
    rule = "INV-03"


class OpenEnrolment(Refusal):
    """An enrolment of the client is open."""

    reason = "OPEN_ENROLMENT"
    rule = "PLAN-16"
