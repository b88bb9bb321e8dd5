"""Writes the pages errors, events, timers, settings and states of docs/ from the code: `make pages`."""

import ast
import importlib
import inspect
import itertools
import json
import pkgutil
import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType

import grpc
from google.protobuf import descriptor_pb2
from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

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
`legal_basis` where there is one, and `correlation_id`. The rule is an id of the [book of rules](rules.md), which is
its contract. This page is written from the code; a test keeps it so.

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

What bus processes do by the clock. One process of a service runs a timer at a time, in one transaction; what calls
others (`publish_versions`) runs in every process and outside transactions. An error waits for the next run
(`timer_runs` counts outcomes). Times are those of the settable clock in development. This page is written from the bus
classes; a test keeps it so.
"""

SETTINGS_HEAD = """# Settings

What a process reads from its environment; it ends at once, naming the variable, when one is missing or wrong. No error
or log line shows what a setting holds. This page is written from the classes of settings; a test keeps it so.
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
        cells = (f"`{reason}`", status, _linked(rule), ", ".join(sorted(services)), meaning, basis)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([ERRORS_HEAD, *lines]) + "\n"


@cache
def _chapters() -> dict[str, str]:
    book: dict[str, str] = importlib.import_module("tests.house.rules").chapters()
    return book


def _linked(rule: str) -> str:
    """The rule as a link to its page; founding sentences stand in docs/seeds.md."""
    page = _chapters().get(rule)
    return f"[{rule}](rules/{page}.md#{rule})" if page else f"[{rule}](seeds.md#{rule})" if rule else ""


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


def settings() -> Iterator[tuple[str, str, str, str, str]]:
    """(whose, variable, what it takes, default, meaning) of every setting; what all processes share comes first."""
    shared = importlib.import_module("services.chassis.settings").ProcessSettings
    for service, kind in [("", shared), *((name, _settings_of(name)) for name in SERVICES)]:
        meanings = _meanings(kind)
        for name in [name for name in kind.model_fields if name in kind.__annotations__]:
            field = kind.model_fields[name]
            variable = kind.variable(name)
            if service == "" and not isinstance(field.validation_alias, AliasChoices):
                variable = f"<SERVICE>_{variable}"
            default = "(must be set)" if field.is_required() else _shown(field.get_default(call_default_factory=True))
            yield service or "every process", variable, _taken(field), default, meanings.get(name, "")


def _settings_of(service: str) -> type[BaseSettings]:
    found: type[BaseSettings] = importlib.import_module(f"services.{service}.settings").Settings
    return found


def _meanings(kind: type) -> dict[str, str]:
    """Attribute to the docstring below it."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        before.target.id: ast.literal_eval(after.value)
        for before, after in itertools.pairwise(body.body)
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name)
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }


def _taken(field: FieldInfo) -> str:
    """The type and its bounds, as `int, 1 to 60`."""
    bounds = {
        name: getattr(rule, name) for rule in field.metadata for name in ("ge", "gt", "le") if hasattr(rule, name)
    }
    kind = inspect.formatannotation(field.annotation).replace("pathlib.Path", "file").replace("SecretStr", "secret")
    kind = re.sub(r"\b(?:\w+\.)+", "", kind).replace(" | None", "").replace("|", "or")
    least = f"{bounds['ge']}" if "ge" in bounds else f"above {bounds['gt']}" if "gt" in bounds else ""
    return f"{kind}, {least} to {bounds['le']}" if "le" in bounds else f"{kind}, from {least}" if least else kind


def _shown(value: object) -> str:
    """A default in words; a file of the repository by its name."""
    if isinstance(value, Path):
        return f"`{value.name}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{getattr(part, 'value', part)}`" for part in value)
    return "" if value in (None, "", {}) else f"`{getattr(value, 'value', value)}`"


def settings_page() -> str:
    """docs/settings.md as the classes of settings would have it."""
    lines, whose = [SETTINGS_HEAD.rstrip()], ""
    for service, variable, taken, default, meaning in sorted(settings(), key=lambda row: row[0] != "every process"):
        if service != whose:
            whose = service
            lines += ["", f"## {service}", "", "| variable | takes | default | meaning |", "| --- | --- | --- | --- |"]
        lines.append(f"| `{variable}` | {taken} | {default} | {meaning} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Every page written from the code, by its path."""
    docs = ROOT / "docs"
    found = {docs / "errors.md": errors_page(), docs / "events.md": events_page(), docs / "timers.md": timers_page()}
    found[docs / "settings.md"] = settings_page()
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
