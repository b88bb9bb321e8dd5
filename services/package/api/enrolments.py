"""The methods of PackageService about enrolments and sections."""

from uuid import UUID

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.package import views
from services.package.api.acting import is_own, own_client, own_enrolment
from services.package.operations.accept_enrolment import accept_enrolment
from services.package.operations.cancel_enrolment import cancel_enrolment
from services.package.operations.decline_enrolment import decline_enrolment
from services.package.operations.propose_enrolment import propose_enrolment
from services.package.operations.withdraw_enrolment import withdraw_enrolment
from services.package.wire import requests, resources
from sote.package.v1 import enrolment_pb2, package_service_pb2_grpc
from sote.package.v1 import package_service_pb2 as pb
from sote.type.v1 import section_pb2

Context = grpc.ServicerContext


class EnrolmentMethods(package_service_pb2_grpc.PackageServiceServicer):
    """Enrolments and sections."""

    _door: Door

    @writes
    def ProposeEnrolment(
        self, request: pb.ProposeEnrolmentRequest, call: Call, session: Session
    ) -> enrolment_pb2.Enrolment:
        enrolment = propose_enrolment(
            session,
            proposal=requests.proposal_from(request),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return resources.enrolment(enrolment)

    @writes
    def AcceptEnrolment(
        self, request: pb.AcceptEnrolmentRequest, call: Call, session: Session
    ) -> enrolment_pb2.Enrolment:
        enrolment = accept_enrolment(
            session,
            optional_codes=request.optional_item_codes,
            enrolment_id=own_enrolment(session, call, request.name),
            etag=request.etag,
            now=call.now,
        )
        return resources.enrolment(enrolment)

    @writes
    def DeclineEnrolment(
        self, request: pb.DeclineEnrolmentRequest, call: Call, session: Session
    ) -> enrolment_pb2.Enrolment:
        enrolment = decline_enrolment(
            session,
            enrolment_id=own_enrolment(session, call, request.name),
            etag=request.etag,
            now=call.now,
        )
        return resources.enrolment(enrolment)

    @writes
    def WithdrawEnrolment(
        self, request: pb.WithdrawEnrolmentRequest, call: Call, session: Session
    ) -> enrolment_pb2.Enrolment:
        enrolment = withdraw_enrolment(
            session,
            enrolment_id=own_enrolment(session, call, request.name),
            etag=request.etag,
            now=call.now,
        )
        return resources.enrolment(enrolment)

    @writes
    def CancelEnrolment(
        self, request: pb.CancelEnrolmentRequest, call: Call, session: Session
    ) -> enrolment_pb2.Enrolment:
        enrolment = cancel_enrolment(
            session,
            reason=request.reason,
            caller=call.caller,
            enrolment_id=resource_id(request.name, resources.ENROLMENTS),
            etag=request.etag,
            now=call.now,
        )
        return resources.enrolment(enrolment)

    @reads
    def GetEnrolment(self, request: pb.GetEnrolmentRequest, call: Call, session: Session) -> enrolment_pb2.Enrolment:
        return views.get_enrolment(session, own_enrolment(session, call, request.name))

    @reads
    def ListEnrolments(
        self, request: pb.ListEnrolmentsRequest, call: Call, session: Session
    ) -> pb.ListEnrolmentsResponse:
        own_client(session, call, UUID(request.client_id))
        return views.list_enrolments(session, request)

    def GetSections(self, request: section_pb2.GetSectionsRequest, context: Context) -> section_pb2.GetSectionsResponse:
        """Package sections as last published, to a client of those it may act for."""
        return self._door.sections(request, context, is_own)
