"""One client's plan as several organisations and the bus treat it, one act at a time, in any order."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from services.careplan.domain.acknowledgements.acknowledgement import RefusalReason
from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.terms import CloseReason, OperatorKind, ReviewCause
from services.careplan.domain.transfers.operator_transfer import Target
from services.careplan.operations.acknowledgements.pass_acknowledgements_due import pass_acknowledgements_due
from services.careplan.operations.consultations.resolve_objection import resolve_objection
from services.careplan.operations.consultations.time_out_consultations import time_out_consultations
from services.careplan.operations.deadlines.warn_of_deadlines import warn_of_deadlines
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from services.careplan.operations.lifecycle.close_plan import close_plan
from services.careplan.operations.lifecycle.discard_review import discard_review
from services.careplan.operations.lifecycle.return_to_draft import return_to_draft
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.operations.searches.pass_reroutes_due import close_handed_over, pass_reroutes_due
from services.careplan.operations.searches.refuse_plan import refuse_plan
from services.careplan.operations.transfers.answer_operator_transfer import accept_operator_transfer
from services.careplan.operations.transfers.commit_operator_transfer import commit_operator_transfer
from services.careplan.operations.transfers.offer_operator_transfer import offer_operator_transfer
from services.careplan.operations.transfers.order_operator_transfer import order_operator_transfer
from services.careplan.storage import transfers
from services.careplan.storage.plan_versions import find_version, plan_version_table
from services.careplan.storage.plans import plan_table
from services.careplan.wire.etags import plan_etag
from services.kernel.care import Arrangement
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import voucher_pb2
from tests.builders.careplan import acts
from tests.builders.careplan.county import World
from tests.builders.careplan.searches import look

OPERATORS = {"P01": OperatorKind.COUNTY_ENTERPRISE, "P02": OperatorKind.DIRECT_CHOICE_HSSC}
PROVIDERS = ("P02", "P05", "P10")
OUTCOMES = (ConsultationState.AGREED, ConsultationState.COMMENTED, ConsultationState.OBJECTED)
SERVICES = {"SOC-FAM-WORK": "P01", "SOC-FAM-SUPP": "P10", "SOC-FAM-HOME": "P05", "HLT-GP": "P02"}
VOUCHER_ENDS = ("SETTLED", "EXPIRED", "REVOKED")


@dataclass
class Walk:
    """`choose` gives a number below another one: what is drawn decides everything else."""

    world: World
    choose: Callable[[int], int]
    told: list[Any] = field(default_factory=list)
    contract_version: int = 1

    def plan(self) -> Plan:
        """The client's newest plan, as stored; whoever acts on none is refused as on an unknown one."""
        query = select(Plan).where(plan_table.c.client_id == self.world.id("child"))
        found = self.world.session.execute(query.order_by(plan_table.c.created_at.desc())).scalars().all()
        if not found:
            raise LookupError
        return min(found, key=lambda plan: plan.state not in ("DRAFT", "CONSULTATION", "ACTIVE", "UNDER_REVIEW"))

    def _of_plan(self, **more: Any) -> dict[str, Any]:
        """Arguments of a command by one of the operators, the right one or not, read now or without an etag."""
        plan = self.plan()
        who = ("P01", "P02")[self.choose(2)] if self.choose(4) == 0 else self._operator(plan)
        etag = "" if self.choose(3) == 0 else plan_etag(plan)
        return {"plan_id": plan.id, "etag": etag, "caller": self.world.caller(who), "now": self.world.now} | more

    def _operator(self, plan: Plan) -> str:
        return next(name for name in OPERATORS if self.world.id(name) == plan.operator_organisation_id)

    def draft(self) -> None:
        who = ("P01", "P02")[self.choose(2)]
        told: dict[str, Any] = {"operator_kind": OPERATORS[who], "operator_unit_id": self.world.id(f"U-{who}")}
        acts.draft(self.world, caller=self.world.caller(who), **told)

    def edit(self) -> None:
        told = self._of_plan()
        plan = self.plan()
        lines = list(plan.drawn_up().services)
        again = lines[self.choose(len(lines))].plan_service_id if lines else None
        wishes = (
            acts.own_work(self.world, 1 + self.choose(40)),
            acts.support(self.world, 1 + self.choose(6)),
            acts.home_help(self.world, 1 + self.choose(40)),
            acts.doctor(self.world),
            replace(acts.support(self.world, 1 + self.choose(6)), plan_service_id=again),
        )
        gone = [again] if again and self.choose(4) == 0 else []
        del told["plan_id"], told["now"]
        acts.edit(self.world, plan, [wishes[self.choose(5)]], remove_services=gone, **told)

    def consult(self) -> None:
        acts.consult(self.world, self.plan(), ("P01", "P02")[self.choose(8) == 0])

    def answer(self) -> None:
        for request in acts.standing(self.world, self.plan()):
            if self.choose(3):
                acts.answer(self.world, request, OUTCOMES[self.choose(3)], "because")

    def resolve(self) -> None:
        told = self._of_plan(resolution="as agreed", caller=self.world.caller("P01"))
        for request in acts.standing(self.world, self.plan()):
            if request.unresolved:
                resolve_objection(
                    self.world.session, consultation_id=request.id, **{k: v for k, v in told.items() if k != "plan_id"}
                )
                return

    def activate(self) -> None:
        plan = self.plan()
        acts.activate(self.world, plan, first=plan.major == 0, caller=self._operator(plan))

    def advance(self) -> None:
        """What the plan's operator would do next, so that walks come far."""
        plan = self.plan()
        if not plan.drawn_up().services:
            self.edit()
        if plan.state == "ACTIVE":
            self.fund()
            return
        caller = self._operator(plan)
        for request in acts.consult(self.world, plan, caller):
            if request.state == "PENDING":
                acts.answer(self.world, request)
        acts.activate(self.world, plan, first=plan.major == 0, caller=caller)

    def command(self) -> None:
        commands: tuple[Callable[[], Any], ...] = (
            lambda: return_to_draft(self.world.session, **self._of_plan(reason="once more")),
            lambda: start_review(self.world.session, **self._of_plan(cause=ReviewCause.COUNTY)),
            lambda: start_review(self.world.session, **self._of_plan(cause=ReviewCause.SCHEDULED)),
            lambda: discard_review(self.world.session, **self._of_plan(reason="not needed")),
            lambda: cancel_plan(self.world.session, **self._of_plan(reason="not needed")),
            lambda: close_plan(self.world.session, **self._of_plan(reason=CloseReason.NO_NEED)),
        )
        commands[self.choose(len(commands))]()

    def transfer(self) -> None:
        plan, session, world = self.plan(), self.world.session, self.world
        who = ("P01", "P02")[self.choose(2)]
        target = Target(world.id(who), world.id(f"U-{who}"), OPERATORS[who])
        of_plan = self._of_plan(target=target, reason="closer", rules=world.rules)
        if self.choose(3) == 0:
            of_plan["caller"] = world.caller("P01")
            order_operator_transfer(session, new_id=uuid4, **of_plan)
            return
        pending = transfers.under_way(session, plan.id)
        if pending is None:
            offer_operator_transfer(session, new_id=uuid4(), **of_plan)
            return
        told: dict[str, Any] = {"transfer_id": pending.id, "etag": "", "now": world.now}
        receiver = next(name for name in OPERATORS if world.id(name) == pending.to_organisation_id)
        if pending.state == "OFFERED":
            accept_operator_transfer(session, caller=world.caller(receiver), **told)
        else:
            by = world.caller(self._operator(plan))
            commit_operator_transfer(session, caller=by, rules=world.rules, new_id=uuid4, **told)

    def promise(self) -> None:
        plan, who = self.plan(), PROVIDERS[self.choose(3)]
        if self.choose(3):
            acts.acknowledge(self.world, plan, who)
            return
        caller, reason = self.world.caller(who, "PRV"), tuple(RefusalReason)[self.choose(5)]
        told: dict[str, Any] = {"plan_id": plan.id, "reason": reason, "text": "why", "caller": caller}
        refuse_plan(self.world.session, now=self.world.now, **self._refusing(told))

    def _refusing(self, told: dict[str, Any]) -> dict[str, Any]:
        """What the operation asks beyond that."""
        more: dict[str, Any] = {"rules": self.world.rules, "new_id": uuid4}
        return told | {name: more[name] for name in more if name in refuse_plan.__annotations__}

    def deliver(self) -> None:
        code, who = tuple(SERVICES.items())[self.choose(4)]
        who = ("P01", *PROVIDERS)[self.choose(4)] if self.choose(4) == 0 else who
        on = self.world.now.date() - timedelta(days=self.choose(3))
        given = replace(acts.given(self.world, code, who, on, 1 + self.choose(9)), urgent=self.choose(4) == 0)
        acts.deliver(self.world, given)

    def fund(self) -> None:
        """The voucher service tells the next thing about the voucher of a planned service."""
        plan = self.plan()
        ours = [one for one in plan.services if one.arrangement is Arrangement.VOUCHER and not one.done]
        if not ours:
            return
        service = ours[self.choose(len(ours))]
        voucher_id = self.world.id(f"voucher of {service.id}")
        before = [one for one in self.told if one.voucher_id == str(voucher_id)]
        state = before[-1].state if before else voucher_pb2.VOUCHER_STATE_DRAFT
        names = {
            voucher_pb2.VOUCHER_STATE_DRAFT: ("ISSUED",),
            voucher_pb2.VOUCHER_STATE_ISSUED: ("RESERVED", "REFUSED", "EXPIRED"),
            voucher_pb2.VOUCHER_STATE_RESERVED: ("ACTIVE", "ISSUED"),
            voucher_pb2.VOUCHER_STATE_ACTIVE: ("REROUTING", *VOUCHER_ENDS),
            voucher_pb2.VOUCHER_STATE_REROUTING: ("RESERVED", "REVOKED"),
        }.get(state)
        if names is None:
            return
        name = names[self.choose(len(names))]
        facts = acts.voucher_of(
            self.world,
            plan,
            service.service_code,
            len(before) + 1,
            name,
            "" if name in ("ISSUED", "REFUSED", "EXPIRED") else "P05",
            voucher_id=str(voucher_id),
            plan_service_id=str(service.id),
        )
        self.told.append(facts)
        self.hear()

    def contract(self) -> None:
        """The contract of the purchased provider is suspended, or in force again; told, and heard twice."""
        self.contract_version += 1
        ended = self.contract_version % 2 == 0
        facts = (
            self.world.ended_contract("P10", "SUSPENDED", self.contract_version)
            if ended
            else self.world.contract_facts("P10", self.contract_version)
        )
        for _ in range(2):
            self.world.hear(provider.ContractSuspended(contract=facts))
            look(self.world)

    def hear(self) -> None:
        """A fact of a voucher arrives: any that was ever told, the first time or again."""
        if self.told:
            facts = self.told[self.choose(len(self.told))]
            self.world.hear(voucher.VoucherReserved(voucher=facts))

    def hear_all(self) -> None:
        """What was on its way has arrived, in its order."""
        for facts in self.told:
            self.world.hear(voucher.VoucherReserved(voucher=facts))

    def wait(self) -> None:
        """Days pass and the timers run."""
        self.world.now += timedelta(days=1 + self.choose(12))
        time_out_consultations(self.world.session, now=self.world.now)
        pass_acknowledgements_due(self.world.session, now=self.world.now)
        pass_reroutes_due(self.world.session, now=self.world.now)
        close_handed_over(self.world.session, now=self.world.now)
        warn_of_deadlines(self.world.session, rules=self.world.rules, now=self.world.now)


STEPS = tuple(name for name, act in vars(Walk).items() if callable(act) and not name.startswith("_") and name != "plan")


def plan_ids(world: World) -> list[UUID]:
    """The client's plans."""
    query = select(plan_table.c.id).where(plan_table.c.client_id == world.id("child"))
    return list(world.session.execute(query).scalars())


def versions(world: World) -> dict[tuple[UUID, int, int], tuple[str, str]]:
    """Every stored version: its content as the database has it, and its digest."""
    table = plan_version_table
    rows = world.session.execute(
        select(table.c.plan_id, table.c.major, table.c.minor, table.c.content, table.c.digest).where(
            table.c.plan_id.in_(plan_ids(world))
        )
    )
    return {(row.plan_id, row.major, row.minor): (repr(row.content), row.digest) for row in rows}


def intact(world: World) -> bool:
    """Whether the digest of every version is that of its content."""
    found = [find_version(world.session, *key) for key in versions(world)]
    return all(one is not None and one.intact() for one in found)
