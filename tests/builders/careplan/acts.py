"""Acts on plans, by those who may do them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement, RefusalReason
from services.careplan.domain.consultations.consultation import Consultation, ConsultationState
from services.careplan.domain.deliveries.delivery import Delivery, Deviation, Given
from services.careplan.domain.lifecycle.draft_changes import DraftChanges
from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.line_rules import Wish
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.terms import OperatorKind
from services.careplan.operations.acknowledgements.acknowledge_plan import acknowledge_plan
from services.careplan.operations.consultations.respond_to_consultation import respond_to_consultation
from services.careplan.operations.consultations.start_consultation import start_consultation
from services.careplan.operations.deliveries.record_delivery import record_delivery
from services.careplan.operations.lifecycle.activate_plan import activate_plan
from services.careplan.operations.lifecycle.draft_plan import draft_plan
from services.careplan.operations.lifecycle.edit_draft import edit_draft
from services.careplan.operations.searches.refuse_plan import refuse_plan
from services.careplan.storage.consultations import consultations_of
from services.careplan.wire.plans import planned_service
from services.chassis.identity import Caller
from services.kernel.care import Arrangement, DeliveryMode, NeedDomain
from tests.builders.careplan.county import FIRST, LAST, World

AGREED = ConsultationState.AGREED
VIEW = "I want to be with my friends."


def draft(world: World, client_name: str = "child", **more: Any) -> Plan:
    """The county enterprise drafts a plan on the client's assessment."""
    told: dict[str, Any] = {
        "client_id": world.id(client_name),
        "assessment_id": world.id(f"assessment of {client_name}"),
        "operator_kind": OperatorKind.COUNTY_ENTERPRISE,
        "operator_unit_id": world.id("U-P01"),
        "caller": world.caller("P01"),
    }
    return draft_plan(world.session, rules=world.rules, now=world.now, new_id=uuid4, **told | more)


def wish(world: World, code: str, arrangement: Arrangement, who: str = "", units: int = 0) -> Wish:
    """A service asked for in the period of the story."""
    told: dict[str, Any] = {"from_date": FIRST, "to_date": LAST, "provider_id": world.id(who) if who else None}
    return Wish(service_code=code, arrangement=arrangement, units=units, **told)


def doctor(world: World) -> Wish:
    """The direct-choice doctor, not counted."""
    return replace(wish(world, "HLT-GP", Arrangement.DIRECT_CHOICE, "P02"), unit_id=world.id("U-P02"))


def support(world: World, units: int = 6) -> Wish:
    """The purchased support family."""
    return wish(world, "SOC-FAM-SUPP", Arrangement.PURCHASE, "P10", units)


def own_work(world: World, units: int = 32) -> Wish:
    """The enterprise's own family work."""
    return wish(world, "SOC-FAM-WORK", Arrangement.OWN, "P01", units)


def home_help(world: World, units: int = 40) -> Wish:
    """Home help by voucher."""
    return wish(world, "SOC-FAM-HOME", Arrangement.VOUCHER, units=units)


def edit(
    world: World,
    plan: Plan,
    wishes: Sequence[Wish] = (),
    *,
    etag: str = "",
    caller: Caller | None = None,
    **changes: Any,
) -> Plan:
    """The operator writes goals, services and the client's view."""
    goal = Goal(world.id("goal"), "School days go well.", (NeedDomain.MENTAL_HEALTH,), -2, 1)
    usual: dict[str, Any] = {"put_goals": (goal,), "put_services": tuple(wishes), "client_view": VIEW}
    return edit_draft(
        world.session,
        plan_id=plan.id,
        etag=etag,
        changes=DraftChanges(**usual | changes),
        caller=caller or world.caller("P01"),
        now=world.now,
        new_id=uuid4,
    )


def consult(world: World, plan: Plan, caller: str = "P01") -> list[Consultation]:
    """The operator asks the others; gives the requests that stand."""
    start_consultation(
        world.session,
        plan_id=plan.id,
        etag="",
        rules=world.rules,
        caller=world.caller(caller),
        now=world.now,
        new_id=uuid4,
    )
    return standing(world, plan)


