"""Budgets, ledger entries, proofs and a client's finance in protobuf."""

from collections.abc import Callable, Iterable
from uuid import UUID

from services.chassis.etags import etag_of
from services.chassis.names import InvalidField, resource_name
from services.chassis.values import id_text, instant, money
from services.chassis.words import name_of, value_of, values_of
from services.voucher.domain.purse.budget import Budget, Line
from services.voucher.domain.purse.entries import Entry, EntryRow, FinanceRow, LineRow, Posted, Sums
from services.voucher.domain.purse.ledger import Account, LineBalance, Op, SourceKind
from services.voucher.domain.purse.proof import Proof
from sote.type.v1 import care_pb2
from sote.voucher.v1 import budget_pb2, budget_service_pb2, events_pb2, finance_section_pb2

BUDGETS = "budgets"

PostingFact = (
    events_pb2.BudgetAppropriated
    | events_pb2.BudgetReserved
    | events_pb2.BudgetCommitted
    | events_pb2.BudgetUncommitted
    | events_pb2.BudgetReleased
    | events_pb2.BudgetSpent
    | events_pb2.BudgetSpendReversed
    | events_pb2.BudgetAmended
    | events_pb2.BudgetTransferred
    | events_pb2.BudgetOverrunApproved
    | events_pb2.BudgetDirectSpent
)


def posting_fact(entry: Entry, posted: Posted, line: LineRow) -> PostingFact:
    """The fact that announces an entry."""
    posting = events_pb2.Posting(
        entry_id=str(posted.id),
        fiscal_year=line.fiscal_year,
        line_code=line.code,
        source=source_kind(entry.source.kind),
        source_id=str(entry.source.id),
        amount=money(entry.cents),
    )
    match entry.op:
        case Op.APPROPRIATE:
            return events_pb2.BudgetAppropriated(posting=posting)
        case Op.RESERVE:
            return events_pb2.BudgetReserved(posting=posting)
        case Op.COMMIT:
            return events_pb2.BudgetCommitted(posting=posting)
        case Op.UNCOMMIT:
            return events_pb2.BudgetUncommitted(posting=posting)
        case Op.RELEASE:
            return events_pb2.BudgetReleased(posting=posting)
        case Op.SPEND:
            return events_pb2.BudgetSpent(posting=posting)
        case Op.REVERSE_SPEND:
            return events_pb2.BudgetSpendReversed(posting=posting)
        case Op.DIRECT_SPEND:
            return events_pb2.BudgetDirectSpent(posting=posting)
        case Op.OVERRIDE:
            return events_pb2.BudgetOverrunApproved(posting=posting)
        case Op.AMEND:
            return events_pb2.BudgetAmended(posting=posting, reduced=entry.credit is Account.AVAILABLE)
        case Op.TRANSFER:
            return events_pb2.BudgetTransferred(posting=posting, gave=entry.credit is Account.AVAILABLE)


def budget_closed(value: Budget) -> events_pb2.BudgetClosed:
    """A year was closed."""
    return events_pb2.BudgetClosed(budget_id=str(value.id), fiscal_year=value.fiscal_year)


def source_kind(kind: SourceKind) -> budget_pb2.LedgerSource.ValueType:
    """The wire value of a kind of source."""
    return value_of(budget_pb2.LedgerSource, kind)


def task_name(task: care_pb2.ServiceTask.ValueType) -> str:
    """A service task as the domain says it, such as LAPSIPERHE."""
    return name_of(care_pb2.ServiceTask, task)


def lines_from(lines: Iterable[budget_service_pb2.NewBudgetLine], new_id: Callable[[], UUID]) -> list[Line]:
    """The lines a plan asks for; refuses with InvalidField an amount below zero (INV-22)."""
    found: list[Line] = []
    for line in lines:
        if line.planned.cents < 0:
            raise InvalidField("lines.planned", "must not be below zero")
        tasks = tuple(task_name(task) for task in line.service_tasks)
        found.append(Line(new_id(), line.code, line.title, line.planned.cents, tasks, tuple(line.service_codes)))
    return found


def amounts_from(lines: Iterable[budget_service_pb2.ApprovedLine]) -> dict[str, int]:
    """What the council gave, by line code; refuses with InvalidField an amount below zero (INV-22)."""
    amounts = {line.line_code: line.amount.cents for line in lines}
    if min(amounts.values(), default=0) < 0:
        raise InvalidField("lines.amount", "must not be below zero")
    return amounts


