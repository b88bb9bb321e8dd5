"""What the client service's facts say, in the words of the copies."""

from datetime import UTC, date
from uuid import UUID

from services.chassis.values import day_of, id_of
from services.chassis.words import name_of
from services.voucher.domain.neighbours.client import (
    AssessmentCopy,
    ClientCopy,
    DecisionCopy,
    DirectChoiceCopy,
    GuidanceCopy,
)
from sote.client.v1 import choice_pb2, client_pb2, decision_pb2, guidance_pb2
from sote.client.v1 import events_pb2 as client
from sote.type.v1 import care_pb2


def client_copy(facts: client.ClientFacts) -> ClientCopy:
    """A client as told."""
    return ClientCopy(
        client_id=UUID(facts.client_id),
        state=name_of(client_pb2.ClientState, facts.state),
        attention=tuple(name_of(care_pb2.AttentionKind, kind) for kind in facts.attention),
        version=facts.version,
    )


def assessment_copy(fact: client.AssessmentCompleted) -> AssessmentCopy:
    """A completed assessment as told."""
    return AssessmentCopy(
        assessment_id=UUID(fact.assessment_id),
        client_id=UUID(fact.client_id),
        performing_organisation_id=UUID(fact.performing_organisation_id),
        completed_date=day_of(fact.completed_date, "completed_date"),
    )


def withdrawn_assessment(fact: client.AssessmentCancelled | client.AssessmentSuperseded) -> AssessmentCopy:
    """An assessment nothing new may rest on."""
    return AssessmentCopy(UUID(fact.assessment_id), UUID(fact.client_id), withdrawn=True)


def decision_copy(fact: client.DecisionMade | client.DecisionChanged) -> DecisionCopy:
    """A decision as told, with the day its change counts from; one that grants nothing grants no day."""
    granted = fact.HasField("from_date")
    return DecisionCopy(
        decision_id=UUID(fact.decision_id),
        assessment_id=UUID(fact.assessment_id),
        client_id=UUID(fact.client_id),
        service_code=fact.service_code,
        outcome=name_of(decision_pb2.DecisionOutcome, fact.outcome),
        units=fact.units,
        from_date=day_of(fact.from_date, "from_date") if granted else date.max,
        to_date=day_of(fact.to_date, "to_date") if granted else date.min,
        version=fact.version,
        effective=_counts_from(fact),
    )


def _counts_from(fact: client.DecisionMade | client.DecisionChanged) -> date | None:
    return day_of(fact.effective_date, "effective_date") if isinstance(fact, client.DecisionChanged) else None


def guidance_copy(fact: client.GuidanceGiven) -> GuidanceCopy | None:
    """Guidance for a voucher's choice as told; None when it was for something else."""
    if not fact.voucher_id:
        return None
    return GuidanceCopy(
        guidance_id=UUID(fact.guidance_id),
        voucher_id=UUID(fact.voucher_id),
        client_id=id_of(fact.client_id),
        kind=name_of(guidance_pb2.GuidanceKind, fact.kind),
        given_time=fact.given_time.ToDatetime(tzinfo=UTC),
    )


def choice_copy(facts: client.DirectChoiceFacts) -> DirectChoiceCopy:
    """A direct choice as told."""
    return DirectChoiceCopy(
        choice_id=UUID(facts.choice_id),
        client_id=UUID(facts.client_id),
        kind=name_of(choice_pb2.DirectChoiceKind, facts.kind),
        provider_id=UUID(facts.provider_id),
        from_date=day_of(facts.from_date, "from_date"),
        ended_date=day_of(facts.ended_date, "ended_date") if facts.HasField("ended_date") else None,
        version=facts.version,
    )
