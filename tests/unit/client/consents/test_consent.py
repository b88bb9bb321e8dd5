"""Permissions and denials: their machine, what is refused, and the table of cases of CONSENT-3."""

from collections.abc import Callable
from itertools import product
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.client.domain.consents.consent import (
    TRANSITIONS,
    Consent,
    ConsentKind,
    ConsentState,
    ConsentTarget,
    DisclosureException,
    Item,
    Reader,
    Scope,
    check_minor,
    check_scope,
    denial_applies,
    may_disclose,
)
from services.client.domain.consents.refusals import DenialNotAllowed, MinorTooYoung, NotAMinor, NotInformed
from services.client.domain.relationships.relationship import RelationshipKind
from services.kernel.care import Sector
from services.kernel.refusal import IllegalTransition
from tests.builders.client.people import NOW

PERMISSION, DENIAL = ConsentKind.PERMISSION, ConsentKind.DENIAL
SOCIAL, HEALTH = Sector.SOCIAL, Sector.HEALTH
Target = ConsentTarget
TASK = "LASTENSUOJELU"
DOCUMENT = "document"
NARRATIVE = Item(SOCIAL, TASK, DOCUMENT, producer="enterprise")
ROW = Item(SOCIAL, TASK, producer="enterprise", closer=False)
ENTERPRISE = Reader("enterprise-2", frozenset({"COUNTY_ENTERPRISE"}))
HELPER = Reader("helper", frozenset({"VOUCHER"}), frozenset({RelationshipKind.VOUCHER}))
PURCHASED = Reader("helper", frozenset({"PURCHASED"}), frozenset({RelationshipKind.PLAN_SERVICE}))
DENTAL = Reader("dental", frozenset({"DIRECT_CHOICE_DENTAL"}), frozenset({RelationshipKind.DIRECT_CHOICE}))
BOTH = Reader("both", frozenset({"DIRECT_CHOICE_HSSC", "VOUCHER"}), frozenset({RelationshipKind.DIRECT_CHOICE}))
ELSEWHERE = Reader("MAAKUNTA_2017:01")
DENIED = Scope(DENIAL, SOCIAL, Target.SERVICE_TASK, TASK)


def check(kind: ConsentKind, target: ConsentTarget, target_id: str = "", *roles: str, informed: bool = True) -> None:
    check_scope(Scope(kind, SOCIAL, target, target_id), informed=informed, roles=roles, own_county="MAAKUNTA_2017:06")


@pytest.mark.parametrize(("state", "command"), list(product(ConsentState, ["revoke"])))
def test_every_state_with_every_command_REFUSAL_1(state: ConsentState, command: str) -> None:
    one = Consent(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        scope=DENIED,
        created_at=NOW,
        created_by="somebody",
        state=state,
    )
    if (state, command) in TRANSITIONS:
        one.revoke(by="somebody", now=NOW)
        assert (one.state, one.revoked_at, one.version) == (ConsentState.REVOKED, NOW, 2)
        return
    with pytest.raises(IllegalTransition):
        one.revoke(by="somebody", now=NOW)
    assert one.version == 1


def test_a_permission_needs_an_informed_client_and_a_denial_does_not_CONSENT_2() -> None:
    with pytest.raises(NotInformed):
        check(PERMISSION, Target.ALL, informed=False)
    check(PERMISSION, Target.ALL)
    check(DENIAL, Target.ALL, informed=False)


@pytest.mark.parametrize(
    ("target_id", "roles", "refused"),
    [
        ("p", ("COUNTY_ENTERPRISE",), True),
        ("p", ("VOUCHER",), True),
        ("p", ("PURCHASED",), True),
        ("p", ("VOUCHER", "PURCHASED"), True),
        ("p", ("DIRECT_CHOICE_DENTAL",), False),
        ("p", ("DIRECT_CHOICE_HSSC", "VOUCHER"), False),
        ("MAAKUNTA_2017:06", (), True),
        ("MAAKUNTA_2017:01", (), False),
    ],
)
def test_nothing_is_denied_between_the_county_and_who_acts_for_it_CONSENT_1(
    target_id: str, roles: tuple[str, ...], refused: bool
) -> None:
    check(PERMISSION, Target.CONTROLLER, target_id, *roles)
    if refused:
        with pytest.raises(DenialNotAllowed):
            check(DENIAL, Target.CONTROLLER, target_id, *roles)
    else:
        check(DENIAL, Target.CONTROLLER, target_id, *roles)


@pytest.mark.parametrize(
    ("age", "self_told", "refusal"),
    [(18, False, NotAMinor), (None, False, NotAMinor), (11, True, MinorTooYoung), (11, False, None),
     (12, True, None), (17, True, None)],
)  # fmt: skip
def test_a_minor_may_keep_own_data_from_the_guardian_CONSENT_7(
    age: int, self_told: bool, refusal: type[Exception]
) -> None:
    act: Callable[[], None] = lambda: check_minor(age, self_told=self_told, decides_age=12)  # noqa: E731
    if refusal:
        with pytest.raises(refusal):
            act()
    else:
        act()


