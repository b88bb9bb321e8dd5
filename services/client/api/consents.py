"""ConsentService: permissions and denials of disclosure."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door
from services.chassis.names import resource_id
from services.client.api.acting import own_client, own_organisation, own_self
from services.client.api.base import Context
from services.client.domain.consents.consent import ConsentTarget, Scope
from services.client.domain.refusals import NoRelationship, Unknown
from services.client.domain.rules import Rules
from services.client.operations.callers import is_client
from services.client.operations.consents.give_consent import give_consent
from services.client.operations.consents.revoke_consent import revoke_consent
from services.client.views import consents as views
from services.client.wire.consents import consent, giving
from sote.client.v1 import consent_pb2
from sote.client.v1 import consent_service_pb2 as pb
from sote.client.v1.consent_service_pb2_grpc import ConsentServiceServicer

WHOLE = frozenset({"CSW", "CLI"})


class ConsentApi(ConsentServiceServicer):
    """Serves ConsentService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def GiveConsent(self, request: pb.GiveConsentRequest, context: Context) -> consent_pb2.Consent:
        """5.5."""

        def act(session: Session, call: Call) -> consent_pb2.Consent:
            told = giving(request)
            _own_scope(session, call, told["client_id"], told["scope"])
            return consent(
                give_consent(
                    session,
                    **told,
                    rules=self._rules,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            )

        return self._door.write(request, context, act)

    def RevokeConsent(self, request: pb.RevokeConsentRequest, context: Context) -> consent_pb2.Consent:
        """5.5."""
        uid = resource_id(request.name, "consents")

        def act(session: Session, call: Call) -> consent_pb2.Consent:
            _own_consent(session, call, uid)
            return consent(revoke_consent(session, consent_id=uid, etag=request.etag, caller=call.caller, now=call.now))

        return self._door.write(request, context, act)

    def ListConsents(self, request: pb.ListConsentsRequest, context: Context) -> pb.ListConsentsResponse:
        """A client's permissions and denials."""

        def act(session: Session, call: Call) -> pb.ListConsentsResponse:
            own_client(session, call, UUID(request.client_id))
            return views.list_consents(session, request, whole=call.caller.role in WHOLE)

        return self._door.read(request, context, act)

    def CheckDisclosure(self, request: pb.CheckDisclosureRequest, context: Context) -> pb.CheckDisclosureResponse:
        """Whether something may be disclosed."""

        def act(session: Session, call: Call) -> pb.CheckDisclosureResponse:
            own_organisation(call, request.controller)
            return views.check_disclosure(session, request, today=helsinki_date(call.now))

        return self._door.read(request, context, act)


def _own_scope(session: Session, call: Call, client_id: UUID, scope: Scope) -> None:
    """A representative acts in its matters; but what keeps a guardian out is the minor's alone to give and take."""
    if scope.target is ConsentTarget.GUARDIAN:
        own_self(call, client_id)
    else:
        own_client(session, call, client_id, sector=scope.sector)


def _own_consent(session: Session, call: Call, consent_id: UUID) -> None:
    """To a client another's consent is as none (INV-14)."""
    try:
        _own_scope(session, call, *views.owner_and_scope(session, consent_id))
    except Unknown:
        if is_client(call.caller):
            raise NoRelationship from None
        raise
