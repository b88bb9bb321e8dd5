"""What facts say about sanctions, in the words of the copy."""

from datetime import date, timedelta
from uuid import UUID

from services.chassis.values import day_of
from services.voucher.domain.neighbours.provider import SanctionCopy
from sote.provider.v1 import sanction_pb2

IN_FORCE = (sanction_pb2.SANCTION_STATE_IMPOSED, sanction_pb2.SANCTION_STATE_EXPIRED)
ENDED_EARLY = (sanction_pb2.SANCTION_STATE_REMEDIED, sanction_pb2.SANCTION_STATE_ESCALATED)


def sanction_copy(facts: sanction_pb2.SanctionFacts, *, today: date) -> SanctionCopy:
    """A payment reduction as told `today`: expired it goes on for its days, remedied or escalated it ends before today.

    One that was never imposed, or withdrawn, has no days.
    """
    first = last = None
    if facts.state in IN_FORCE + ENDED_EARLY and facts.HasField("effective_date") and facts.HasField("until_date"):
        first, last = day_of(facts.effective_date, "effective_date"), day_of(facts.until_date, "until_date")
        if facts.state in ENDED_EARLY:
            last = min(last, today - timedelta(days=1))
    return SanctionCopy(
        sanction_id=UUID(facts.sanction_id),
        contract_id=UUID(facts.contract_id),
        percent=facts.reduction_percent,
        first_day=first,
        last_day=last,
        version=facts.version,
    )
