"""Acts of many callers at once, each in a transaction of its own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.database import sessions_from
from services.kernel.refusal import Refusal
from tests.builders.voucher.county import World

LANES = 10


Act = Callable[[World], Any]


def committed(engine: Engine, act: Act, of: World | None = None) -> Any:
    """Do `act` in a world over a session of its own and commit."""
    with sessions_from(engine).begin() as session:
        world = World(session) if of is None else _moved(of, session)
        return act(world)


def _moved(world: World, session: Session) -> World:
    names = ("client_id", "assessment_id", "decision_id", "enterprise", "coach", "now")
    return World(session, **{name: getattr(world, name) for name in names})


def at_once(engine: Engine, acts: list[tuple[World, Act]], lanes: int = LANES) -> Counter[str]:
    """All acts, so many at once, each in a transaction of its own; how many ended how."""
    start = Barrier(lanes)

    def one(pair: tuple[World, Act]) -> str:
        start.wait(timeout=30)
        try:
            committed(engine, pair[1], pair[0])
        except Refusal as refusal:
            return refusal.reason
        return "OK"

    with ThreadPoolExecutor(lanes) as pool:
        return Counter(pool.map(one, acts))
