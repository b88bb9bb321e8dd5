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


def chain_step(it: ChainStep) -> chain_pb2.ChainStep:
    """The resource ChainStep."""
    return chain_pb2.ChainStep(
        name=resource_name("chainSteps", it.id),
        uid=str(it.id),
        etag=etag_of(it.version),
        create_time=instant(it.created_at),
        update_time=instant(it.updated_at),
        chain_id=str(it.chain_id),
        seq=it.seq,
        client_id=str(it.client_id),
        plan_id=id_text(it.plan_id),
        operator_organisation_id=id_text(it.operator_organisation_id),
        from_organisation_id=str(it.from_organisation_id),
        to_organisation_id=str(it.to_organisation_id),
        service_code=it.service_code,
        need=value_of(care_pb2.NeedDomain, it.need),
        urgency=value_of(chain_pb2.ChainUrgency, it.urgency),
        question=it.question,
        attachments=it.attachments,
        state=value_of(chain_pb2.ChainStepState, it.state),
        send_time=instant(it.sent_at),
        response_due=day(it.response_due),
        overdue=it.overdue,
        planned_date=day(it.planned_date),
        reason=it.reason,
        suggestion=it.suggestion,
        feedback=it.feedback,
    )


def chain_step_facts(it: ChainStep) -> events_pb2.ChainStepFacts:
    """The step as others may know it: no question, no reason, no need (INV-25)."""
    return events_pb2.ChainStepFacts(
        chain_step_id=str(it.id),
        chain_id=str(it.chain_id),
        seq=it.seq,
        client_id=str(it.client_id),
        plan_id=id_text(it.plan_id),
        operator_organisation_id=id_text(it.operator_organisation_id),
        from_organisation_id=str(it.from_organisation_id),
        to_organisation_id=str(it.to_organisation_id),
        service_code=it.service_code,
        urgency=value_of(chain_pb2.ChainUrgency, it.urgency),
        state=value_of(chain_pb2.ChainStepState, it.state),
        response_due=day(it.response_due),
        version=it.fact_version,
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
