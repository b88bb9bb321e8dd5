"""A small county for the money's tests: a budget, two services on two lines, a provider, a plan, vouchers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.kernel.care import Arrangement, CareUnit
from services.voucher.domain.neighbours.client import AssessmentCopy, ClientCopy, DecisionCopy
from services.voucher.domain.neighbours.plan import DeliveryCopy, PlanCopy, PlanServiceCopy
from services.voucher.domain.neighbours.provider import CatalogueCopy, ContractCopy, ContractLine, ProviderCopy
from services.voucher.domain.purse.budget import Budget, Line
from services.voucher.domain.purse.ledger import Balance, LineBalance, Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.create_budget import create_budget
from services.voucher.storage.neighbours.client import keep_assessment, keep_client, keep_decision
from services.voucher.storage.neighbours.plan import keep_delivery, keep_plan
from services.voucher.storage.neighbours.provider import keep_catalogue, keep_contract, keep_provider
from services.voucher.storage.purse import ledger as books
from services.voucher.storage.purse.budget import lines
from sote.voucher.v1 import finance_section_pb2

COUNTY = "MAAKUNTA_2017:06"
NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)
DAY = date(2025, 3, 11)
FIRST, LAST = date(2025, 3, 1), date(2025, 8, 31)
WORK, THERAPY, SUPPORT = "SOC-FAM-WORK", "HLT-OT", "SOC-FAM-SUPP"
PRICES = {WORK: 62_00, THERAPY: 78_00, SUPPORT: 250_00}
TASKS = {WORK: "LAPSIPERHE", THERAPY: "TERVEYS", SUPPORT: "LAPSIPERHE"}
ENTERPRISE = UUID(int=0xE)
PAYEE = UUID(int=0xA)
OFFICIAL = "csw-1"
RULES = Rules()
FIN = Caller("fin-1", "FIN", "county", "", COUNTY)


def caller(subject: str) -> Caller:
    """Another official of county finance."""
    return Caller(subject, "FIN", "county", "", COUNTY)


def county(session: Session, *, families: int = 10_000_00, health: int = 5_000_00, year: int = 2025) -> Budget:
    """The catalogue, and an approved budget with a line for families and one for health, in cents."""
    for code, price in PRICES.items():
        keep_catalogue(session, catalogue_entry(code, price))
    planned = plan(session, families=families, health=health, year=year)
    return approve_budget(session, budget_id=planned.id, etag="", now=NOW)


def plan(session: Session, *, families: int = 10_000_00, health: int = 5_000_00, year: int = 2026) -> Budget:
    """A budget of the same lines that the council has not approved."""
    return create_budget(
        session,
        fiscal_year=year,
        lines=[
            Line(uuid4(), "FAMILIES", "Families", families, tasks=("LAPSIPERHE",)),
            Line(uuid4(), "HEALTH", "Health", health, tasks=("TERVEYS",)),
        ],
        caller=FIN,
        now=NOW,
        new_id=uuid4(),
    )


def catalogue_entry(code: str, price: int) -> CatalogueCopy:
    """A service of the catalogue; clients have a statutory right to therapy."""
    return CatalogueCopy(
        service_code=code,
        name_fi=code,
        name_en=code,
        task=TASKS[code],
        arrangements=("OWN", "VOUCHER", "PURCHASE"),
        unit=CareUnit.HOUR,
        reference_price_cents=price,
        fee_rule="FREE",
        statutory_right=code == THERAPY,
        version=1,
    )


def contract(session: Session, *, provider_id: UUID, code: str, price: int) -> UUID:
    """An active contract of the provider for one service, all through 2025."""
    contract_id = uuid4()
    keep_contract(
        session,
        ContractCopy(
            contract_id=contract_id,
            number=f"SOP-06-{contract_id}",
            provider_id=provider_id,
            kind="PURCHASE",
            state="ACTIVE",
            valid_from=date(2025, 1, 1),
            valid_to=date(2025, 12, 31),
            termination_effective=None,
            version=1,
            lines=(ContractLine(contract_id, code, (), price, True, 0),),
        ),
    )
    return contract_id


def plan_service(
    plan_id: UUID,
    client_id: UUID,
    *,
    code: str,
    arrangement: Arrangement,
    provider_id: UUID | None,
    units: int,
    state: str = "ASSIGNED",
    enrolment_id: UUID | None = None,
    item_code: str = "",
    plan_service_id: UUID | None = None,
) -> PlanServiceCopy:
    """A planned service from March to August 2025."""
    return PlanServiceCopy(
        plan_service_id=plan_service_id or uuid4(),
        plan_id=plan_id,
        client_id=client_id,
        service_code=code,
        arrangement=arrangement,
        state=state,
        provider_id=provider_id,
        unit_id=None,
        contract_id=None,
        voucher_id=None,
        enrolment_id=enrolment_id,
        item_code=item_code,
        units=units,
        unit="HOUR",
        from_date=FIRST,
        to_date=LAST,
    )


def tell_plan(
    session: Session,
    plan_id: UUID,
    client_id: UUID,
    services: Sequence[PlanServiceCopy],
    *,
    version: int = 1,
    state: str = "ACTIVE",
) -> None:
    """Keep the plan's copy as a fact of this version would."""
    keep_plan(session, PlanCopy(plan_id, client_id, state, version), services)


