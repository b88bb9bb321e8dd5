"""Commitments and charges in protobuf."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant, money
from services.chassis.words import value_of
from services.voucher.domain.spending.commitment import Charge, Commitment
from sote.type.v1 import care_pb2
from sote.voucher.v1 import commitment_pb2

COMMITMENTS = "commitments"


def commitment(value: Commitment) -> commitment_pb2.Commitment:
    """A commitment with its charges."""
    return commitment_pb2.Commitment(
        name=resource_name(COMMITMENTS, value.id),
        uid=str(value.id),
        etag=etag_of(value.version),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        county=value.county,
        client_id=str(value.client_id),
        plan_id=str(value.plan_id),
        plan_service_id=str(value.plan_service_id),
        enrolment_id=id_text(value.enrolment_id),
        item_code=value.item_code,
        service_code=value.service_code,
        arrangement=value_of(care_pb2.Arrangement, value.arrangement),
        provider_id=str(value.provider_id),
        contract_id=str(value.contract_id),
        unit_price=money(value.unit_price),
        units=value.units,
        units_used=value.units_used,
        valid_from=day(value.valid_from),
        valid_to=day(value.valid_to),
        state=value_of(commitment_pb2.CommitmentState, value.state),
        charges=[_charge(charge) for charge in value.charges],
    )


def _charge(charge: Charge) -> commitment_pb2.Charge:
    return commitment_pb2.Charge(
        uid=str(charge.id),
        delivery_id=str(charge.delivery_id),
        service_date=day(charge.service_date),
        units=charge.units,
        amount=money(charge.amount),
        state=value_of(commitment_pb2.ChargeState, charge.state),
        reject_code=charge.reject_code,
    )
