"""Vouchers and redemptions in protobuf as a reader may see them (ACCESS-3)."""

from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.claims.rerouting import Reroute
from services.voucher.domain.vouchers.redaction import MoneySight, Scope
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.wire.claims.reroute import reroute
from services.voucher.wire.vouchers.voucher import redemption, voucher
from sote.voucher.v1 import redemption_pb2, reroute_pb2, voucher_pb2

TOTALS = frozenset({"regime", "value_kind", "max_value", "redeemed"})
"""What of the money a reader of totals sees."""


def voucher_for(value: Voucher, scope: Scope) -> voucher_pb2.Voucher:
    """The voucher for this reader."""
    message = voucher(value)
    match scope.money(value.provider_id):
        case MoneySight.NONE:
            message.ClearField("money")
        case MoneySight.TOTALS:
            for field, _ in message.money.ListFields():
                if field.name not in TOTALS:
                    message.money.ClearField(field.name)  # type: ignore[arg-type]
        case MoneySight.FULL:
            pass
    if not scope.content(value.provider_id):
        message.ClearField("content_spec")
    return message


def redemption_for(value: Redemption, scope: Scope) -> redemption_pb2.Redemption:
    """The redemption for this reader; its money is for those who see it all."""
    message = redemption(value)
    if scope.money(value.provider_id) is not MoneySight.FULL:
        message.ClearField("money")
    return message


def reroute_for(value: Reroute, scope: Scope) -> reroute_pb2.VoucherReroute:
    """The re-route for this reader; its price is for those who see all money."""
    message = reroute(value)
    if scope.money(value.provider_id) is not MoneySight.FULL:
        message.ClearField("agreed_price")
    return message
