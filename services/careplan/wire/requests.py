"""Requests as arguments of operations."""

from collections.abc import Callable
from uuid import UUID

from services.careplan.domain.chains.chain_step import Asked, Urgency
from services.careplan.domain.deliveries.delivery import DeviationCause, Given
from services.careplan.domain.lifecycle.draft_changes import DraftChanges
from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.line_rules import Wish
from services.careplan.domain.terms import OperatorKind, StatutoryKind
from services.careplan.domain.transfers.operator_transfer import Target
from services.careplan.wire.statutory import section_from
from services.chassis.identity import Caller
from services.chassis.names import uuid_of
from services.chassis.values import day_of, id_of
from services.chassis.words import word, word_or_none, words
from services.kernel.care import Arrangement, CareUnit, DeliveryMode, NeedDomain
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import chain_pb2, delivery_pb2, plan_pb2, statutory_pb2
from sote.careplan.v1 import chain_service_pb2 as chain_rpc
from sote.careplan.v1 import operator_transfer_service_pb2 as transfer_rpc
from sote.type.v1 import care_pb2


def organisation_of(caller: Caller) -> UUID | None:
    """The provider the caller works for; nothing for the county's offices."""
    try:
        return UUID(caller.organisation)
    except ValueError:
        return None


def draft_changes(request: rpc.EditDraftRequest, new_id: Callable[[], UUID]) -> DraftChanges:
    """What is put in a draft and removed from it."""
    return DraftChanges(
        put_goals=tuple(goal(message, new_id) for message in request.put_goals),
        remove_goals=tuple(uuid_of(goal_id, "remove_goal_ids") for goal_id in request.remove_goal_ids),
        put_services=tuple(wish(message) for message in request.put_services),
        remove_services=tuple(uuid_of(service_id, "remove_service_ids") for service_id in request.remove_service_ids),
        client_view=request.client_view if request.HasField("client_view") else None,
        put_sections=tuple(section_from(message) for message in request.put_statutory_sections),
        remove_sections=words(StatutoryKind, statutory_pb2.StatutoryKind, request.remove_statutory_kinds),
    )


def target(request: transfer_rpc.OfferOperatorTransferRequest | transfer_rpc.OrderOperatorTransferRequest) -> Target:
    """The organisation that shall be responsible for a plan."""
    return Target(
        uuid_of(request.to_organisation_id, "to_organisation_id"),
        uuid_of(request.to_unit_id, "to_unit_id"),
        word(OperatorKind, care_pb2.OperatorKind, request.to_kind, "to_kind"),
    )


def asked(request: chain_rpc.DraftChainStepRequest) -> Asked:
    """What a step of a chain asks for."""
    return Asked(
        client_id=uuid_of(request.client_id, "client_id"),
        to_organisation_id=uuid_of(request.to_organisation_id, "to_organisation_id"),
        service_code=request.service_code,
        need=word(NeedDomain, care_pb2.NeedDomain, request.need, "need"),
        urgency=word(Urgency, chain_pb2.ChainUrgency, request.urgency, "urgency"),
        question=request.question,
        attachments=tuple(request.attachments),
    )


def goal(message: plan_pb2.Goal, new_id: Callable[[], UUID]) -> Goal:
    """A goal to put in a draft."""
    return Goal(
        goal_id=id_of(message.goal_id, "put_goals.goal_id") or new_id(),
        text=message.text,
        needs=words(NeedDomain, care_pb2.NeedDomain, message.needs),
        baseline=message.baseline,
        target=message.target,
    )


def wish(message: plan_pb2.ServiceLine) -> Wish:
    """A service to put in a draft."""
    return Wish(
        service_code=message.service_code,
        arrangement=word(Arrangement, care_pb2.Arrangement, message.arrangement, "put_services.arrangement"),
        units=message.units,
        from_date=day_of(message.from_date, "put_services.from_date"),
        to_date=day_of(message.to_date, "put_services.to_date"),
        plan_service_id=id_of(message.plan_service_id, "put_services.plan_service_id"),
        provider_id=id_of(message.provider_id, "put_services.provider_id"),
        unit_id=id_of(message.unit_id, "put_services.unit_id"),
        unit=word_or_none(CareUnit, care_pb2.CareUnit, message.unit),
        frequency=message.frequency,
        modes=words(DeliveryMode, care_pb2.DeliveryMode, message.modes),
        mode_text=message.mode_text,
        goal_ids=tuple(uuid_of(goal_id, "put_services.goal_ids") for goal_id in message.goal_ids),
    )


def given(message: rpc.RecordDeliveryRequest, provider_id: UUID) -> Given:
    """A delivery of this provider."""
    return Given(
        client_id=uuid_of(message.client_id, "client_id"),
        provider_id=provider_id,
        service_code=message.service_code,
        service_date=day_of(message.service_date, "service_date"),
        units=message.units,
        mode=word(DeliveryMode, care_pb2.DeliveryMode, message.mode, "mode"),
        place=message.place,
        performer_title=message.performer_title,
        external_ref=message.external_ref,
        urgent=message.urgent,
        municipality=message.municipality_code,
        cause=word_or_none(DeviationCause, delivery_pb2.DeviationCause, message.cause),
    )


def version_number(text: str) -> tuple[int, int]:
    """The parts of a number such as 1.3."""
    major, _, minor = text.partition(".")
    return int(major), int(minor)
