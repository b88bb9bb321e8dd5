"""What this service hears that counts against contracts, what it does by the clock; also sends its facts."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every, handles
from services.provider.domain.adherence import Subject
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import Ground
from services.provider.operations.advance_contracts import advance_contracts
from services.provider.operations.expire_sanctions import expire_sanctions
from services.provider.operations.record_breach import record_breach, record_refusals
from services.provider.operations.watch_evidence import watch_evidence
from sote.careplan.v1 import events_pb2 as careplan
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import reversal_pb2


class ProviderBus:
    """The bus process of this service; `rules` are given by `__main__`."""

    name = "provider"
    relay = OutboxRelay()
    rules: Rules

    @every(seconds=2.0)
    def pass_time(self, session: Session, now: datetime) -> None:
        """Changes of lines count from their day; notices and periods end (CONTRACT-4, CONTRACT-8, CONTRACT-9)."""
        advance_contracts(session, rules=self.rules, now=now)

    @every(seconds=2.0)
    def end_sanctions(self, session: Session, now: datetime) -> None:
        """Sanctions whose last day is over expire (SANCTION-1)."""
        expire_sanctions(session, now=now)

    @every(seconds=2.0)
    def check_evidence(self, session: Session, now: datetime) -> None:
        """Evidence that runs out is announced; after its grace contracts are suspended (CONTRACT-5, CONTRACT-11)."""
        watch_evidence(session, rules=self.rules, now=now)

    @handles(careplan.PlanDeviationJudged)
    def on_plan_deviation_judged(self, session: Session, event: careplan.PlanDeviationJudged, now: datetime) -> None:
        """One without a good reason counts (S1.30)."""
        if event.contract_id and not event.justified:
            self._note(session, event.contract_id, Ground.UNJUSTIFIED_DEVIATION, Subject(UUID(event.deviation_id)), now)

    @handles(careplan.AcknowledgementOverdue)
    def on_acknowledgement_overdue(
        self, session: Session, event: careplan.AcknowledgementOverdue, now: datetime
    ) -> None:
        """It counts once for each version of a plan (SANCTION-4)."""
        plan = Subject(UUID(event.plan_id), event.major, event.minor)
        for contract_id in sorted(event.contract_ids):
            self._note(session, contract_id, Ground.OVERDUE_ACKNOWLEDGEMENT, plan, now)

    @handles(careplan.PlanRefusedByProvider)
    def on_plan_refused_by_provider(
        self, session: Session, event: careplan.PlanRefusedByProvider, now: datetime
    ) -> None:
        """A refusal that the contract does not allow counts (SANCTION-4)."""
        record_refusals(
            session,
            contract_ids=[UUID(contract_id) for contract_id in event.contract_ids],
            plan=Subject(UUID(event.plan_id), event.major, event.minor),
            reason_code=event.reason_code,
            rules=self.rules,
            now=now,
            new_id=uuid4,
        )

    @handles(voucher.RedemptionReversed)
    def on_redemption_reversed(self, session: Session, event: voucher.RedemptionReversed, now: datetime) -> None:
        """A false claim counts, an error or a client who is gone does not (SANCTION-4)."""
        if event.contract_id and event.reason == reversal_pb2.REVERSAL_REASON_FALSE_CLAIM:
            self._note(session, event.contract_id, Ground.FALSE_REDEMPTION, Subject(UUID(event.redemption_id)), now)

    def _note(self, session: Session, contract_id: str, ground: Ground, subject: Subject, now: datetime) -> None:
        record_breach(
            session,
            contract_id=UUID(contract_id),
            ground=ground,
            subject=subject,
            rules=self.rules,
            now=now,
            new_id=uuid4,
        )
