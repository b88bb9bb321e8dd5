"""What this service announces about vouchers, and what the neighbours' facts say in the words of the copies."""

from services.chassis.values import day, id_text
from services.chassis.words import value_of
from services.voucher.domain.vouchers.voucher import Voucher
from sote.type.v1 import care_pb2
from sote.voucher.v1 import events_pb2, voucher_pb2


def voucher_facts(value: Voucher) -> events_pb2.VoucherFacts:
    """A voucher as the other services may know it (INV-25)."""
    return events_pb2.VoucherFacts(
        voucher_id=str(value.id),
        number=value.number,
        client_id=str(value.client_id),
        assessment_id=str(value.assessment_id),
        decision_id=str(value.decision_id),
        plan_id=id_text(value.plan_id),
        plan_service_id=id_text(value.plan_service_id),
        enrolment_id=id_text(value.enrolment_id),
        item_code=value.item_code,
        service_code=value.service_code,
        unit=value_of(care_pb2.CareUnit, value.unit),
        units_granted=value.units_granted,
        units_redeemed=value.units_redeemed,
        valid_from=day(value.valid_from),
        valid_to=day(value.valid_to),
        provider_id=id_text(value.provider_id),
        unit_id=id_text(value.unit_id),
        contract_id=id_text(value.contract_id),
        state=value_of(voucher_pb2.VoucherState, value.state),
        version=value.version,
        cut_off_date=day(value.cut_off),
    )
