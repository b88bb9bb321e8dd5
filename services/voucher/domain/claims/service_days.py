"""On which days a planned service is paid: its line of the plan in force, the client not absent
(PLANBOUND-1, PLANSERVICE-4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.voucher.domain.claims.redemption import RejectCode
from services.voucher.domain.neighbours.plan_line import LineVersion, Pause
from services.voucher.domain.vouchers.voucher import Voucher


@dataclass(frozen=True)
class ServiceDays:
    """All that is known of a voucher's planned service; nothing of it for a client without a plan."""

    versions: Sequence[LineVersion] = ()
    pauses: Sequence[Pause] = ()
    notice_days: int = 0

    def refuses(self, voucher: Voucher, day: date) -> RejectCode | None:
        """Why no service of that day is paid; None when nothing here speaks against it.

        A day that a version of the plan had and the one in force has not is told as such before anything else.
        """
        in_force = self.in_force(voucher.service_code, day)
        if not in_force and any(version.planned and version.has(day) for version in self.versions):
            return RejectCode.PLAN_LINE_SUPERSEDED
        if not voucher.valid_from <= day <= voucher.last_service_day:
            return RejectCode.EXPIRED
        if not in_force:
            return RejectCode.PLAN_LINE_SUPERSEDED
        return RejectCode.CLIENT_ABSENT if any(pause.covers(day) for pause in self.pauses) else None

    def in_force(self, service_code: str, day: date) -> bool:
        """Whether the line stood in the plan that day, by the newest version come into force until then.

        Days before the first version that knows the line count by that one, because urgent care does not wait for the
        plan. A line that is left out runs on, as it was, for the days of notice.
        """
        known = sorted(self.versions, key=lambda version: version.major)
        if not known:
            return True
        upto = [version for version in known if version.since <= day] or known[:1]
        end = line_end(upto, self.notice_days)
        planned = [version for version in upto if version.planned]
        if not planned or (end is not None and day > end):
            return False
        return planned[-1].service_code == service_code and planned[-1].has(day)


def line_end(versions: Sequence[LineVersion], notice_days: int) -> date | None:
    """The last day of a line that the newest of these versions, by number, leaves out; None while it is planned."""
    gone: LineVersion | None = None
    for version in versions:
        gone = None if version.planned else gone or version
    return None if gone is None else gone.notice_ends(notice_days)
