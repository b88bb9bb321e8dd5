"""The direct choice of a health and social services centre or a dental unit (CLIENT-7) and its small machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from services.client.domain.choices.refusals import ChoiceTooEarly, GuidanceRequired, SupportRequired
from services.client.domain.guidance import ChoiceKind, Guidance, GuidanceKind
from services.kernel.machine import move


class ChoiceState(Enum):
    """The states of a choice."""

    IN_FORCE = "IN_FORCE"
    ENDED = "ENDED"


class ChoiceEnd(Enum):
    """Why a choice ended."""

    REPLACED = "REPLACED"
    MOVED = "MOVED"
    DECEASED = "DECEASED"
    MERGED = "MERGED"
    CONTRACT_ENDED = "CONTRACT_ENDED"


TRANSITIONS: dict[tuple[ChoiceState, str], ChoiceState] = {(ChoiceState.IN_FORCE, "end"): ChoiceState.ENDED}


@dataclass(eq=False, kw_only=True)
class DirectChoice:
    """A client's choice of a unit; until `earliest_change` it is not changed but for a move or an ended contract."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    kind: ChoiceKind
    provider_id: UUID
    unit_id: UUID
    contract_id: UUID
    guidance_id: UUID
    from_date: date
    earliest_change: date
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: ChoiceState = ChoiceState.IN_FORCE
    ended_date: date | None = None
    end_reason: ChoiceEnd | None = None
    version: int = 1

    def end(self, reason: ChoiceEnd, *, today: date, now: datetime) -> None:
        """It ends today; a choice ends once."""
        self.state = move(TRANSITIONS, self.state, "end", noun="a direct choice")
        self.ended_date, self.end_reason = today, reason
        self.version += 1
        self.updated_at = now

    def check_change(self, today: date) -> None:
        """CLIENT-7: the minimum period is over, else `ChoiceTooEarly`."""
        if today < self.earliest_change:
            raise ChoiceTooEarly("the choice in force can be changed only after its minimum period")


def guidance_for(
    records: Iterable[Guidance],
    *,
    kind: ChoiceKind,
    provider_id: UUID,
    attention: bool,
    valid_days: int,
    since: datetime | None,
    now: datetime,
) -> Guidance:
    """S1.12, S1.14: the record this choice rests on: for this kind, listing the provider, no older than `valid_days`,
    given after the choice in force was made (`since`), and of support when the client needs particular attention.
    """
    oldest = now - timedelta(days=valid_days)
    fitting = [
        record
        for record in records
        if record.choice_kind is kind
        and provider_id in record.option_provider_ids
        and record.created_at >= oldest
        and (since is None or record.created_at > since)
    ]
    if not fitting:
        raise GuidanceRequired("give guidance for this choice first; it lists the provider chosen and is not too old")
    enough = [record for record in fitting if record.kind is GuidanceKind.SUPPORT or not attention]
    if not enough:
        raise SupportRequired("the client needs particular attention: give support for this choice first")
    return max(enough, key=lambda record: record.created_at)
