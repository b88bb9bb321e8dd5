"""Log lines and trace ids."""

import json
import re
import subprocess
import sys

import pytest

from services.chassis.telemetry import child_of

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

PROGRAM = """
import logging, warnings
from services.chassis.context import Cause, because
from services.chassis.telemetry import configure, logger
log = logger("made before")
configure("voucher", "api", "INFO")
log.info("one", code="010199-987K", text="born 010120A900P\\nsecond line")
log.debug("never shown")
with because(Cause(correlation_id="c-1", traceparent="PARENT")):
    log.info("two")
    logging.getLogger("library").warning("three %s", "311299-9991")
warnings.warn("four")
""".replace("PARENT", PARENT)


def test_every_line_is_json_with_its_cause_and_without_identity_codes_INV_25() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["event"].split()[0] for line in lines[:3]] == ["one", "two", "three"]
    assert len(lines) == 4
    assert all(
        (line["service"], line["process"], bool(line["timestamp"])) == ("voucher", "api", True) for line in lines
    )
    assert not re.search(r"\d{6}[-A]\d{3}", done.stdout)
    assert lines[0]["code"] == "[personal id]"
    for line in lines[1:3]:
        assert (line["correlation_id"], line["trace_id"]) == ("c-1", PARENT.split("-")[1])


def test_work_caused_by_a_call_stays_in_its_trace() -> None:
    child = child_of(PARENT)
    assert child.split("-")[1] == PARENT.split("-")[1]
    assert child.split("-")[2] != PARENT.split("-")[2]


@pytest.mark.parametrize(
    "header", ["", "00", "00-" + "0" * 32 + "-b7ad6b7169203331-01", PARENT.upper(), PARENT + "\n", "ff" + PARENT[2:]]
)
def test_a_malformed_trace_begins_a_new_one(header: str) -> None:
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", child_of(header))
    assert child_of(header) != child_of(header)
