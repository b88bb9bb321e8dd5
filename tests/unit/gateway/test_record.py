"""How it stands with a section: never nothing without a word."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.min_version import BadToken, needed_versions
from services.gateway.domain.record import KINDS, Answer, Copy, SectionStatus, part_of, services_to_ask

PLAN = KINDS[1]
CLIENT = UUID(int=7)
AS_OF = datetime(2025, 1, 1, tzinfo=UTC)
COPIES = st.none() | st.integers(1, 5).map(
    lambda version: Copy(version, datetime(2025, 1, 1, tzinfo=UTC), b"", frozenset())
)
ANSWERS = st.none() | st.just(Answer({}, "UNAVAILABLE")) | COPIES.map(lambda c: Answer({PLAN.message: c} if c else {}))


@given(stored=COPIES, answer=ANSWERS, needed=st.integers(0, 5))
def test_a_section_is_shown_or_said_to_be_missing_RECORD_3(
    stored: Copy | None, answer: Answer | None, needed: int
) -> None:
    part = part_of(PLAN, readable=True, stored=stored, answer=answer, needed=needed)
    shown = part.status in {SectionStatus.COMPLETE, SectionStatus.STALE}
    assert shown == (part.copy is not None)
    assert bool(part.reason) == (part.status in {SectionStatus.STALE, SectionStatus.UNAVAILABLE})
    if part.status is SectionStatus.COMPLETE and part.copy:
        assert part.copy.version >= needed
    if stored and (answer is None or answer.failure or answer.sections):
        assert part.copy is not None
        assert part.copy.version >= stored.version


@given(stored=COPIES, answer=ANSWERS, needed=st.integers(0, 5))
def test_what_may_not_be_read_is_withheld_whatever_is_there_INV_14(
    stored: Copy | None, answer: Answer | None, needed: int
) -> None:
    part = part_of(PLAN, readable=False, stored=stored, answer=answer, needed=needed)
    assert (part.status, part.copy, part.reason) == (SectionStatus.WITHHELD, None, "")


def test_only_services_that_are_behind_are_asked() -> None:
    stored = {PLAN.message: Copy(3, AS_OF, b"", frozenset())}
    readable = frozenset(kind.message for kind in KINDS)
    assert services_to_ask(stored, {}, readable=readable, fresh=False) == frozenset()
    assert services_to_ask(stored, {PLAN.message: 3}, readable=readable, fresh=False) == frozenset()
    assert services_to_ask(stored, {PLAN.message: 4}, readable=readable, fresh=False) == {"careplan"}
    assert services_to_ask(stored, {PLAN.message: 4}, readable=frozenset(), fresh=True) == frozenset()
    assert services_to_ask({}, {}, readable=readable, fresh=True) == {"client", "careplan", "voucher", "package"}


def test_a_token_counts_for_its_client_only() -> None:
    assert needed_versions("", CLIENT) == {}
    token = f"{CLIENT}/a.A=2;{CLIENT}/b.B=1;{uuid4()}/a.A=9;{CLIENT}/a.A=1"
    assert needed_versions(token, CLIENT) == {"a.A": 2, "b.B": 1}


@pytest.mark.parametrize("token", ["a", "a=1", "a/=1", "a/b", "a/b=", "a/b=1.0", "a/b=-1", "a/b=٣", f"a/b={10**20}"])
def test_a_token_of_no_write_is_refused(token: str) -> None:
    with pytest.raises(BadToken):
        needed_versions(token, CLIENT)
