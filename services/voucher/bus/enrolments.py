"""What enrolments in packages ask of the money."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.chassis.vault import Vault
from services.voucher.domain.rules import Rules
from services.voucher.operations.envelopes.close_envelope import close_envelope
from services.voucher.operations.envelopes.fund_enrolment import fund_enrolment
from services.voucher.operations.envelopes.reserve_envelope import reserve_envelope
from services.voucher.operations.envelopes.undo_enrolment import undo_enrolment
from services.voucher.wire.envelopes.enrolment import enrolment
from sote.package.v1 import events_pb2 as package


class Enrolments:
    """What enrolments ask of the money (process B)."""

    county: str
    vault: Vault
    rules: Rules

    @handles(package.EnrolmentAccepted)
    def on_enrolment_accepted(self, session: Session, event: package.EnrolmentAccepted, now: datetime) -> None:
        reserve_envelope(session, enrolment=enrolment(event.enrolment), county=self.county, now=now)

    @handles(package.EnrolmentFundingRequested)
    def on_funding_requested(self, session: Session, event: package.EnrolmentFundingRequested, now: datetime) -> None:
        asked = enrolment(event.enrolment)
        plan_id = UUID(event.plan_id)
        county, vault, rules = self.county, self.vault, self.rules
        fund_enrolment(session, enrolment=asked, plan_id=plan_id, county=county, vault=vault, rules=rules, now=now)

    @handles(package.EnrolmentActivated)
    def on_enrolment_activated(self, session: Session, event: package.EnrolmentActivated, now: datetime) -> None:
        close_envelope(session, enrolment_id=UUID(event.enrolment.enrolment_id), now=now)

    @handles(package.EnrolmentFailed, package.EnrolmentWithdrawn, package.EnrolmentCancelled)
    def on_enrolment_off(
        self,
        session: Session,
        event: package.EnrolmentFailed | package.EnrolmentWithdrawn | package.EnrolmentCancelled,
        now: datetime,
    ) -> None:
        undo_enrolment(
            session,
            enrolment_id=UUID(event.enrolment.enrolment_id),
            client_id=UUID(event.enrolment.client_id),
            county=self.county,
            rules=self.rules,
            now=now,
        )
