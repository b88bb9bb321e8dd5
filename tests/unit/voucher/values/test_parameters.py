"""Dated sets of parameters: one in force a day, an open one gives way, nothing is rewritten (MONEY-6)."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voucher.domain.values.fee import FeePerUnit
from services.voucher.domain.values.income import IncomeStatement, IncomeStatementEnded, Means
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet, ParametersOverlap, succession
from services.voucher.domain.values.value import FixedValue
from tests.builders.voucher.vouchers import CLIENT, NOW

pytestmark = pytest.mark.unit
ENDED = UUID(int=1)


def put(code: str, first: date, last: date | None = None, **changes: object) -> ParameterSet:
    """A set of one service."""
    made = ParameterSet(
        id=uuid4(),
        county="MAAKUNTA_2017:06",
        kind=ParameterKind.VALUE,
        subject="SOC-HOME-CARE",
        code=code,
        number=1,
        valid_from=first,
        valid_to=last,
        body=FixedValue(36_00),
        created_at=NOW,
        created_by="finance-1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_set_that_runs_without_an_end_gives_way_the_day_before_MONEY_6() -> None:
    old, new = put("2025", date(2025, 1, 1)), put("2026", date(2026, 1, 1))
    change = succession(new, [old], ended_id=ENDED)
    assert change.superseded == (old.id,)
    assert [(one.code, one.number, one.valid_from, one.valid_to) for one in change.written] == [
        ("2026", 1, date(2026, 1, 1), None),
        ("2025", 2, date(2025, 1, 1), date(2025, 12, 31)),
    ]
    assert change.written[1].id == ENDED
    assert old.valid_to is None


def test_the_next_version_of_a_set_supersedes_the_one_before_MONEY_6() -> None:
    first = put("2025", date(2025, 1, 1))
    change = succession(put("2025", date(2025, 2, 1), body=FixedValue(37_00)), [first], ended_id=ENDED)
    assert change.superseded == (first.id,)
    assert [(one.number, one.valid_from, one.body) for one in change.written] == [
        (2, date(2025, 2, 1), FixedValue(37_00))
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 6, 1), None),
        (date(2025, 12, 31), date(2026, 12, 31)),
        (date(2024, 1, 1), date(2025, 1, 1)),
        (date(2024, 1, 1), None),
    ],
)
def test_every_other_overlap_is_refused_MONEY_6(first: date, last: date | None) -> None:
    bounded = put("2025", date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(ParametersOverlap):
        succession(put("other", first, last), [bounded], ended_id=ENDED)


def test_a_set_before_an_open_one_must_end_before_it_MONEY_6() -> None:
    later = put("2026", date(2026, 1, 1))
    change = succession(put("2025", date(2025, 1, 1), date(2025, 12, 31)), [later], ended_id=ENDED)
    assert change.superseded == ()
    with pytest.raises(ParametersOverlap):
        succession(put("2025", date(2025, 1, 1)), [later], ended_id=ENDED)


DAYS = st.integers(0, 40).map(lambda n: date.fromordinal(date(2025, 1, 1).toordinal() + n))
PUTS = st.lists(st.tuples(st.sampled_from("abc"), DAYS, st.none() | st.integers(0, 20)), max_size=8)


@given(PUTS)
def test_never_are_two_sets_in_force_on_a_day_MONEY_6(puts: list[tuple[str, date, int | None]]) -> None:
    current: list[ParameterSet] = []
    for code, first, length in puts:
        last = None if length is None else date.fromordinal(first.toordinal() + length)
        try:
            change = succession(put(code, first, last), current, ended_id=uuid4())
        except ParametersOverlap:
            continue
        current = [one for one in current if one.id not in change.superseded] + list(change.written)
        for ordinal in range(date(2025, 1, 1).toordinal(), date(2025, 4, 1).toordinal()):
            assert sum(one.holds_on(date.fromordinal(ordinal)) for one in current) <= 1


def test_a_set_gives_values_or_fees_and_not_the_other_MONEY_6() -> None:
    assert put("a", date(2025, 1, 1)).values == FixedValue(36_00)
    fees = put("a", date(2025, 1, 1), kind=ParameterKind.FEE, body=FeePerUnit(11_60))
    assert fees.fees == FeePerUnit(11_60)
    with pytest.raises(TypeError):
        _ = fees.values
    with pytest.raises(TypeError):
        _ = put("a", date(2025, 1, 1)).fees


def test_a_statement_ends_is_withdrawn_and_ends_once_INCOME_1() -> None:
    def stated() -> IncomeStatement:
        means = Means(2, 2300_00)
        return IncomeStatement(uuid4(), "MAAKUNTA_2017:06", CLIENT, date(2025, 2, 1), None, means, "", NOW, "f", NOW)

    ended = stated()
    ended.end(date(2025, 3, 31), now=NOW)
    assert [ended.holds_on(day) for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 3, 31))] == [
        False,
        True,
        True,
    ]
    assert not ended.holds_on(date(2025, 4, 1))
    with pytest.raises(IncomeStatementEnded):
        ended.end(date(2025, 4, 1), now=NOW)
    withdrawn = stated()
    withdrawn.end(date(2025, 1, 31), now=NOW)
    assert not withdrawn.holds_on(date(2025, 2, 1))
    with pytest.raises(IncomeStatementEnded):
        withdrawn.end(date(2025, 1, 31), now=NOW)
