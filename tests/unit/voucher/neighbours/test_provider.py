"""What copies of the catalogue say of a service."""

from dataclasses import replace

import pytest

from tests.builders.voucher.vouchers import catalogue

pytestmark = pytest.mark.unit


def test_health_care_is_a_task_of_its_own_CATALOGUE_1() -> None:
    sectors = [replace(catalogue(), task=task).sector for task in ("TERVEYS", "LAPSIPERHE", "PAIHDE")]
    assert sectors == ["HEALTH", "SOCIAL", "SOCIAL"]
