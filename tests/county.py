"""A whole running county for journeys and faults: started once per test session, loaded through its public APIs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.county.places import Places
from cli.county.platform import Platform
from cli.stories.acts import Stage
from cli.stories.stage import Theatre

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def artificial_code(birth: str, number: int, sign: str = "A") -> str:
    """An artificial identity code of somebody born on `birth` (DDMMYY); numbers from 900 are given to nobody."""
    assert 900 <= number <= 999
    return f"{birth}{sign}{number}{CHECK_CHARACTERS[int(f'{birth}{number}') % 31]}"


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    """Every process of the platform over private servers, restarted when killed; its logs are kept on failure."""
    folder = Path(tempfile.mkdtemp(prefix="sote-county-"))
    given = {name: value for name, value in os.environ.items() if not name.endswith("_DATABASE_URL")}
    running = Platform(Places(folder), given=given).start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def theatre(platform: Platform) -> Iterator[Theatre]:
    """The loaded county, ready to play stories in; its clock is the stories'."""
    with Theatre(platform.places, platform.current(), patience=90.0) as its:
        its.load()
        yield its


@pytest.fixture
def stage(theatre: Theatre, request: pytest.FixtureRequest) -> Stage:
    """A stage whose steps are this test's own."""
    return theatre.stage(request.node.nodeid)
