"""The file that tells relays who listens to what says what the bus classes say."""

import json

from services.chassis.bus.listeners import FILE, listeners


def test_listeners_are_those_of_the_bus_classes() -> None:
    """Else a fact could be dropped as unheard before its listener runs for the first time; `make protos` renews it."""
    assert json.loads(FILE.read_text()) == listeners()
