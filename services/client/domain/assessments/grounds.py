"""What of a matter its statutory time limits depend on (LIMIT-3)."""

from enum import Enum

from services.client.domain.clients.identity_code import ADULT_AGE
from services.client.domain.deadlines.limits import Condition


class Ground(Enum):
    """What the initiator states that sets a time limit."""

    CHILD_SPECIAL_SUPPORT = "CHILD_SPECIAL_SUPPORT"
    CHILD_WELFARE = "CHILD_WELFARE"
    HIGHEST_CARE_ALLOWANCE = "HIGHEST_CARE_ALLOWANCE"
    DISABILITY_SERVICES = "DISABILITY_SERVICES"


def conditions_of(
    *, grounds: tuple[Ground, ...], urgent: bool, age: int, fast_track_age: int, special_support: bool
) -> frozenset[Condition]:
    """What of a matter its time limits depend on; a child flagged SPECIAL_SUPPORT counts as such unasked."""
    conditions = {Condition(ground.value) for ground in grounds}
    if urgent:
        conditions.add(Condition.URGENT)
    if age >= fast_track_age:
        conditions.add(Condition.FAST_TRACK_AGE)
    if special_support and age < ADULT_AGE:
        conditions.add(Condition.CHILD_SPECIAL_SUPPORT)
    return frozenset(conditions)
