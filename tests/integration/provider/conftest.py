"""The provider api in this process, with the county's data files loaded through it."""

from collections.abc import Callable
from typing import Any

import pytest

from sote.provider.v1 import provider_service_pb2_grpc
from tests.api_server import ServedApi
from tests.integration.provider.world import Loader


@pytest.fixture
def served(api_server: Callable[..., ServedApi], new_database: Callable[[str], str]) -> ServedApi:
    """A provider api over a database of its own."""
    return api_server("provider", url=new_database("provider"))


@pytest.fixture
def stub(served: ServedApi) -> Any:
    """A stub of the served api."""
    return provider_service_pb2_grpc.ProviderServiceStub(served.channel)


@pytest.fixture
def loader(served: ServedApi, stub: Any) -> Loader:
    """Loads the county's files as the county and the providers would."""
    return Loader(stub, served.as_role)
