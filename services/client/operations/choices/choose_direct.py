"""CLIENT-7: a client chooses a health and social services centre or a dental unit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.choices.choice import ChoiceEnd, DirectChoice, guidance_for
from services.client.domain.choices.refusals import UnitNotEligible
from services.client.domain.clients.client import Client, ClientState
from services.client.domain.days import months_later
from services.client.domain.guidance import ChoiceKind, Guidance
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of
from services.client.operations.choices.choice import end_choice
from services.client.operations.clients.client import open_matter
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.relationships.relationship import open_relationship
from services.client.storage import choices
from services.client.storage.clients.client import load_client
from services.client.storage.guidance import guidance
from services.client.storage.neighbours import contract
from services.client.wire.choices import direct_choice_made


def choose_direct(
    session: Session,
    *,
    client_id: UUID,
    kind: ChoiceKind,
    unit_id: UUID,
    etag: str,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> DirectChoice:
    """Choose the unit from today; it takes the place of the choice in force. The same unit again changes nothing."""
    client = load_client(session, client_id, etag)
    client.check("choose_direct")
    today = helsinki_date(now)
    previous = choices.in_force(session, client_id).get(kind)
    if previous and previous.unit_id == unit_id:
        return previous
    provider_id, contract_id = choices.eligible(session, kind, today).get(unit_id) or _refused()
    if previous and previous.contract_id not in contract.contracts_over(session, today):
        previous.check_change(today)
    rests_on = _guidance(session, client, kind=kind, provider_id=provider_id, previous=previous, rules=rules, now=now)
    if previous:
        end_choice(session, previous, ChoiceEnd.REPLACED, now)
    choice = DirectChoice(
        id=new_id(),
        **county_of(caller),
        client_id=client_id,
        kind=kind,
        provider_id=provider_id,
        unit_id=unit_id,
        contract_id=contract_id,
        guidance_id=rests_on.id,
        from_date=today,
        earliest_change=months_later(today, rules.choice_min_months),
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    return _chosen(session, client, choice, now, new_id())


def _refused() -> tuple[UUID, UUID]:
    raise UnitNotEligible("the unit is no such unit with a direct-choice contract in force today")


def _guidance(
    session: Session,
    client: Client,
    *,
    kind: ChoiceKind,
    provider_id: UUID,
    previous: DirectChoice | None,
    rules: Rules,
    now: datetime,
) -> Guidance:
    return guidance_for(
        guidance.for_choices(session, client.id, now - timedelta(days=rules.guidance_valid_days)),
        kind=kind,
        provider_id=provider_id,
        attention=bool(client.flags_in_force()),
        valid_days=rules.guidance_valid_days,
        since=previous.created_at if previous else None,
        now=now,
    )


def _chosen(session: Session, client: Client, choice: DirectChoice, now: datetime, new_id: UUID) -> DirectChoice:
    session.add(choice)
    session.flush()
    announce(session, direct_choice_made(choice), aggregate="directChoices", aggregate_id=choice.id, version=1)
    tie = Tie(RelationshipKind.DIRECT_CHOICE, choice.provider_id, choice.unit_id)
    open_relationship(session, client=client, source_id=choice.id, tie=tie, now=now, new_id=new_id)
    if client.state is not ClientState.PROSPECT:
        open_matter(session, client=client, now=now)
    publish_client(session, client.id, now)
    return choice
