"""The etag of a plan: whose turn it is and which version, so that a write of an earlier turn is known (INV-02)."""

import re

from services.careplan.domain.plans.plan import Plan

_ETAG = re.compile(r'"(\d{1,9})-(\d{1,18})"')


def plan_etag(plan: Plan) -> str:
    """The plan's etag: `"<epoch>-<version>"`."""
    return f'"{plan.operator_epoch}-{plan.version}"'


def epoch_of(etag: str) -> int | None:
    """The operator's turn an etag was read in; nothing when it is none of a plan."""
    found = _ETAG.fullmatch(etag)
    return int(found[1]) if found else None
