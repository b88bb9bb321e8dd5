"""Settlement batches and their items in protobuf."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, instant, money
from services.chassis.words import value_of
from services.voucher.domain.spending.settlement import Item, Settlement
from services.voucher.wire.purse.budget import source_kind
from sote.voucher.v1 import events_pb2, settlement_pb2

SETTLEMENTS = "settlements"


def settlement(value: Settlement) -> settlement_pb2.Settlement:
    """A batch without its items."""
    return settlement_pb2.Settlement(
        name=resource_name(SETTLEMENTS, value.id),
        uid=str(value.id),
        etag=etag_of(value.version),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        county=value.county,
        provider_id=str(value.provider_id),
        period_start=day(value.period_start),
        period_end=day(value.period_end),
        state=value_of(settlement_pb2.SettlementState, value.state),
        total=money(value.total),
        item_count=value.item_count,
        created_by=value.created_by,
        approved_by=value.approved_by,
        attempts=value.attempts,
        payment_reference=value.payment_reference,
        failure_code=value.failure_code,
    )


def item(value: Item) -> settlement_pb2.SettlementItem:
    """One item of a batch."""
    return settlement_pb2.SettlementItem(
        uid=str(value.id),
        kind=value_of(settlement_pb2.SettlementItemKind, value.kind),
        source=source_kind(value.source.kind),
        source_id=str(value.source.id),
        delivery_id=str(value.delivery_id),
        service_code=value.service_code,
        service_date=day(value.service_date),
        units=value.units,
        amount=money(value.amount),
    )


def settlement_approved(value: Settlement) -> events_pb2.SettlementApproved:
    """A batch was approved."""
    return events_pb2.SettlementApproved(
        settlement_id=str(value.id), provider_id=str(value.provider_id), total=money(value.total)
    )


def settlement_paid(value: Settlement) -> events_pb2.SettlementPaid:
    """A batch was paid."""
    return events_pb2.SettlementPaid(
        settlement_id=str(value.id), provider_id=str(value.provider_id), total=money(value.total)
    )


def settlement_failed(value: Settlement) -> events_pb2.SettlementFailed:
    """A payment failed."""
    return events_pb2.SettlementFailed(settlement_id=str(value.id), provider_id=str(value.provider_id))
