"""The methods of PackageService about packages."""

from uuid import UUID

import grpc

from services.chassis.door import Door
from services.chassis.names import resource_id
from services.package import views
from services.package.domain.rules import Rules
from services.package.operations.draft_package import draft_package
from services.package.operations.draft_package_version import draft_package_version
from services.package.operations.publish_package import publish_package
from services.package.operations.retire_package import retire_package
from services.package.operations.update_package_draft import update_package_draft
from services.package.wire import resources
from services.package.wire.content import content_of
from sote.package.v1 import package_pb2, package_service_pb2_grpc
from sote.package.v1 import package_service_pb2 as pb

Context = grpc.ServicerContext


class PackageMethods(package_service_pb2_grpc.PackageServiceServicer):
    """Packages."""

    _door: Door
    _rules: Rules

    def DraftPackage(self, request: pb.DraftPackageRequest, context: Context) -> package_pb2.Package:
        """PACKAGE-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.package(
                draft_package(
                    session,
                    code=request.code,
                    content=content_of(request.content),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def UpdatePackageDraft(self, request: pb.UpdatePackageDraftRequest, context: Context) -> package_pb2.Package:
        """Another draft."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.package(
                update_package_draft(
                    session,
                    content=content_of(request.content),
                    package_id=resource_id(request.name, resources.PACKAGES),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def PublishPackage(self, request: pb.PublishPackageRequest, context: Context) -> package_pb2.Package:
        """PACKAGE-2, PACKAGE-3."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.package(
                publish_package(
                    session,
                    rules=self._rules,
                    package_id=resource_id(request.name, resources.PACKAGES),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def DraftPackageVersion(self, request: pb.DraftPackageVersionRequest, context: Context) -> package_pb2.Package:
        """PACKAGE-3."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.package(
                draft_package_version(
                    session, package_id=resource_id(request.name, resources.PACKAGES), etag=request.etag, now=call.now
                )
            ),
        )

    def RetirePackage(self, request: pb.RetirePackageRequest, context: Context) -> package_pb2.Package:
        """PACKAGE-4."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.package(
                retire_package(
                    session, package_id=resource_id(request.name, resources.PACKAGES), etag=request.etag, now=call.now
                )
            ),
        )

    def GetPackage(self, request: pb.GetPackageRequest, context: Context) -> package_pb2.Package:
        """One package."""
        return self._door.read(request, context, lambda session, call: views.get_package(session, request.name))

    def ListPackages(self, request: pb.ListPackagesRequest, context: Context) -> pb.ListPackagesResponse:
        """A page of packages."""
        return self._door.read(request, context, lambda session, call: views.list_packages(session, request))

    def MatchPackages(self, request: pb.MatchPackagesRequest, context: Context) -> pb.MatchPackagesResponse:
        """What suits a client (S1.36)."""
        return self._door.read(
            request,
            context,
            lambda session, call: views.match_packages(
                session, UUID(request.client_id), municipality_code=request.municipality_code
            ),
        )
