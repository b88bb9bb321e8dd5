"""What facts about plans and deliveries say, in the words of the copies."""

from uuid import UUID

from services.chassis.values import day_of, id_of
from services.chassis.words import name_of
from services.voucher.domain.neighbours.plan import DeliveryCopy, PlanCopy, PlanServiceCopy
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.type.v1 import care_pb2


def plan_copy(facts: careplan.PlanFacts) -> PlanCopy:
    """A plan as told, without its services."""
    return PlanCopy(
        plan_id=UUID(facts.plan_id),
        client_id=UUID(facts.client_id),
        state=name_of(plan_pb2.PlanState, facts.state),
        version=facts.version,
        major=facts.major,
    )


def plan_service_copies(facts: careplan.PlanFacts) -> list[PlanServiceCopy]:
    """The services of a plan as told."""
    return [_plan_service(facts, service) for service in facts.services]


def _plan_service(facts: careplan.PlanFacts, service: careplan.PlanServiceFacts) -> PlanServiceCopy:
    return PlanServiceCopy(
        plan_service_id=UUID(service.plan_service_id),
        plan_id=UUID(facts.plan_id),
        client_id=UUID(facts.client_id),
        service_code=service.service_code,
        arrangement=name_of(care_pb2.Arrangement, service.arrangement),
        state=name_of(plan_pb2.PlanServiceState, service.state),
        provider_id=id_of(service.provider_id),
        unit_id=id_of(service.unit_id),
        contract_id=id_of(service.contract_id),
        voucher_id=id_of(service.voucher_id),
        enrolment_id=id_of(service.enrolment_id),
        item_code=service.item_code,
        units=service.units,
        unit=name_of(care_pb2.CareUnit, service.unit),
        from_date=day_of(service.from_date, "from_date") if service.HasField("from_date") else None,
        to_date=day_of(service.to_date, "to_date") if service.HasField("to_date") else None,
        units_delivered=service.units_delivered,
    )


def delivery_copy(fact: careplan.DeliveryRecorded) -> DeliveryCopy:
    """A delivery as told."""
    return DeliveryCopy(
        delivery_id=UUID(fact.delivery_id),
        client_id=UUID(fact.client_id),
        plan_service_id=id_of(fact.plan_service_id),
        voucher_id=id_of(fact.voucher_id),
        provider_id=UUID(fact.provider_id),
        service_code=fact.service_code,
        service_date=day_of(fact.service_date, "service_date"),
        units=fact.units,
        mode=name_of(care_pb2.DeliveryMode, fact.mode),
    )
