"""Every refusal about what a voucher meets in its life has a status, and the protos tell it."""

import inspect
import re
from pathlib import Path

import pytest
from grpc import StatusCode

from services.kernel.refusal import Refusal
from services.voucher.api.refusals import REFUSALS
from services.voucher.domain.changes import amendment as amending
from services.voucher.domain.claims import reversal
from services.voucher.domain.outlook import contract_preview
from services.voucher.domain.vouchers import work as waiting

pytestmark = pytest.mark.contract

PROTOS = Path(__file__).resolve().parents[4] / "protos/sote/voucher/v1"
KINDS = [
    kind
    for module in (amending, contract_preview, reversal, waiting)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Refusal) and kind.__module__ == module.__name__
]


def told() -> set[tuple[str, str]]:
    """(status, reason) as the comments of the services pair them."""
    statuses = {code.name for code in StatusCode}
    pairs: set[tuple[str, str]] = set()
    for name in ("reversal_service", "voucher_terms_service", "voucher_work_service", "contract_preview_service"):
        for comment in re.findall(r"(?:^ *//.*\n)+", (PROTOS / f"{name}.proto").read_text(), re.MULTILINE):
            status = ""
            for word in re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b", comment):
                if word in statuses:
                    status = word
                else:
                    pairs.add((status, word))
    return pairs


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_that_the_proto_tells_REFUSAL_2(kind: type[Refusal]) -> None:
    assert (REFUSALS[kind].name, kind.reason) in told()
    assert kind.rule
    assert kind.__doc__
