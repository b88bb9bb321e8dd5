"""Why this service says no about contracts in the making, contracts in force and sanctions."""

from services.kernel.refusal import Refusal


class ConditionsMismatch(Refusal):
    """What the provider accepts is not exactly what the contract says."""

    reason = "CONDITIONS_MISMATCH"
    rule = "CONTRACT-2"


class ClauseMissing(Refusal):
    """A clause this kind of contract must have is not in it."""

    reason = "CLAUSE_MISSING"
    rule = "S1.13"
    legal_basis = "draft Freedom of Choice Act: a direct-choice provider gives guidance, advice and support"


class ClauseUnknown(Refusal):
    """The county has no template of the clause."""

    reason = "CLAUSE_UNKNOWN"
    rule = "S1.43b"
    legal_basis = "draft Freedom of Choice Act: agreements on cooperation under the county's guidance"


class PriceAboveValue(Refusal):
    """A voucher line costs more than the county's value of the unit."""

    reason = "PRICE_ABOVE_VALUE"
    rule = "MONEY-2"


class OutsideValidity(Refusal):
    """The day is outside the period of the contract or of its conditions."""

    reason = "OUTSIDE_VALIDITY"
    rule = "CONTRACT-3"


class NoticeTooShort(Refusal):
    """A change of a line would count before the days of notice have passed."""

    reason = "NOTICE_TOO_SHORT"
    rule = "CONTRACT-4"


class ChangeAgreed(Refusal):
    """Both sides agreed to a change of the line; it counts first."""

    reason = "CHANGE_AGREED"
    rule = "CONTRACT-4"


class LineChangeMismatch(Refusal):
    """What the provider agrees to is not what the county proposed."""

    reason = "LINE_CHANGE_MISMATCH"
    rule = "CONTRACT-4"


class NoticeRunning(Refusal):
    """Notice of the contract was given before."""

    reason = "NOTICE_RUNNING"
    rule = "CONTRACT-7"


class NoticeNotPassed(Refusal):
    """No notice was given, or its days have not passed, and no cause is given."""

    reason = "NOTICE_NOT_PASSED"
    rule = "CONTRACT-8"


class HearingPending(Refusal):
    """The provider has a right to be heard before the sanction is imposed."""

    reason = "HEARING_PENDING"
    rule = "SANCTION-2"
    legal_basis = "Administrative Procedure Act 434/2003: a party is heard before a matter is decided"


class KindNotHigher(Refusal):
    """A sanction escalates up the ladder only."""

    reason = "KIND_NOT_HIGHER"
    rule = "SANCTION-3"
