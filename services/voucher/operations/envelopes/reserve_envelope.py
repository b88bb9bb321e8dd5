"""Reserve the envelope of an enrolment, so that its package is affordable as a whole (PROCESS-B2)."""

from datetime import date, datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.chassis.outbox import announce
from services.voucher.domain.envelopes.envelope import Enrolment, Envelope, EnvelopeState, split
from services.voucher.domain.purse.years import units_by_year
from services.voucher.operations.purse.ledger import BudgetExhausted, Source, SourceKind, line_of, reserve_parts
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.storage.envelopes.envelope import add_envelope, load_envelope
from services.voucher.storage.neighbours.provider import find_catalogue
from services.voucher.wire.envelopes.enrolment import envelope_refused, envelope_reserved


def reserve_envelope(session: Session, *, enrolment: Enrolment, county: str, now: datetime) -> None:
    """RESERVE the envelope under the source ENROLMENT, on the lines its items will need; announces how it went.

    A budget that has not enough refuses the whole envelope (EnvelopeRefused); nothing else has happened then.
    Raises NotYet while the catalogue does not know an item's service. An enrolment known already changes nothing.
    """
    if load_envelope(session, enrolment.enrolment_id) is not None:
        return
    envelope = Envelope(
        enrolment_id=enrolment.enrolment_id,
        county=county,
        client_id=enrolment.client_id,
        amount=enrolment.envelope,
        state=EnvelopeState.RESERVED,
        created_at=now,
        updated_at=now,
    )
    fact: Message = envelope_reserved(envelope)
    try:
        reserve_parts(
            session,
            source=Source(SourceKind.ENROLMENT, enrolment.enrolment_id),
            client_id=enrolment.client_id,
            service_code=enrolment.package_code,
            parts=split(enrolment.envelope, _expected(session, enrolment)),
            now=now,
        )
    except BudgetExhausted as refusal:
        envelope.state = EnvelopeState.REFUSED
        fact = envelope_refused(envelope, refusal.reason)
    add_envelope(session, envelope)
    announce(session, fact, aggregate="enrolments", aggregate_id=envelope.enrolment_id, version=envelope.version)
    publish_finance(session, client_id=enrolment.client_id, now=now)


def _expected(session: Session, enrolment: Enrolment) -> list[tuple[UUID, int]]:
    """The budget line and expected cost in each year of each item that costs something, at the reference price."""
    found: list[tuple[UUID, int]] = []
    for item in enrolment.items:
        if not item.costs:
            continue
        entry = find_catalogue(session, item.service_code)
        if entry is None:
            raise NotYet(f"the catalogue does not know {item.service_code}")
        price = entry.reference_price_cents
        years = units_by_year(item.units, unit=entry.unit, first=item.from_date, last=item.to_date)
        for year, units in years.items():
            line_id = line_of(session, service_code=item.service_code, service_date=date(year, 1, 1))
            found.append((line_id, price * units))
    return found
