"""Representatives on the wire, and their fact."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.representatives.representative import (
    Representative,
    RepresentativeKind,
    RepresentativePerson,
    RepresentedMatters,
)
from sote.client.v1 import events_pb2, representative_pb2
from sote.client.v1 import representative_service_pb2 as pb


def representative(
    representative: Representative, person: RepresentativePerson | None = None
) -> representative_pb2.Representative:
    """A representative as a resource; without the person in the record."""
    return representative_pb2.Representative(
        name=resource_name("representatives", representative.id),
        uid=str(representative.id),
        etag=etag_of(representative.version),
        create_time=instant(representative.created_at),
        state=value_of(representative_pb2.RepresentativeState, representative.state),
        client_id=str(representative.client_id),
        kind=value_of(representative_pb2.RepresentativeKind, representative.kind),
        matters=value_of(representative_pb2.RepresentedMatters, representative.matters),
        representative_client_id=id_text(representative.representative_client_id),
        person=representative_pb2.RepresentativePerson(display_name=person.name, phone=person.phone)
        if person
        else None,
        from_date=day(representative.from_date),
        to_date=day(representative.to_date),
        ended_date=day(representative.ended_date),
    )


def person_from(request: pb.AddRepresentativeRequest) -> RepresentativePerson | None:
    """The person of a representative who is no client."""
    if not request.HasField("person"):
        return None
    return RepresentativePerson(request.person.display_name, request.person.phone)


def kind_from(value: int) -> RepresentativeKind:
    """What a request says the representative is."""
    return word(RepresentativeKind, representative_pb2.RepresentativeKind, value)


def matters_from(value: int) -> RepresentedMatters:
    """The matters a request names."""
    return word(RepresentedMatters, representative_pb2.RepresentedMatters, value)


def representative_changed(representative: Representative) -> events_pb2.RepresentativeChanged:
    """It began or ended."""
    return events_pb2.RepresentativeChanged(
        representative=events_pb2.RepresentativeFacts(
            representative_id=str(representative.id),
            client_id=str(representative.client_id),
            kind=value_of(representative_pb2.RepresentativeKind, representative.kind),
            matters=value_of(representative_pb2.RepresentedMatters, representative.matters),
            representative_client_id=id_text(representative.representative_client_id),
            from_date=day(representative.from_date),
            to_date=day(representative.to_date),
            state=value_of(representative_pb2.RepresentativeState, representative.state),
            version=representative.version,
        )
    )
