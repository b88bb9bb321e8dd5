"""Writes docs/errors.md, docs/events.md, docs/timers.md and docs/states/ from the code: `make pages`."""

import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import grpc
from google.protobuf import descriptor_pb2

ROOT = Path(__file__).resolve().parents[3]
for _folder in (str(ROOT), str(ROOT / "protos")):
    if _folder not in sys.path:
        sys.path.insert(0, _folder)

SERVICES = ("client", "careplan", "provider", "voucher", "package", "gateway")
IMAGE = ROOT / "protos" / "third_party" / "api.binpb"
FACTS = {f"sote/{service}/v1/events.proto": service for service in SERVICES}
MESSAGES, FIELD = 4, 2

ERRORS_HEAD = """# Refusals

Every refusal carries a `google.rpc.ErrorInfo`: `reason` as below, `domain` = the service, `metadata` = `rule`,
`legal_basis` where there is one, and `correlation_id`. Rules are ids of the domain specification or of the
convention named. This page is written from the code; a test keeps it so.

`UNAVAILABLE`, `ABORTED` and `RESOURCE_EXHAUSTED` may be tried again; a refused rule may pass when a neighbour's
fact arrives; the rest needs another request.

Before any rule is asked: `UNAUTHENTICATED` with `TOKEN_MISSING`, `TOKEN_INVALID` or `TOKEN_EXPIRED`;
`PERMISSION_DENIED` with `COUNTY_MISMATCH`, or with `ROLE_NOT_ALLOWED` unless the method's access option names a
reason of its own (`ISSUER_NOT_ALLOWED`, `OFFICIAL_REQUIRED`).
"""
EVENTS_HEAD = """# Facts

What the services tell each other over the bus, in the past tense. The routing key is the full name of the message,
`sote.<service>.v1.<Fact>`; delivery is at least once and in order per aggregate only as far as the relay goes, so
listeners apply a fact once and keep the highest version. This page is written from the protos and the bus classes;
a test keeps it so.
"""

TIMERS_HEAD = """# Timers

What bus processes do by the clock. One process of a service runs a timer at a time, in one transaction, and an error
waits for the next run (`timer_runs` counts outcomes). Times are those of the settable clock in development. This page
is written from the bus classes; a test keeps it so.
"""

STATES_HEAD = """# {title}

A state machine of the service `{service}`, drawn from the transition table that its code uses; a command that is not
drawn for a state is refused with `ILLEGAL_TRANSITION` and changes nothing.
"""


def refusals() -> Iterator[tuple[str, str, str, str, str, str]]:
    """(reason, service, status, rule, meaning, legal basis) of every refusal the code declares."""
    chassis = importlib.import_module("services.chassis.refusals")
    for kind, code in chassis.OWN_REFUSALS.items():
        yield from _rows("every service", kind, code)
    for service in SERVICES:
        for module in _modules(f"services.{service}.api"):
            for kind, code in getattr(module, "REFUSALS", {}).items():
                yield from _rows(service, kind, code)


def _modules(name: str) -> Iterator[ModuleType]:
    module = importlib.import_module(name)
    yield module
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{name}."):
        yield importlib.import_module(found.name)


