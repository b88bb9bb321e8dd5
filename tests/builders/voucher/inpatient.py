"""Story 3's inpatient rehabilitation: a voucher by the day, the provider whose contract is suspended, another."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from services.kernel.care import CareUnit
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.stay_with_provider import stay_with_provider
from services.voucher.operations.claims.declare_held_units import declare_held_units
from services.voucher.operations.claims.reroute_voucher import reroute_voucher
from services.voucher.storage.neighbours import provider
from services.voucher.storage.purse.budget import budgets, entries
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import World

P08_PRICE, P09_PRICE, VALUE = 215_00, 224_00, 224_00


class Ward(World):
    """Story 3 b: 28 days of inpatient rehabilitation from 2 April, at P08 (`coach`) and then at P09."""

    p09: UUID
    contract: UUID

    def opened(self) -> "Ward":
        """Everything told, P08 and P09 with their contracts."""
        self.p09 = uuid4()
        enterprise = replace(samples.provider(), provider_id=self.enterprise, roles=("COUNTY_ENTERPRISE",), units=())
        provider.keep_provider(self.session, enterprise)
        self.contract = self.add_coach(self.coach, price=P08_PRICE).contract_id
        self.add_coach(self.p09, price=P09_PRICE)
        self.tell_client()
        self.session.execute(provider.catalogue.delete())
        entry = replace(samples.catalogue(), unit=CareUnit.DAY, reference_price_cents=VALUE)
        provider.keep_catalogue(self.session, entry)
        self.grant(units=28, first=date(2025, 4, 2), last=date(2025, 5, 15))
        if not self.session.execute(select(budgets.c.id)).first():
            self.budget(100_000_00)
        return self

    def on(self, day: date) -> "Ward":
        """The same ward on another day."""
        super().on(day)
        return self

    def at_p08(self) -> Voucher:
        """Active at P08 since 26 March."""
        self.on(date(2025, 3, 26))
        return self.active()

    def contract_is(self, state: str, version: int, **changes: Any) -> None:
        """P08's contract has another state."""
        line = replace(samples.line(), contract_id=self.contract, service_code=self.service, unit_price_cents=P08_PRICE)
        changed = replace(
            samples.contract(),
            contract_id=self.contract,
            provider_id=self.coach,
            lines=(line,),
            state=state,
            version=version,
            **changes,
        )
        provider.keep_contract(self.session, changed)

    def days(self, voucher: Voucher, first: date, count: int, *, provider_id: UUID | None = None) -> list[Redemption]:
        """Claims of single days one after the other."""
        days = [date.fromordinal(first.toordinal() + number) for number in range(count)]
        return [
            self.redeem(voucher, self.deliver(voucher, day=day, provider_id=provider_id), provider_id=provider_id)
            for day in days
        ]

    def reroute(self, voucher: Voucher, **changes: Any) -> Voucher:
        """VOUCHER-9 because of the contract, with effect on 14 April."""
        arguments: dict[str, Any] = {
            "cause": RerouteCause.CONTRACT,
            "cut_off": date(2025, 4, 14),
            "subject": "official-1",
            "rules": self.rules,
            "now": self.now,
            "new_id": uuid4(),
        }
        return reroute_voucher(self.session, voucher_id=voucher.id, **arguments | changes)

    def stay(self, voucher: Voucher) -> Voucher:
        """VOUCHER-10."""
        return stay_with_provider(self.session, voucher_id=voucher.id, by_client=None, rules=self.rules, now=self.now)

    def declare(self, voucher: Voucher, units: int, provider_id: UUID | None = None) -> None:
        """The provider left tells what it still has to claim."""
        who = provider_id or self.coach
        declare_held_units(self.session, voucher_id=voucher.id, provider_id=who, units=units, now=self.now)

    def posted(self, voucher: Voucher, op: str) -> int:
        """Sum of the voucher's postings of one operation, in cents."""
        query = select(func.coalesce(func.sum(entries.c.amount), 0))
        return int(
            self.session.execute(query.where(entries.c.source_id == voucher.id, entries.c.op == op)).scalar_one()
        )

    def proved(self) -> bool:
        """The ledger's proof holds now."""
        self.session.flush()
        return prove_ledger(self.session).holds
