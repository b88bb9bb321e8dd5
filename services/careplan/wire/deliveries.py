"""Deviations as resources."""

from services.careplan.domain.deliveries.delivery import Deviation
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from sote.careplan.v1 import delivery_pb2
from sote.careplan.v1 import deviation_service_pb2 as rpc


def deviation(deviation: Deviation) -> rpc.Deviation:
    """The resource Deviation."""
    return rpc.Deviation(
        name=resource_name("deviations", deviation.id),
        uid=str(deviation.id),
        create_time=instant(deviation.created_at),
        delivery_id=str(deviation.delivery_id),
        plan_id=str(deviation.plan_id),
        client_id=str(deviation.client_id),
        plan_service_id=id_text(deviation.plan_service_id),
        provider_id=str(deviation.provider_id),
        contract_id=id_text(deviation.contract_id),
        service_code=deviation.service_code,
        service_date=day(deviation.service_date),
        kind=value_of(delivery_pb2.DeviationKind, deviation.kind),
        cause=value_of(delivery_pb2.DeviationCause, deviation.cause),
        state=value_of(delivery_pb2.DeviationState, deviation.state),
        judge_time=instant(deviation.judged_at),
        judgement=deviation.judgement,
        plan_change=deviation.plan_change,
    )