def budget(value: Budget) -> budget_pb2.Budget:
    """A budget with its lines."""
    return budget_pb2.Budget(
        name=resource_name(BUDGETS, value.id),
        uid=str(value.id),
        etag=etag_of(value.version),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        county=value.county,
        fiscal_year=value.fiscal_year,
        state=value_of(budget_pb2.BudgetState, value.state),
        lines=[_line(line) for line in value.lines],
        total=balance(value.total),
    )


def _line(line: Line) -> budget_pb2.BudgetLine:
    return budget_pb2.BudgetLine(
        uid=str(line.id),
        code=line.code,
        title=line.title,
        service_tasks=values_of(care_pb2.ServiceTask, line.tasks),
        service_codes=line.service_codes,
        planned=money(line.planned),
        balance=balance(line.balance),
    )


def balance(value: LineBalance) -> budget_pb2.LineBalance:
    """The sums of a line."""
    return budget_pb2.LineBalance(
        appropriated=money(value.appropriated),
        available=money(value.available),
        reserved=money(value.reserved),
        committed=money(value.committed),
        spent=money(value.spent),
        overrun=money(value.overrun),
    )


def entry(row: EntryRow) -> budget_pb2.LedgerEntry:
    """An entry of the ledger."""
    return budget_pb2.LedgerEntry(
        name=resource_name("ledgerEntries", row.id),
        uid=str(row.id),
        create_time=instant(row.posted_at),
        fiscal_year=row.fiscal_year,
        line_code=row.line_code,
        op=value_of(budget_pb2.LedgerOp, row.op),
        credit=value_of(budget_pb2.LedgerAccount, row.credit),
        debit=value_of(budget_pb2.LedgerAccount, row.debit),
        amount=money(row.cents),
        source=source_kind(row.source.kind),
        source_id=str(row.source.id),
        seq=row.seq,
        line_number=row.line_number,
        client_id=id_text(row.client_id),
        service_code=row.service_code,
        correlation_id=row.correlation_id,
        provider_id=id_text(row.provider_id),
    )


def finance(client_id: UUID, rows: Iterable[FinanceRow]) -> finance_section_pb2.FinanceSection:
    """A client's finance: sums over vouchers and commitments, envelopes apart, and each source's lines."""
    every = list(rows)
    envelopes = [row for row in every if row.source.kind is SourceKind.ENROLMENT]
    services = [row for row in every if row.source.kind is not SourceKind.ENROLMENT]
    return finance_section_pb2.FinanceSection(
        client_id=str(client_id),
        services=_sums(row.sums for row in services),
        envelopes=_sums(row.sums for row in envelopes),
        lines=[_finance_line(row) for row in every],
    )


def _finance_line(row: FinanceRow) -> budget_pb2.FinanceLine:
    return budget_pb2.FinanceLine(
        source=source_kind(row.source.kind),
        source_id=str(row.source.id),
        service_code=row.service_code,
        fiscal_year=row.fiscal_year,
        line_code=row.line_code,
        sums=_sums([row.sums]),
        open_reserved=money(row.open_reserved),
        open_committed=money(row.open_committed),
        conditional=row.conditional,
    )


def _sums(parts: Iterable[Sums]) -> budget_pb2.FinanceSums:
    every = list(parts)
    return budget_pb2.FinanceSums(
        reserved=money(sum(part.reserved for part in every)),
        committed=money(sum(part.committed for part in every)),
        uncommitted=money(sum(part.uncommitted for part in every)),
        released=money(sum(part.released for part in every)),
        spent=money(sum(part.spent for part in every)),
        spend_reversed=money(sum(part.spend_reversed for part in every)),
        direct_spent=money(sum(part.direct_spent for part in every)),
    )


def proof(value: Proof) -> budget_pb2.LedgerProof:
    """What a proof found."""
    return budget_pb2.LedgerProof(
        holds=value.holds,
        entries=value.entries,
        lines=value.lines,
        sources=value.sources,
        settlements=value.settlements,
        differences=[
            budget_pb2.LedgerDifference(
                rule=difference.rule,
                subject=difference.subject,
                measure=difference.measure,
                stored=money(difference.stored),
                expected=money(difference.expected),
            )
            for difference in value.differences
        ],
    )