@pytest.mark.parametrize(
    ("denied", "item", "reader", "exception", "expected"),
    [
        (Scope(DENIAL, SOCIAL, Target.ALL), NARRATIVE, DENTAL, None, True),
        (DENIED, NARRATIVE, DENTAL, None, True),
        (Scope(DENIAL, SOCIAL, Target.SERVICE_TASK, "PAIHDE"), NARRATIVE, DENTAL, None, False),
        (Scope(DENIAL, SOCIAL, Target.DOCUMENT, DOCUMENT), NARRATIVE, DENTAL, None, True),
        (Scope(DENIAL, SOCIAL, Target.DOCUMENT, "other"), NARRATIVE, DENTAL, None, False),
        (Scope(DENIAL, SOCIAL, Target.CONTROLLER, "dental"), NARRATIVE, DENTAL, None, True),
        (Scope(DENIAL, SOCIAL, Target.CONTROLLER, "both"), NARRATIVE, DENTAL, None, False),
        (Scope(DENIAL, HEALTH, Target.ALL), NARRATIVE, DENTAL, None, False),
        (Scope(PERMISSION, SOCIAL, Target.ALL), NARRATIVE, DENTAL, None, False),
        (Scope(DENIAL, SOCIAL, Target.GUARDIAN), NARRATIVE, DENTAL, None, False),
        (DENIED, ROW, DENTAL, None, False),
        (DENIED, NARRATIVE, ENTERPRISE, None, False),
        (DENIED, NARRATIVE, HELPER, None, False),
        (DENIED, NARRATIVE, PURCHASED, None, False),
        (DENIED, NARRATIVE, Reader("helper", frozenset({"VOUCHER"})), None, True),
        (DENIED, NARRATIVE, BOTH, None, True),
        (DENIED, NARRATIVE, ELSEWHERE, None, True),
        (DENIED, NARRATIVE, Reader("enterprise"), None, False),
        (DENIED, NARRATIVE, DENTAL, DisclosureException.NEEDS_ASSESSMENT, False),
        (DENIED, NARRATIVE, DENTAL, DisclosureException.EMERGENCY, False),
    ],
)  # fmt: skip
def test_when_a_denial_applies_CONSENT_3(
    denied: Scope, item: Item, reader: Reader, exception: DisclosureException | None, expected: bool
) -> None:
    assert denial_applies([denied], item, reader, exception) is expected


@pytest.mark.parametrize(
    ("given_", "reader", "expected"),
    [
        ([], ENTERPRISE, True),
        ([], DENTAL, True),
        ([], ELSEWHERE, False),
        ([Scope(PERMISSION, SOCIAL, Target.ALL)], ELSEWHERE, True),
        ([Scope(PERMISSION, HEALTH, Target.ALL)], ELSEWHERE, False),
        ([Scope(PERMISSION, SOCIAL, Target.CONTROLLER, "MAAKUNTA_2017:01")], ELSEWHERE, True),
        ([Scope(PERMISSION, SOCIAL, Target.CONTROLLER, "MAAKUNTA_2017:02")], ELSEWHERE, False),
        ([Scope(PERMISSION, SOCIAL, Target.ALL), DENIED], ELSEWHERE, False),
    ],
)
def test_who_is_no_provider_of_the_county_needs_permission_of_the_sector_CONSENT_2(
    given_: list[Scope], reader: Reader, expected: bool
) -> None:
    assert may_disclose(given_, NARRATIVE, reader) is expected
    assert may_disclose(given_, NARRATIVE, reader, DisclosureException.EMERGENCY)


SCOPES = some.builds(
    Scope,
    some.sampled_from(ConsentKind),
    some.sampled_from(Sector),
    some.sampled_from(ConsentTarget),
    some.sampled_from(["", TASK, DOCUMENT, "dental", "MAAKUNTA_2017:01"]),
)
READERS = some.sampled_from([ENTERPRISE, HELPER, PURCHASED, DENTAL, BOTH, ELSEWHERE])
ITEMS = some.sampled_from([NARRATIVE, ROW, Item(HEALTH)])


@settings(derandomize=True, deadline=None)
@given(scopes=some.lists(SCOPES, max_size=5), more=SCOPES, item=ITEMS, reader=READERS)
def test_a_denial_never_opens_and_a_permission_never_closes_CONSENT_3(
    scopes: list[Scope], more: Scope, item: Item, reader: Reader
) -> None:
    before, after = may_disclose(scopes, item, reader), may_disclose([*scopes, more], item, reader)
    assert before >= after if more.kind is DENIAL else before <= after
    if reader.of_county:
        assert after
