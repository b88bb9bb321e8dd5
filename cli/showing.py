"""The integrated record as a person would want to see it."""

from collections.abc import Iterable
from datetime import date

from google.type import date_pb2
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cli.stories.values import euros
from services.chassis.words import name_of
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


def show_record(record: record_pb2.Record) -> RenderableType:
    """The whole record: person, need, plan, vouchers, package, money, and how sure each section is."""
    names = {provider.provider_id: provider.display_name for provider in record.providers}
    parts: list[RenderableType] = [_person(record.client)]
    if record.HasField("plan"):
        parts.append(_plan(record.plan))
    if record.HasField("vouchers") and record.vouchers.vouchers:
        parts.append(_vouchers(record.vouchers, names))
    if record.HasField("packages"):
        parts.extend(_package(enrolment) for enrolment in record.packages.enrolments)
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
    flags = [name_of(care_pb2.AttentionKind, flag.kind) for flag in section.attention_flags]
    language = name_of(client_pb2.Language, who.language).lower()
    lines = Table.grid(padding=(0, 2))
    state = name_of(client_pb2.ClientState, section.state).lower()
    lines.add_row("born", f"{_day(who.birth_date)}, language {language}, {state}")
    lines.add_row("flags", ", ".join(flags).lower().replace("_", " ") or "none")
    if section.own_worker.professional.professional_id:
        own = section.own_worker.professional
        lines.add_row("own-worker", f"{own.title} ({own.professional_id})")
    assessment = section.latest_assessment
    if assessment.uid:
        needs = ", ".join(
            f"{name_of(care_pb2.NeedDomain, need.domain).lower().replace('_', ' ')} {need.level}/4"
            for need in assessment.needs
        )
        due = f" (start due {_day(assessment.start_due)})" if assessment.start_due.year else ""
        lines.add_row(
            "assessment", f"started {_day(assessment.started_date)}{due}, completed {_day(assessment.completed_date)}"
        )
        lines.add_row("needs", needs)
    if section.assessment_narrative.client_view:
        lines.add_row("client's view", section.assessment_narrative.client_view)
    granted = ", ".join(f"{decision.service_code} {decision.units or ''}".strip() for decision in section.decisions)
    lines.add_row("decisions", granted or "none")
    kinds = [name_of(guidance_pb2.GuidanceKind, guidance.kind).lower() for guidance in section.guidance]
    lines.add_row("guidance", ", ".join(f"{kinds.count(kind)} × {kind}" for kind in dict.fromkeys(kinds)) or "none")
    return Panel(lines, title=f"[bold]{who.given_name} {who.family_name}[/]", title_align="left")


def _plan(plan: plan_section.PlanSection) -> RenderableType:
    state = name_of(plan_pb2.PlanState, plan.state).lower()
    title = f"Care plan {plan.number} v{plan.version_number}, {state}; responsible: {plan.operator_name}"
    table = _grid(title, "service", "arranged", "provider", "units", "state", "last")
    for service in plan.services:
        units = f"{service.units_delivered}/{service.units}" if service.units else str(service.units_delivered or "")
        table.add_row(
            f"{service.name_en} ({service.service_code})",
            name_of(care_pb2.Arrangement, service.arrangement).lower().replace("_", " "),
            service.provider_name or "choice awaited",
            units,
            _status(name_of(plan_pb2.PlanServiceState, service.state)),
            _day(service.last_delivery_date),
        )
    return Group(table, _goals(plan.goals), _bound(plan), Text(""))


def _goals(goals: Iterable[plan_pb2.Goal]) -> Text:
    return Text("\n".join(f"goal: {goal.text} (from {goal.baseline:+d} to {goal.target:+d})" for goal in goals))


def _bound(plan: plan_section.PlanSection) -> Text:
    bound = (
        f"{acknowledgement.provider_name} v{acknowledgement.version_number} "
        + name_of(acknowledgement_pb2.AcknowledgementState, acknowledgement.state).lower()
        for acknowledgement in plan.acknowledgements
    )
    versions = ", ".join(version.number for version in plan.versions)
    return Text(f"acknowledgements: {'; '.join(bound)}\nversions: {versions}; deviations: {len(plan.deviations)}")


def _vouchers(section: voucher_section.VoucherSection, names: dict[str, str]) -> Table:
    table = _grid("Vouchers", "number", "service", "provider", "units", "value €", "redeemed €", "state")
    for voucher in section.vouchers:
        table.add_row(
            voucher.number,
            voucher.service_code,
            names.get(voucher.provider_id, voucher.provider_id[:8] or "not chosen"),
            f"{voucher.units_redeemed}/{voucher.units_granted}",
            euros(voucher.money.max_value),
            euros(voucher.money.redeemed),
            _status(name_of(voucher_pb2.VoucherState, voucher.state)),
        )
    return table


def _package(summary: package_section.EnrolmentSummary) -> Table:
    enrolment = summary.enrolment
    state = name_of(enrolment_pb2.EnrolmentState, enrolment.state).lower()
    title = (
        f"Package {summary.package_name_en or enrolment.package_code}, {state}, envelope {euros(enrolment.envelope)} €"
    )
    table = _grid(title, "item", "arranged", "units", "state")
    for item in enrolment.items:
        table.add_row(
            f"{item.service_code}{' *' if item.mandatory else ''}",
            name_of(care_pb2.Arrangement, item.arrangement).lower(),
            str(item.units or ""),
            _status(name_of(enrolment_pb2.EnrolmentItemState, item.state)),
        )
    return table


def _chains(section: plan_section.ChainSection) -> Table:
    table = _grid(f"Service chains, handed on {section.hand_offs} times", "asked", "by", "of", "state")
    for row in section.steps:
        state = name_of(chain_pb2.ChainStepState, row.step.state)
        table.add_row(row.step.service_code, row.from_name, row.to_name, _status(state))
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
        f"{section.section} {name_of(record_pb2.SectionStatus, section.status).lower().replace('_', ' ')}"
        + (f" v{section.version}" if section.version else "")
        for section in record.sections
    )
    return Text(f"sections: {'; '.join(shown)}", style="dim")


def _inconsistencies(inconsistencies: Iterable[record_pb2.Inconsistency]) -> Text:
    lines = (
        f"! {inconsistency.description} ({inconsistency.rule}{_since(inconsistency)})"
        for inconsistency in inconsistencies
    )
    return Text("\n".join(lines), style="yellow")


def _since(inconsistency: record_pb2.Inconsistency) -> str:
    return f", since {_day(inconsistency.since_date)}" if inconsistency.HasField("since_date") else ""
