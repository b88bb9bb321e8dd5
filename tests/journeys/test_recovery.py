"""Story 3 on the running county: a contract suspended midway, nobody waits and no day is paid twice."""

from datetime import date

import pytest

from cli.stories import acts, chains, knowledge, recovery_reroute
from cli.stories.acts import Stage
from cli.stories.outcome import Outcome, Totals
from cli.stories.recovery import play_recovery
from cli.stories.stage import Theatre
from cli.stories.values import day_of
from sote.careplan.v1 import chain_pb2
from sote.client.v1 import guidance_pb2
from sote.gateway.v1 import record_pb2
from sote.provider.v1 import contract_pb2, contract_service_pb2
from sote.voucher.v1 import budget_pb2, redemption_pb2, voucher_pb2
from sote.voucher.v1 import budget_service_pb2 as budget
from sote.voucher.v1 import reroute_pb2 as voucher_reroutes
from sote.voucher.v1 import voucher_service_pb2 as voucher

RESERVE, UNCOMMIT = budget_pb2.LEDGER_OP_RESERVE, budget_pb2.LEDGER_OP_UNCOMMIT
RELEASE, SPEND = budget_pb2.LEDGER_OP_RELEASE, budget_pb2.LEDGER_OP_SPEND
PLAYED = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def recovery(theatre: Theatre) -> Outcome:
    return play_recovery(theatre.stage("story-3"))


@pytest.fixture
def looking(theatre: Theatre, recovery: Outcome) -> Stage:
    return theatre.looking()


@pytest.fixture
def ticket(looking: Stage, recovery: Outcome) -> voucher_pb2.Voucher:
    """Voucher b, which changed its provider."""
    return acts.vouchers_of(looking, recovery.client_id)["SOC-SUBST-INPAT"]


def claims_of(stage: Stage, ticket: voucher_pb2.Voucher) -> list[redemption_pb2.Redemption]:
    request = voucher.ListRedemptionsRequest(voucher_id=ticket.uid, page_size=100)
    return list(stage.play.ask(stage.finance(1), stage.apis.voucher.ListRedemptions, request).redemptions)


@PLAYED
def test_balances_to_the_cent_STORY_3(recovery: Outcome) -> None:
    assert recovery.differences == []
    assert recovery.found == Totals(reserved=1_948_200 + 14_400, released=241_200, spent=1_721_400)


@PLAYED
def test_the_voucher_of_two_providers_spends_no_more_than_its_value_STORY_3(
    looking: Stage, ticket: voucher_pb2.Voucher
) -> None:
    """12 days at 215.00 and 16 at 224.00, 144.00 reserved anew, 252.00 released at the first choice."""
    request = budget.ListLedgerEntriesRequest(source_id=ticket.uid, page_size=1000)
    entries = looking.play.ask(looking.finance(1), looking.apis.budget.ListLedgerEntries, request).entries
    posted = {op: [one.amount.cents for one in entries if one.op == op] for op in (RESERVE, UNCOMMIT, RELEASE)}
    assert posted == {RESERVE: [627_200, 14_400], UNCOMMIT: [344_000], RELEASE: [25_200]}
    spent = sum(one.amount.cents for one in entries if one.op == SPEND)
    assert (spent, ticket.money.max_value.cents) == (616_400, 627_200)


@PLAYED
def test_held_days_are_paid_to_the_old_provider_and_no_day_to_both_INV_06(
    looking: Stage, ticket: voucher_pb2.Voucher
) -> None:
    listed = voucher_reroutes.ListVoucherReroutesRequest(name=ticket.name)
    (left,) = looking.play.ask(looking.official, looking.apis.voucher.ListVoucherReroutes, listed).reroutes
    assert (left.units_held, left.units_claimed, left.units_freed) == (4, 4, 0)
    claims = claims_of(looking, ticket)
    rejected = [one for one in claims if one.state == redemption_pb2.REDEMPTION_STATE_REJECTED]
    paid = {day_of(one.service_date): one.provider_id for one in claims if one not in rejected}
    old, new = looking.world.providers["P08"], looking.world.providers["P09"]
    cut_off = recovery_reroute.CUT_OFF
    assert [(day_of(one.service_date), one.provider_id, one.reject_code) for one in rejected] == [
        (cut_off, old, redemption_pb2.REJECT_CODE_NO_CONTRACT)
    ]
    assert len(paid) == len(claims) - 1 == 28
    assert {who for on, who in paid.items() if on < cut_off} == {old}
    assert {who for on, who in paid.items() if on >= cut_off} == {new}


@PLAYED
def test_every_step_of_the_chain_told_back_S1_43a(looking: Stage, recovery: Outcome) -> None:
    steps = chains.steps_of(looking, recovery.client_id)
    assert len({one.chain_id for one in steps}) == 1
    assert all(one.state == chain_pb2.CHAIN_STEP_STATE_CLOSED and one.feedback for one in steps)
    first = steps[0]
    assert first.urgency == chain_pb2.CHAIN_URGENCY_URGENT
    assert first.from_organisation_id == looking.world.providers["P02"]
    assert day_of(first.response_due) == date(2025, 3, 25)


@PLAYED
def test_support_was_given_with_the_providers_that_were_left_S1_14(
    looking: Stage, recovery: Outcome, ticket: voucher_pb2.Voucher
) -> None:
    record = acts.record_of(looking, recovery.client_id)
    given = [one for one in record.client.guidance if one.voucher_id == ticket.uid]
    assert {one.kind for one in given} == {guidance_pb2.GUIDANCE_KIND_SUPPORT}
    world = looking.world.providers
    shown = sorted((set(one.option_provider_ids) for one in given), key=len)
    assert shown == [{world["P09"]}, {world["P08"], world["P09"]}]


@PLAYED
def test_the_record_is_whole_and_nothing_in_it_contradicts_S2_04(looking: Stage, recovery: Outcome) -> None:
    stored = acts.record_of(looking, recovery.client_id)
    fresh = acts.record_of(looking, recovery.client_id, fresh=True)
    assert {one.status for one in stored.sections} == {record_pb2.SECTION_STATUS_COMPLETE}
    for section in ("client", "plan", "vouchers", "finance", "packages", "chains"):
        assert getattr(stored, section) == getattr(fresh, section), section
    assert list(stored.inconsistencies) == []


@PLAYED
def test_the_contract_is_in_force_again_and_the_client_stays_where_he_chose_PROCESS_C9(
    looking: Stage, ticket: voucher_pb2.Voucher
) -> None:
    request = contract_service_pb2.ListContractsRequest(provider_id=looking.world.providers["P08"])
    contracts = looking.play.ask(looking.official, looking.apis.contracts.ListContracts, request).contracts
    assert {one.state for one in contracts} == {contract_pb2.CONTRACT_STATE_ACTIVE}
    assert ticket.provider_id == looking.world.providers["P09"]


@PLAYED
def test_the_ledger_proves_itself_after_story_3_INV_08(looking: Stage) -> None:
    proof = knowledge.ledger_proof(looking)
    assert proof.holds, proof.differences


@PLAYED
def test_story_3_played_again_gets_the_first_answers_GUARANTEE_2(theatre: Theatre, recovery: Outcome) -> None:
    before = knowledge.ledger_proof(theatre.looking()).entries
    again = play_recovery(theatre.stage("story-3"))
    assert again.differences == []
    assert knowledge.ledger_proof(theatre.looking()).entries == before
