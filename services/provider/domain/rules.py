"""The parameters of this service's rules that a county may set (domain.md section 8)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """Days all: `notice_days` of a contract that tells none, `warn_days` before evidence or a contract ends,
    `grace_days` after evidence ran out (contract.notice_days, contract.warn_days, evidence.grace_days).
    """

    notice_days: int = 90
    warn_days: int = 60
    grace_days: int = 14
