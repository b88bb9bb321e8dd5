"""Sanctions on the wire: the resource, the facts, and what the county proposes."""

from typing import Protocol

from google.type.date_pb2 import Date

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, day_of, instant
from services.chassis.words import value_of, word
from services.provider.domain.adherence import Breach
from services.provider.domain.sanction import Measure, Sanction, SanctionKind
from sote.provider.v1 import adherence_service_pb2, sanction_pb2

SANCTIONS = "sanctions"


class Asked(Protocol):
    """A request that tells a measure."""

    kind: sanction_pb2.SanctionKind.ValueType
    grounds: str
    reduction_percent: int

    @property
    def until_date(self) -> Date:
        """The last day."""
        ...


def measure(request: Asked) -> Measure:
    """What the county proposes; a date without a year is none."""
    until = request.until_date
    return Measure(
        kind=word(SanctionKind, sanction_pb2.SanctionKind, request.kind),
        grounds=request.grounds,
        reduction_percent=request.reduction_percent,
        until=day_of(until, "until_date") if until.year or until.month or until.day else None,
    )


def sanction_facts(found: Sanction) -> sanction_pb2.SanctionFacts:
    """All of a sanction that others may know; grounds and statement are free text, which no fact carries (INV-25)."""
    return sanction_pb2.SanctionFacts(
        sanction_id=str(found.id),
        contract_id=str(found.contract_id),
        provider_id=str(found.provider_id),
        kind=value_of(sanction_pb2.SanctionKind, found.measure.kind),
        state=value_of(sanction_pb2.SanctionState, found.state),
        hearing_due=day(found.hearing_due),
        effective_date=day(found.imposed_on),
        until_date=day(found.until),
        reduction_percent=found.measure.reduction_percent,
        heard=found.statement is not None,
        escalated_from=str(found.escalated_from or ""),
        version=found.version,
        ground=value_of(sanction_pb2.SanctionGround, found.ground),
    )


def sanction(found: Sanction) -> sanction_pb2.Sanction:
    """A sanction as the county and the provider see it."""
    return sanction_pb2.Sanction(
        name=resource_name(SANCTIONS, found.id),
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        facts=sanction_facts(found),
        grounds=found.measure.grounds,
        statement=found.statement or "",
    )


def breach(found: Breach) -> adherence_service_pb2.Breach:
    """A row of a contract's ledger."""
    return adherence_service_pb2.Breach(
        contract_id=str(found.contract_id),
        provider_id=str(found.provider_id),
        ground=value_of(sanction_pb2.SanctionGround, found.ground),
        number=found.number,
        subject_id=str(found.subject_id),
        noted_date=day(found.noted_on),
        major=found.major,
        minor=found.minor,
    )
