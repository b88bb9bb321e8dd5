"""Story 4's care over the turn of a year: two vouchers, own production and a purchase, 2026 only planned."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.kernel.care import Arrangement, CareUnit
from services.voucher.domain.neighbours.plan import PlanCopy, PlanServiceCopy
from services.voucher.domain.purse.budget import Budget, Line
from services.voucher.domain.purse.ledger import LineBalance, Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.create_budget import create_budget
from services.voucher.operations.spending.charge_delivery import charge_delivery
from services.voucher.operations.spending.order_service import order_service
from services.voucher.storage.neighbours.plan import keep_plan
from services.voucher.storage.neighbours.provider import keep_catalogue
from services.voucher.storage.purse import ledger as books
from services.voucher.storage.purse.budget import load_budget
from tests.builders.voucher import purse as county
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import World

START = date(2025, 12, 1)
OPEN, INTENSIVE, THERAPY = "SOC-CHILD-OPEN", "SOC-CHILD-INTENS", "HLT-PSYTH-SHORT"
PSYCHIATRY, SUPPORT = "HLT-ADOL-PSY", "SOC-FAM-SUPP"
ITEMS = {
    OPEN: (6, CareUnit.MONTH, 210_00, date(2026, 5, 31)),
    INTENSIVE: (60, CareUnit.HOUR, 68_00, date(2026, 3, 31)),
    THERAPY: (20, CareUnit.SESSION, 95_00, date(2026, 4, 30)),
    PSYCHIATRY: (4, CareUnit.VISIT, 260_00, date(2026, 3, 31)),
    SUPPORT: (5, CareUnit.MONTH, 250_00, date(2026, 4, 30)),
}
NOW = datetime(2025, 11, 28, 8, 0, tzinfo=UTC)


@dataclass
class Story:
    """Story 4's money at the end of November 2025."""

    session: Session
    client: UUID = field(default_factory=uuid4)
    plan_id: UUID = field(default_factory=uuid4)
    services: dict[str, PlanServiceCopy] = field(default_factory=dict)
    vouchers: dict[str, Voucher] = field(default_factory=dict)
    worlds: dict[str, World] = field(default_factory=dict)

    def told(self, *, planned: int = 10_000_00) -> "Story":
        """The catalogue, both budgets, and the plan in force."""
        for code, (_, unit, price, _) in ITEMS.items():
            entry = replace(
                samples.catalogue(), service_code=code, unit=unit, reference_price_cents=price, task="LASTENSUOJELU"
            )
            keep_catalogue(self.session, entry)
        self.this_year = self._budget(2025, 120_000_00)
        approve_budget(self.session, budget_id=self.this_year.id, etag="", now=NOW)
        self.next_year = self._budget(2026, planned)
        self.services = {code: self._service(code) for code in ITEMS}
        keep_plan(self.session, PlanCopy(self.plan_id, self.client, "ACTIVE", 1), list(self.services.values()))
        return self

    def bound(self) -> "Story":
        """Own production and the purchase are ordered, the vouchers issued."""
        for code in (OPEN, PSYCHIATRY, SUPPORT):
            order_service(
                self.session, plan_service_id=self.services[code].plan_service_id, county=county.COUNTY, now=NOW
            )
        for code in (INTENSIVE, THERAPY):
            self.vouchers[code] = self._issued(code)
        return self

    def chosen(self) -> "Story":
        """The client chose, the provider accepted."""
        for code, voucher in self.vouchers.items():
            world = self.worlds[code]
            world.guide(voucher)
            world.choose(voucher)
            accept_voucher(
                self.session, voucher_id=voucher.id, provider_id=world.coach, content_version=1, now=world.now
            )
        return self

    def redeem(self, code: str, day: date, units: int) -> None:
        """A delivery on the voucher that day, claimed."""
        world, voucher = self.worlds[code].on(day), self.vouchers[code]
        delivery_id = world.deliver(voucher, units=units, day=day, service_code=code)
        claim = world.redeem(voucher, delivery_id)
        assert claim.reject_code is None, claim.reject_code

    def deliver(self, code: str, day: date, units: int) -> None:
        """A delivery of own production or the purchase that day, charged."""
        delivery_id = county.tell_delivery(self.session, self.services[code], units=units, on=day)
        charge_delivery(self.session, delivery_id=delivery_id, now=NOW)

    def year(self, fiscal_year: int) -> LineBalance:
        """The balance of the one line of that year."""
        budget = load_budget(self.session, (self.this_year if fiscal_year == 2025 else self.next_year).id)
        assert budget is not None
        return budget.total

    def held(self, code: str) -> dict[int, int]:
        """What a voucher has bound, by year."""
        source = Source(SourceKind.VOUCHER, self.vouchers[code].id)
        years = {line.id: year.fiscal_year for year in (self.this_year, self.next_year) for line in year.lines}
        holdings = books.holdings_of(self.session, source)
        return {years[one.line_id]: one.reserved + one.committed for one in holdings}

    def _budget(self, year: int, cents: int) -> Budget:
        line = Line(uuid4(), "CARE", "Care", cents, tasks=("LASTENSUOJELU",))
        return create_budget(self.session, fiscal_year=year, lines=[line], caller=county.FIN, now=NOW, new_id=uuid4())

    def _service(self, code: str) -> PlanServiceCopy:
        units, unit, price, last = ITEMS[code]
        voucher = code in (INTENSIVE, THERAPY)
        provider = None if voucher else uuid4()
        if provider:
            county.contract(self.session, provider_id=provider, code=code, price=price)
        arrangement = Arrangement.PURCHASE if code == SUPPORT else Arrangement.OWN
        return replace(
            samples.plan_service(),
            plan_service_id=uuid4(),
            plan_id=self.plan_id,
            client_id=self.client,
            service_code=code,
            arrangement=Arrangement.VOUCHER if voucher else arrangement,
            state="AWAITING_CHOICE" if voucher else "ASSIGNED",
            provider_id=provider,
            units=units,
            unit=unit.value,
            from_date=START,
            to_date=last,
        )

    def _issued(self, code: str) -> Voucher:
        units, _, price, last = ITEMS[code]
        world = World(self.session, now=NOW, rules=Rules(), client_id=self.client, service=code)
        world.providers()
        world.add_coach(world.coach, price=price, valid_to=date(2026, 12, 31))
        world.tell_client()
        world.grant(units=units, first=START, last=last)
        self.worlds[code] = world
        return world.issue(world.draft(plan_service_id=self.services[code].plan_service_id))


def without(balance: LineBalance) -> LineBalance:
    """The balance without what the plan gives while it is not approved."""
    return replace(balance, conditional=0)
