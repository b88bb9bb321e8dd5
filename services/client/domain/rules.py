"""The parameters of the client service's rules, as one frozen value."""

from dataclasses import dataclass, field

from services.client.domain.clients.identity_code import ARTIFICIAL, NumberRange
from services.client.domain.deadlines.limits import DeadlineRule


@dataclass(frozen=True)
class Rules:
    """Days are calendar days; `municipalities` are the county's own, three-digit codes."""

    municipalities: frozenset[str] = frozenset()
    deadlines: tuple[DeadlineRule, ...] = ()
    identity_range: NumberRange = field(default=ARTIFICIAL)
    fast_track_age: int = 75
    reuse_days: int = 90
    plan_min_days: int = 60
    appeal_days: int = 30
    warn_weekdays: int = 2
    eves_count: bool = True
    choice_min_months: int = 6
    guidance_valid_days: int = 90
    frequent_contacts: int = 10
    minor_decides_age: int = 12
