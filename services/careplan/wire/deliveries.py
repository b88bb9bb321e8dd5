"""Deviations as resources."""

from services.careplan.domain.deliveries.delivery import Deviation
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from sote.careplan.v1 import delivery_pb2
from sote.careplan.v1 import deviation_service_pb2 as rpc


def deviation(it: Deviation) -> rpc.Deviation:
    """The resource Deviation."""
    return rpc.Deviation(
        name=resource_name("deviations", it.id),
        uid=str(it.id),
        create_time=instant(it.created_at),
        delivery_id=str(it.delivery_id),
        plan_id=str(it.plan_id),
        client_id=str(it.client_id),
        plan_service_id=id_text(it.plan_service_id),
        provider_id=str(it.provider_id),
        contract_id=id_text(it.contract_id),
        service_code=it.service_code,
        service_date=day(it.service_date),
        kind=value_of(delivery_pb2.DeviationKind, it.kind),
        cause=value_of(delivery_pb2.DeviationCause, it.cause),
        state=value_of(delivery_pb2.DeviationState, it.state),
        judge_time=instant(it.judged_at),
        judgement=it.judgement,
        plan_change=it.plan_change,
    )
