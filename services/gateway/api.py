"""What callers ask of the gateway."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import grpc

from services.chassis.call_state import CALL
from services.chassis.clock import Clock, helsinki_date
from services.chassis.gate import STAFF, uuid_or_none
from services.chassis.grpc_peer import PeerSilent
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.policy import NoRelationship, Policy
from services.chassis.refusals import Relayed, Unavailable
from services.chassis.values import id_of
from services.chassis.words import name_of
from services.gateway import views, wire
from services.gateway.domain.inconsistencies import inconsistencies
from services.gateway.domain.min_version import BadToken, needed_versions
from services.gateway.domain.record import (
    BY_MESSAGE,
    COUNTY_ROLES,
    KINDS,
    Answer,
    ClientUnknown,
    NotOwnRecord,
    Part,
    RecordUnreadable,
    SectionStatus,
    part_of,
    services_to_ask,
)
from services.gateway.peers import Peers
from sote.gateway.v1 import choice_pb2, gateway_service_pb2, gateway_service_pb2_grpc, record_pb2

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    ClientUnknown: grpc.StatusCode.NOT_FOUND,
    NotOwnRecord: grpc.StatusCode.PERMISSION_DENIED,
    BadToken: grpc.StatusCode.INVALID_ARGUMENT,
    RecordUnreadable: grpc.StatusCode.UNAVAILABLE,
}
ROLES_WITHOUT_FINDINGS = frozenset({"HSP", "PRV"})
"""Who is shown parts of a record alone: what does not fit in the rest is not theirs to know (ACCESS-3)."""
SUMMARY = "sote.provider.v1.ProviderSummary"
CLIENT = KINDS[0].message


class GatewayApi(gateway_service_pb2_grpc.GatewayServiceServicer):
    """Composes; holds no rule of its own beyond how a record is put together."""

    def __init__(self, *, pool: Any, peers: Peers, policy: Policy, clock: Clock) -> None:
        self._pool = pool
        self._peers = peers
        self._policy = policy
        self._clock = clock

    async def GetRecord(self, request: gateway_service_pb2.GetRecordRequest, context: object) -> bytes:  # type: ignore[override]  # finished bytes, see AioApi
        """The integrated record as finished bytes."""
        client_id, caller = UUID(request.client_id), CALL.get().identified()
        if caller.role == "CLI" and not await self._is_own(caller.subject, client_id):
            raise NotOwnRecord("a client may read the own record, and of those whom it represents")
        if caller.role in STAFF and not await self._is_related(caller, client_id):
            raise NoRelationship
        fresh = request.consistency == gateway_service_pb2.CONSISTENCY_FRESH
        return await self._record(client_id, caller, needed_versions(request.min_version, client_id), fresh=fresh)

    async def SearchClient(
        self, request: gateway_service_pb2.SearchClientRequest, context: object
    ) -> gateway_service_pb2.SearchClientResponse:
        """The client with a personal identity code."""
        found = await self._peers.find_client(request.identity_code)
        return gateway_service_pb2.SearchClientResponse(client_id=str(found))

    async def ListInconsistencies(
        self, request: gateway_service_pb2.ListInconsistenciesRequest, context: object
    ) -> gateway_service_pb2.ListInconsistenciesResponse:
        """What does not fit together in clients' records."""
        days = request.older_than_days
        shown, token = await views.findings(
            self._pool,
            page_of(request),
            before=self._clock() - timedelta(days=days) if days else None,
            kind=name_of(record_pb2.InconsistencyKind, request.kind) if request.kind else "",
            owner_id=id_of(request.owner_organisation_id, "owner_organisation_id"),
        )
        return gateway_service_pb2.ListInconsistenciesResponse(
            inconsistencies=map(wire.client_inconsistency, shown), next_page_token=token
        )

    async def ListChoices(
        self, request: gateway_service_pb2.ListChoicesRequest, context: object
    ) -> choice_pb2.ChoiceList:
        """All that may be chosen for a voucher."""
        voucher_id = UUID(request.voucher_id)
        eligible = await self._peers.eligible_providers(voucher_id)
        known = await views.provider_summaries(
            self._pool, {UUID(provider.provider_id) for provider in eligible.providers}
        )
        return wire.choices(voucher_id, eligible, known, self._clock())

    async def _is_own(self, subject: str, client_id: UUID) -> bool:
        """The client's own record, or that of one whom it represents: asked anew each time, so that it ends at once."""
        return subject == str(client_id) or await self._peers.may_act(subject, client_id)

    async def _is_related(self, caller: Caller, client_id: UUID) -> bool:
        """Whether the caller's organisation has a relationship with the client (INV-14).

        A no of the copy may be a fact that is still on its way, so the client service has the last word.
        """
        organisation, unit = uuid_or_none(caller.organisation), uuid_or_none(caller.unit)
        if organisation is None:
            return False
        today = helsinki_date(self._clock())
        if await views.has_relationship(self._pool, client_id, organisation, unit, today):
            return True
        return await self._peers.has_relationship(client_id, organisation, unit)

    async def _record(self, client_id: UUID, caller: Caller, needed: Mapping[str, int], *, fresh: bool) -> bytes:
        readable = frozenset(name for name in BY_MESSAGE if self._policy.may_read_section(caller, name))
        mark = wire.SANCTIONED if caller.role in COUNTY_ROLES else b""
        stored = await views.stored_record(self._pool, client_id, mark=mark)
        asked = services_to_ask(stored.sections, needed, readable=readable, fresh=fresh)
        answers = await self._peers.sections(client_id, asked)
        _require_client(CLIENT in stored.sections, answers.get("client"))
        sections = [
            part_of(
                kind,
                readable=kind.message in readable,
                stored=stored.sections.get(kind.message),
                answer=answers.get(kind.service),
                needed=needed.get(kind.message, 0),
            )
            for kind in KINDS
        ]
        parts = wire.redacted(caller, sections, stored.sections.get(CLIENT))
        status, reason, summaries = await self._providers(caller, parts, stored.summaries, mark, fresh=fresh)
        now = self._clock()
        bodies = [summaries[provider_id] for provider_id in sorted(summaries)]
        findings = (
            ()
            if caller.role in ROLES_WITHOUT_FINDINGS
            else inconsistencies(wire.outline_of(str(client_id), parts, bodies), helsinki_date(now))
        )
        return wire.record_bytes(
            client_id, parts, summaries=bodies, providers=(status, reason), findings=findings, now=now
        )

    async def _providers(
        self, caller: Caller, parts: Sequence[Part], stored: Mapping[UUID, bytes], mark: bytes, *, fresh: bool
    ) -> tuple[SectionStatus, str, Mapping[UUID, bytes]]:
        """The summaries of the providers that the sections shown name, and how it stands with them."""
        if not self._policy.may_read_section(caller, SUMMARY):
            return SectionStatus.WITHHELD, "", {}
        named = frozenset(provider for part in parts if part.copy is not None for provider in part.copy.providers)
        if not named:
            return SectionStatus.NOT_APPLICABLE, "", {}
        reason, known = "", {provider_id: stored[provider_id] for provider_id in named & stored.keys()}
        if fresh or named - known.keys():
            known |= await views.provider_summaries(self._pool, named - known.keys(), mark=mark)
        if fresh:
            try:
                known |= await self._peers.provider_summaries(named)
            except (PeerSilent, Relayed) as failure:
                reason = failure.code if isinstance(failure, PeerSilent) else "REFUSED"
        if named - known.keys():
            return SectionStatus.UNAVAILABLE, reason or "PROVIDER_UNKNOWN", known
        return (SectionStatus.STALE if reason else SectionStatus.COMPLETE), reason, known


def _require_client(stored: bool, answer: Answer | None) -> None:
    """Refuse what nobody knows; when the one who would know is silent, that is not a no."""
    if answer is not None and not answer.failure and CLIENT not in answer.sections:
        raise ClientUnknown("no such client")
    if not stored and (answer is None or answer.failure):
        if answer is not None:
            raise Unavailable("whether there is such a client cannot be said now")
        raise ClientUnknown("no such client")
