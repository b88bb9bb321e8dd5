"""The county imposes a sanction, and what it says happens to the provider or the contract (SANCTION-1)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.weekdays import FINLAND
from services.provider.domain.contract_lifecycle import Suspension, SuspensionCause, TerminationCause
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import Sanction, SanctionKind
from services.provider.operations.contracts import suspend, terminate
from services.provider.operations.providers import freeze
from services.provider.operations.sanctions import announce_sanction
from services.provider.storage import contracts, providers, sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def impose_sanction(
    session: Session, *, sanction_id: UUID, emergency: bool, rules: Rules, etag: str, now: datetime
) -> Sanction:
    """Impose it after the hearing, or an emergency suspension before it; all of it happens or nothing.

    A suspension that is no emergency lets running care go on for as long as the clause SAFE_CONTINUATION says.
    """
    sanction = sanctions.load_sanction(session, sanction_id, etag=etag)
    day = helsinki_date(now)
    if emergency:
        sanction.impose_at_once(weekdays=rules.hearing_weekdays, calendar=FINLAND, day=day, now=now)
    else:
        sanction.impose(day=day, now=now)
    _take_effect(session, sanction, emergency=emergency, day=day, now=now)
    fact = events_pb2.SanctionImposed(sanction=sanction_facts(sanction))
    announce_sanction(session, sanction, fact)
    return sanction


def _take_effect(session: Session, sanction: Sanction, *, emergency: bool, day: date, now: datetime) -> None:
    grounds = sanction.measure.grounds
    match sanction.measure.kind:
        case SanctionKind.CHOICE_FREEZE:
            freeze(session, providers.load_provider(session, sanction.provider_id), grounds, now=now)
        case SanctionKind.SUSPENSION:
            contract = contracts.load_contract(session, sanction.contract_id)
            until = None if emergency else contract.safe_until(day)
            suspension = Suspension(grounds=grounds, effective=day, safe_until=until, cause=SuspensionCause.COUNTY)
            suspend(session, contract, suspension, day=day, now=now)
        case SanctionKind.TERMINATION:
            contract = contracts.load_contract(session, sanction.contract_id)
            terminate(session, contract, TerminationCause.SERIOUS_BREACH, day=day, now=now)
