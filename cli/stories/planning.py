"""What several stories do alike with a client's plan: the own-worker, consultations, versions, acknowledgements."""

from collections.abc import Collection, Mapping
from datetime import date

from cli.stories import acts
from cli.stories.acts import Stage
from cli.stories.values import day
from services.chassis.identity import Caller
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.careplan.v1 import consultation_pb2, plan_pb2
from sote.client.v1 import assessment_pb2
from sote.client.v1 import client_service_pb2 as client
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import package_service_pb2 as package
from sote.type.v1 import care_pb2
from sote.voucher.v1 import voucher_pb2


def special_support(stage: Stage, client_id: str, reason: str) -> None:
    """A social worker decides that the client needs special support, and becomes the own-worker (CLIENT-6, S1.14)."""
    flag = client.SetAttentionRequest(
        name=f"clients/{client_id}",
        kind=care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT,
        reason=reason,
        decided_by=acts.lead(stage),
    )
    stage.play.do("flag special support", stage.official, stage.apis.client.SetAttention, flag)
    name = client.NameOwnWorkerRequest(name=f"clients/{client_id}", own_worker=acts.lead(stage))
    stage.play.do("name the own-worker", stage.official, stage.apis.client.NameOwnWorker, name)


def flags_of(stage: Stage, client_id: str) -> "set[care_pb2.AttentionKind.ValueType]":
    """The flags the client has or had; those of a year of care come on top of the first."""
    request = client.GetClientRequest(name=f"clients/{client_id}")
    person = stage.play.ask(stage.official, stage.apis.client.GetClient, request)
    return {flag.kind for flag in person.attention_flags}


def recommended(
    service: str, units: int, arrangement: "care_pb2.Arrangement.ValueType", first: date, last: date
) -> assessment_pb2.RecommendedService:
    """A service that an assessment recommends."""
    return assessment_pb2.RecommendedService(
        service_code=service, units=units, arrangement=arrangement, from_date=day(first), to_date=day(last)
    )


def plan_of(stage: Stage, name: str) -> plan_pb2.Plan:
    """The plan as its operator sees it."""
    return stage.play.ask(stage.official, stage.apis.careplan.GetPlan, careplan.GetPlanRequest(name=name))


def stands_in(stage: Stage, name: str, services: Collection[str]) -> bool | None:
    """Whether every one of these services stands in the plan or its draft."""
    plan = plan_of(stage, name)
    lines = [*plan.draft.services, *(service.line for service in plan.services)]
    return set(services) <= {line.service_code for line in lines} or None


def consult(stage: Stage, client_id: str, answering: Mapping[str, Caller]) -> int:
    """Each of these providers agrees to the draft, by somebody of its own; gives how many were asked."""
    apis, plan_id = stage.apis.careplan, ""
    for provider, actor in answering.items():
        listed = stage.play.ask(
            actor, apis.ListConsultations, careplan.ListConsultationsRequest(client_id=client_id)
        ).consultations
        answer = careplan.RespondToConsultationRequest(
            name=listed[0].name, outcome=consultation_pb2.CONSULTATION_OUTCOME_AGREED
        )
        stage.play.do(f"{provider} agrees", actor, apis.RespondToConsultation, answer)
        plan_id = listed[0].plan_id
    return len(plan_of(stage, f"plans/{plan_id}").consultations)


def reached(stage: Stage, name: str, minor: int) -> bool | None:
    """Whether the plan has come to this MINOR version of its first MAJOR one."""
    plan = plan_of(stage, name)
    return (plan.major, plan.minor) >= (1, minor) or None


def acknowledge(stage: Stage, plan_name: str, provider: str, version: str = "") -> None:
    """The provider binds itself to the version in force (S1.30); `version` tells its several times apart."""
    request = careplan.AcknowledgePlanRequest(name=plan_name, version_number=version)
    step = f"{provider} acknowledges {version}".strip()
    stage.play.do(step, stage.staff(provider), stage.apis.careplan.AcknowledgePlan, request)


def vouchers_for(stage: Stage, client_id: str, services: Collection[str]) -> dict[str, voucher_pb2.Voucher] | None:
    """The client's vouchers by service, once there is one for each of these."""
    vouchers = acts.vouchers_of(stage, client_id)
    return vouchers if set(services) <= set(vouchers) else None


def done(stage: Stage, plan: plan_pb2.Plan, services: Collection[str]) -> None:
    """What no units bring to an end is said done."""
    for service in plan.services:
        if service.line.service_code in services:
            request = careplan.CompletePlanServiceRequest(name=plan.name, plan_service_id=service.line.plan_service_id)
            step = f"{service.line.service_code} is done"
            stage.play.do(step, stage.official, stage.apis.careplan.CompletePlanService, request)


def completed(stage: Stage, client_id: str) -> str | None:
    """COMPLETED once every enrolment of the client is."""
    request = package.ListEnrolmentsRequest(client_id=client_id)
    enrolments = stage.play.ask(stage.official, stage.apis.package.ListEnrolments, request).enrolments
    over = all(enrolment.state == enrolment_pb2.ENROLMENT_STATE_COMPLETED for enrolment in enrolments)
    return "COMPLETED" if enrolments and over else None
