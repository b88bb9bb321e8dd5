"""What is told of representatives and guardians' denials, in the words of this service."""

from uuid import UUID

from services.chassis.values import day_of, id_of
from services.chassis.words import name_of
from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy
from sote.client.v1 import consent_pb2, representative_pb2
from sote.client.v1 import events_pb2 as client
from sote.type.v1 import care_pb2


def representative_copy(facts: client.RepresentativeFacts) -> RepresentativeCopy:
    """A representation as told."""
    return RepresentativeCopy(
        representative_id=UUID(facts.representative_id),
        client_id=UUID(facts.client_id),
        kind=name_of(representative_pb2.RepresentativeKind, facts.kind),
        matters=name_of(representative_pb2.RepresentedMatters, facts.matters),
        representative_client_id=id_of(facts.representative_client_id),
        from_date=day_of(facts.from_date, "from_date"),
        to_date=day_of(facts.to_date, "to_date") if facts.HasField("to_date") else None,
        in_force=facts.state == representative_pb2.REPRESENTATIVE_STATE_IN_FORCE,
        version=facts.version,
    )


def guardian_denial_copy(facts: client.ConsentFacts) -> GuardianDenialCopy | None:
    """A denial that keeps a guardian out; every other permission or denial is nothing to this service: None."""
    if facts.target != consent_pb2.CONSENT_TARGET_GUARDIAN:
        return None
    return GuardianDenialCopy(
        consent_id=UUID(facts.consent_id),
        client_id=UUID(facts.client_id),
        sector=name_of(care_pb2.Sector, facts.sector),
        in_force=facts.state == consent_pb2.CONSENT_STATE_IN_FORCE,
        version=facts.version,
    )
