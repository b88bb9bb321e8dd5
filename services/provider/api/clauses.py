"""The gRPC methods of ClauseService."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.provider import views
from services.provider.operations.put_clause_template import put_clause_template
from services.provider.wire.clauses import template_from, template_message
from sote.provider.v1 import clause_service_pb2 as pb
from sote.provider.v1 import clause_service_pb2_grpc


class ClauseApi(clause_service_pb2_grpc.ClauseServiceServicer):
    """Serves ClauseService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def PutClauseTemplate(
        self, request: pb.PutClauseTemplateRequest, call: Call, session: Session
    ) -> pb.ClauseTemplate:
        template = put_clause_template(
            session,
            template=template_from(request.template),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return template_message(template)

    @reads
    def ListClauseTemplates(
        self, request: pb.ListClauseTemplatesRequest, call: Call, session: Session
    ) -> pb.ListClauseTemplatesResponse:
        return views.list_clause_templates(session)
