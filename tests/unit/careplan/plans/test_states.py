"""Every (state, command) pair of the machines of care plans: what is listed leads on, everything else is refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from services.careplan.domain.acknowledgements import acknowledgement
from services.careplan.domain.chains import chain_step as chain
from services.careplan.domain.consultations import consultation
from services.careplan.domain.deliveries import delivery
from services.careplan.domain.plan_versions import publication
from services.careplan.domain.plans import plan_service, plan_states
from services.careplan.domain.searches import reroute_case as reroute
from services.careplan.domain.transfers import operator_transfer
from services.kernel.machine import move
from services.kernel.refusal import IllegalTransition

P, S = plan_states.PlanState, plan_service.PlanServiceState
C, A = consultation.ConsultationState, acknowledgement.AcknowledgementState
T, X = operator_transfer.TransferState, chain.ChainStepState
R = reroute.RerouteState
K = publication.PublicationState

# Written out, not from the table under test; commands that keep the state are told by it.
PLAN = {
    "edit": {P.DRAFT: P.DRAFT, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-2
    "start_consultation": {P.DRAFT: P.CONSULTATION, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-3, PLAN-12
    "respond": {P.CONSULTATION: P.CONSULTATION, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-4, PLAN-12
    "resolve_objection": {P.CONSULTATION: P.CONSULTATION, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-6
    "back_to_draft": {P.CONSULTATION: P.DRAFT},  # PLAN-5
    "activate": {P.CONSULTATION: P.ACTIVE},  # PLAN-6
    "acknowledge": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-7, and while a review goes on
    "refuse": {P.ACTIVE: P.ACTIVE},  # PLAN-8
    "assign_provider": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-9
    "unassign_provider": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-9
    "record_delivery": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-10
    "complete_service": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLANSERVICE-1
    "suspend_service": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLANSERVICE-1
    "resume_service": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},
    "measure_goal": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-19
    "start_review": {P.ACTIVE: P.UNDER_REVIEW},  # PLAN-11
    "activate_version": {P.UNDER_REVIEW: P.ACTIVE},  # PLAN-13
    "discard": {P.UNDER_REVIEW: P.ACTIVE},  # PLAN-14
    "transfer_operator": {P.ACTIVE: P.ACTIVE, P.UNDER_REVIEW: P.UNDER_REVIEW},  # PLAN-15
    "close": {P.ACTIVE: P.CLOSED, P.UNDER_REVIEW: P.CLOSED},  # PLAN-16
    "cancel": {P.DRAFT: P.CANCELLED, P.CONSULTATION: P.CANCELLED},  # PLAN-17
}
_WITH_PROVIDER = (S.ASSIGNED, S.ACKNOWLEDGED, S.IN_DELIVERY)
SERVICE = {
    "await_choice": {S.PLANNED: S.AWAITING_CHOICE},
    "assign": dict.fromkeys((S.PLANNED, S.AWAITING_CHOICE, S.REROUTE), S.ASSIGNED),
    "unassign": dict.fromkeys((*_WITH_PROVIDER, S.SUSPENDED), S.AWAITING_CHOICE),
    "reroute": dict.fromkeys((*_WITH_PROVIDER, S.SUSPENDED), S.REROUTE),
    "suspend": dict.fromkeys(_WITH_PROVIDER, S.SUSPENDED),
    "resume": {S.SUSPENDED: S.ASSIGNED},
    "change_terms": {
        S.AWAITING_CHOICE: S.AWAITING_CHOICE,
        S.ASSIGNED: S.ASSIGNED,
        S.ACKNOWLEDGED: S.ASSIGNED,
        S.IN_DELIVERY: S.IN_DELIVERY,
        S.REROUTE: S.REROUTE,
        S.SUSPENDED: S.SUSPENDED,
    },
    "acknowledge": {S.ASSIGNED: S.ACKNOWLEDGED},
    "deliver": dict.fromkeys(_WITH_PROVIDER, S.IN_DELIVERY),
    "complete": dict.fromkeys((*_WITH_PROVIDER, S.REROUTE, S.SUSPENDED), S.COMPLETED),
    "cancel": {state: S.CANCELLED for state in S if state not in (S.COMPLETED, S.CANCELLED)},
}
CONSULTATION = {
    "agree": {C.PENDING: C.AGREED},
    "comment": {C.PENDING: C.COMMENTED},
    "object": {C.PENDING: C.OBJECTED},
    "time_out": {C.PENDING: C.TIMED_OUT},
    "waive": {C.PENDING: C.WAIVED},
    "resolve": {C.OBJECTED: C.OBJECTED},
}
ACKNOWLEDGEMENT = {
    "acknowledge": {A.PENDING: A.ACKNOWLEDGED, A.OVERDUE: A.ACKNOWLEDGED},
    "refuse": {A.PENDING: A.REFUSED, A.OVERDUE: A.REFUSED},
    "pass_due": {A.PENDING: A.OVERDUE},
}
TRANSFER = {
    "accept": {T.OFFERED: T.ACCEPTED},
    "decline": {T.OFFERED: T.DECLINED},
    "commit": {T.ACCEPTED: T.COMMITTED},
    "withdraw": {T.OFFERED: T.WITHDRAWN, T.ACCEPTED: T.WITHDRAWN},
}
CHAIN = {
    "send": {X.DRAFT: X.SENT},  # CHAIN-2
    "receive": {X.SENT: X.RECEIVED},  # CHAIN-3
    "accept": {X.RECEIVED: X.ACCEPTED},  # CHAIN-4
    "return": {X.SENT: X.RETURNED, X.RECEIVED: X.RETURNED},  # CHAIN-5
    "schedule": {X.ACCEPTED: X.SCHEDULED},  # CHAIN-6
    "start": {X.SCHEDULED: X.IN_PROGRESS},
    "complete": {X.IN_PROGRESS: X.COMPLETED},
    "give_feedback": {X.COMPLETED: X.CLOSED},  # CHAIN-7
    "cancel": dict.fromkeys((X.DRAFT, X.SENT, X.RECEIVED, X.ACCEPTED, X.SCHEDULED), X.CANCELLED),  # CHAIN-8
    "pass_due": {X.SENT: X.SENT, X.RECEIVED: X.RECEIVED},  # CHAIN-9
}
PUBLICATION = {
    "publish": dict.fromkeys((K.PENDING, K.FAILED), K.PUBLISHED),
    "fail": dict.fromkeys((K.PENDING, K.FAILED), K.FAILED),
    "replace": {K.PUBLISHED: K.REPLACED},
    "mark_closed": dict.fromkeys((K.PENDING, K.FAILED, K.PUBLISHED), K.PENDING),
}
_SEARCHING = (R.OPEN, R.GUIDED, R.CHOSEN)
REROUTE = {
    "guide": {R.OPEN: R.GUIDED},  # PROCESS-C5
    "choose": {R.OPEN: R.CHOSEN, R.GUIDED: R.CHOSEN},  # PROCESS-C6
    "lose_choice": {R.CHOSEN: R.OPEN},  # PROCESS-C8, back to PROCESS-C5
    "confirm": {R.CHOSEN: R.CONFIRMED},  # PROCESS-C8
    "take_over": {R.OPEN: R.COUNTY_TAKES_OVER, R.GUIDED: R.COUNTY_TAKES_OVER},  # PROCESS-C7
    "stay": {R.OPEN: R.STAYS, R.GUIDED: R.STAYS},  # PROCESS-C9
    "pass_due": {state: state for state in _SEARCHING},  # PROCESS-C5
    "close": dict.fromkeys(
        (*_SEARCHING, R.CONFIRMED, R.COUNTY_TAKES_OVER, R.STAYS), R.CLOSED
    ),  # PROCESS-C8, PROCESS-D4
}
D = delivery.DeviationState
DEVIATION = {"justify": {D.REPORTED: D.JUSTIFIED}, "reject": {D.REPORTED: D.UNJUSTIFIED}}
MACHINES: list[tuple[str, type[StrEnum], Mapping[str, Any], Mapping[Any, Any], tuple[str, ...]]] = [
    ("plan", P, PLAN, plan_states.TRANSITIONS, plan_states.COMMANDS),
    ("plan service", S, SERVICE, plan_service.TRANSITIONS, plan_service.COMMANDS),
    ("consultation", C, CONSULTATION, consultation.TRANSITIONS, consultation.COMMANDS),
    ("acknowledgement", A, ACKNOWLEDGEMENT, acknowledgement.TRANSITIONS, acknowledgement.COMMANDS),
    ("operator transfer", T, TRANSFER, operator_transfer.TRANSITIONS, operator_transfer.COMMANDS),
    ("chain step", X, CHAIN, chain.TRANSITIONS, chain.COMMANDS),
    ("publication", K, PUBLICATION, publication.TRANSITIONS, publication.COMMANDS),
    ("reroute case", R, REROUTE, reroute.TRANSITIONS, reroute.COMMANDS),
    ("deviation", D, DEVIATION, delivery.TRANSITIONS, delivery.COMMANDS),
]
PAIRS = [
    pytest.param(table, state, command, expected.get(command, {}).get(state), id=f"{name}: {command} in {state}")
    for name, states, expected, table, commands in MACHINES
    for state in states
    for command in commands
]


@pytest.mark.parametrize(("name", "states", "expected", "table", "commands"), MACHINES)
def test_every_command_of_a_machine_is_described(
    name: str, states: Any, expected: Mapping[str, Any], table: Any, commands: tuple[str, ...]
) -> None:
    assert set(commands) == set(expected) == {command for _, command in table}


@pytest.mark.parametrize(("table", "state", "command", "to"), PAIRS)
def test_every_state_and_command_REFUSAL_1(table: Mapping[Any, Any], state: Any, command: str, to: Any) -> None:
    if to is None:
        with pytest.raises(IllegalTransition):
            move(table, state, command, noun="plan")
    else:
        assert move(table, state, command, noun="plan") is to
