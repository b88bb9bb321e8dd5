"""Calls to the five services, in the caller's own name and all within one budget of time."""

import asyncio
from collections.abc import Iterable, Mapping
from uuid import UUID

import grpc

from services.chassis.grpc_peer import PeerSilent, ask, channel_to
from services.chassis.refusals import Relayed
from services.chassis.values import id_text
from services.gateway import wire
from services.gateway.domain.record import BY_MESSAGE, Answer
from sote.careplan.v1 import careplan_service_pb2_grpc
from sote.client.v1 import (
    client_service_pb2,
    client_service_pb2_grpc,
    relationship_service_pb2,
    relationship_service_pb2_grpc,
    representative_service_pb2,
    representative_service_pb2_grpc,
)
from sote.package.v1 import package_service_pb2_grpc
from sote.provider.v1 import provider_service_pb2, provider_service_pb2_grpc
from sote.type.v1 import section_pb2
from sote.voucher.v1 import voucher_service_pb2, voucher_service_pb2_grpc

BUDGET_SECONDS = 2.0
"""What the services get together for one record; one that needs longer is told as STALE or UNAVAILABLE."""


class Peers:
    """Channels to the services at these addresses ("voucher" to "host:port"); they connect when first needed."""

    def __init__(self, addresses: Mapping[str, str], *, budget: float = BUDGET_SECONDS) -> None:
        self._budget = budget
        self._channels = {service: channel_to(address) for service, address in addresses.items()}
        channels = self._channels
        self._client = client_service_pb2_grpc.ClientServiceStub(channels["client"])
        self._representatives = representative_service_pb2_grpc.RepresentativeServiceStub(channels["client"])
        self._relationships = relationship_service_pb2_grpc.RelationshipServiceStub(channels["client"])
        self._provider = provider_service_pb2_grpc.ProviderServiceStub(channels["provider"])
        self._voucher = voucher_service_pb2_grpc.VoucherServiceStub(channels["voucher"])
        careplan = careplan_service_pb2_grpc.CareplanServiceStub(channels["careplan"])
        package = package_service_pb2_grpc.PackageServiceStub(channels["package"])
        self._sections = {
            "client": self._client.GetSections,
            "careplan": careplan.GetSections,
            "voucher": self._voucher.GetSections,
            "package": package.GetSections,
        }

    async def close(self) -> None:
        """Give the connections back."""
        await asyncio.gather(*(channel.close() for channel in self._channels.values()))

    async def sections(self, client_id: UUID, services: Iterable[str]) -> Mapping[str, Answer]:
        """What each of these services says of the client now; one that does not answer says why."""
        asked = sorted(services)
        answers = await asyncio.gather(*(self._answer(service, client_id) for service in asked))
        return dict(zip(asked, answers, strict=True))

    async def provider_summaries(self, provider_ids: Iterable[UUID]) -> Mapping[UUID, bytes]:
        """Summaries of the providers that the provider service knows; raises `Relayed` or `PeerSilent`."""
        request = provider_service_pb2.BatchGetProviderSummariesRequest(
            provider_ids=[str(provider_id) for provider_id in sorted(provider_ids)]
        )
        method = self._provider.BatchGetProviderSummaries
        reply = await ask(method, request, service="provider", seconds=self._budget)
        return {UUID(summary.provider_id): summary.SerializeToString() for summary in reply.summaries}

    async def may_act(self, representative: str, client_id: UUID) -> bool:
        """Whether one client may act for another now; raises `Relayed` or `PeerSilent`."""
        request = representative_service_pb2.CheckRepresentationRequest(
            representative_client_id=representative, client_id=str(client_id)
        )
        method = self._representatives.CheckRepresentation
        reply = await ask(method, request, service="client", seconds=self._budget)
        return reply.permitted

    async def has_relationship(self, client_id: UUID, organisation_id: UUID, unit_id: UUID | None) -> bool:
        """Whether the organisation has a relationship with the client now; raises `Relayed` or `PeerSilent`."""
        request = relationship_service_pb2.CheckRelationshipRequest(
            client_id=str(client_id), organisation_id=str(organisation_id), unit_id=id_text(unit_id)
        )
        method = self._relationships.CheckRelationship
        reply = await ask(method, request, service="client", seconds=self._budget)
        return bool(reply.kinds)

    async def find_client(self, identity_code: str) -> UUID:
        """The client with this personal identity code; raises `Relayed` or `PeerSilent`."""
        request = client_service_pb2.FindClientRequest(identity_code=identity_code)
        method = self._client.FindClient
        reply = await ask(method, request, service="client", seconds=self._budget)
        return UUID(reply.uid)

    async def eligible_providers(self, voucher_id: UUID) -> voucher_service_pb2.ListEligibleProvidersResponse:
        """All providers the voucher may be used at, in neutral order; raises `Relayed` or `PeerSilent`."""
        request = voucher_service_pb2.ListEligibleProvidersRequest(name=f"vouchers/{voucher_id}")
        method = self._voucher.ListEligibleProviders
        return await ask(method, request, service="voucher", seconds=self._budget)

    async def _answer(self, service: str, client_id: UUID) -> Answer:
        request = section_pb2.GetSectionsRequest(client_ids=[str(client_id)])
        try:
            reply = await ask(self._sections[service], request, service=service, seconds=self._budget)
        except PeerSilent as silence:
            return Answer({}, silence.code)
        except Relayed as refusal:
            # Not withheld by our policy, yet refused there: told with the status, never as if there were nothing.
            return Answer({}, _code_name(refusal.status.code))
        own = (section for section in reply.sections if section.client_id == str(client_id))
        return Answer({section.section: wire.copy_of(section) for section in own if section.section in BY_MESSAGE})


def _code_name(number: int) -> str:
    return next(code.name for code in grpc.StatusCode if code.value[0] == number)