def standing(world: World, plan: Plan) -> list[Consultation]:
    """The requests about the draft that stand."""
    world.session.flush()
    found = consultations_of(world.session, plan.id, plan.major + 1)
    return [one for one in found if not one.superseded]


def answer(world: World, request: Consultation, outcome: ConsultationState = AGREED, text: str = "") -> Consultation:
    """The provider that was asked answers."""
    name = next(name for name, uid in world.ids.items() if uid == request.provider_id)
    caller = world.caller(name, "PRV")
    return respond_to_consultation(
        world.session,
        consultation_id=request.id,
        outcome=outcome,
        text=text,
        rules=world.rules,
        caller=caller,
        now=world.now,
    )


def activate(world: World, plan: Plan, *, first: bool = True, caller: str = "P01") -> Plan:
    """The operator brings the draft into force."""
    return activate_plan(
        world.session,
        plan_id=plan.id,
        etag="",
        first=first,
        rules=world.rules,
        caller=world.caller(caller),
        now=world.now,
        new_id=uuid4,
    )


def active_plan(world: World, wishes: Sequence[Wish]) -> Plan:
    """A plan in force with these services, agreed by everybody."""
    world.assess()
    plan = edit(world, draft(world), wishes)
    for request in consult(world, plan):
        answer(world, request)
    return activate(world, plan)


def plan_of_centre(world: World, wishes: Sequence[Wish]) -> Plan:
    """A draft with these services that the client's own centre, P02, operates."""
    world.assess()
    world.choose("P02")
    centre = world.caller("P02")
    kind = OperatorKind.DIRECT_CHOICE_HSSC
    plan = draft(world, caller=centre, operator_unit_id=world.id("U-P02"), operator_kind=kind)
    return edit(world, plan, wishes, caller=centre)


def acknowledge(world: World, plan: Plan, who: str, version: tuple[int, int] | None = None) -> Acknowledgement:
    """A provider acknowledges."""
    caller = world.caller(who, "PRV")
    return acknowledge_plan(world.session, plan_id=plan.id, version=version, caller=caller, now=world.now)


def refuse(world: World, plan: Plan, who: str, reason: RefusalReason = RefusalReason.CAPACITY) -> Acknowledgement:
    """A provider refuses the plan."""
    return refuse_plan(
        world.session,
        plan_id=plan.id,
        reason=reason,
        text="we would rather not",
        rules=world.rules,
        caller=world.caller(who, "PRV"),
        now=world.now,
        new_id=uuid4,
    )


def service_of(plan: Plan, code: str) -> PlanService:
    """The planned service with this code."""
    return next(one for one in plan.services if one.service_code == code)


def voucher_of(world: World, plan: Plan, code: str, version: int, state: str, who: str = "", **more: Any) -> Any:
    """The facts of the voucher of a planned service, chosen by `who` if told."""
    chosen = {"provider_id": str(world.id(who)), "contract_id": str(world.id(f"K-{who}"))} if who else {}
    resource = planned_service(service_of(plan, code))
    return world.voucher_facts(resource, version, state, plan_id=str(plan.id), **chosen | more)


def given(world: World, code: str, who: str, on: date = FIRST, units: int = 1) -> Given:
    """A delivery as a provider tells it."""
    told: dict[str, Any] = {"client_id": world.id("child"), "mode": DeliveryMode.AT_HOME}
    return Given(provider_id=world.id(who), service_code=code, service_date=on, units=units, **told)


def deliver(
    world: World,
    what: Given,
    plan_service_id: UUID | None = None,
    voucher_id: UUID | None = None,
) -> tuple[Delivery, Deviation | None]:
    """The provider records what it gave."""
    name = next(name for name, uid in world.ids.items() if uid == what.provider_id)
    return record_delivery(
        world.session,
        given=what,
        plan_service_id=plan_service_id,
        voucher_id=voucher_id,
        caller=world.caller(name, "PRV"),
        now=world.now,
        new_id=uuid4,
    )
