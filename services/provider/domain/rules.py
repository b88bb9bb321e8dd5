"""The parameters of this service's rules that a county may set (domain.md section 8)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """`notice_days`: of a contract that tells none (contract.notice_days)."""

    notice_days: int = 90
