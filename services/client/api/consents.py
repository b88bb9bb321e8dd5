"""ConsentService: permissions and denials of disclosure."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.client.api.acting import require_own_client, require_own_organisation, require_self
from services.client.domain.consents.consent import ConsentTarget, Scope
from services.client.domain.refusals import NoRelationship, Unknown
from services.client.domain.rules import Rules
from services.client.operations.callers import is_client
from services.client.operations.consents.give_consent import give_consent
from services.client.operations.consents.revoke_consent import revoke_consent
from services.client.views import consents as views
from services.client.wire import consents as wire
from sote.client.v1 import consent_pb2
from sote.client.v1 import consent_service_pb2 as pb
from sote.client.v1.consent_service_pb2_grpc import ConsentServiceServicer

WHOLE = frozenset({"CSW", "CLI"})
"""The roles that read what a consent is about."""


class ConsentApi(ConsentServiceServicer):
    """Serves ConsentService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def GiveConsent(self, request: pb.GiveConsentRequest, call: Call, session: Session) -> consent_pb2.Consent:
        client_id, scope = UUID(request.client_id), wire.scope_from(request)
        _require_own_scope(session, call, client_id, scope)
        given = give_consent(
            session,
            client_id=client_id,
            scope=scope,
            informed=request.informed,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return wire.consent(given)

    @writes
    def RevokeConsent(self, request: pb.RevokeConsentRequest, call: Call, session: Session) -> consent_pb2.Consent:
        consent_id = resource_id(request.name, "consents")
        _require_own_consent(session, call, consent_id)
        revoked = revoke_consent(session, consent_id=consent_id, etag=request.etag, caller=call.caller, now=call.now)
        return wire.consent(revoked)

    @reads
    def ListConsents(self, request: pb.ListConsentsRequest, call: Call, session: Session) -> pb.ListConsentsResponse:
        require_own_client(session, call, UUID(request.client_id))
        return views.list_consents(session, request, whole=call.caller.role in WHOLE)

    @reads
    def CheckDisclosure(
        self, request: pb.CheckDisclosureRequest, call: Call, session: Session
    ) -> pb.CheckDisclosureResponse:
        require_own_organisation(call, request.controller)
        return views.check_disclosure(session, request, today=helsinki_date(call.now))


def _require_own_scope(session: Session, call: Call, client_id: UUID, scope: Scope) -> None:
    """A representative acts in its matters; but what keeps a guardian out is the minor's alone to give and take."""
    if scope.target is ConsentTarget.GUARDIAN:
        require_self(call, client_id)
    else:
        require_own_client(session, call, client_id, sector=scope.sector)


def _require_own_consent(session: Session, call: Call, consent_id: UUID) -> None:
    """To a client another client's consent does not exist (INV-14)."""
    try:
        _require_own_scope(session, call, *views.owner_and_scope(session, consent_id))
    except Unknown:
        if is_client(call.caller):
            raise NoRelationship from None
        raise
