"""ContactService: contacts of clients, of prospects, and anonymous ones."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.values import id_of
from services.chassis.weekdays import FinnishCalendar
from services.client.api.acting import require_own_client
from services.client.domain.rules import Rules
from services.client.operations.contacts.record_contact import record_contact
from services.client.views import contacts as views
from services.client.wire import contacts as wire
from sote.client.v1 import contact_pb2
from sote.client.v1 import contact_service_pb2 as pb
from sote.client.v1.contact_service_pb2_grpc import ContactServiceServicer


class ContactApi(ContactServiceServicer):
    """Serves ContactService."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules
        self._calendar = FinnishCalendar(eves_count=rules.eves_count)

    @writes
    def RecordContact(self, request: pb.RecordContactRequest, call: Call, session: Session) -> contact_pb2.Contact:
        client_id = id_of(request.client_id)
        if client_id:
            require_own_client(session, call, client_id)
        recorded = record_contact(
            session,
            client_id=client_id,
            prospect=wire.prospect_from(request),
            report=wire.report_from(request),
            rules=self._rules,
            calendar=self._calendar,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.contact(recorded)

    @reads
    def GetContact(self, request: pb.GetContactRequest, call: Call, session: Session) -> contact_pb2.Contact:
        return views.get_contact(session, request.name)