def tell_delivery(session: Session, service: PlanServiceCopy, *, units: int = 1, on: date = DAY) -> UUID:
    """Keep the copy of a delivery on a planned service by its own provider; gives its id."""
    delivery_id = uuid4()
    assert service.provider_id is not None
    keep_delivery(
        session,
        DeliveryCopy(
            delivery_id=delivery_id,
            client_id=service.client_id,
            plan_service_id=service.plan_service_id,
            voucher_id=None,
            provider_id=service.provider_id,
            service_code=service.service_code,
            service_date=on,
            units=units,
        ),
    )
    return delivery_id


def voucher_source() -> Source:
    """A voucher as the ledger sees one."""
    return Source(SourceKind.VOUCHER, uuid4())


def line_balances(session: Session) -> dict[str, LineBalance]:
    """What each line holds, by code."""
    codes = {row.id: row.code for row in session.execute(select(lines.c.id, lines.c.code))}
    return {codes[line_id]: balance for line_id, balance in books.stored_lines(session).items()}


def held(session: Session, kind: SourceKind, source_id: UUID) -> Balance:
    """What a source holds."""
    return books.balance_of(session, Source(kind, source_id))


def enterprise(session: Session) -> None:
    """The county enterprise, which issues vouchers."""
    keep_provider(
        session, ProviderCopy(ENTERPRISE, "9000001-1", "County enterprise", ("COUNTY_ENTERPRISE",), "APPROVED", 1)
    )


def grant(session: Session, client_id: UUID, code: str, *, units: int = 100) -> UUID:
    """An open client with a completed assessment of the enterprise and a granted decision; gives the decision."""
    assessment_id, decision_id = uuid4(), uuid4()
    keep_client(session, ClientCopy(client_id, "ACTIVE", (), 1))
    keep_assessment(session, AssessmentCopy(assessment_id, client_id, ENTERPRISE, FIRST))
    keep_decision(
        session,
        DecisionCopy(decision_id, assessment_id, client_id, code, "GRANTED", units, FIRST, date(2025, 12, 31), 1),
    )
    return decision_id


def bind(session: Session, source: Source, client_id: UUID, code: str, cents: int) -> None:
    """RESERVE and COMMIT."""
    ledger.reserve(
        session,
        source=source,
        client_id=client_id,
        service_code=code,
        amount_cents=cents,
        service_date=DAY,
        now=NOW,
    )
    ledger.commit(session, source=source, amount_cents=cents, now=NOW)


def finance_section(body: bytes) -> finance_section_pb2.FinanceSection:
    """A published section of money."""
    return finance_section_pb2.FinanceSection.FromString(body)
