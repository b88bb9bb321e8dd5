"""The parameters of this service's rules that a county may set (domain.md section 8)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """`require_both_sectors`: every package holds social and health services (package.require_both_sectors)."""

    require_both_sectors: bool = False
