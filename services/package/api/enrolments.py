"""The methods of PackageService about enrolments and sections."""

from uuid import UUID

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import resource_id
from services.chassis.values import day_of
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

    def ProposeEnrolment(self, request: pb.ProposeEnrolmentRequest, context: Context) -> enrolment_pb2.Enrolment:
        """ENROLMENT-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.enrolment(
                propose_enrolment(
                    session,
                    client_id=UUID(request.client_id),
                    package_id=UUID(request.package_id),
                    assessment_id=UUID(request.assessment_id),
                    exception_reason=request.exception_reason,
                    municipality_code=request.municipality_code,
                    from_date=day_of(request.from_date, "from_date"),
                    overrides=requests.overrides(request),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            ),
        )

    def AcceptEnrolment(self, request: pb.AcceptEnrolmentRequest, context: Context) -> enrolment_pb2.Enrolment:
        """ENROLMENT-2."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.enrolment(
                accept_enrolment(
                    session,
                    optional_codes=request.optional_item_codes,
                    enrolment_id=own_enrolment(session, call, request.name),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def DeclineEnrolment(self, request: pb.DeclineEnrolmentRequest, context: Context) -> enrolment_pb2.Enrolment:
        """ENROLMENT-2."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.enrolment(
                decline_enrolment(
                    session,
                    enrolment_id=own_enrolment(session, call, request.name),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def WithdrawEnrolment(self, request: pb.WithdrawEnrolmentRequest, context: Context) -> enrolment_pb2.Enrolment:
        """ENROLMENT-7."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.enrolment(
                withdraw_enrolment(
                    session,
                    enrolment_id=own_enrolment(session, call, request.name),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def CancelEnrolment(self, request: pb.CancelEnrolmentRequest, context: Context) -> enrolment_pb2.Enrolment:
        """ENROLMENT-7."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.enrolment(
                cancel_enrolment(
                    session,
                    reason=request.reason,
                    caller=call.caller,
                    enrolment_id=resource_id(request.name, resources.ENROLMENTS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def GetEnrolment(self, request: pb.GetEnrolmentRequest, context: Context) -> enrolment_pb2.Enrolment:
        """One enrolment."""
        return self._door.read(
            request,
            context,
            lambda session, call: views.get_enrolment(session, own_enrolment(session, call, request.name)),
        )

    def ListEnrolments(self, request: pb.ListEnrolmentsRequest, context: Context) -> pb.ListEnrolmentsResponse:
        """A page of a client's enrolments."""

        def act(session: Session, call: Call) -> pb.ListEnrolmentsResponse:
            own_client(session, call, UUID(request.client_id))
            return views.list_enrolments(session, request)

        return self._door.read(request, context, act)

    def GetSections(self, request: section_pb2.GetSectionsRequest, context: Context) -> section_pb2.GetSectionsResponse:
        """Package sections as last published, to a client of those it may act for."""
        return self._door.sections(request, context, is_own)
