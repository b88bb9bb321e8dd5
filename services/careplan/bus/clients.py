"""Facts of the client service: clients, representatives, choices, guidance and assessments."""

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
from services.careplan.operations.searches.record_support import record_support
from services.careplan.wire import neighbours as wire
from services.chassis.bus import handles
from services.chassis.clock import helsinki_date
from services.chassis.values import day_of
from sote.client.v1 import events_pb2 as client

ClientFact = (
    client.ClientRegistered
    | client.ClientActivated
    | client.ClientAttentionChanged
    | client.ClientOwnWorkerNamed
    | client.ClientDormant
    | client.ClientStatusCorrected
    | client.ClientIdentityCodeChanged
)
CLIENT_FACTS: tuple[type[ClientFact], ...] = (
    client.ClientRegistered,
    client.ClientActivated,
    client.ClientAttentionChanged,
    client.ClientOwnWorkerNamed,
    client.ClientDormant,
    client.ClientStatusCorrected,
    client.ClientIdentityCodeChanged,
)


class Clients:
    """Facts of the client service."""

    rules: Rules

    @handles(*CLIENT_FACTS)
    def on_client(self, session: Session, event: ClientFact, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client), now=now)

    @handles(client.ClientMovedOut)
    def on_client_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        self._end(session, event.client, LeaveReason.MOVED, day_of(event.moved_date, "moved_date"), now)

    @handles(client.ClientDeceased)
    def on_client_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        self._end(session, event.client, LeaveReason.DECEASED, day_of(event.deceased_date, "deceased_date"), now)

    @handles(client.ClientMerged)
    def on_client_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        self._end(session, event.client, LeaveReason.MERGED, helsinki_date(now), now)

    def _end(self, session: Session, facts: client.ClientFacts, reason: LeaveReason, day: date, now: datetime) -> None:
        end_matters(session, client=wire.client(facts), reason=reason, day=day, now=now, new_id=uuid4)

    @handles(client.RepresentativeChanged)
    def on_representative_changed(self, session: Session, event: client.RepresentativeChanged, now: datetime) -> None:
        keep_representative(session, representative=wire.representative(event.representative))

    @handles(client.ConsentChanged)
    def on_consent_changed(self, session: Session, event: client.ConsentChanged, now: datetime) -> None:
        if denial := wire.guardian_denial(event.consent):
            keep_guardian_denial(session, denial=denial)

    @handles(client.DirectChoiceMade, client.DirectChoiceEnded)
    def on_direct_choice(
        self, session: Session, event: client.DirectChoiceMade | client.DirectChoiceEnded, now: datetime
    ) -> None:
        choice = wire.direct_choice(event.choice)
        follow_direct_choice(session, choice=choice, rules=self.rules, now=now, new_id=uuid4)

    @handles(client.GuidanceGiven)
    def on_guidance_given(self, session: Session, event: client.GuidanceGiven, now: datetime) -> None:
        if support := wire.support(event):
            record_support(session, support=support, now=now)

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        keep_assessment(session, assessment=wire.assessment(event))

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        supersede_assessment(session, assessment_id=UUID(event.assessment_id), client_id=UUID(event.client_id))
