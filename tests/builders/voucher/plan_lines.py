"""A planned service as the versions of a plan have it."""

from datetime import date
from uuid import UUID

from services.kernel.care import Arrangement
from services.voucher.domain.neighbours.plan_line import LineVersion
from tests.builders.voucher.vouchers import FIRST, LAST, SERVICE

LINE = UUID(int=400)
NOTICE = 7


def line(major: int = 1, since: date = FIRST) -> LineVersion:
    """The coaching of March in a version of the plan."""
    return LineVersion(LINE, major, since, True, SERVICE, Arrangement.VOUCHER, None, FIRST, LAST, 15)
