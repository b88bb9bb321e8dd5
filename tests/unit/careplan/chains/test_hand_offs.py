"""How often a client was handed on before help came (S1.09, M-I6)."""

from datetime import date

from services.careplan.domain.chains.hand_offs import HandedOn, HandOffs, hand_offs
from services.kernel.care import NeedDomain

MIND, HOME = NeedDomain.MENTAL_HEALTH, NeedDomain.HOUSING


def step(need: NeedDomain, code: str, day: int, *, returned: bool = False) -> HandedOn:
    return HandedOn(need, code, date(2025, 3, day), returned)


def test_steps_after_the_first_service_of_the_need_are_not_before_it_M_I6() -> None:
    steps = [step(MIND, "A", 3, returned=True), step(MIND, "B", 5), step(MIND, "C", 12), step(HOME, "D", 20)]
    given = {"A": [date(2025, 2, 1)], "B": [date(2025, 3, 14), date(2025, 3, 10)], "D": []}
    assert hand_offs(steps, given) == [HandOffs(HOME, 1, 0, 1), HandOffs(MIND, 3, 1, 2)]


def test_without_a_service_all_of_them_are_before_it_M_I6() -> None:
    assert hand_offs([step(MIND, "A", 3), step(MIND, "A", 9)], {}) == [HandOffs(MIND, 2, 0, 2)]
    assert hand_offs([], {}) == []
