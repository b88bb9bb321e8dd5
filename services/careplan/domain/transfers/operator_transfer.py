"""Handing a plan over: offered, accepted, committed; or ordered by the county. Never no operator, never two
(PLAN-15)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.lifecycle.refusals import OperatorKindNotAllowed
from services.careplan.domain.neighbours.copies import ProviderCopy
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship, ProviderUnitUnknown
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind
from services.careplan.domain.transfers.refusals import TransferPending, TransferToItself
from services.kernel.machine import listed, move


class TransferState(StrEnum):
    """The states of a transfer."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    COMMITTED = "COMMITTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


_S = TransferState
UNDER_WAY = (_S.OFFERED, _S.ACCEPTED)
TRANSITIONS: dict[tuple[TransferState, str], TransferState] = {
    **listed("accept", ((_S.OFFERED,), _S.ACCEPTED)),
    **listed("decline", ((_S.OFFERED,), _S.DECLINED)),
    **listed("commit", ((_S.ACCEPTED,), _S.COMMITTED)),
    **listed("withdraw", (UNDER_WAY, _S.WITHDRAWN)),
}
COMMANDS = tuple(dict.fromkeys(command for _, command in TRANSITIONS))


@dataclass(frozen=True)
class Target:
    """The organisation that shall be responsible."""

    organisation_id: UUID
    unit_id: UUID
    kind: OperatorKind


@dataclass
class OperatorTransfer:
    """One transfer of one plan; `epoch` is the operator's turn in which it was begun, and the only one it may end."""

    id: UUID
    plan_id: UUID
    client_id: UUID
    from_organisation_id: UUID
    to_organisation_id: UUID
    to_unit_id: UUID
    to_kind: OperatorKind
    epoch: int
    reason: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: TransferState = TransferState.OFFERED
    ordered: bool = False
    end_reason: str = ""
    version: int = 1

    @property
    def under_way(self) -> bool:
        """Whether it can still become a change of operator."""
        return self.state in UNDER_WAY

    @property
    def target(self) -> Target:
        """Who shall be responsible."""
        return Target(self.to_organisation_id, self.to_unit_id, self.to_kind)

    def require_from(self, organisation: UUID | None) -> None:
        """Refuse an organisation that did not offer it."""
        if organisation != self.from_organisation_id:
            raise NoRelationship

    def require_to(self, organisation: UUID | None) -> None:
        """Refuse an organisation it is not offered to."""
        if organisation != self.to_organisation_id:
            raise NoRelationship

    def accept(self, now: datetime) -> None:
        """The organisation it is offered to is ready; the plan stays where it is."""
        self._take("accept", now)

    def decline(self, reason: str, now: datetime) -> None:
        """The organisation it is offered to does not want it."""
        self._take("decline", now)
        self.end_reason = reason

    def withdraw(self, reason: str, now: datetime) -> None:
        """The organisation that offered it takes it back, or something overtook it."""
        self._take("withdraw", now)
        self.end_reason = reason

    def commit(self, plan: Plan, now: datetime) -> None:
        """Plan and transfer change in one step; refuses with `StaleOperator` a plan that changed hands since."""
        move(TRANSITIONS, self.state, "commit", noun="transfer")
        plan.transfer_operator(self.to_organisation_id, self.to_unit_id, self.to_kind, epoch=self.epoch)
        self._take("commit", now)

    def _take(self, command: str, now: datetime) -> None:
        self.state = move(TRANSITIONS, self.state, command, noun="transfer")
        self.version, self.updated_at = self.version + 1, now


def check_target(target: Target, provider: ProviderCopy | None, rules: Rules) -> None:
    """Refuse an organisation of a kind that operates no plans, one not approved, and a unit that is not its (S1.28)."""
    if provider is None or provider.state != "APPROVED":
        raise OperatorKindNotAllowed("the organisation is not known as a provider approved by the county")
    if target.kind not in rules.operator_kinds or target.kind.value not in provider.roles:
        raise OperatorKindNotAllowed(f"the organisation does not operate plans as {target.kind}")
    if provider.unit(target.unit_id) is None:
        raise ProviderUnitUnknown(f"the organisation has no service unit {target.unit_id}")


def offer(
    plan: Plan, pending: OperatorTransfer | None, target: Target, *, reason: str, by: str, now: datetime, new_id: UUID
) -> OperatorTransfer:
    """Begin a transfer; one at a time (PLAN-15). The caller has checked that the operator asks, in its present turn."""
    plan.require("transfer_operator")
    if pending is not None and pending.under_way:
        raise TransferPending("a transfer of the plan is under way; there is one at a time")
    return _begun(plan, target, reason=reason, by=by, now=now, new_id=new_id)


def order(
    plan: Plan, pending: OperatorTransfer | None, target: Target, *, reason: str, by: str, now: datetime, new_id: UUID
) -> OperatorTransfer:
    """The county's order: takes effect at once and ends what was under way (S2.13)."""
    plan.require("transfer_operator")
    ordered = _begun(plan, target, reason=reason, by=by, now=now, new_id=new_id)
    if pending is not None and pending.under_way:
        pending.withdraw(reason, now)
    plan.transfer_operator(target.organisation_id, target.unit_id, target.kind, epoch=plan.operator_epoch)
    ordered.state, ordered.ordered = TransferState.COMMITTED, True
    return ordered


def _begun(plan: Plan, target: Target, *, reason: str, by: str, now: datetime, new_id: UUID) -> OperatorTransfer:
    if target.organisation_id == plan.operator_organisation_id:
        raise TransferToItself("the organisation is responsible for the plan already")
    return OperatorTransfer(
        id=new_id,
        plan_id=plan.id,
        client_id=plan.client_id,
        from_organisation_id=plan.operator_organisation_id,
        to_organisation_id=target.organisation_id,
        to_unit_id=target.unit_id,
        to_kind=target.kind,
        epoch=plan.operator_epoch,
        reason=reason,
        created_at=now,
        created_by=by,
        updated_at=now,
    )
