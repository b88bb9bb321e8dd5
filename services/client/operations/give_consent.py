"""5.5: a client permits or denies disclosure."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.client import Client, ClientStatus
from services.client.domain.consent import Consent, ConsentTarget, Scope, check_minor, check_scope
from services.client.domain.identity_code import age_on
from services.client.domain.refusals import ClientClosed
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of, is_client
from services.client.storage import clients, copies
from services.client.wire.consents import consent_changed


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
    client = clients.lock(session, client_id)
    if client.status in {ClientStatus.DECEASED, ClientStatus.MERGED}:
        raise ClientClosed(client.status.value)
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
    return tell_consent(session, consent)


def tell_consent(session: Session, consent: Consent) -> Consent:
    """Announce what the client permits or denies now."""
    fact = consent_changed(consent)
    announce(session, fact, aggregate="consents", aggregate_id=consent.id, version=consent.version)
    return consent


def _age(client: Client, now: datetime) -> int | None:
    born = client.person.birth_date
    return age_on(born, helsinki_date(now)) if born else None
