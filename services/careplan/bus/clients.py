"""Facts of the client service."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import LeaveReason
from services.careplan.operations.lifecycle.end_matters import end_matters
from services.careplan.operations.neighbours import (
    keep_assessment,
    keep_client,
    keep_guardian_denial,
    keep_representative,
    supersede_assessment,
)
from services.careplan.operations.searches.follow_direct_choice import follow_direct_choice
from services.careplan.operations.searches.note_support import note_support
from services.careplan.wire import neighbours as wire
from services.careplan.wire import representing
from services.chassis.bus import handles
from services.chassis.clock import helsinki_date
from services.chassis.values import day_of
from sote.client.v1 import events_pb2 as client


class Clients:
    """Facts of the client service."""

    rules: Rules

    def _end(self, session: Session, facts: client.ClientFacts, reason: LeaveReason, day: date, now: datetime) -> None:
        end_matters(session, client=wire.client(facts), reason=reason, day=day, now=now, new_id=uuid4)

    def _choice(self, session: Session, facts: client.DirectChoiceFacts, now: datetime) -> None:
        choice = wire.direct_choice(facts)
        follow_direct_choice(session, choice=choice, rules=self.rules, now=now, new_id=uuid4)

    @handles(client.ClientRegistered)
    def on_client_registered(self, session: Session, event: client.ClientRegistered, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.ClientActivated)
    def on_client_activated(self, session: Session, event: client.ClientActivated, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.ClientAttentionChanged)
    def on_attention_changed(self, session: Session, event: client.ClientAttentionChanged, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.ClientOwnWorkerNamed)
    def on_own_worker_named(self, session: Session, event: client.ClientOwnWorkerNamed, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.ClientDormant)
    def on_client_dormant(self, session: Session, event: client.ClientDormant, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.ClientMovedOut)
    def on_client_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        day = day_of(event.moved_date, "moved_date")
        self._end(session, event.client, LeaveReason.MOVED, day, now)

    @handles(client.ClientDeceased)
    def on_client_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        day = day_of(event.deceased_date, "deceased_date")
        self._end(session, event.client, LeaveReason.DECEASED, day, now)

    @handles(client.ClientStatusCorrected)
    def on_client_status_corrected(self, session: Session, event: client.ClientStatusCorrected, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.ClientMerged)
    def on_client_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        day = helsinki_date(now)
        self._end(session, event.client, LeaveReason.MERGED, day, now)

    @handles(client.ClientIdentityCodeChanged)
    def on_client_identity_code_changed(
        self, session: Session, event: client.ClientIdentityCodeChanged, now: datetime
    ) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.RepresentativeChanged)
    def on_representative_changed(self, session: Session, event: client.RepresentativeChanged, now: datetime) -> None:
        keep_representative(session, representative=representing.representative(event.representative))

    @handles(client.ConsentChanged)
    def on_consent_changed(self, session: Session, event: client.ConsentChanged, now: datetime) -> None:
        if denial := representing.guardian_denial(event.consent):
            keep_guardian_denial(session, denial=denial)

    @handles(client.DirectChoiceMade)
    def on_direct_choice_made(self, session: Session, event: client.DirectChoiceMade, now: datetime) -> None:
        self._choice(session, event.choice, now)

    @handles(client.DirectChoiceEnded)
    def on_direct_choice_ended(self, session: Session, event: client.DirectChoiceEnded, now: datetime) -> None:
        self._choice(session, event.choice, now)

    @handles(client.GuidanceGiven)
    def on_guidance_given(self, session: Session, event: client.GuidanceGiven, now: datetime) -> None:
        support = wire.support(event)
        if support is not None:
            note_support(session, **support, now=now)

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        keep_assessment(session, assessment=wire.assessment(event))

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        supersede_assessment(session, assessment_id=UUID(event.assessment_id), client_id=UUID(event.client_id))
