"""CONSENT-3: a client permits or denies disclosure."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.clients.client import Client, ClientState
from services.client.domain.clients.identity_code import age_on
from services.client.domain.clients.refusals import ClientClosed
from services.client.domain.consents.consent import Consent, ConsentTarget, Scope, check_minor, check_scope
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of, is_client
from services.client.operations.consents.consent import announce_consent
from services.client.storage.clients.client import load_client
from services.client.storage.neighbours import provider as copies


def give_consent(
    session: Session,
    *,
    client_id: UUID,
    scope: Scope,
    informed: bool,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Consent:
    """Record what the client permits or denies; who moved away may still permit a disclosure to the new county."""
    client = load_client(session, client_id)
    if client.state in {ClientState.DECEASED, ClientState.MERGED}:
        raise ClientClosed(f"a client in state {client.state.value} permits and denies nothing")
    check_scope(scope, informed=informed, roles=copies.roles(session, scope.target_id), own_county=caller.county)
    if scope.target is ConsentTarget.GUARDIAN:
        check_minor(_age(client, now), self_told=is_client(caller), decides_age=rules.minor_decides_age)
    consent = Consent(
        id=new_id,
        **county_of(caller),
        client_id=client_id,
        scope=scope,
        created_at=now,
        created_by=caller.subject,
    )
    session.add(consent)
    session.flush()
    return announce_consent(session, consent)


def _age(client: Client, now: datetime) -> int | None:
    born = client.person.birth_date
    return age_on(born, helsinki_date(now)) if born else None
