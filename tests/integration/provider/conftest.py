"""The provider api in this process, with the county's data files loaded through it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from sote.provider.v1 import contract_pb2, contract_service_pb2
from tests.api_server import ServedApi, TokenOffice
from tests.builders.provider.calls import drafted, row
from tests.builders.provider.loader import WORLD, Loader, Stubs, loading, read

NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Loaded:
    """A database that was loaded once, to be copied, and what its loader knows."""

    url: str
    loader: Loader


@pytest.fixture(scope="session")
def loaded_ready(new_database: Callable[[str], str], token_office: TokenOffice) -> Loaded:
    """Catalogue and conditions stand, P05 is approved."""
    url = new_database("provider")
    with loading(url, token_office, now=NOW) as loader:
        loader.load_catalogue()
        loader.load_condition_sets()
        units = [one for one in read(WORLD / "units.yaml")["units"] if one["provider"] == "P05"]
        loader.load_provider(row("P05"), units)
    return Loaded(url, loader)


@pytest.fixture(scope="session")
def loaded_county(new_database: Callable[[str], str], token_office: TokenOffice) -> Loaded:
    """The whole county of the stories."""
    url = new_database("provider")
    with loading(url, token_office, now=NOW) as loader:
        loader.load_all()
    return Loaded(url, loader)


@pytest.fixture
def loaded(request: pytest.FixtureRequest) -> Loaded | None:
    """What the test finds loaded: it, or a fixture of it, asks for `ready` or for `county`."""
    asked = [name for name in ("ready", "county") if name in request.fixturenames]
    found: Loaded | None = request.getfixturevalue(f"loaded_{asked[0]}") if asked else None
    return found


@pytest.fixture
def database_url(new_database: Callable[..., str], loaded: Loaded | None) -> str:
    """A provider database of this test's own."""
    return new_database("provider", like=loaded.url if loaded else "")


@pytest.fixture
def served(api_server: Callable[..., ServedApi], database_url: str) -> ServedApi:
    """A provider api over it."""
    return api_server("provider", url=database_url)


@pytest.fixture
def stub(served: ServedApi) -> Any:
    """A stub of the served api."""
    return Stubs(served.channel)


@pytest.fixture
def loader(served: ServedApi, stub: Any) -> Loader:
    """Loads the county's files as the county and the providers would."""
    return Loader(stub, served.as_role)


@pytest.fixture
def ready(served: ServedApi, loaded_ready: Loaded) -> Loader:
    """Catalogue and conditions stand, P05 is approved."""
    return loaded_ready.loader.through(served)


@pytest.fixture
def county(served: ServedApi, loaded_county: Loaded) -> Loader:
    """The whole county of the stories."""
    return loaded_county.loader.through(served)


@pytest.fixture
def active(ready: Loader) -> contract_pb2.Contract:
    """P05's contract in force."""
    draft = ready.accept(drafted(ready))
    found: contract_pb2.Contract = ready.call(
        "ActivateContract", contract_service_pb2.ActivateContractRequest(name=draft.name)
    )
    return found
