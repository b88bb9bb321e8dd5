"""The client: every state with every command, registration, flags, own-worker."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest

from services.client.domain.attention import AttentionKind, AttentionSource
from services.client.domain.client import (
    CLOSED,
    TRANSITIONS,
    Client,
    ClientStatus,
    IdentityKind,
    OwnWorker,
    check_residence,
)
from services.client.domain.people import ContactData, Person
from services.client.domain.refusals import (
    ClientClosed,
    FlagNotByHand,
    IllegalTransition,
    RegisteredProfessionalRequired,
    ResidenceRequired,
    SocialWorkerRequired,
    TemporaryIdentityIncomplete,
)
from tests.unit.client.people import COUNSELLOR, NOW, SOCIAL_WORKER, TODAY, client

SPECIAL = AttentionKind.SPECIAL_SUPPORT


def register(one: Client, kind: IdentityKind = IdentityKind.PERSONAL_CODE, reason: str = "", born: bool = True) -> None:
    one.register(
        identity_kind=kind,
        reason=reason,
        person=Person(birth_date=date(1980, 5, 9) if born else None),
        contact_data=ContactData(municipality_code="837"),
        now=NOW,
    )


COMMANDS: dict[str, Callable[[Client], object]] = {
    "register": register,
    "open_matter": lambda one: one.open_matter(NOW),
    "set_attention": lambda one: one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW),
    "lift_attention": lambda one: one.lift_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW),
    "name_own_worker": lambda one: one.name_own_worker(OwnWorker(SOCIAL_WORKER, None, TODAY), NOW),
}


def test_every_command_of_the_table_is_tried() -> None:
    assert {command for _, command in TRANSITIONS} == set(COMMANDS)


@pytest.mark.parametrize(
    ("state", "command"), list(product(ClientStatus, COMMANDS)), ids=lambda one: getattr(one, "value", one)
)
def test_3_1_every_state_with_every_command(state: ClientStatus, command: str) -> None:
    one = client(state)
    after = TRANSITIONS.get((state, command))
    if after is not None:
        COMMANDS[command](one)
        assert one.status is after
        return
    refusal = ClientClosed if state in CLOSED and command != "register" else IllegalTransition
    with pytest.raises(refusal):
        COMMANDS[command](one)
    assert (one.status, one.version, one.attention_flags, one.own_worker) == (state, 1, (), None)


def test_C3_the_first_open_matter_activates_and_the_second_changes_nothing() -> None:
    one = client()
    assert one.open_matter(NOW)
    assert not one.open_matter(NOW)
    assert one.version == 2


def test_C2_a_temporary_identity_needs_a_reason_and_a_day_of_birth() -> None:
    for reason, born in (("", True), ("  ", True), ("unconscious", False)):
        with pytest.raises(TemporaryIdentityIncomplete):
            register(client(ClientStatus.PROSPECT), IdentityKind.TEMPORARY, reason, born)
    one = client(ClientStatus.PROSPECT)
    register(one, IdentityKind.TEMPORARY, "unconscious")
    assert (one.status, one.temporary_reason) == (ClientStatus.REGISTERED, "unconscious")


def test_C2_residence_in_the_county_or_an_urgent_need() -> None:
    county = frozenset({"837"})
    check_residence(ContactData(municipality_code="837"), county, urgent_need=False)
    check_residence(ContactData(municipality_code="091"), county, urgent_need=True)
    for code in ("091", ""):
        with pytest.raises(ResidenceRequired):
            check_residence(ContactData(municipality_code=code), county, urgent_need=False)


def test_C6_only_a_registered_professional_sets_special_support() -> None:
    with pytest.raises(RegisteredProfessionalRequired):
        client().set_attention(SPECIAL, reason="why", by=COUNSELLOR, today=TODAY, now=NOW)


@pytest.mark.parametrize("kind", [AttentionKind.WIDE_RANGE, AttentionKind.FREQUENT_USER])
def test_2_8_1_derived_flags_are_not_set_by_hand(kind: AttentionKind) -> None:
    with pytest.raises(FlagNotByHand):
        client().set_attention(kind, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)


def test_C6_setting_twice_and_lifting_what_is_not_set_change_nothing() -> None:
    one = client()
    assert not one.lift_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert not one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert one.version == 2


def test_S1_14_a_lifted_flag_stays_in_the_history() -> None:
    one = client()
    one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    one.lift_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert not one.has(SPECIAL)
    (flag,) = one.attention_flags
    assert (flag.to_date, flag.lift_reason, flag.set_by, flag.lifted_by) == (TODAY, "why", "sw", "sw")


def test_2_8_1_a_derived_flag_follows_its_rule() -> None:
    one = client(ClientStatus.ACTIVE)
    kind = AttentionKind.WIDE_RANGE
    assert one.derive_attention(kind, True, reason="rule", today=TODAY, now=NOW)
    assert not one.derive_attention(kind, True, reason="rule", today=TODAY, now=NOW)
    assert [flag.source for flag in one.flags_in_force()] == [AttentionSource.AUTO]
    assert one.derive_attention(kind, False, reason="rule", today=TODAY, now=NOW)
    assert not one.flags_in_force()


def test_2_8_1_special_support_needs_a_social_worker_alone_or_in_pair() -> None:
    one = client()
    one.name_own_worker(OwnWorker(COUNSELLOR, None, TODAY), NOW)
    one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    with pytest.raises(SocialWorkerRequired):
        one.name_own_worker(OwnWorker(COUNSELLOR, None, TODAY), NOW)
    one.name_own_worker(OwnWorker(COUNSELLOR, SOCIAL_WORKER, TODAY), NOW)
    one.name_own_worker(OwnWorker(SOCIAL_WORKER, None, TODAY), NOW)
    assert one.version == 5
