"""Forecasts and spending in protobuf."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date

from services.chassis.values import day, money
from services.chassis.words import value_of
from services.voucher.domain.outlook.forecast import Outlook
from services.voucher.domain.outlook.spending_report import Group
from services.voucher.domain.purse.ledger import LineBalance
from services.voucher.wire.purse.budget import balance
from sote.provider.v1 import provider_pb2
from sote.voucher.v1 import budget_report_pb2 as pb
from sote.voucher.v1 import budget_report_service_pb2

_NAMES = {
    pb.SPENDING_DIMENSION_LINE: "line_code",
    pb.SPENDING_DIMENSION_SERVICE: "service_code",
    pb.SPENDING_DIMENSION_PACKAGE: "package_code",
    pb.SPENDING_DIMENSION_OWNERSHIP: "ownership",
}


def forecast(fiscal_year: int, outlooks: Sequence[Outlook], today: date) -> pb.BudgetForecast:
    """The outlook of each line, and the sums of all."""
    sums = zip(*(astuple(outlook.balance) for outlook in outlooks), strict=True)
    total = pb.LineForecast(
        balance=balance(LineBalance(*map(sum, sums))),
        forecast=money(sum(outlook.forecast for outlook in outlooks)),
        redeemed=money(sum(outlook.redeemed for outlook in outlooks)),
        issued=money(sum(outlook.issued for outlook in outlooks)),
        burned=money(sum(outlook.burned for outlook in outlooks)),
        burn_days=max((outlook.days for outlook in outlooks), default=0),
    )
    lines = [_line(outlook, today) for outlook in outlooks]
    return pb.BudgetForecast(fiscal_year=fiscal_year, lines=lines, total=total)


def _line(outlook: Outlook, today: date) -> pb.LineForecast:
    return pb.LineForecast(
        line_code=outlook.line_code,
        balance=balance(outlook.balance),
        forecast=money(outlook.forecast),
        redeemed=money(outlook.redeemed),
        issued=money(outlook.issued),
        burned=money(outlook.burned),
        burn_days=outlook.days,
        run_out_date=day(outlook.run_out(today)),
    )


def dimensions_from(values: Iterable[pb.SpendingDimension.ValueType]) -> list[str]:
    """The dimensions asked for, by the names of the groups' keys."""
    return [_NAMES[value] for value in values]


def spending(groups: Sequence[Group]) -> budget_report_service_pb2.ListSpendingResponse:
    """The groups with their sum."""
    total = Group(
        {},
        sum(group.reserved for group in groups),
        sum(group.committed for group in groups),
        sum(group.spent for group in groups),
    )
    return budget_report_service_pb2.ListSpendingResponse(groups=map(_group, groups), total=_group(total))


def _group(group: Group) -> pb.Spending:
    owner = group.keys.get("ownership") or "UNSPECIFIED"
    return pb.Spending(
        line_code=group.keys.get("line_code", ""),
        service_code=group.keys.get("service_code", ""),
        package_code=group.keys.get("package_code", ""),
        ownership=value_of(provider_pb2.Ownership, owner),
        reserved=money(group.reserved),
        committed=money(group.committed),
        spent=money(group.spent),
    )
