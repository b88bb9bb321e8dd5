"""The methods of PackageService about packages."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.package import views
from services.package.domain.rules import Rules
from services.package.operations.draft_package import draft_package
from services.package.operations.draft_package_version import draft_package_version
from services.package.operations.publish_package import publish_package
from services.package.operations.retire_package import retire_package
from services.package.operations.update_package_draft import update_package_draft
from services.package.wire import resources
from services.package.wire.content import content_from
from sote.package.v1 import package_pb2, package_service_pb2_grpc
from sote.package.v1 import package_service_pb2 as pb


class PackageMethods(package_service_pb2_grpc.PackageServiceServicer):
    """Packages."""

    _door: Door
    _rules: Rules

    @writes
    def DraftPackage(self, request: pb.DraftPackageRequest, call: Call, session: Session) -> package_pb2.Package:
        package = draft_package(
            session,
            code=request.code,
            content=content_from(request.content),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resources.package(package)

    @writes
    def UpdatePackageDraft(
        self, request: pb.UpdatePackageDraftRequest, call: Call, session: Session
    ) -> package_pb2.Package:
        package = update_package_draft(
            session,
            content=content_from(request.content),
            package_id=resource_id(request.name, resources.PACKAGES),
            etag=request.etag,
            now=call.now,
        )
        return resources.package(package)

    @writes
    def PublishPackage(self, request: pb.PublishPackageRequest, call: Call, session: Session) -> package_pb2.Package:
        package = publish_package(
            session,
            rules=self._rules,
            package_id=resource_id(request.name, resources.PACKAGES),
            etag=request.etag,
            now=call.now,
        )
        return resources.package(package)

    @writes
    def DraftPackageVersion(
        self, request: pb.DraftPackageVersionRequest, call: Call, session: Session
    ) -> package_pb2.Package:
        package = draft_package_version(
            session, package_id=resource_id(request.name, resources.PACKAGES), etag=request.etag, now=call.now
        )
        return resources.package(package)

    @writes
    def RetirePackage(self, request: pb.RetirePackageRequest, call: Call, session: Session) -> package_pb2.Package:
        package = retire_package(
            session, package_id=resource_id(request.name, resources.PACKAGES), etag=request.etag, now=call.now
        )
        return resources.package(package)

    @reads
    def GetPackage(self, request: pb.GetPackageRequest, call: Call, session: Session) -> package_pb2.Package:
        return views.get_package(session, request.name)

    @reads
    def ListPackages(self, request: pb.ListPackagesRequest, call: Call, session: Session) -> pb.ListPackagesResponse:
        return views.list_packages(session, request)

    @reads
    def MatchPackages(self, request: pb.MatchPackagesRequest, call: Call, session: Session) -> pb.MatchPackagesResponse:
        return views.match_packages(session, UUID(request.client_id), municipality_code=request.municipality_code)
