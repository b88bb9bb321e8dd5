"""Direct choices on the wire, and their facts."""

from typing import Any

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.choices.choice import DirectChoice
from services.client.domain.guidance import ChoiceKind
from sote.client.v1 import choice_pb2, events_pb2


def direct_choice(one: DirectChoice) -> choice_pb2.DirectChoice:
    """A choice as a resource."""
    return choice_pb2.DirectChoice(
        name=resource_name("directChoices", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        update_time=instant(one.updated_at),
        state=value_of(choice_pb2.DirectChoiceState, one.state),
        client_id=str(one.client_id),
        kind=value_of(choice_pb2.DirectChoiceKind, one.kind),
        provider_id=str(one.provider_id),
        unit_id=str(one.unit_id),
        guidance_id=id_text(one.guidance_id),
        from_date=day(one.from_date),
        earliest_change_date=day(one.earliest_change),
        ended_date=day(one.ended_date),
        end_reason=value_of(choice_pb2.DirectChoiceEndReason, one.end_reason),
    )


def choice_kind_from(value: Any) -> ChoiceKind:
    """The kind told."""
    return word(ChoiceKind, choice_pb2.DirectChoiceKind, value)


def direct_choice_made(one: DirectChoice) -> events_pb2.DirectChoiceMade:
    """CLIENT-7."""
    return events_pb2.DirectChoiceMade(choice=_facts(one))


def direct_choice_ended(one: DirectChoice) -> events_pb2.DirectChoiceEnded:
    """It ended, and why."""
    reason = value_of(choice_pb2.DirectChoiceEndReason, one.end_reason)
    return events_pb2.DirectChoiceEnded(choice=_facts(one), reason=reason)


def _facts(one: DirectChoice) -> events_pb2.DirectChoiceFacts:
    return events_pb2.DirectChoiceFacts(
        choice_id=str(one.id),
        client_id=str(one.client_id),
        kind=value_of(choice_pb2.DirectChoiceKind, one.kind),
        provider_id=str(one.provider_id),
        unit_id=str(one.unit_id),
        from_date=day(one.from_date),
        ended_date=day(one.ended_date),
        version=one.version,
    )
