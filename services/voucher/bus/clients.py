"""What clients, their assessments, decisions and guidance become here."""

from datetime import date, datetime, timedelta
from uuid import UUID

from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.chassis.clock import helsinki_date
from services.chassis.values import day_of
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.operations.changes.end_for_client import end_for_client
from services.voucher.operations.changes.follow_decision import follow_decision
from services.voucher.operations.neighbours import keep_copies as keep
from services.voucher.wire.neighbours.client import decision_copy
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
    """What clients, their assessments, decisions and guidance become here: copies, and the end of vouchers."""

    rules: Rules

    @handles(*CLIENT_FACTS)
    def on_client(self, session: Session, event: ClientFact, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientMovedOut)
    def on_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        self._end(session, event.client, RevokeReason.MOVED, self._last_day(event.moved_date, "moved_date"), now)

    @handles(client.ClientDeceased)
    def on_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        last_day = self._last_day(event.deceased_date, "deceased_date")
        self._end(session, event.client, RevokeReason.DECEASED, last_day, now)

    @handles(client.ClientMerged)
    def on_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        self._end(session, event.client, RevokeReason.CLIENT_MERGED, helsinki_date(now), now)

    @handles(client.RepresentativeChanged)
    def on_representative_changed(self, session: Session, event: client.RepresentativeChanged, now: datetime) -> None:
        keep.keep_representative(session, event.representative)

    @handles(client.ConsentChanged)
    def on_consent_changed(self, session: Session, event: client.ConsentChanged, now: datetime) -> None:
        keep.keep_guardian_denial(session, event.consent)

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        keep.keep_assessment(session, event)

    @handles(client.AssessmentCancelled, client.AssessmentSuperseded)
    def on_assessment_withdrawn(
        self, session: Session, event: client.AssessmentCancelled | client.AssessmentSuperseded, now: datetime
    ) -> None:
        keep.withdraw_assessment(session, event)

    @handles(client.DecisionMade)
    def on_decision_made(self, session: Session, event: client.DecisionMade, now: datetime) -> None:
        keep.keep_decision(session, event)

    @handles(client.DecisionChanged)
    def on_decision_changed(self, session: Session, event: client.DecisionChanged, now: datetime) -> None:
        if keep.keep_decision(session, event):
            follow_decision(session, decision=decision_copy(event), rules=self.rules, now=now)

    @handles(client.GuidanceGiven)
    def on_guidance_given(self, session: Session, event: client.GuidanceGiven, now: datetime) -> None:
        keep.keep_guidance(session, event)

    @handles(client.DirectChoiceMade, client.DirectChoiceEnded)
    def on_direct_choice(
        self, session: Session, event: client.DirectChoiceMade | client.DirectChoiceEnded, now: datetime
    ) -> None:
        keep.keep_choice(session, event.choice)

    def _last_day(self, facts: Date, field: str) -> date:
        """The last day of service: that of death or move, or the one before where the county does not count it."""
        return day_of(facts, field) - timedelta(days=0 if self.rules.count_exit_day else 1)

    def _end(
        self, session: Session, facts: client.ClientFacts, reason: RevokeReason, last_day: date, now: datetime
    ) -> None:
        if keep.keep_client(session, facts):
            gone = UUID(facts.client_id)
            end_for_client(session, client_id=gone, reason=reason, last_day=last_day, rules=self.rules, now=now)
