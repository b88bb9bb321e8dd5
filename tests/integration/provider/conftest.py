"""The provider api in this process, with the county's data files loaded through it."""

from collections.abc import Callable
from typing import Any

import pytest

from sote.provider.v1 import contract_pb2, provider_service_pb2_grpc
from sote.provider.v1 import provider_service_pb2 as pb
from tests.api_server import ServedApi
from tests.integration.provider.asking import drafted, row
from tests.integration.provider.world import WORLD, Loader, read


@pytest.fixture
def database_url(new_database: Callable[[str], str]) -> str:
    """A provider database of this test's own."""
    return new_database("provider")


@pytest.fixture
def served(api_server: Callable[..., ServedApi], database_url: str) -> ServedApi:
    """A provider api over it."""
    return api_server("provider", url=database_url)


@pytest.fixture
def stub(served: ServedApi) -> Any:
    """A stub of the served api."""
    return provider_service_pb2_grpc.ProviderServiceStub(served.channel)


@pytest.fixture
def loader(served: ServedApi, stub: Any) -> Loader:
    """Loads the county's files as the county and the providers would."""
    return Loader(stub, served.as_role)


@pytest.fixture
def ready(loader: Loader) -> Loader:
    """Catalogue and conditions stand, P05 is approved."""
    loader.load_catalogue()
    loader.load_condition_sets()
    units = [one for one in read(WORLD / "units.yaml")["units"] if one["provider"] == "P05"]
    loader.load_provider(row("P05"), units)
    return loader


@pytest.fixture
def active(ready: Loader) -> contract_pb2.Contract:
    """P05's contract in force."""
    draft = ready.accept(drafted(ready))
    found: contract_pb2.Contract = ready.call("ActivateContract", pb.ActivateContractRequest(name=draft.name))
    return found
