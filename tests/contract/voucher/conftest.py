"""The voucher service as served over a database of a test's own."""

from collections.abc import Callable

import pytest

from tests.api_server import ServedApi


@pytest.fixture
def url(new_database: Callable[[str], str]) -> str:
    return new_database("voucher")


@pytest.fixture
def api(api_server: Callable[..., ServedApi], url: str) -> ServedApi:
    return api_server("voucher", url=url)
