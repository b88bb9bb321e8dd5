"""Steps of service chains as resources, as facts and as a section."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from services.careplan.domain.chains.chain_step import ChainStep
from services.careplan.domain.chains.hand_offs import HandOffs
from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from sote.careplan.v1 import chain_pb2, events_pb2
from sote.careplan.v1 import section_pb2 as section
from sote.type.v1 import care_pb2


def chain_step(step: ChainStep) -> chain_pb2.ChainStep:
    """The resource ChainStep."""
    return chain_pb2.ChainStep(
        name=resource_name("chainSteps", step.id),
        uid=str(step.id),
        etag=etag_of(step.version),
        create_time=instant(step.created_at),
        update_time=instant(step.updated_at),
        chain_id=str(step.chain_id),
        seq=step.seq,
        client_id=str(step.client_id),
        plan_id=id_text(step.plan_id),
        operator_organisation_id=id_text(step.operator_organisation_id),
        from_organisation_id=str(step.from_organisation_id),
        to_organisation_id=str(step.to_organisation_id),
        service_code=step.service_code,
        need=value_of(care_pb2.NeedDomain, step.need),
        urgency=value_of(chain_pb2.ChainUrgency, step.urgency),
        question=step.question,
        attachments=step.attachments,
        state=value_of(chain_pb2.ChainStepState, step.state),
        send_time=instant(step.sent_at),
        response_due=day(step.response_due),
        overdue=step.overdue,
        planned_date=day(step.planned_date),
        reason=step.reason,
        suggestion=step.suggestion,
        feedback=step.feedback,
    )


def chain_step_facts(step: ChainStep) -> events_pb2.ChainStepFacts:
    """The step as others may know it: no question, no reason, no need (INV-25)."""
    return events_pb2.ChainStepFacts(
        chain_step_id=str(step.id),
        chain_id=str(step.chain_id),
        seq=step.seq,
        client_id=str(step.client_id),
        plan_id=id_text(step.plan_id),
        operator_organisation_id=id_text(step.operator_organisation_id),
        from_organisation_id=str(step.from_organisation_id),
        to_organisation_id=str(step.to_organisation_id),
        service_code=step.service_code,
        urgency=value_of(chain_pb2.ChainUrgency, step.urgency),
        state=value_of(chain_pb2.ChainStepState, step.state),
        response_due=day(step.response_due),
        version=step.fact_version,
    )


def chain_section(
    client_id: UUID,
    steps: Sequence[ChainStep],
    names: Mapping[UUID, str],
    broken: Collection[UUID],
    hand_offs: Sequence[HandOffs],
) -> section.ChainSection:
    """The section of one client; `hand_offs` names each need once."""
    return section.ChainSection(
        client_id=str(client_id),
        steps=[
            section.ChainSectionStep(
                step=chain_step(step),
                from_name=names.get(step.from_organisation_id, ""),
                to_name=names.get(step.to_organisation_id, ""),
                broken=step.id in broken,
            )
            for step in steps
        ],
        hand_offs=sum(counted.all for counted in hand_offs),
        returned=sum(counted.returned for counted in hand_offs),
        needs=[
            section.NeedHandOffs(
                need=value_of(care_pb2.NeedDomain, counted.need),
                hand_offs=counted.all,
                returned=counted.returned,
                before_service=counted.before_service,
            )
            for counted in hand_offs
        ],
    )
