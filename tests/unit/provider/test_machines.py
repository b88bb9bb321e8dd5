"""Every (state, command) pair of provider, contract and condition set: listed ones move, all others are refused."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from services.chassis.weekdays import FINLAND
from services.kernel.refusal import IllegalTransition
from services.provider.domain import contract as contracts
from services.provider.domain import provider as providers
from services.provider.domain import sanction as sanctions
from services.provider.domain.condition import CONDITION_SET_TRANSITIONS, ConditionSet, ConditionSetState
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.contract_lifecycle import LineChange, Party, Suspension, SuspensionCause, TerminationCause
from services.provider.domain.provider import Provider, ProviderState
from services.provider.domain.sanction import Sanction, SanctionKind, SanctionState
from tests.builders.provider.contracts import LATER, TODAY, conditions, contract, entry, line, provider, sanction

PROVIDER: dict[str, Callable[[Provider], object]] = {
    "approve": lambda one: one.approve([], {}, now=LATER, day=TODAY),
    "freeze": lambda one: one.freeze("many deviations", now=LATER),
    "unfreeze": lambda one: one.unfreeze(now=LATER),
    "remove": lambda one: one.remove("asked for it", contract_in_force=False, now=LATER),
}


def _accept(one: Contract) -> None:
    codes = [clause.code for clause in one.clauses]
    one.accept_conditions(one.condition_set_id, one.condition_set_number, codes, by=str(one.provider_id), now=LATER)


def _activate(one: Contract) -> None:
    one.activate(
        provider=provider(),
        conditions=conditions(),
        evidence={},
        catalogue={"SOC-FAM-HOME": entry()},
        day=TODAY,
        now=LATER,
    )


PROPOSAL = LineChange(service_code="SOC-FAM-HOME", line=line(cents=3500), effective=TODAY + timedelta(days=90))
SUSPENSION = Suspension(grounds="staffing", effective=TODAY, safe_until=None, cause=SuspensionCause.COUNTY)
CONTRACT: dict[str, Callable[[Contract], object]] = {
    "accept_conditions": _accept,
    "activate": _activate,
    "withdraw": lambda one: one.withdraw(now=LATER),
    "propose_change": lambda one: one.propose_change(
        PROPOSAL, provider=provider(), entry=entry(), day=TODAY, now=LATER
    ),
    "agree_change": lambda one: one.agree_change(PROPOSAL, by=str(one.provider_id), day=TODAY, now=LATER),
    "apply_changes": lambda one: one.apply_changes(day=PROPOSAL.effective, now=LATER),
    "suspend": lambda one: one.suspend(SUSPENSION, day=TODAY, now=LATER),
    "reinstate": lambda one: one.reinstate(
        provider=provider(), conditions=conditions(), evidence={}, day=TODAY, now=LATER
    ),
    "give_notice": lambda one: one.give_notice(Party.COUNTY, day=TODAY, now=LATER),
    "terminate": lambda one: one.terminate(TerminationCause.BANKRUPTCY, day=TODAY, now=LATER),
    "expire": lambda one: one.expire(day=one.first_day_without, now=LATER),
    "warn_of_end": lambda one: one.warn_of_end(now=LATER),
}
CONDITION_SET: dict[str, Callable[[ConditionSet], object]] = {
    "publish": lambda one: one.publish(now=LATER),
    "supersede": lambda one: one.supersede(now=LATER),
}


@pytest.mark.parametrize(("state", "command"), list(product(ProviderState, PROVIDER)))
def test_provider_REFUSAL_1(state: ProviderState, command: str) -> None:
    one = provider(state)
    after = providers.TRANSITIONS.get((state, command))
    if after is None:
        with pytest.raises(IllegalTransition) as refusal:
            PROVIDER[command](one)
        assert refusal.value.reason == "ILLEGAL_TRANSITION"
        assert (one.state, one.version, one.updated_at) == (state, 1, one.created_at)
    else:
        PROVIDER[command](one)
        assert (one.state, one.version, one.updated_at) == (after, 2, LATER)


@pytest.mark.parametrize(("state", "command"), list(product(ContractState, CONTRACT)))
def test_contract_REFUSAL_1(state: ContractState, command: str) -> None:
    one = contract(state)
    one.changes = (PROPOSAL,)
    after = contracts.TRANSITIONS.get((state, command))
    if after is None:
        with pytest.raises(IllegalTransition):
            CONTRACT[command](one)
        assert (one.state, one.version) == (state, 1)
    else:
        CONTRACT[command](one)
        assert (one.state, one.version) == (after, 2)


@pytest.mark.parametrize(("state", "command"), list(product(ConditionSetState, CONDITION_SET)))
def test_condition_set_S1_23(state: ConditionSetState, command: str) -> None:
    one = conditions(state)
    after = CONDITION_SET_TRANSITIONS.get((state, command))
    if after is None:
        with pytest.raises(IllegalTransition):
            CONDITION_SET[command](one)
        assert (one.state, one.version) == (state, 1)
    else:
        CONDITION_SET[command](one)
        assert (one.state, one.version) == (after, 2)


SANCTION: dict[str, Callable[[Sanction], object]] = {
    "open_hearing": lambda one: one.open_hearing(weekdays=10, calendar=FINLAND, day=TODAY, now=LATER),
    "hear": lambda one: one.hear("we are sorry", by=str(one.provider_id), now=LATER),
    "impose": lambda one: one.impose(day=TODAY, now=LATER),
    "impose_at_once": lambda one: one.impose_at_once(weekdays=10, calendar=FINLAND, day=TODAY, now=LATER),
    "withdraw": lambda one: one.withdraw(now=LATER),
    "remedy": lambda one: one.remedy(now=LATER),
    "expire": lambda one: one.expire(day=TODAY + timedelta(days=1), now=LATER),
    "escalate": lambda one: one.escalate(SanctionKind.TERMINATION, now=LATER),
}


@pytest.mark.parametrize(("state", "command"), list(product(SanctionState, SANCTION)))
def test_sanction_REFUSAL_1(state: SanctionState, command: str) -> None:
    one = sanction(SanctionKind.SUSPENSION, state, until=TODAY, statement="heard")
    after = sanctions.TRANSITIONS.get((state, command))
    if after is None:
        with pytest.raises(IllegalTransition):
            SANCTION[command](one)
        assert (one.state, one.version) == (state, 1)
    else:
        SANCTION[command](one)
        assert (one.state, one.version) == (after, 2)


def test_every_command_of_the_tables_is_tried() -> None:
    assert {command for _, command in providers.TRANSITIONS} == set(PROVIDER)
    assert {command for _, command in contracts.TRANSITIONS} == set(CONTRACT)
    assert {command for _, command in sanctions.TRANSITIONS} == set(SANCTION)
    assert {command for _, command in CONDITION_SET_TRANSITIONS} == set(CONDITION_SET)
