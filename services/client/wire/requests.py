"""From a request to the keyword arguments of its operation."""

from typing import Any
from uuid import UUID

from services.chassis.names import resource_id
from services.chassis.values import id_of
from services.client.domain.clients.people import ContactData, Person
from services.client.wire.assessments import assessment as assessments
from services.client.wire.choices import choice_kind_of
from services.client.wire.clients import client as clients
from services.client.wire.decisions import decision as decisions
from services.client.wire.values import day_of, instant_of, professional_of
from sote.client.v1 import client_service_pb2 as pb

Arguments = dict[str, Any]


def registration(told: pb.RegisterClientRequest) -> Arguments:
    """RegisterClient."""
    return {
        "code": told.identity_code,
        "temporary_reason": told.temporary_reason,
        "prospect_id": id_of(told.prospect_id),
        "person": clients.person_of(told.person),
        "contact_data": clients.contact_data_of(told.contact_data),
        "urgent_need": told.urgent_need,
        "etag": told.etag,
    }


def flagging(told: pb.SetAttentionRequest | pb.LiftAttentionRequest, employer: UUID | None) -> Arguments:
    """SetAttention, LiftAttention."""
    return {
        "client_id": resource_id(told.name, "clients"),
        "kind": clients.attention_kind_of(told.kind),
        "reason": told.reason,
        "by": professional_of(told.decided_by, employer),
        "etag": told.etag,
    }


def own_worker(told: pb.NameOwnWorkerRequest, employer: UUID | None) -> Arguments:
    """NameOwnWorker."""
    return {
        "client_id": resource_id(told.name, "clients"),
        "professional": professional_of(told.own_worker, employer),
        "pair": professional_of(told.pair, employer) if told.HasField("pair") else None,
        "etag": told.etag,
    }


def moving_out(told: pb.MoveOutClientRequest) -> Arguments:
    """MoveOutClient."""
    return {
        "client_id": resource_id(told.name, "clients"),
        "day": day_of(told, "moved_date"),
        "county": told.moved_to_county,
        "etag": told.etag,
    }


def death(told: pb.RecordDeathRequest) -> Arguments:
    """RecordDeath."""
    return {
        "client_id": resource_id(told.name, "clients"),
        "day": day_of(told, "deceased_date"),
        "etag": told.etag,
    }


def moving_back(told: pb.MoveBackClientRequest) -> Arguments:
    """MoveBackClient."""
    return {
        "client_id": resource_id(told.name, "clients"),
        "contact_data": clients.contact_data_of(told.contact_data),
        "etag": told.etag,
    }


def correction(told: pb.CorrectClientStatusRequest) -> Arguments:
    """CorrectClientStatus."""
    return {"client_id": resource_id(told.name, "clients"), "etag": told.etag}


def merging(told: pb.MergeClientRequest) -> Arguments:
    """MergeClient."""
    return {
        "client_id": resource_id(told.name, "clients"),
        "target_id": UUID(told.target_client_id),
        "etag": told.etag,
    }


def code_change(told: pb.ChangeIdentityCodeRequest) -> Arguments:
    """ChangeIdentityCode."""
    return {"client_id": resource_id(told.name, "clients"), "code": told.identity_code, "etag": told.etag}


def contact(told: pb.RecordContactRequest) -> Arguments:
    """RecordContact."""
    return {
        "client_id": id_of(told.client_id),
        "prospect": _prospect(told.prospect) if told.HasField("prospect") else None,
        "channel": clients.channel_of(told.channel),
        "unit_id": id_of(told.unit_id),
        "initiator": clients.initiator_of(told.initiator),
        "urgent": told.urgent,
        "text": told.text,
        "received_at": instant_of(told, "received_time"),
        "child_welfare": told.child_welfare,
    }


def _prospect(told: pb.Prospect) -> tuple[Person, ContactData]:
    return clients.person_of(told.person), clients.contact_data_of(told.contact_data)


