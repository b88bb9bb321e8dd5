"""S1.12: guidance, advice or support on freedom of choice is given."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.choices.refusals import OptionsIncomplete
from services.client.domain.guidance import Advice, Guidance, check_guidance, options_digest
from services.client.domain.refusals import NoRelationship
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.operations.callers import county_of, is_direct_provider, organisation_of, require_organisation
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.relationships.relationship import give_days
from services.client.storage import choices
from services.client.storage.clients import client as clients
from services.client.storage.clients.client import load_client
from services.client.wire.guidance import guidance_given


def give_guidance(
    session: Session,
    *,
    client_id: UUID | None,
    advice: Advice,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Guidance:
    """Record what was given, with the providers as shown and the digest of that list (INV-23)."""
    _check_enrolled(session, client_id, caller)
    _check(session, client_id, advice, now)
    guidance = Guidance(
        id=new_id(),
        **county_of(caller),
        client_id=client_id,
        kind=advice.kind,
        giver_organisation_id=require_organisation(caller),
        unit_id=advice.unit_id,
        channel=advice.channel,
        topic=advice.topic,
        voucher_id=advice.voucher_id,
        option_provider_ids=advice.option_provider_ids,
        options_digest=options_digest(advice.option_provider_ids),
        language=advice.language,
        client_understood=advice.client_understood,
        created_at=now,
        created_by=caller.subject,
        choice_kind=advice.choice_kind,
        list_digest=advice.list_digest,
    )
    session.add(guidance)
    return _recorded(session, guidance, new_id())


def _check_enrolled(session: Session, client_id: UUID | None, caller: Caller) -> None:
    """S1.13: a centre or a dental unit guides the clients who chose it; to it, anybody else's client is as none."""
    if client_id is None or not is_direct_provider(caller):
        return
    enrolled = {choice.provider_id for choice in choices.in_force(session, client_id).values()}
    if organisation_of(caller) not in enrolled:
        raise NoRelationship


def _check(session: Session, client_id: UUID | None, advice: Advice, now: datetime) -> None:
    """A closed client chooses nothing (INV-16), other guidance is given to anybody; a direct choice is made among all
    providers that can be chosen (INV-23).
    """
    check_guidance(client_id, advice)
    if client_id is not None:
        client = load_client(session, client_id)
        if advice.voucher_id or advice.choice_kind:
            client.require_open()
    if advice.choice_kind is not None:
        eligible = choices.eligible(session, advice.choice_kind, helsinki_date(now)).values()
        if set(advice.option_provider_ids) != {provider for provider, _ in eligible}:
            raise OptionsIncomplete("the options are not all providers that can be chosen today, or others than these")


def _recorded(session: Session, guidance: Guidance, new_id: UUID) -> Guidance:
    announce(session, guidance_given(guidance), aggregate="guidance", aggregate_id=guidance.id, version=1)
    if guidance.client_id is not None:
        client, now = clients.get_client(session, guidance.client_id), guidance.created_at
        tie = Tie(RelationshipKind.GUIDANCE, guidance.giver_organisation_id, guidance.unit_id)
        give_days(session, client=client, source_id=guidance.id, tie=tie, now=now, new_id=new_id)
        publish_client(session, client.id, now)
    return guidance
