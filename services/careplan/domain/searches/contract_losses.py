"""What a contract no longer carries: all of it when it is not in force, else the services whose line is gone
(PROCESS-C1)."""

from collections.abc import Mapping
from datetime import date

from services.careplan.domain.neighbours.copies import ContractCopy

EVERY_SERVICE = ""


def losses(
    known: Mapping[str, date],
    before: ContractCopy | None,
    after: ContractCopy,
    *,
    unserved_from: date | None,
    today: date,
) -> dict[str, date]:
    """Service code (or every service) -> the first day it is not carried; what is carried again is left out.

    `known` is what was lost already. It compares two states, so facts between them may be missed.
    """
    carried = {line.service_code for line in after.lines}
    gone = {line.service_code for line in before.lines} - carried if before else set()
    found = {code: day for code, day in known.items() if code != EVERY_SERVICE and code not in carried}
    found |= {code: today for code in sorted(gone) if code not in found}
    return found if unserved_from is None else {EVERY_SERVICE: unserved_from, **found}
