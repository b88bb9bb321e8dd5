"""Representatives: their machine, their days, and who may act for whom (REPRESENTATIVE-2, CONSENT-7)."""

from datetime import date
from itertools import product
from uuid import uuid4

import pytest

from services.client.domain.consents.consent import ConsentKind, ConsentTarget, Scope
from services.client.domain.consents.refusals import NotAMinor
from services.client.domain.representatives.refusals import RepresentationPeriod, SelfRepresented
from services.client.domain.representatives.representative import (
    TRANSITIONS,
    Representative,
    RepresentativeKind,
    RepresentativeState,
    RepresentedMatters,
    check_person,
    last_day,
    may_act,
)
from services.kernel.care import Sector
from services.kernel.refusal import IllegalTransition
from tests.builders.client.people import NOW, TODAY

Kind = RepresentativeKind
Matters = RepresentedMatters
BORN = date(2009, 6, 18)
KEPT = Scope(ConsentKind.DENIAL, Sector.SOCIAL, ConsentTarget.GUARDIAN)


def representative(
    kind: RepresentativeKind = Kind.TRUSTEE,
    matters: RepresentedMatters = Matters.ALL,
    state: RepresentativeState = RepresentativeState.IN_FORCE,
    to_date: date | None = None,
) -> Representative:
    return Representative(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        kind=kind,
        matters=matters,
        representative_client_id=uuid4(),
        from_date=date(2025, 1, 7),
        to_date=to_date,
        created_at=NOW,
        created_by="somebody",
        state=state,
    )


@pytest.mark.parametrize(("state", "command"), list(product(RepresentativeState, ["end"])))
def test_every_state_with_every_command_REFUSAL_1(state: RepresentativeState, command: str) -> None:
    one = representative(state=state)
    if (state, command) in TRANSITIONS:
        one.end(TODAY)
        assert (one.state, one.ended_date, one.version) == (RepresentativeState.ENDED, TODAY, 2)
        return
    with pytest.raises(IllegalTransition):
        one.end(TODAY)
    assert one.version == 1


def test_nobody_represents_themselves_REPRESENTATIVE_1() -> None:
    uid = uuid4()
    check_person(uid, uuid4())
    check_person(uid, None)
    with pytest.raises(SelfRepresented):
        check_person(uid, uid)


@pytest.mark.parametrize(
    ("kind", "to_date", "born", "expected"),
    [
        (Kind.GUARDIAN, None, BORN, date(2027, 6, 17)),
        (Kind.GUARDIAN, date(2026, 1, 1), BORN, date(2026, 1, 1)),
        (Kind.GUARDIAN, date(2030, 1, 1), BORN, date(2027, 6, 17)),
        (Kind.GUARDIAN, None, date(2007, 1, 15), date(2025, 1, 14)),
        (Kind.GUARDIAN, None, date(2007, 1, 14), NotAMinor),
        (Kind.GUARDIAN, None, None, NotAMinor),
        (Kind.TRUSTEE, None, date(1950, 1, 1), None),
        (Kind.AUTHORISED, date(2025, 1, 13), BORN, RepresentationPeriod),
        (Kind.AUTHORISED, date(2025, 1, 14), None, date(2025, 1, 14)),
    ],
)
def test_the_last_day_REPRESENTATIVE_1(kind: RepresentativeKind, to_date: date, born: date, expected: object) -> None:
    if isinstance(expected, type):
        with pytest.raises(expected):
            last_day(kind, from_date=TODAY, to_date=to_date, born=born, today=TODAY)
    else:
        assert last_day(kind, from_date=TODAY, to_date=to_date, born=born, today=TODAY) == expected


@pytest.mark.parametrize(
    ("one", "denials", "sector", "expected"),
    [
        (representative(Kind.TRUSTEE), (), None, True),
        (representative(Kind.AUTHORISED, Matters.SOCIAL), (), Sector.SOCIAL, True),
        (representative(Kind.AUTHORISED, Matters.SOCIAL), (), Sector.HEALTH, False),
        (representative(Kind.AUTHORISED, Matters.SOCIAL), (), None, False),
        (representative(Kind.INFORMAL_CARER), (), None, False),
        (representative(Kind.GUARDIAN), (), Sector.SOCIAL, True),
        (representative(Kind.GUARDIAN), (KEPT,), Sector.SOCIAL, False),
        (representative(Kind.GUARDIAN), (KEPT,), Sector.HEALTH, True),
        (representative(Kind.GUARDIAN), (KEPT,), None, False),
        (representative(Kind.TRUSTEE), (KEPT,), Sector.SOCIAL, True),
        (representative(state=RepresentativeState.ENDED), (), None, False),
        (representative(to_date=date(2025, 1, 13)), (), None, False),
        (representative(to_date=date(2025, 1, 14)), (), None, True),
    ],
)
def test_who_may_act_CONSENT_7(one: Representative, denials: tuple[Scope, ...], sector: Sector, expected: bool) -> None:
    assert may_act([one], denials, sector=sector, today=TODAY) is expected
    assert not may_act([one], denials, sector=sector, today=date(2025, 1, 6))
    assert not may_act([], denials, sector=sector, today=TODAY)
