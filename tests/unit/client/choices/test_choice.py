"""The direct choice: its machine, its minimum period and its months."""

from datetime import date
from itertools import product
from uuid import UUID, uuid4

import pytest

from services.client.domain.choices.choice import TRANSITIONS, ChoiceEnd, ChoiceState, DirectChoice, guidance_for
from services.client.domain.choices.refusals import ChoiceTooEarly, GuidanceRequired
from services.client.domain.clients.people import Language
from services.client.domain.contacts import Channel
from services.client.domain.days import months_later
from services.client.domain.guidance import ChoiceKind, Guidance, GuidanceKind
from services.kernel.refusal import IllegalTransition
from tests.builders.client.people import NOW, TODAY


def choice(status: ChoiceState = ChoiceState.IN_FORCE) -> DirectChoice:
    return DirectChoice(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        kind=ChoiceKind.HSSC,
        provider_id=uuid4(),
        unit_id=uuid4(),
        contract_id=uuid4(),
        guidance_id=uuid4(),
        from_date=TODAY,
        earliest_change=date(2025, 7, 14),
        created_at=NOW,
        created_by="somebody",
        updated_at=NOW,
        state=status,
    )


@pytest.mark.parametrize(("state", "command"), list(product(ChoiceState, ["end"])))
def test_every_state_with_every_command_CLIENT_7(state: ChoiceState, command: str) -> None:
    one = choice(state)
    if (state, command) in TRANSITIONS:
        one.end(ChoiceEnd.REPLACED, today=TODAY, now=NOW)
        assert (one.state, one.ended_date, one.version) == (ChoiceState.ENDED, TODAY, 2)
        return
    with pytest.raises(IllegalTransition):
        one.end(ChoiceEnd.REPLACED, today=TODAY, now=NOW)
    assert one.version == 1


def test_the_first_day_of_change_is_free_CLIENT_7() -> None:
    with pytest.raises(ChoiceTooEarly):
        choice().check_change(date(2025, 7, 13))
    choice().check_change(date(2025, 7, 14))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2025-01-07", 6, "2025-07-07"), ("2025-08-31", 6, "2026-02-28"), ("2025-12-31", 12, "2026-12-31")],
)
def test_months_end_on_the_same_day_number_or_the_last_CLIENT_7(start: str, months: int, end: str) -> None:
    assert months_later(date.fromisoformat(start), months) == date.fromisoformat(end)


def guided(*options: UUID) -> Guidance:
    """Advice given now on a choice of a centre, listing these providers."""
    return Guidance(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        kind=GuidanceKind.ADVICE,
        giver_organisation_id=uuid4(),
        unit_id=None,
        channel=Channel.PHONE,
        topic="",
        voucher_id=None,
        option_provider_ids=options,
        options_digest="",
        language=Language.FI,
        client_understood=True,
        created_at=NOW,
        created_by="somebody",
        choice_kind=ChoiceKind.HSSC,
    )


def test_the_provider_chosen_stood_in_the_guidance_INV_23() -> None:
    listed, contracted_since = uuid4(), uuid4()
    record = guided(listed)

    def rests_on(provider_id: UUID) -> Guidance:
        kind = ChoiceKind.HSSC
        return guidance_for(
            [record], kind=kind, provider_id=provider_id, attention=False, valid_days=90, since=None, now=NOW
        )

    assert rests_on(listed) is record
    with pytest.raises(GuidanceRequired):
        rests_on(contracted_since)
