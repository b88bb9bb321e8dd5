"""The parameters of this service's rules that a county may set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """`require_both_sectors`: every package holds social and health services (package.require_both_sectors).

    An expansion that waits for another service for `step_minutes` (saga.retry_minutes), or for its plan to come into
    force for `activation_days`, is shown to the county; one that waits for a plan for `plan_days` fails.
    """

    require_both_sectors: bool = False
    step_minutes: int = 60
    activation_days: int = 21
    plan_days: int = 60
