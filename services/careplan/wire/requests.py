"""Requests as arguments of operations."""

from collections.abc import Callable
from uuid import UUID

from services.careplan.domain.deliveries.delivery import DeviationCause, Given
from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.line_rules import Wish
from services.chassis.identity import Caller
from services.chassis.names import InvalidField, uuid_of
from services.chassis.values import day_of, id_of
from services.chassis.words import word_or_none, words
from services.kernel.care import Arrangement, CareUnit, DeliveryMode, NeedDomain
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import delivery_pb2, plan_pb2
from sote.type.v1 import care_pb2


def organisation_of(caller: Caller) -> UUID | None:
    """The provider the caller works for; nothing for the county's offices."""
    try:
        return UUID(caller.organisation)
    except ValueError:
        return None


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
    arrangement = word_or_none(Arrangement, care_pb2.Arrangement, message.arrangement)
    if arrangement is None:
        raise InvalidField("put_services.arrangement", "must be told")
    return Wish(
        service_code=message.service_code,
        arrangement=arrangement,
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
        goal_ids=tuple(uuid_of(one, "put_services.goal_ids") for one in message.goal_ids),
    )


def given(message: rpc.RecordDeliveryRequest, provider_id: UUID) -> Given:
    """A delivery of this provider."""
    mode = word_or_none(DeliveryMode, care_pb2.DeliveryMode, message.mode)
    if mode is None:
        raise InvalidField("mode", "must be told")
    return Given(
        client_id=uuid_of(message.client_id, "client_id"),
        provider_id=provider_id,
        service_code=message.service_code,
        service_date=day_of(message.service_date, "service_date"),
        units=message.units,
        mode=mode,
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
