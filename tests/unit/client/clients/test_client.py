"""The client: every state with every command, registration, flags, own-worker."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest

from services.client.domain.clients.client import (
    CLOSED,
    MATTERS,
    TRANSITIONS,
    Client,
    ClientState,
    IdentityKind,
    OwnWorker,
    check_residence,
)
from services.client.domain.clients.flags import AttentionKind, AttentionSource
from services.client.domain.clients.non_disclosure import NonDisclosure
from services.client.domain.clients.people import ContactData, Person
from services.client.domain.clients.refusals import (
    ClientClosed,
    FlagNotByHand,
    MergeNotAllowed,
    RegisteredProfessionalRequired,
    ResidenceRequired,
    SocialWorkerRequired,
    TemporaryIdentityIncomplete,
)
from services.client.domain.refusals import DateNotAllowed
from services.kernel.refusal import IllegalTransition
from tests.builders.client.people import COUNSELLOR, NOW, SOCIAL_WORKER, TODAY, client

SPECIAL = AttentionKind.SPECIAL_SUPPORT


def register(one: Client, kind: IdentityKind = IdentityKind.PERSONAL_CODE, reason: str = "", born: bool = True) -> None:
    one.register(
        identity_kind=kind,
        reason=reason,
        person=Person(birth_date=date(1980, 5, 9) if born else None),
        contact_data=ContactData(municipality_code="837"),
        today=TODAY,
        now=NOW,
    )


COMMANDS: dict[str, Callable[[Client], object]] = {
    "register": register,
    "open_matter": lambda one: one.open_matter(NOW),
    "set_attention": lambda one: one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW),
    "lift_attention": lambda one: one.lift_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW),
    "name_own_worker": lambda one: one.name_own_worker(OwnWorker(SOCIAL_WORKER, None, TODAY), NOW),
    "set_non_disclosure": lambda one: one.set_non_disclosure(NonDisclosure(TODAY, TODAY), NOW),
    "end_non_disclosure": lambda one: one.end_non_disclosure(NOW),
    "close_last_matter": lambda one: one.fall_dormant(NOW),
    "choose_direct": lambda one: one.check("choose_direct"),
    "change_identity_code": lambda one: one.change_identity(date(1994, 5, 1), NOW),
    "move_out": lambda one: one.move_out(TODAY, "MAAKUNTA_2017:01", today=TODAY, now=NOW),
    "record_death": lambda one: one.record_death(TODAY, today=TODAY, now=NOW),
    "move_back": lambda one: one.move_back(ContactData(municipality_code="837"), today=TODAY, now=NOW),
    "correct_status": lambda one: one.correct_status(NOW),
    "merge_into": lambda one: one.merge_into(client(), NOW),
}


def test_every_command_of_the_table_is_tried() -> None:
    assert {command for _, command in TRANSITIONS} == set(COMMANDS)


@pytest.mark.parametrize(
    ("state", "command"), list(product(ClientState, COMMANDS)), ids=lambda one: getattr(one, "value", one)
)
def test_every_state_with_every_command_REFUSAL_1(state: ClientState, command: str) -> None:
    one = client(state)
    after = TRANSITIONS.get((state, command))
    if after is not None:
        COMMANDS[command](one)
        assert one.state is after
        return
    refusal = ClientClosed if state in CLOSED and command in MATTERS else IllegalTransition
    with pytest.raises(refusal):
        COMMANDS[command](one)
    assert (one.state, one.version, one.attention_flags, one.own_worker) == (state, 1, (), None)


def test_the_first_open_matter_activates_and_the_second_changes_nothing_CLIENT_3() -> None:
    one = client()
    assert one.open_matter(NOW)
    assert not one.open_matter(NOW)
    assert one.version == 2


def test_a_temporary_identity_needs_a_reason_and_a_day_of_birth_CLIENT_2() -> None:
    for reason, born in (("", True), ("  ", True), ("unconscious", False)):
        with pytest.raises(TemporaryIdentityIncomplete):
            register(client(ClientState.PROSPECT), IdentityKind.TEMPORARY, reason, born)
    one = client(ClientState.PROSPECT)
    register(one, IdentityKind.TEMPORARY, "unconscious")
    assert (one.state, one.temporary_reason) == (ClientState.REGISTERED, "unconscious")


def test_residence_in_the_county_or_an_urgent_need_CLIENT_2() -> None:
    county = frozenset({"837"})
    check_residence(ContactData(municipality_code="837"), county, urgent_need=False)
    check_residence(ContactData(municipality_code="091"), county, urgent_need=True)
    for code in ("091", ""):
        with pytest.raises(ResidenceRequired):
            check_residence(ContactData(municipality_code=code), county, urgent_need=False)


def test_only_a_registered_professional_sets_special_support_CLIENT_6() -> None:
    with pytest.raises(RegisteredProfessionalRequired):
        client().set_attention(SPECIAL, reason="why", by=COUNSELLOR, today=TODAY, now=NOW)


@pytest.mark.parametrize("kind", [AttentionKind.WIDE_RANGE, AttentionKind.FREQUENT_USER])
def test_derived_flags_are_not_set_by_hand_ATTENTION_4(kind: AttentionKind) -> None:
    with pytest.raises(FlagNotByHand):
        client().set_attention(kind, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)


def test_setting_twice_and_lifting_what_is_not_set_change_nothing_CLIENT_6() -> None:
    one = client()
    assert not one.lift_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert not one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert one.version == 2


def test_a_lifted_flag_stays_in_the_history_S1_14() -> None:
    one = client()
    one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    one.lift_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    assert not one.has(SPECIAL)
    (flag,) = one.attention_flags
    assert (flag.to_date, flag.lift_reason, flag.set_by, flag.lifted_by) == (TODAY, "why", "sw", "sw")


def test_a_derived_flag_follows_its_rule_ATTENTION_4() -> None:
    one = client(ClientState.ACTIVE)
    kind = AttentionKind.WIDE_RANGE
    assert one.derive_attention(kind, True, reason="rule", today=TODAY, now=NOW)
    assert not one.derive_attention(kind, True, reason="rule", today=TODAY, now=NOW)
    assert [flag.source for flag in one.flags_in_force()] == [AttentionSource.AUTO]
    assert one.derive_attention(kind, False, reason="rule", today=TODAY, now=NOW)
    assert not one.flags_in_force()


def test_special_support_needs_a_social_worker_alone_or_in_pair_ATTENTION_3() -> None:
    one = client()
    one.name_own_worker(OwnWorker(COUNSELLOR, None, TODAY), NOW)
    one.set_attention(SPECIAL, reason="why", by=SOCIAL_WORKER, today=TODAY, now=NOW)
    with pytest.raises(SocialWorkerRequired):
        one.name_own_worker(OwnWorker(COUNSELLOR, None, TODAY), NOW)
    one.name_own_worker(OwnWorker(COUNSELLOR, SOCIAL_WORKER, TODAY), NOW)
    one.name_own_worker(OwnWorker(SOCIAL_WORKER, None, TODAY), NOW)
    assert one.version == 5


def test_a_move_is_not_in_the_future_nor_before_the_registration_CLIENT_8() -> None:
    one = client()
    one.registered_date = date(2025, 1, 10)
    for day in (date(2025, 1, 9), TODAY + timedelta(days=1)):
        with pytest.raises(DateNotAllowed):
            one.move_out(day, "", today=TODAY, now=NOW)
    one.move_out(date(2025, 1, 10), "MAAKUNTA_2017:01", today=TODAY, now=NOW)
    assert (one.moved_date, one.moved_to_county) == (date(2025, 1, 10), "MAAKUNTA_2017:01")


def test_a_death_is_not_in_the_future_nor_before_the_birth_and_its_day_can_be_corrected_CLIENT_9() -> None:
    one = client()
    for day in (date(2018, 3, 13), TODAY + timedelta(days=1)):
        with pytest.raises(DateNotAllowed):
            one.record_death(day, today=TODAY, now=NOW)
    assert one.record_death(date(2025, 1, 12), today=TODAY, now=NOW)
    assert not one.record_death(date(2025, 1, 12), today=TODAY, now=NOW)
    assert one.record_death(date(2025, 1, 11), today=TODAY, now=NOW)
    assert (one.deceased_date, one.version) == (date(2025, 1, 11), 3)


def test_who_comes_back_keeps_nothing_of_the_ending_CLIENT_10_CLIENT_11() -> None:
    moved, dead = client(), client(ClientState.ACTIVE)
    moved.move_out(TODAY, "MAAKUNTA_2017:01", today=TODAY, now=NOW)
    moved.move_back(ContactData(municipality_code="837"), today=TODAY, now=NOW)
    dead.record_death(TODAY, today=TODAY, now=NOW)
    dead.correct_status(NOW)
    for one in (moved, dead):
        assert one.state is ClientState.REGISTERED
        assert (one.moved_date, one.moved_to_county, one.deceased_date) == (None, "", None)


def test_the_client_recorded_first_stays_CLIENT_12() -> None:
    one, younger, merged = client(), client(), client(ClientState.MERGED)
    younger.created_at = NOW + timedelta(seconds=1)
    for target in (one, younger, merged):
        with pytest.raises(MergeNotAllowed):
            one.merge_into(target, NOW)
    younger.merge_into(one, NOW)
    assert younger.merged_into_id == one.id


def test_a_temporary_identity_is_verified_by_a_code_IDENTIFIER_5() -> None:
    one = client(ClientState.PROSPECT)
    register(one, IdentityKind.TEMPORARY, "unconscious")
    one.change_identity(date(1994, 5, 1), NOW)
    assert (one.identity_kind, one.temporary_reason) == (IdentityKind.PERSONAL_CODE, "")
    assert one.person.birth_date == date(1994, 5, 1)
