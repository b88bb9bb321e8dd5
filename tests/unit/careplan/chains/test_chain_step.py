"""Steps of service chains: who may be asked, by when an answer is due, what each end may do (CHAIN-10)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.careplan.domain.chains.chain_step import (
    OPEN,
    Asked,
    ChainStep,
    ChainStepState,
    Urgency,
    check_not_itself,
    check_parties,
    response_due,
)
from services.careplan.domain.chains.refusals import ClauseMissing, NoServiceLine, PlannedDateInPast, StepToItself
from services.careplan.domain.neighbours.copies import ContractCopy, ContractLine, ProviderCopy
from services.careplan.domain.plans.refusals import NoRelationship, ProviderNotApproved, ProviderUnknown
from services.chassis.weekdays import FINLAND
from services.kernel.care import NeedDomain
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan.plans import CLIENT, DOCTOR, ENTERPRISE, HELPER, NOW, RULES, TODAY, uid

ASKED = Asked(CLIENT, HELPER, "SOC-FAM-HOME", NeedDomain.CARER_LOAD, Urgency.ROUTINE, "Can you help?")
TARGET = ProviderCopy(HELPER, "helper", "", ("VOUCHER",), "APPROVED", (), 1)


def contract(number: int, **more: Any) -> ContractCopy:
    told: dict[str, Any] = {
        "provider_id": uid(number),
        "kind": "VOUCHER",
        "state": "ACTIVE",
        "valid_from": date(2025, 1, 1),
        "valid_to": date(2025, 12, 31),
        "lines": (ContractLine("SOC-FAM-HOME", ()),),
        "clauses": {"REFERRAL": {"weekdays": "5"}},
    }
    return ContractCopy(contract_id=uid(number + 500), version=1, **told | more)


SENDER, OFFERED = contract(DOCTOR.int, lines=()), contract(HELPER.int)


def step(state: ChainStepState = ChainStepState.DRAFT) -> ChainStep:
    return ChainStep(
        id=uid(70),
        chain_id=uid(71),
        seq=1,
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        from_organisation_id=DOCTOR,
        created_at=NOW,
        created_by="x",
        updated_at=NOW,
        state=state,
        **vars(ASKED),
    )


def check(*contracts: ContractCopy, target: ProviderCopy | None = TARGET) -> None:
    check_parties(DOCTOR, ASKED, target, contracts, TODAY)


def test_both_ends_have_agreed_to_refer_S1_43b() -> None:
    check(SENDER, OFFERED)
    for contracts in (
        (OFFERED,),
        (replace(SENDER, clauses={}), OFFERED),
        (SENDER, replace(OFFERED, clauses={})),
        (SENDER, replace(OFFERED, state="SUSPENDED")),
        (SENDER, replace(OFFERED, valid_to=date(2025, 1, 31))),
    ):
        with pytest.raises(ClauseMissing):
            check(*contracts)


def test_the_target_is_approved_and_offers_the_service_CHAIN_2() -> None:
    with pytest.raises(NoServiceLine):
        check(SENDER, replace(OFFERED, lines=(ContractLine("HLT-GP", ()),)))
    with pytest.raises(NoServiceLine):
        check(replace(SENDER, lines=OFFERED.lines), replace(OFFERED, lines=()))
    with pytest.raises(ProviderUnknown):
        check(SENDER, OFFERED, target=None)
    with pytest.raises(ProviderNotApproved):
        check(SENDER, OFFERED, target=replace(TARGET, state="FROZEN"))
    with pytest.raises(StepToItself):
        check_not_itself(HELPER, HELPER)


@pytest.mark.parametrize(
    ("urgency", "contracts", "due"),
    [
        (Urgency.URGENT, (OFFERED,), date(2025, 2, 27)),
        (Urgency.SOON, (OFFERED,), date(2025, 2, 28)),
        (Urgency.ROUTINE, (OFFERED,), date(2025, 3, 6)),
        (Urgency.ROUTINE, (), date(2025, 3, 4)),
        (Urgency.ROUTINE, (replace(OFFERED, clauses={"REFERRAL": {"weekdays": "2"}}), OFFERED), date(2025, 3, 3)),
        (Urgency.ROUTINE, (replace(OFFERED, state="EXPIRED"),), date(2025, 3, 4)),
    ],
)
def test_by_when_an_answer_is_due_CHAIN_10(urgency: Urgency, contracts: tuple[ContractCopy, ...], due: date) -> None:
    """Thursday 2025-02-27: three weekdays on is Tuesday, five is Thursday."""
    assert response_due(urgency, contracts, TODAY, FINLAND, RULES) == due


def test_each_end_has_its_own_commands_S1_42() -> None:
    sent = step(ChainStepState.SENT)
    sent.require_sender(DOCTOR)
    sent.require_target(HELPER)
    for organisation in (HELPER, ENTERPRISE, None):
        with pytest.raises(NoRelationship):
            sent.require_sender(organisation)
    for organisation in (DOCTOR, ENTERPRISE, None):
        with pytest.raises(NoRelationship):
            sent.require_target(organisation)
    with pytest.raises(NoRelationship):
        step().require_target(HELPER)


def test_who_accepts_says_when_and_not_in_the_past_CHAIN_4() -> None:
    one = step(ChainStepState.RECEIVED)
    with pytest.raises(PlannedDateInPast):
        one.plan_for("accept", date(2025, 2, 26), TODAY)
    assert one.state is ChainStepState.RECEIVED
    one.plan_for("accept", TODAY, TODAY)
    assert (one.state, one.planned_date) == (ChainStepState.ACCEPTED, TODAY)
    with pytest.raises(IllegalTransition):
        step(ChainStepState.COMPLETED).plan_for("schedule", date(2025, 2, 26), TODAY)


def test_an_overdue_step_may_still_be_answered_CHAIN_9() -> None:
    one = step(ChainStepState.SENT)
    one.pass_due()
    one.take("receive")
    one.give_back("full", "ask the centre")
    assert (one.overdue, one.state in OPEN, one.suggestion) == (True, False, "ask the centre")
