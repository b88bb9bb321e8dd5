"""The county imposes a sanction, and what it says happens to the provider or the contract (SANCTION-1)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.chassis.weekdays import FINLAND
from services.provider.domain.course import Suspension, SuspensionCause, TerminationCause
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import Sanction, SanctionKind
from services.provider.operations.freeze_provider import freeze_provider
from services.provider.operations.suspend_contract import suspend_contract
from services.provider.operations.terminate_contract import terminate_contract
from services.provider.storage import contracts, sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def impose_sanction(
    session: Session, *, sanction_id: UUID, emergency: bool, rules: Rules, etag: str, now: datetime
) -> Sanction:
    """Impose it after the hearing, or an emergency suspension before it; all of it happens or nothing.

    A suspension that is no emergency lets running care go on for as long as the clause SAFE_CONTINUATION says.
    """
    sanction = sanctions.for_update(session, sanction_id)
    check_etag(etag, sanction.version)
    day = helsinki_date(now)
    if emergency:
        sanction.impose_at_once(weekdays=rules.hearing_weekdays, calendar=FINLAND, day=day, now=now)
    else:
        sanction.impose(day=day, now=now)
    _take_effect(session, sanction, emergency=emergency, day=day, now=now)
    session.flush()
    fact = events_pb2.SanctionImposed(sanction=sanction_facts(sanction))
    announce(session, fact, aggregate="sanctions", aggregate_id=sanction.uid, version=sanction.version)
    return sanction


def _take_effect(session: Session, sanction: Sanction, *, emergency: bool, day: date, now: datetime) -> None:
    contract_id, grounds = sanction.contract_id, sanction.measure.grounds
    match sanction.measure.kind:
        case SanctionKind.CHOICE_FREEZE:
            freeze_provider(session, provider_id=sanction.provider_id, reason=grounds, etag="", now=now)
        case SanctionKind.SUSPENSION:
            contract = contracts.for_update(session, contract_id)
            until = None if emergency else contract.safe_until(day)
            told = Suspension(grounds=grounds, effective=day, safe_until=until, cause=SuspensionCause.COUNTY)
            suspend_contract(session, contract_id=contract_id, suspension=told, etag="", now=now)
        case SanctionKind.TERMINATION:
            cause = TerminationCause.SERIOUS_BREACH
            terminate_contract(session, contract_id=contract_id, cause=cause, etag="", now=now)
