"""Direct choices on the wire, and their facts."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.choices.choice import DirectChoice
from services.client.domain.guidance import ChoiceKind
from sote.client.v1 import choice_pb2, events_pb2


def direct_choice(direct_choice: DirectChoice) -> choice_pb2.DirectChoice:
    """A choice as a resource."""
    return choice_pb2.DirectChoice(
        name=resource_name("directChoices", direct_choice.id),
        uid=str(direct_choice.id),
        etag=etag_of(direct_choice.version),
        create_time=instant(direct_choice.created_at),
        update_time=instant(direct_choice.updated_at),
        state=value_of(choice_pb2.DirectChoiceState, direct_choice.state),
        client_id=str(direct_choice.client_id),
        kind=value_of(choice_pb2.DirectChoiceKind, direct_choice.kind),
        provider_id=str(direct_choice.provider_id),
        unit_id=str(direct_choice.unit_id),
        guidance_id=id_text(direct_choice.guidance_id),
        from_date=day(direct_choice.from_date),
        earliest_change_date=day(direct_choice.earliest_change),
        ended_date=day(direct_choice.ended_date),
        end_reason=value_of(choice_pb2.DirectChoiceEndReason, direct_choice.end_reason),
    )


def choice_kind_from(value: int) -> ChoiceKind:
    """The kind that a request names."""
    return word(ChoiceKind, choice_pb2.DirectChoiceKind, value)


def direct_choice_made(direct_choice: DirectChoice) -> events_pb2.DirectChoiceMade:
    """A client chose (CLIENT-7)."""
    return events_pb2.DirectChoiceMade(choice=_facts(direct_choice))


def direct_choice_ended(direct_choice: DirectChoice) -> events_pb2.DirectChoiceEnded:
    """It ended, and why."""
    reason = value_of(choice_pb2.DirectChoiceEndReason, direct_choice.end_reason)
    return events_pb2.DirectChoiceEnded(choice=_facts(direct_choice), reason=reason)


def _facts(direct_choice: DirectChoice) -> events_pb2.DirectChoiceFacts:
    return events_pb2.DirectChoiceFacts(
        choice_id=str(direct_choice.id),
        client_id=str(direct_choice.client_id),
        kind=value_of(choice_pb2.DirectChoiceKind, direct_choice.kind),
        provider_id=str(direct_choice.provider_id),
        unit_id=str(direct_choice.unit_id),
        from_date=day(direct_choice.from_date),
        ended_date=day(direct_choice.ended_date),
        version=direct_choice.version,
    )
