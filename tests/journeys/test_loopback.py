"""Nothing of a county can be reached from another machine unless somebody says so."""

import os

from cli.county.platform import Platform
from tests.listening import descendants, leaving_loopback, listening


def test_no_socket_of_a_county_leaves_loopback(platform: Platform) -> None:
    running = set(descendants(os.getpid()))
    assert leaving_loopback(*running) == set()
    for report in platform.reports():
        assert report.pid in running
        assert listening(report.pid), report.name
    assert len({port for pid in running for _, port in listening(pid)}) > 3 * 6