def _rows(service: str, kind: type[Exception], code: grpc.StatusCode) -> Iterator[tuple[str, str, str, str, str, str]]:
    reason = getattr(kind, "reason", None)
    if isinstance(reason, str) and reason:
        meaning = (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ").replace("|", "/")
        yield reason, service, code.name, getattr(kind, "rule", ""), meaning, getattr(kind, "legal_basis", "")


def errors_page() -> str:
    """docs/errors.md as the code would have it."""
    merged: dict[tuple[str, str, str, str, str], set[str]] = defaultdict(set)
    for reason, service, status, rule, meaning, legal_basis in refusals():
        merged[reason, status, rule, meaning, legal_basis].add(service)
    lines = ["| reason | status | rule | service | meaning | legal basis |", "| --- | --- | --- | --- | --- | --- |"]
    for (reason, status, rule, meaning, basis), services in sorted(merged.items()):
        lines.append(f"| `{reason}` | {status} | {rule} | {', '.join(sorted(services))} | {meaning} | {basis} |")
    return "\n".join([ERRORS_HEAD, *lines]) + "\n"


def facts() -> Iterator[tuple[str, str, str]]:
    """(full name, service, meaning) of every fact: the messages of events.proto that the outbox can carry."""
    image = descriptor_pb2.FileDescriptorSet.FromString(IMAGE.read_bytes())
    for file in image.file:
        if file.name in FACTS:
            parts = {field.type_name.rsplit(".", 1)[-1] for message in file.message_type for field in message.field}
            comments = {tuple(at.path): at.leading_comments for at in file.source_code_info.location}
            for index, message in enumerate(file.message_type):
                if message.name not in parts:
                    meaning = " ".join(comments.get((MESSAGES, index), "").split())
                    yield f"{file.package}.{message.name}", FACTS[file.name], meaning


def events_page() -> str:
    """docs/events.md as the protos and the bus classes would have it."""
    heard: dict[str, list[str]] = json.loads((ROOT / "services" / "listeners.json").read_text())
    lines: list[str] = []
    told = ""
    for name, service, meaning in facts():
        if service != told:
            told = service
            lines += ["", f"## {service}", "", "| fact | meaning | heard by |", "| --- | --- | --- |"]
        lines.append(f"| `{name.rsplit('.', 1)[-1]}` | {meaning} | {', '.join(_listeners(heard, name))} |")
    return "\n".join([EVENTS_HEAD.rstrip(), *lines]) + "\n"


def _listeners(heard: dict[str, list[str]], name: str) -> list[str]:
    return sorted(heard.get(name, [])) or ["nobody yet"]


def machines() -> Iterator[tuple[str, str, dict[tuple[StrEnum, str], StrEnum]]]:
    """(service, noun, transition table) of every state machine in the domains."""
    for service in SERVICES:
        for module in _modules(f"services.{service}.domain"):
            for name, table in vars(module).items():
                if name.endswith("TRANSITIONS"):
                    yield service, _noun(table) or service, table


def _noun(table: dict[tuple[StrEnum, str], StrEnum]) -> str:
    """What goes through the states of `PlanServiceState` is a plan-service; `State` alone gives nothing."""
    words = type(next(iter(table))[0]).__name__.removesuffix("Status").removesuffix("State")
    return re.sub(r"(?<!^)(?=[A-Z])", "-", words).lower()


def state_page(service: str, noun: str, table: dict[tuple[StrEnum, str], StrEnum]) -> str:
    """docs/states/<noun>.md: the diagram and the same as a list."""
    edges: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (before, command), after in table.items():
        edges[before.value, after.value].append(command)
    sources, targets = {before for before, _ in edges}, {after for _, after in edges}
    first = next(iter(type(next(iter(table))[0]))).value
    drawn = [f"    [*] --> {first}"]
    drawn += [f"    {before} --> {after}: {', '.join(commands)}" for (before, after), commands in edges.items()]
    drawn += [f"    {state} --> [*]" for state in sorted(targets - sources)]
    title = noun.replace("-", " ").capitalize()
    told = STATES_HEAD.format(title=title, service=service)
    return "\n".join([told, "```mermaid", "stateDiagram-v2", *drawn, "```"]) + "\n"


def timers() -> Iterator[tuple[str, str, float, str]]:
    """(service, timer, seconds, what it does) of all that bus processes do by the clock."""
    listeners = importlib.import_module("services.chassis.bus.listeners")
    housekeeping = importlib.import_module("services.chassis.bus.housekeeping")
    each = type("EveryBus", (), {"keep_house": housekeeping.keep_house})
    for service, bus_class in [("every service", each), *listeners.buses()]:
        for timer in importlib.import_module("services.chassis.bus").recurrings(bus_class):
            does = inspect.getdoc(getattr(bus_class, timer.method)) or ""
            yield service, timer.method, timer.seconds, " ".join(does.split())


def timers_page() -> str:
    """docs/timers.md as the bus classes would have it."""
    lines = ["| service | timer | every | what it does |", "| --- | --- | --- | --- |"]
    lines += [f"| {service} | `{name}` | {seconds:g} s | {does} |" for service, name, seconds, does in timers()]
    return "\n".join([TIMERS_HEAD, *lines]) + "\n"


def pages() -> dict[Path, str]:
    """Every page written from the code, by its path."""
    docs = ROOT / "docs"
    found = {docs / "errors.md": errors_page(), docs / "events.md": events_page(), docs / "timers.md": timers_page()}
    for service, noun, table in machines():
        found[ROOT / "docs" / "states" / f"{service}-{noun}.md"] = state_page(service, noun, table)
    return found


def main() -> None:
    """Write every page; those of machines that are gone go."""
    written, states = pages(), ROOT / "docs" / "states"
    states.mkdir(exist_ok=True)
    for path in set(states.iterdir()) - set(written):
        path.unlink()
    for path, text in written.items():
        path.write_text(text)


if __name__ == "__main__":
    main()
