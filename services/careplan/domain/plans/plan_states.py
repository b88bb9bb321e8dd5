"""The states of a plan and the commands that lead from one to another."""

from enum import StrEnum

from services.kernel.machine import listed


class PlanState(StrEnum):
    """The states of a plan."""

    DRAFT = "DRAFT"
    CONSULTATION = "CONSULTATION"
    ACTIVE = "ACTIVE"
    UNDER_REVIEW = "UNDER_REVIEW"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


_S = PlanState
OPEN = (_S.DRAFT, _S.CONSULTATION, _S.ACTIVE, _S.UNDER_REVIEW)
IN_FORCE = (_S.ACTIVE, _S.UNDER_REVIEW)
TRANSITIONS: dict[tuple[PlanState, str], PlanState] = {
    **listed("edit", ((_S.DRAFT,), _S.DRAFT), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("start_consultation", ((_S.DRAFT,), _S.CONSULTATION), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("respond", ((_S.CONSULTATION,), _S.CONSULTATION), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("resolve_objection", ((_S.CONSULTATION,), _S.CONSULTATION), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("back_to_draft", ((_S.CONSULTATION,), _S.DRAFT)),
    **listed("activate", ((_S.CONSULTATION,), _S.ACTIVE)),
    # What is in force is promised also while the next version is drawn up: its due date does not wait for that.
    **listed("acknowledge", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("refuse", ((_S.ACTIVE,), _S.ACTIVE)),
    **listed("assign_provider", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("unassign_provider", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("record_delivery", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("complete_service", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("suspend_service", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("resume_service", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("measure_goal", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("start_review", ((_S.ACTIVE,), _S.UNDER_REVIEW)),
    **listed("activate_version", ((_S.UNDER_REVIEW,), _S.ACTIVE)),
    **listed("discard", ((_S.UNDER_REVIEW,), _S.ACTIVE)),
    **listed("transfer_operator", ((_S.ACTIVE,), _S.ACTIVE), ((_S.UNDER_REVIEW,), _S.UNDER_REVIEW)),
    **listed("close", (IN_FORCE, _S.CLOSED)),
    **listed("cancel", ((_S.DRAFT, _S.CONSULTATION), _S.CANCELLED)),
}
COMMANDS = tuple(dict.fromkeys(command for _, command in TRANSITIONS))
