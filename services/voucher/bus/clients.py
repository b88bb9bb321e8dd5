"""What clients, their assessments, decisions and guidance become here."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.voucher.operations import keep_copies as keep
from sote.client.v1 import events_pb2 as client


class ClientFacts:
    """What clients, their assessments, decisions and guidance become here."""

    @handles(client.ClientRegistered)
    def on_client_registered(self, session: Session, event: client.ClientRegistered, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientActivated)
    def on_client_activated(self, session: Session, event: client.ClientActivated, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientAttentionChanged)
    def on_attention_changed(self, session: Session, event: client.ClientAttentionChanged, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientOwnWorkerNamed)
    def on_own_worker_named(self, session: Session, event: client.ClientOwnWorkerNamed, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientDormant)
    def on_client_dormant(self, session: Session, event: client.ClientDormant, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientMovedOut)
    def on_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientDeceased)
    def on_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientStatusCorrected)
    def on_status_corrected(self, session: Session, event: client.ClientStatusCorrected, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientMerged)
    def on_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientIdentityCodeChanged)
    def on_identity_changed(self, session: Session, event: client.ClientIdentityCodeChanged, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        keep.keep_assessment(session, event)

    @handles(client.AssessmentCancelled)
    def on_assessment_cancelled(self, session: Session, event: client.AssessmentCancelled, now: datetime) -> None:
        keep.withdraw_assessment(session, event)

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        keep.withdraw_assessment(session, event)

    @handles(client.DecisionMade)
    def on_decision_made(self, session: Session, event: client.DecisionMade, now: datetime) -> None:
        keep.keep_decision(session, event)

    @handles(client.GuidanceGiven)
    def on_guidance_given(self, session: Session, event: client.GuidanceGiven, now: datetime) -> None:
        keep.keep_guidance(session, event)

    @handles(client.DirectChoiceMade)
    def on_direct_choice_made(self, session: Session, event: client.DirectChoiceMade, now: datetime) -> None:
        keep.keep_choice(session, event.choice)

    @handles(client.DirectChoiceEnded)
    def on_direct_choice_ended(self, session: Session, event: client.DirectChoiceEnded, now: datetime) -> None:
        keep.keep_choice(session, event.choice)
