"""The gRPC methods of ClauseService."""

import grpc

from services.chassis.door import Door
from services.provider import views
from services.provider.operations.put_clause_template import put_clause_template
from services.provider.wire.clauses import template_message, template_of
from sote.provider.v1 import clause_service_pb2 as pb
from sote.provider.v1 import clause_service_pb2_grpc

Context = grpc.ServicerContext


class ClauseApi(clause_service_pb2_grpc.ClauseServiceServicer):
    """Serves ClauseService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def PutClauseTemplate(self, request: pb.PutClauseTemplateRequest, context: Context) -> pb.ClauseTemplate:
        """S1.43b."""
        return self._door.write(
            request,
            context,
            lambda session, call: template_message(
                put_clause_template(
                    session,
                    template=template_of(request.template),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def ListClauseTemplates(
        self, request: pb.ListClauseTemplatesRequest, context: Context
    ) -> pb.ListClauseTemplatesResponse:
        """Every template that holds."""
        return self._door.read(request, context, lambda session, call: views.list_clause_templates(session))
