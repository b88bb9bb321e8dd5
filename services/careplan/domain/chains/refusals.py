"""Refusals of service chains."""

from services.kernel.refusal import Refusal


class DuplicateChainStep(Refusal):
    """The client has an open step for this service and this need; ask there what becomes of it."""

    reason = "DUPLICATE_CHAIN_STEP"
    rule = "S1.09"
    resource_type = "sote.careplan.v1.ChainStep"


class ClauseMissing(Refusal):
    """Who asks and who is asked both have a contract in force with the clause REFERRAL."""

    reason = "CLAUSE_MISSING"
    rule = "S1.43b"
    legal_basis = "Freedom of Choice Act draft 2017, agreements on referrals"


class NoServiceLine(Refusal):
    """No contract in force of the provider that is asked has the service."""

    reason = "NO_SERVICE_LINE"
    rule = "CHAIN-2"


class StepToItself(Refusal):
    """An organisation does not refer a client to itself."""

    reason = "STEP_TO_ITSELF"
    rule = "CHAIN-1"


class PlannedDateInPast(Refusal):
    """The day on which the service shall begin is not before today."""

    reason = "PLANNED_DATE_IN_PAST"
    rule = "CHAIN-4"
    field = "planned_date"