def team(told: pb.CreateTeamRequest) -> Arguments:
    """CreateTeam."""
    return {
        "display_name": told.display_name,
        "attached_unit_ids": tuple(UUID(unit) for unit in told.attached_unit_ids),
        "mobile": told.mobile,
        "area_municipality_codes": tuple(told.area_municipality_codes),
    }


def joining(told: pb.AddTeamMemberRequest, employer: UUID | None) -> Arguments:
    """AddTeamMember."""
    return {
        "team_id": resource_id(told.name, "teams"),
        "professional": professional_of(told.professional, employer),
        "etag": told.etag,
    }


def leaving(told: pb.RemoveTeamMemberRequest) -> Arguments:
    """RemoveTeamMember."""
    return {
        "team_id": resource_id(told.name, "teams"),
        "professional_id": told.professional_id,
        "etag": told.etag,
    }


def initiation(told: pb.InitiateAssessmentRequest) -> Arguments:
    """InitiateAssessment."""
    return {
        "client_id": UUID(told.client_id),
        "contact_id": id_of(told.contact_id),
        "grounds": assessments.grounds_of(told.grounds),
        "repeat_reason": told.repeat_reason,
    }


def start(told: pb.StartAssessmentRequest, employer: UUID | None) -> Arguments:
    """StartAssessment."""
    return {
        "assessment_id": resource_id(told.name, "assessments"),
        "team_id": UUID(told.team_id),
        "lead_id": told.lead_professional_id,
        "participants": assessments.people_of(told.participants, employer),
        "unit_id": id_of(told.performed_at_unit_id),
        "mode": assessments.mode_of(told.mode),
        "etag": told.etag,
    }


def pause(told: pb.PauseAssessmentRequest) -> Arguments:
    """PauseAssessment."""
    return {"assessment_id": resource_id(told.name, "assessments"), "reason": told.reason, "etag": told.etag}


def resumption(told: pb.ResumeAssessmentRequest) -> Arguments:
    """ResumeAssessment."""
    return {"assessment_id": resource_id(told.name, "assessments"), "etag": told.etag}


def completion(told: pb.CompleteAssessmentRequest, employer: UUID | None) -> Arguments:
    """CompleteAssessment."""
    return {
        "assessment_id": resource_id(told.name, "assessments"),
        "findings": assessments.findings_of(told),
        "participants": assessments.people_of(told.participants, employer),
        "lead_id": told.lead_professional_id,
        "etag": told.etag,
    }


def cancellation(told: pb.CancelAssessmentRequest) -> Arguments:
    """CancelAssessment."""
    return {
        "assessment_id": resource_id(told.name, "assessments"),
        "reason": assessments.cancel_reason_of(told.reason),
        "etag": told.etag,
    }


def decision(told: pb.MakeDecisionRequest) -> Arguments:
    """MakeDecision."""
    return {
        "assessment_id": UUID(told.assessment_id),
        "service_code": told.service_code,
        "grant": decisions.grant_of(told),
        "grounds": told.grounds,
        "applied_for": told.applied_for,
    }


def guidance(told: pb.GiveGuidanceRequest) -> Arguments:
    """GiveGuidance."""
    return {
        "client_id": id_of(told.client_id),
        "kind": clients.guidance_kind_of(told.kind),
        "voucher_id": id_of(told.voucher_id),
        "choice_kind": choice_kind_of(told.choice_kind) if told.choice_kind else None,
        "list_digest": told.list_digest,
        "option_provider_ids": tuple(UUID(option) for option in told.option_provider_ids),
        "unit_id": id_of(told.unit_id),
        "channel": clients.channel_of(told.channel),
        "topic": told.topic,
        "language": clients.language_of(told.language),
        "client_understood": told.client_understood,
    }


def choosing(told: pb.ChooseDirectRequest) -> Arguments:
    """ChooseDirect."""
    return {
        "client_id": resource_id(told.name, "clients"),
        "kind": choice_kind_of(told.kind),
        "unit_id": UUID(told.unit_id),
        "etag": told.etag,
    }
