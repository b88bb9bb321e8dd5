"""The client service's section of the integrated record."""

from collections.abc import Iterable

from services.chassis.words import value_of
from services.client.domain.assessments.assessment import Assessment
from services.client.domain.choices.choice import DirectChoice
from services.client.domain.clients.client import Client
from services.client.domain.contacts import Contact
from services.client.domain.decisions.decision import Decision
from services.client.domain.guidance import Guidance
from services.client.domain.representatives.representative import Representative
from services.client.wire.assessments import assessment as assessments
from services.client.wire.choices import direct_choice
from services.client.wire.clients import client as clients
from services.client.wire.contacts import contact
from services.client.wire.decisions.decision import decision
from services.client.wire.guidance import guidance as guidance_resource
from services.client.wire.representatives import representative
from sote.client.v1 import client_pb2, section_pb2


def client_section(
    client: Client,
    *,
    latest: Assessment | None,
    under_way: Assessment | None,
    decisions: Iterable[Decision],
    guidance: Iterable[Guidance],
    contacts: Iterable[Contact],
    choices: Iterable[DirectChoice],
    representatives: Iterable[Representative],
) -> section_pb2.ClientSection:
    """What the record shows of a client; parts that some readers may not see stand in messages of their own."""
    return section_pb2.ClientSection(
        client_id=str(client.id),
        state=value_of(client_pb2.ClientState, client.state),
        identity_kind=value_of(client_pb2.IdentityKind, client.identity_kind),
        identity=clients.person(client.person),
        contact_data=clients.contact_data(client.contact_data),
        attention_flags=[clients.attention_flag(flag) for flag in client.flags_in_force()],
        own_worker=clients.own_worker(client.own_worker),
        ending=clients.ending(client),
        latest_assessment=assessments.assessment(latest, narrated=False) if latest else None,
        assessment_narrative=assessments.narrative(latest) if latest else None,
        open_assessment=assessments.assessment(under_way, narrated=False) if under_way else None,
        decisions=[decision(each, worded=False) for each in decisions],
        guidance=[guidance_resource(each) for each in guidance],
        contacts=[contact(each) for each in contacts],
        non_disclosure=clients.non_disclosure(client.non_disclosure),
        representatives=[representative(each) for each in representatives],
        direct_choices=[direct_choice(each) for each in choices],
    )
