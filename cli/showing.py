"""The integrated record as a person would want to see it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from google.type import date_pb2
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cli.stories.values import euros
from sote.careplan.v1 import acknowledgement_pb2, chain_pb2, plan_pb2
from sote.careplan.v1 import section_pb2 as plan_section
from sote.client.v1 import client_pb2, guidance_pb2
from sote.client.v1 import section_pb2 as client_section
from sote.gateway.v1 import record_pb2
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import section_pb2 as package_section
from sote.type.v1 import care_pb2
from sote.voucher.v1 import finance_section_pb2, voucher_pb2
from sote.voucher.v1 import section_pb2 as voucher_section

GOOD = {"COMPLETED", "SETTLED", "ACKNOWLEDGED", "ACTIVE", "COMPLETE", "AGREED"}


def word(enum: Any, value: int, prefix: str) -> str:
    """The name of an enum value without its prefix."""
    return str(enum.Name(value)).removeprefix(f"{prefix}_")


def show_record(record: record_pb2.Record) -> RenderableType:
    """The whole record: person, need, plan, vouchers, package, money, and how sure each section is."""
    names = {one.provider_id: one.display_name for one in record.providers}
    parts: list[RenderableType] = [_person(record.client)]
    if record.HasField("plan"):
        parts.append(_plan(record.plan))
    if record.HasField("vouchers") and record.vouchers.vouchers:
        parts.append(_vouchers(record.vouchers, names))
    if record.HasField("packages"):
        parts.extend(_package(one) for one in record.packages.enrolments)
    if record.chains.steps:
        parts.append(_chains(record.chains))
    if record.HasField("finance"):
        parts.append(_finance(record.finance))
    parts.append(_sections(record))
    if record.inconsistencies:
        parts.append(_inconsistencies(record.inconsistencies))
    return Group(*parts)


def _day(value: date_pb2.Date) -> str:
    return date(value.year, value.month, value.day).isoformat() if value.year else ""


def _status(text: str) -> Text:
    shown = text.lower().replace("_", " ")
    return Text(shown, style="green" if text in GOOD else "")


def _grid(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", expand=True)
    for name in columns:
        table.add_column(name, justify="right" if name.endswith("€") or name in {"units", "value"} else "left")
    return table


def _person(section: client_section.ClientSection) -> Panel:
    who = section.identity
    flags = [word(care_pb2.AttentionKind, flag.kind, "ATTENTION_KIND") for flag in section.attention_flags]
    language = word(client_pb2.Language, who.language, "LANGUAGE").lower()
    lines = Table.grid(padding=(0, 2))
    state = word(client_pb2.ClientState, section.state, "CLIENT_STATE").lower()
    lines.add_row("born", f"{_day(who.birth_date)}, language {language}, {state}")
    lines.add_row("flags", ", ".join(flags).lower().replace("_", " ") or "none")
    if section.own_worker.professional.professional_id:
        own = section.own_worker.professional
        lines.add_row("own-worker", f"{own.title} ({own.professional_id})")
    assessment = section.latest_assessment
    if assessment.uid:
        needs = ", ".join(
            f"{word(care_pb2.NeedDomain, need.domain, 'NEED_DOMAIN').lower().replace('_', ' ')} {need.level}/4"
            for need in assessment.needs
        )
        due = f" (start due {_day(assessment.start_due)})" if assessment.start_due.year else ""
        lines.add_row(
            "assessment", f"started {_day(assessment.started_date)}{due}, completed {_day(assessment.completed_date)}"
        )
        lines.add_row("needs", needs)
    if section.assessment_narrative.client_view:
        lines.add_row("client's view", section.assessment_narrative.client_view)
    granted = ", ".join(f"{one.service_code} {one.units or ''}".strip() for one in section.decisions)
    lines.add_row("decisions", granted or "none")
    kinds = [word(guidance_pb2.GuidanceKind, one.kind, "GUIDANCE_KIND").lower() for one in section.guidance]
    lines.add_row("guidance", ", ".join(f"{kinds.count(kind)} × {kind}" for kind in dict.fromkeys(kinds)) or "none")
    return Panel(lines, title=f"[bold]{who.given_name} {who.family_name}[/]", title_align="left")


def _plan(plan: plan_section.PlanSection) -> RenderableType:
    state = word(plan_pb2.PlanState, plan.state, "PLAN_STATE").lower()
    title = f"Care plan {plan.number} v{plan.version_number}, {state}; responsible: {plan.operator_name}"
    table = _grid(title, "service", "arranged", "provider", "units", "state", "last")
    for one in plan.services:
        units = f"{one.units_delivered}/{one.units}" if one.units else str(one.units_delivered or "")
        table.add_row(
            f"{one.name_en} ({one.service_code})",
            word(care_pb2.Arrangement, one.arrangement, "ARRANGEMENT").lower().replace("_", " "),
            one.provider_name or "choice awaited",
            units,
            _status(word(plan_pb2.PlanServiceState, one.state, "PLAN_SERVICE_STATE")),
            _day(one.last_delivery_date),
        )
    return Group(table, _goals(plan.goals), _bound(plan), Text(""))


def _goals(goals: Iterable[plan_pb2.Goal]) -> Text:
    return Text("\n".join(f"goal: {one.text} (from {one.baseline:+d} to {one.target:+d})" for one in goals))


def _bound(plan: plan_section.PlanSection) -> Text:
    bound = (
        f"{one.provider_name} v{one.version_number} "
        + word(acknowledgement_pb2.AcknowledgementState, one.state, "ACKNOWLEDGEMENT_STATE").lower()
        for one in plan.acknowledgements
    )
    versions = ", ".join(one.number for one in plan.versions)
    return Text(f"acknowledgements: {'; '.join(bound)}\nversions: {versions}; deviations: {len(plan.deviations)}")


def _vouchers(section: voucher_section.VoucherSection, names: dict[str, str]) -> Table:
    table = _grid("Vouchers", "number", "service", "provider", "units", "value €", "redeemed €", "state")
    for one in section.vouchers:
        table.add_row(
            one.number,
            one.service_code,
            names.get(one.provider_id, one.provider_id[:8] or "not chosen"),
            f"{one.units_redeemed}/{one.units_granted}",
            euros(one.money.max_value),
            euros(one.money.redeemed),
            _status(word(voucher_pb2.VoucherState, one.state, "VOUCHER_STATE")),
        )
    return table


def _package(summary: package_section.EnrolmentSummary) -> Table:
    one = summary.enrolment
    state = word(enrolment_pb2.EnrolmentState, one.state, "ENROLMENT_STATE").lower()
    title = f"Package {summary.package_name_en or one.package_code}, {state}, envelope {euros(one.envelope)} €"
    table = _grid(title, "item", "arranged", "units", "state")
    for item in one.items:
        table.add_row(
            f"{item.service_code}{' *' if item.mandatory else ''}",
            word(care_pb2.Arrangement, item.arrangement, "ARRANGEMENT").lower(),
            str(item.units or ""),
            _status(word(enrolment_pb2.EnrolmentItemState, item.state, "ENROLMENT_ITEM_STATE")),
        )
    return table


def _chains(section: plan_section.ChainSection) -> Table:
    table = _grid(f"Service chains, handed on {section.hand_offs} times", "asked", "by", "of", "state")
    for one in section.steps:
        state = word(chain_pb2.ChainStepState, one.step.state, "CHAIN_STEP_STATE")
        table.add_row(one.step.service_code, one.from_name, one.to_name, _status(state))
    return table


def _finance(section: finance_section_pb2.FinanceSection) -> Table:
    table = _grid("Money of the county", "for", "reserved €", "released €", "spent €")
    for line in section.lines:
        sums = line.sums
        table.add_row(line.service_code or "envelope", euros(sums.reserved), euros(sums.released), euros(sums.spent))
    total = section.services
    table.add_section()
    table.add_row(
        Text("services together", style="bold"), euros(total.reserved), euros(total.released), euros(total.spent)
    )
    return table


def _sections(record: record_pb2.Record) -> Text:
    shown = (
        f"{one.section} {word(record_pb2.SectionStatus, one.status, 'SECTION_STATUS').lower().replace('_', ' ')}"
        + (f" v{one.version}" if one.version else "")
        for one in record.sections
    )
    return Text(f"sections: {'; '.join(shown)}", style="dim")


def _inconsistencies(found: Iterable[record_pb2.Inconsistency]) -> Text:
    lines = (f"! {one.description} ({one.rule}{_since(one)})" for one in found)
    return Text("\n".join(lines), style="yellow")


def _since(found: record_pb2.Inconsistency) -> str:
    return f", since {_day(found.since_date)}" if found.HasField("since_date") else ""
