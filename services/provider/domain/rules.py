"""The parameters of this service's rules that a county may set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """Days, but for the percentage: `notice_days` of a contract that tells none, `warn_days` before evidence or a
    contract ends, `grace_days` after evidence ran out (contract.notice_days, contract.warn_days, evidence.grace_days),
    `hearing_weekdays` for a provider to be heard, `largest_reduction` of payments in percent, `deviations` and
    `overdue` acknowledgements that within `breach_window_days` are cause for a sanction (sanction.*).
    """

    notice_days: int = 90
    warn_days: int = 60
    grace_days: int = 14
    hearing_weekdays: int = 10
    largest_reduction: int = 10
    breach_window_days: int = 90
    deviations: int = 3
    overdue: int = 3
