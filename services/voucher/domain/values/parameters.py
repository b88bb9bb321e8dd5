"""Dated sets of parameters the county sets values and fees by: one in force a day, none ever rewritten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.kernel.refusal import Refusal
from services.voucher.domain.values.fee import FeeParameters, FeePerUnit, MonthlyFeeByIncome, NoFee
from services.voucher.domain.values.value import CeilingTotal, FixedValue, IncomeParameters, ValueParameters


class ParameterKind(StrEnum):
    """What a set is for: values of a care service, or the fees of a rule."""

    VALUE = "VALUE"
    FEE = "FEE"


class ParametersOverlap(Refusal):
    """Another set for the same service or fee rule is in force on a day of this one."""

    reason = "PARAMETERS_OVERLAP"
    rule = "MONEY-6"


@dataclass(frozen=True)
class ParameterSet:
    """A version of a set. `subject` is the care service (VALUE) or the fee rule (FEE) it is for, `code` names the set.

    `valid_to` None: until another set takes over. `superseded_at` tells since when a later version counts instead; what
    was computed by this one stays as it is.
    """

    id: UUID
    county: str
    kind: ParameterKind
    subject: str
    code: str
    number: int
    valid_from: date
    valid_to: date | None
    body: ValueParameters | FeeParameters
    created_at: datetime
    created_by: str
    superseded_at: datetime | None = None

    @property
    def values(self) -> ValueParameters:
        """What values are computed by."""
        if isinstance(self.body, FixedValue | CeilingTotal | IncomeParameters):
            return self.body
        raise TypeError("a set of a fee rule gives no values")

    @property
    def fees(self) -> FeeParameters:
        """What fees are computed by."""
        if isinstance(self.body, NoFee | FeePerUnit | MonthlyFeeByIncome):
            return self.body
        raise TypeError("a set of values gives no fees")

    @property
    def depends_on_income(self) -> bool:
        """Whether nothing can be computed without a statement of income."""
        return isinstance(self.body, IncomeParameters | MonthlyFeeByIncome)

    def holds_on(self, day: date) -> bool:
        """Whether it is in force that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Succession:
    """What a new set does to those in force: ids of versions it supersedes, and versions to be written."""

    superseded: tuple[UUID, ...]
    written: tuple[ParameterSet, ...]


def succession(new: ParameterSet, current: Sequence[ParameterSet], *, ended_id: UUID) -> Succession:
    """Put `new` among the `current` versions of its subject.

    An earlier version of the same set is superseded. A set that runs without an end and began before ends the day
    before the new one begins, as a next version of its own with the id `ended_id`; no day has two of those. Every other
    overlap is refused with ParametersOverlap.
    """
    earlier = [current_set for current_set in current if current_set.code == new.code]
    number = max((current_set.number for current_set in earlier), default=0) + 1
    written = [replace(new, number=number)]
    superseded = [current_set.id for current_set in earlier]
    for current_set in current:
        if current_set.code == new.code or not _overlap(current_set, new):
            continue
        if current_set.valid_to is not None or current_set.valid_from >= new.valid_from:
            raise ParametersOverlap(f"set {current_set.code} is in force on a day of this one")
        superseded.append(current_set.id)
        last_day = new.valid_from - timedelta(days=1)
        ended = replace(current_set, id=ended_id, number=current_set.number + 1, valid_to=last_day)
        written.append(replace(ended, created_at=new.created_at, created_by=new.created_by))
    return Succession(tuple(superseded), tuple(written))


def _overlap(current_set: ParameterSet, other: ParameterSet) -> bool:
    ends_before = current_set.valid_to is not None and current_set.valid_to < other.valid_from
    begins_after = other.valid_to is not None and other.valid_to < current_set.valid_from
    return not (ends_before or begins_after)
