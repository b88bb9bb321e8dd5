"""What the client service tells of a child's guardian, and of the child's word that keeps the guardian out."""

from typing import Any
from uuid import UUID, uuid5

from google.type.date_pb2 import Date

from sote.client.v1 import consent_pb2, representative_pb2
from sote.client.v1 import events_pb2 as client
from sote.type.v1 import care_pb2


def guardian(child: UUID, parent: UUID, **changes: Any) -> client.RepresentativeChanged:
    """The parent is the child's guardian in all matters since the new year."""
    told: dict[str, Any] = {
        "representative_id": str(uuid5(child, "guardian")),
        "client_id": str(child),
        "kind": representative_pb2.REPRESENTATIVE_KIND_GUARDIAN,
        "matters": representative_pb2.REPRESENTED_MATTERS_ALL,
        "representative_client_id": str(parent),
        "from_date": Date(year=2025, month=1, day=1),
        "state": representative_pb2.REPRESENTATIVE_STATE_IN_FORCE,
        "version": 1,
    }
    return client.RepresentativeChanged(representative=client.RepresentativeFacts(**told | changes))


def denial(child: UUID, **changes: Any) -> client.ConsentChanged:
    """The child keeps the guardian out of social welfare."""
    told: dict[str, Any] = {
        "consent_id": str(uuid5(child, "denial")),
        "client_id": str(child),
        "kind": consent_pb2.CONSENT_KIND_DENIAL,
        "sector": care_pb2.SECTOR_SOCIAL,
        "target": consent_pb2.CONSENT_TARGET_GUARDIAN,
        "state": consent_pb2.CONSENT_STATE_IN_FORCE,
        "version": 1,
    }
    return client.ConsentChanged(consent=client.ConsentFacts(**told | changes))
