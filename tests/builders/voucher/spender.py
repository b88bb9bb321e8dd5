"""A program that moves money of one source step by step, each in a transaction of its own, to be killed on its way."""

import sys
from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.database import engine_from, sessions_from
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.operations.purse import ledger
from tests.builders.voucher.purse import DAY, NOW, PAYEE, WORK


def steps(source: Source) -> list[Callable[[Session], object]]:
    """Every operation on a source, so that each step leaves another balance than the one before."""

    def reserve(session: Session) -> None:
        years = {2025: 500_00, 2026: 300_00}
        ledger.reserve_years(session, source=source, client_id=source.id, service_code=WORK, years=years, now=NOW)

    def spend(session: Session) -> None:
        ledger.spend(session, source=source, amount_cents=600_00, service_date=DAY, provider_id=PAYEE, now=NOW)

    return [
        reserve,
        lambda session: ledger.commit(session, source=source, amount_cents=700_00, now=NOW),
        spend,
        lambda session: ledger.uncommit(session, source=source, amount_cents=50_00, now=NOW),
        lambda session: ledger.release(session, source=source, now=NOW),
    ]


BALANCES = [
    (0, 0, 0),
    (800_00, 0, 0),
    (100_00, 700_00, 0),
    (100_00, 100_00, 600_00),
    (150_00, 50_00, 600_00),
    (0, 0, 600_00),
]
"""Reserved, committed and spent before the first step and after each."""


def main(url: str, source_id: str) -> None:
    """Take all steps."""
    sessions = sessions_from(engine_from(url, pool_size=1))
    for step in steps(Source(SourceKind.VOUCHER, UUID(source_id))):
        with sessions.begin() as session:
            step(session)


if __name__ == "__main__":
    main(*sys.argv[1:])
