"""Guidance on the wire, and which searches need it."""

from uuid import UUID

from services.chassis.names import resource_name
from services.chassis.values import id_of, id_text, instant
from services.chassis.words import name_of, value_of, word
from services.client.domain.clients.people import Language
from services.client.domain.guidance import Advice, Guidance, GuidanceKind
from services.client.wire.choices import choice_kind_from
from services.client.wire.contacts import channel_from
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import reroute_pb2
from sote.client.v1 import choice_pb2, client_pb2, contact_pb2, events_pb2, guidance_pb2
from sote.client.v1 import guidance_service_pb2 as pb


def needs_support(facts: careplan.RerouteCaseFacts) -> bool:
    """Whether the client is to be given support in choosing; one who refused the voucher itself is not (VOUCHER-3)."""
    is_open = facts.state == reroute_pb2.REROUTE_CASE_STATE_OPEN
    return is_open and facts.cause != reroute_pb2.REROUTE_CASE_CAUSE_VOUCHER_REFUSED


def cause_of(facts: careplan.RerouteCaseFacts) -> str:
    """Why another provider is searched for."""
    return name_of(reroute_pb2.RerouteCaseCause, facts.cause)


def guidance(guidance: Guidance) -> guidance_pb2.Guidance:
    """A guidance record as a resource."""
    return guidance_pb2.Guidance(
        name=resource_name("guidance", guidance.id),
        uid=str(guidance.id),
        create_time=instant(guidance.created_at),
        client_id=id_text(guidance.client_id),
        kind=value_of(guidance_pb2.GuidanceKind, guidance.kind),
        giver_organisation_id=str(guidance.giver_organisation_id),
        given_by=guidance.created_by,
        unit_id=id_text(guidance.unit_id),
        channel=value_of(contact_pb2.ContactChannel, guidance.channel),
        topic=guidance.topic,
        voucher_id=id_text(guidance.voucher_id),
        choice_kind=value_of(choice_pb2.DirectChoiceKind, guidance.choice_kind),
        option_provider_ids=[str(option) for option in guidance.option_provider_ids],
        options_digest=guidance.options_digest,
        list_digest=guidance.list_digest,
        language=value_of(client_pb2.Language, guidance.language),
        client_understood=guidance.client_understood,
    )


def guidance_given(guidance: Guidance) -> events_pb2.GuidanceGiven:
    """The fact of guidance."""
    return events_pb2.GuidanceGiven(
        guidance_id=str(guidance.id),
        client_id=id_text(guidance.client_id),
        kind=value_of(guidance_pb2.GuidanceKind, guidance.kind),
        voucher_id=id_text(guidance.voucher_id),
        giver_organisation_id=str(guidance.giver_organisation_id),
        given_time=instant(guidance.created_at),
        option_provider_ids=[str(option) for option in guidance.option_provider_ids],
        options_digest=guidance.options_digest,
        list_digest=guidance.list_digest,
    )


def advice_from(request: pb.GiveGuidanceRequest) -> Advice:
    """What a request says was given."""
    return Advice(
        kind=word(GuidanceKind, guidance_pb2.GuidanceKind, request.kind),
        voucher_id=id_of(request.voucher_id),
        choice_kind=choice_kind_from(request.choice_kind) if request.choice_kind else None,
        option_provider_ids=tuple(UUID(option) for option in request.option_provider_ids),
        list_digest=request.list_digest,
        unit_id=id_of(request.unit_id),
        channel=channel_from(request.channel),
        topic=request.topic,
        language=word(Language, client_pb2.Language, request.language),
        client_understood=request.client_understood,
    )
