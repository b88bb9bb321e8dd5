"""A county small enough to see: one client, one granted service, three providers, a budget; played by operations."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.database import outbox
from services.chassis.identity import Caller
from services.chassis.sections import read_sections
from services.chassis.vault import Vault
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.neighbours.client import AssessmentCopy, ClientCopy, DecisionCopy, GuidanceCopy
from services.voucher.domain.neighbours.plan import PlanCopy, PlanServiceCopy
from services.voucher.domain.neighbours.provider import ContractCopy, ProviderCopy
from services.voucher.domain.purse.budget import Line
from services.voucher.domain.purse.ledger import Balance, Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.issuing import Official
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.advance_vouchers import advance_vouchers
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.choose_provider import choose_provider
from services.voucher.operations.claims.redeem_voucher import redeem_voucher
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.appropriate_line import appropriate_line
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.create_budget import create_budget
from services.voucher.operations.vouchers.draft_voucher import draft_voucher
from services.voucher.operations.vouchers.issue_voucher import issue_voucher
from services.voucher.storage.neighbours import client, plan, provider
from services.voucher.storage.purse.budget import budgets
from sote.voucher.v1.section_pb2 import VoucherSection
from tests.builders.voucher import vouchers as samples

COUNTY = "MAAKUNTA_2017:06"
FIRST, LAST = date(2025, 3, 1), date(2025, 3, 31)
VAULT = Vault({1: bytes(32)}, place="income_statement.sealed")


@dataclass
class World:
    """Everything told to the voucher service that a voucher of 15 sessions at 85.00 needs."""

    session: Session
    now: datetime = datetime(2025, 3, 3, 8, 0, tzinfo=UTC)
    rules: Rules = field(default_factory=Rules)
    client_id: UUID = field(default_factory=uuid4)
    assessment_id: UUID = field(default_factory=uuid4)
    decision_id: UUID = field(default_factory=uuid4)
    enterprise: UUID = field(default_factory=uuid4)
    coach: UUID = field(default_factory=uuid4)
    service: str = samples.SERVICE

    @property
    def official(self) -> Official:
        """A social worker of the county enterprise."""
        return Official(self.enterprise, "official-1", COUNTY)

    def told(self, *, appropriated: int = 100_000_00) -> "World":
        """The neighbours' facts are here, and the year's budget."""
        return self.told_county(appropriated=appropriated).told_client()

    def told_county(self, *, appropriated: int = 100_000_00) -> "World":
        """The providers, the catalogue and the year's budget."""
        self.providers()
        self.session.execute(provider.catalogue.delete())
        provider.keep_catalogue(self.session, samples.catalogue())
        if appropriated and not self.session.execute(select(budgets.c.id)).first():
            self.budget(appropriated)
        return self

    def told_client(self) -> "World":
        """The client, its assessment and its decision."""
        self.tell_client()
        self.grant()
        return self

    def providers(self) -> None:
        """The enterprise, and a coach with an active contract at 82.00."""
        enterprise = replace(samples.provider(), provider_id=self.enterprise, roles=("COUNTY_ENTERPRISE",), units=())
        provider.keep_provider(self.session, enterprise)
        self.add_coach(self.coach)

    def add_coach(
        self,
        provider_id: UUID,
        *,
        price: int = 82_00,
        capacity: int = 0,
        monthly: int = 0,
        valid_to: date = date(2025, 12, 31),
        state: str = "ACTIVE",
    ) -> ContractCopy:
        """A provider with one unit and a contract for the service, for so many clients at once or new in a month."""
        unit = replace(samples.unit(), unit_id=uuid4(), provider_id=provider_id)
        provider.keep_provider(self.session, replace(samples.provider(), provider_id=provider_id, units=(unit,)))
        contract_id = uuid4()
        line = replace(
            samples.line(),
            contract_id=contract_id,
            unit_price_cents=price,
            capacity=capacity,
            service_code=self.service,
        )
        line = replace(line, max_new_clients_month=monthly)
        contract = replace(samples.contract(), contract_id=contract_id, provider_id=provider_id, lines=(line,))
        contract = replace(contract, valid_to=valid_to, state=state)
        provider.keep_contract(self.session, contract)
        return contract

    def tell_client(self, *attention: str, state: str = "ACTIVE", version: int = 1) -> None:
        """The client, with flags."""
        client.keep_client(self.session, ClientCopy(self.client_id, state, attention, version))

    def grant(self, *, units: int = 15, first: date = FIRST, last: date = LAST) -> None:
        """A completed assessment and a decision for the service."""
        completed = AssessmentCopy(self.assessment_id, self.client_id, self.enterprise, date(2025, 2, 18))
        client.keep_assessment(self.session, completed)
        decision = DecisionCopy(
            self.decision_id, self.assessment_id, self.client_id, self.service, "GRANTED", units, first, last, 1
        )
        client.keep_decision(self.session, decision)

    def grant_second(self) -> None:
        """Another service is granted to the same client."""
        second = DecisionCopy(uuid4(), self.assessment_id, self.client_id, "HLT-OT", "GRANTED", 5, FIRST, LAST, 1)
        client.keep_decision(self.session, second)

    def extend_decision(self, last: date) -> "World":
        """The decision runs to another day."""
        longer = DecisionCopy(
            self.decision_id, self.assessment_id, self.client_id, self.service, "GRANTED", 15, FIRST, last, 2
        )
        client.keep_decision(self.session, longer)
        return self

    def budget(self, cents: int, year: int = 2025) -> None:
        """An approved budget with one line for the service."""
        finance = Caller("finance-1", "FIN", "county", "", COUNTY)
        line = Line(uuid4(), "FAMILY", "Families", 0, service_codes=(self.service,))
        made = create_budget(self.session, fiscal_year=year, lines=[line], caller=finance, now=self.now, new_id=uuid4())
        approve_budget(self.session, budget_id=made.id, etag="", now=self.now)
        appropriate_line(
            self.session,
            budget_id=made.id,
            line_code="FAMILY",
            amount_cents=cents,
            etag="",
            now=self.now,
            new_id=uuid4(),
        )

    def plan(
        self,
        *,
        state: str = "ACTIVE",
        version: int = 1,
        units: int = 15,
        from_date: date = FIRST,
        to_date: date = LAST,
    ) -> PlanServiceCopy:
        """A plan with the service awaiting a choice."""
        service = replace(
            samples.plan_service(), plan_service_id=uuid4(), plan_id=uuid4(), client_id=self.client_id, units=units
        )
        service = replace(service, from_date=from_date, to_date=to_date)
        copy = PlanCopy(service.plan_id, self.client_id, state, version)
        plan.keep_plan(self.session, copy, [service])
        return service

    def draft(
        self,
        *,
        units: int | None = None,
        valid_from: date | None = None,
        valid_to: date | None = None,
        plan_service_id: UUID | None = None,
        decision_id: UUID | None = None,
        content: ContentSpec | None = None,
        official: Official | None = None,
    ) -> Voucher:
        """VOUCHER-1."""
        return draft_voucher(
            self.session,
            client_id=self.client_id,
            decision_id=decision_id or self.decision_id,
            plan_service_id=plan_service_id,
            units=units,
            valid_from=valid_from,
            valid_to=valid_to,
            content=content or ContentSpec(text="coaching"),
            official=official or self.official,
            vault=VAULT,
            rules=self.rules,
            now=self.now,
            new_id=uuid4(),
        )

    def issue(self, voucher: Voucher, *, urgent_reason: str = "") -> Voucher:
        """VOUCHER-2."""
        return issue_voucher(
            self.session,
            voucher_id=voucher.id,
            official=self.official,
            vault=VAULT,
            urgent_reason=urgent_reason,
            rules=self.rules,
            now=self.now,
        )

    def guide(self, voucher: Voucher, kind: str = "ADVICE", *, days_ago: int = 0) -> None:
        """Guidance for the voucher's choice."""
        given = self.now - timedelta(days=days_ago)
        client.keep_guidance(self.session, GuidanceCopy(uuid4(), voucher.id, self.client_id, kind, given))

    def choose(
        self,
        voucher: Voucher,
        *,
        provider_id: UUID | None = None,
        unit_id: UUID | None = None,
        quote_id: UUID | None = None,
    ) -> Voucher:
        """VOUCHER-4, at the coach unless told otherwise."""
        return choose_provider(
            self.session,
            voucher_id=voucher.id,
            provider_id=provider_id or self.coach,
            unit_id=unit_id,
            by_client=None,
            quote_id=quote_id,
            rules=self.rules,
            now=self.now,
        )

    def active(self) -> Voucher:
        """A voucher the coach has accepted."""
        voucher = self.issue(self.draft())
        self.guide(voucher)
        self.choose(voucher)
        return accept_voucher(
            self.session, voucher_id=voucher.id, provider_id=self.coach, content_version=1, now=self.now
        )

    def deliver(
        self,
        voucher: Voucher,
        *,
        units: int = 1,
        day: date = date(2025, 3, 10),
        provider_id: UUID | None = None,
        service_code: str = samples.SERVICE,
        mode: str = "",
        plan_service_id: UUID | None = None,
        on_voucher: bool = True,
        delivery_id: UUID | None = None,
    ) -> UUID:
        """A recorded delivery on the voucher, or only on its planned service, by the coach unless told; its id."""
        made = replace(samples.delivery(voucher), client_id=self.client_id, provider_id=provider_id or self.coach)
        made = replace(made, units=units, service_date=day, service_code=service_code, mode=mode)
        named = voucher.id if on_voucher else None
        made = replace(made, voucher_id=named, plan_service_id=plan_service_id, delivery_id=delivery_id or uuid4())
        plan.keep_delivery(self.session, made)
        return made.delivery_id

    def redeem(
        self,
        voucher: Voucher,
        delivery_id: UUID,
        *,
        units: int | None = None,
        unit_price: int | None = None,
        provider_id: UUID | None = None,
    ) -> Redemption:
        """VOUCHER-7 or VOUCHER-14, by the coach unless told otherwise."""
        return redeem_voucher(
            self.session,
            voucher_id=voucher.id,
            delivery_id=delivery_id,
            units=units,
            unit_price=unit_price,
            provider_id=provider_id or self.coach,
            subject="coach-1",
            now=self.now,
            new_id=uuid4(),
            rules=self.rules,
        )

    def on(self, day: date) -> "World":
        """The same world on another day, at ten in Finland."""
        self.now = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
        return self

    def pass_time(self, day: date) -> int:
        """The timer runs on that day; how many vouchers it moved."""
        return advance_vouchers(self.on(day).session, now=self.now)

    def balance(self, voucher: Voucher) -> Balance:
        """What the ledger holds for the voucher."""
        return ledger.balance_of(self.session, Source(SourceKind.VOUCHER, voucher.id))

    def facts(self, voucher: Voucher) -> list[str]:
        """Names of the facts announced about the voucher, in order."""
        query = select(outbox.c.routing_key).where(outbox.c.headers["subject"].astext == f"vouchers/{voucher.id}")
        return [
            str(row[0]).removeprefix("sote.voucher.v1.") for row in self.session.execute(query.order_by(outbox.c.id))
        ]

    def section(self) -> VoucherSection:
        """The client's section as published last."""
        (row,) = [
            one
            for one in read_sections(self.session, [self.client_id])
            if one.name == VoucherSection.DESCRIPTOR.full_name
        ]
        return VoucherSection.FromString(row.body)

    def provider_with(self, *, state: str) -> ProviderCopy:
        """The coach in another state, newer than what is known."""
        copy = replace(samples.provider(), provider_id=self.coach, version=99, state=state)
        provider.keep_provider(self.session, copy)
        return copy
