"""Every refusal about what a voucher meets in its life has a status, and the protos tell it."""

import inspect

import pytest

from services.kernel.refusal import Refusal
from services.voucher.api.refusals import REFUSALS
from services.voucher.domain.changes import amendment as amending
from services.voucher.domain.claims import reversal
from services.voucher.domain.outlook import contract_preview
from services.voucher.domain.vouchers import work as waiting
from tests.builders.proto_comments import told

pytestmark = pytest.mark.contract

TOLD = told("voucher", "reversal_service", "voucher_terms_service", "voucher_work_service", "contract_preview_service")
KINDS = [
    kind
    for module in (amending, contract_preview, reversal, waiting)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Refusal) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_that_the_proto_tells_REFUSAL_2(kind: type[Refusal]) -> None:
    assert (REFUSALS[kind].name, kind.reason) in TOLD
    assert kind.rule
    assert kind.__doc__
