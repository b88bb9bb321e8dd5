"""Who listens to what, read from the bus classes: `python -m services.chassis.bus.listeners` writes listeners.json.

EVENT-1: no fact of a neighbour that carries state goes unheard.
"""

import importlib
import importlib.util
import inspect
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import services
from services.chassis.bus import has_relay, listenings

FILE = Path(__file__).resolve().parents[2] / "listeners.json"


def buses() -> Iterator[tuple[str, type]]:
    """(service, bus class) of every service that has a bus room."""
    for package in pkgutil.iter_modules(services.__path__):
        name = f"services.{package.name}.bus"
        if package.ispkg and package.name != "chassis" and importlib.util.find_spec(name):
            for bus_class in _bus_classes(importlib.import_module(name)):
                yield package.name, bus_class


def listeners() -> dict[str, list[str]]:
    """topic -> services whose bus class handles it."""
    services_by_topic: dict[str, list[str]] = {}
    for service, bus_class in buses():
        for listening in listenings(bus_class):
            services_by_topic.setdefault(listening.topic, []).append(service)
    return {topic: sorted(services_by_topic[topic]) for topic in sorted(services_by_topic)}


def _bus_classes(module: ModuleType) -> list[type]:
    """The classes that run as a process: those with a relay."""
    return [value for _, value in inspect.getmembers(module, inspect.isclass) if has_relay(value)]


if __name__ == "__main__":
    FILE.write_text(json.dumps(listeners(), indent=1) + "\n", encoding="utf-8")
