"""Whatever a process may store, it has mapped before it serves: a class mapped by chance of imports fails one day."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.county.places import SERVICES
from tests import processes
from tests.house import mapped
from tests.house.sources import ROOT

STORES_NO_OBJECTS = {"gateway"}


@pytest.mark.parametrize("kind", ["api", "bus"])
@pytest.mark.parametrize("service", SERVICES)
def test_every_process_maps_every_class_of_its_service(service: str, kind: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", mapped.__name__, service, kind]
    env = processes.environment(service, tmp_path)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["served"] == told["all"]
    assert bool(told["all"]) != (service in STORES_NO_OBJECTS)
