"""Representatives on the wire, and their fact."""

from typing import Any
from uuid import UUID

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_of, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.representatives.representative import (
    Representative,
    RepresentativeKind,
    RepresentativePerson,
    RepresentedMatters,
)
from services.client.wire.values import day_of
from sote.client.v1 import events_pb2, representative_pb2
from sote.client.v1 import representative_service_pb2 as pb


def representative(
    one: Representative, person: RepresentativePerson | None = None
) -> representative_pb2.Representative:
    """A representative as a resource; without the person in the record."""
    return representative_pb2.Representative(
        name=resource_name("representatives", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        state=value_of(representative_pb2.RepresentativeState, one.status),
        client_id=str(one.client_id),
        kind=value_of(representative_pb2.RepresentativeKind, one.kind),
        matters=value_of(representative_pb2.RepresentedMatters, one.matters),
        representative_client_id=id_text(one.representative_client_id),
        person=representative_pb2.RepresentativePerson(display_name=person.name, phone=person.phone)
        if person
        else None,
        from_date=day(one.from_date),
        to_date=day(one.to_date),
        ended_date=day(one.ended_date),
    )


def adding(told: pb.AddRepresentativeRequest) -> dict[str, Any]:
    """AddRepresentative."""
    person = RepresentativePerson(told.person.display_name, told.person.phone) if told.HasField("person") else None
    return {
        "client_id": UUID(told.client_id),
        "kind": word(RepresentativeKind, representative_pb2.RepresentativeKind, told.kind),
        "matters": word(RepresentedMatters, representative_pb2.RepresentedMatters, told.matters),
        "representative_client_id": id_of(told.representative_client_id),
        "person": person,
        "from_date": day_of(told, "from_date"),
        "to_date": day_of(told, "to_date"),
    }


def representative_changed(one: Representative) -> events_pb2.RepresentativeChanged:
    """It began or ended."""
    return events_pb2.RepresentativeChanged(
        representative=events_pb2.RepresentativeFacts(
            representative_id=str(one.id),
            client_id=str(one.client_id),
            kind=value_of(representative_pb2.RepresentativeKind, one.kind),
            matters=value_of(representative_pb2.RepresentedMatters, one.matters),
            representative_client_id=id_text(one.representative_client_id),
            from_date=day(one.from_date),
            to_date=day(one.to_date),
            state=value_of(representative_pb2.RepresentativeState, one.status),
            version=one.version,
        )
    )
