"""Re-routes in protobuf."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant, money
from services.chassis.words import value_of, word
from services.voucher.domain.claims.rerouting import Reroute, RerouteCause
from sote.voucher.v1 import reroute_pb2

REROUTES = "voucherReroutes"


def reroute(value: Reroute) -> reroute_pb2.VoucherReroute:
    """A re-route as the API shows it."""
    return reroute_pb2.VoucherReroute(
        name=resource_name(REROUTES, value.id),
        uid=str(value.id),
        etag=etag_of(value.version),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        voucher_id=str(value.voucher_id),
        provider_id=str(value.provider_id),
        unit_id=id_text(value.unit_id),
        contract_id=str(value.contract_id),
        cause=cause_code(value.cause),
        first_date=day(value.first_day),
        cut_off_date=day(value.cut_off),
        claim_until_date=day(value.claim_until),
        declare_due_date=day(value.declare_due),
        units_held=value.units_held,
        units_claimed=value.units_claimed,
        units_freed=value.units_freed,
        agreed_price=money(value.agreed_price),
    )


def cause_code(value: RerouteCause) -> reroute_pb2.RerouteCause.ValueType:
    """The cause as facts tell it."""
    return value_of(reroute_pb2.RerouteCause, value)


def cause_from(value: reroute_pb2.RerouteCause.ValueType) -> RerouteCause:
    """The cause as the domain says it."""
    return word(RerouteCause, reroute_pb2.RerouteCause, value, "cause")
