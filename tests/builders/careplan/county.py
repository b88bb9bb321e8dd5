"""A small county as the neighbours' facts tell it, and short ways to act in it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from google.protobuf.message import Message
from google.type.date_pb2 import Date
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.bus import CareplanBus
from services.careplan.domain.rules import Rules
from services.chassis.bus import listenings
from services.chassis.database import outbox
from services.chassis.identity import Caller
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import choice_pb2, client_pb2
from sote.client.v1 import events_pb2 as client
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import events_pb2 as package
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2 as care
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import voucher_pb2

COUNTY = "MAAKUNTA_2017:06"
HANDLERS = {one.topic: one.method for one in listenings(CareplanBus)}
FIRST, LAST = date(2025, 3, 1), date(2025, 8, 31)
NOON = datetime(2025, 2, 19, 10, 0, tzinfo=UTC)

ROLES = {
    "P01": provider_pb2.PROVIDER_ROLE_COUNTY_ENTERPRISE,
    "P02": provider_pb2.PROVIDER_ROLE_DIRECT_CHOICE_HSSC,
    "P03": provider_pb2.PROVIDER_ROLE_DIRECT_CHOICE_HSSC,
    "P04": provider_pb2.PROVIDER_ROLE_DIRECT_CHOICE_DENTAL,
    "P05": provider_pb2.PROVIDER_ROLE_VOUCHER,
    "P06": provider_pb2.PROVIDER_ROLE_VOUCHER,
    "P07": provider_pb2.PROVIDER_ROLE_VOUCHER,
    "P08": provider_pb2.PROVIDER_ROLE_VOUCHER,
    "P09": provider_pb2.PROVIDER_ROLE_VOUCHER,
    "P10": provider_pb2.PROVIDER_ROLE_PURCHASED,
}
KINDS = {
    "P01": contract_pb2.CONTRACT_KIND_INTERNAL_ASSIGNMENT,
    "P02": contract_pb2.CONTRACT_KIND_DIRECT_CHOICE,
    "P03": contract_pb2.CONTRACT_KIND_DIRECT_CHOICE,
    "P04": contract_pb2.CONTRACT_KIND_DIRECT_CHOICE,
    "P05": contract_pb2.CONTRACT_KIND_VOUCHER,
    "P06": contract_pb2.CONTRACT_KIND_VOUCHER,
    "P07": contract_pb2.CONTRACT_KIND_VOUCHER,
    "P08": contract_pb2.CONTRACT_KIND_VOUCHER,
    "P09": contract_pb2.CONTRACT_KIND_VOUCHER,
    "P10": contract_pb2.CONTRACT_KIND_PURCHASE,
}
LINES = {
    "P01": ["SOC-FAM-WORK", "HLT-SCHOOL"],
    "P02": ["HLT-GP"],
    "P03": ["HLT-GP"],
    "P04": ["HLT-ORAL"],
    "P05": ["SOC-FAM-HOME"],
    "P06": ["SOC-NEURO-COACH"],
    "P07": ["HLT-OT", "HLT-PHYSIO"],
    "P08": ["SOC-SUBST-INPAT"],
    "P09": ["SOC-SUBST-INPAT"],
    "P10": ["SOC-FAM-SUPP"],
}
CATALOGUE = {
    "SOC-FAM-WORK": (care.CARE_UNIT_HOUR, "OWN VOUCHER PURCHASE"),
    "SOC-FAM-HOME": (care.CARE_UNIT_HOUR, "OWN VOUCHER"),
    "SOC-NEURO-COACH": (care.CARE_UNIT_SESSION, "VOUCHER"),
    "HLT-OT": (care.CARE_UNIT_SESSION, "VOUCHER OWN"),
    "HLT-PHYSIO": (care.CARE_UNIT_SESSION, "VOUCHER OWN"),
    "HLT-SCHOOL": (care.CARE_UNIT_VISIT, "OWN"),
    "HLT-GP": (care.CARE_UNIT_VISIT, "DIRECT_CHOICE"),
    "HLT-ORAL": (care.CARE_UNIT_VISIT, "DIRECT_CHOICE"),
    "SOC-FAM-SUPP": (care.CARE_UNIT_MONTH, "PURCHASE"),
    "SOC-SUBST-INPAT": (care.CARE_UNIT_DAY, "VOUCHER OWN"),
}
ITEMS = (
    ("SOC-FAM-WORK", "OWN", "P01", 32, True),
    ("SOC-FAM-HOME", "VOUCHER", "", 40, False),
    ("SOC-NEURO-COACH", "VOUCHER", "", 15, False),
    ("HLT-OT", "VOUCHER", "", 20, False),
    ("HLT-SCHOOL", "OWN", "P01", 0, True),
    ("SOC-FAM-SUPP", "PURCHASE", "P10", 6, False),
)


def day(value: date) -> Date:
    """A day on the wire."""
    return Date(year=value.year, month=value.month, day=value.day)


@dataclass
class World:
    """Providers P01 to P10, their contracts and the catalogue in one session; `hear` is what the bus does."""

    session: Session
    rules: Rules = field(default_factory=Rules)
    now: datetime = NOON
    ids: dict[str, UUID] = field(default_factory=dict)

    def id(self, name: str) -> UUID:
        """The uuid of something the test calls by a name."""
        return self.ids.setdefault(name, uuid4())

    def hear(self, fact: Message) -> None:
        """Apply a neighbour's fact as the bus process does."""
        bus: Any = type("Bus", (CareplanBus,), {"rules": self.rules})()
        getattr(bus, HANDLERS[fact.DESCRIPTOR.full_name])(self.session, fact, self.now)
        self.session.flush()

    def caller(self, provider_name: str, role: str = "CSW") -> Caller:
        """Somebody who works for a provider."""
        return Caller(f"{role}-{provider_name}", role, str(self.id(provider_name)), "", COUNTY)

    def at(self, day_of_act: date) -> "World":
        """Let it be noon of a day."""
        self.now = datetime(day_of_act.year, day_of_act.month, day_of_act.day, 10, 0, tzinfo=UTC)
        return self

    def facts(self) -> list[str]:
        """Short names of what was announced about care plans, in order."""
        rows = self.session.execute(select(outbox.c.routing_key).order_by(outbox.c.id)).scalars()
        return [key.rsplit(".", 1)[-1] for key in rows if key.startswith("sote.careplan.v1.") and "Section" not in key]

    def announced(self, kind: type[Message]) -> list[Any]:
        """The facts of one kind that were announced."""
        query = select(outbox.c.body).where(outbox.c.routing_key == kind.DESCRIPTOR.full_name).order_by(outbox.c.id)
        return [kind.FromString(body) for body in self.session.execute(query).scalars()]

    def settle_county(self) -> "World":
        """Hear of the catalogue, the providers and their contracts."""
        for code, (unit, arranged) in CATALOGUE.items():
            arrangements = [care.Arrangement.Value(f"ARRANGEMENT_{one}") for one in arranged.split()]
            entry = provider.CatalogueFacts(
                service_code=code, name_fi=code, name_en=code, arrangements=arrangements, unit=unit, version=1
            )
            self.hear(provider.CatalogueServiceChanged(service=entry))
        for name in ROLES:
            self.hear(provider.ProviderApproved(provider=self.provider_facts(name)))
            self.hear(provider.ContractActivated(contract=self.contract_facts(name)))
        return self

    def provider_facts(self, name: str, version: int = 1) -> provider.ProviderFacts:
        """A provider with one unit, called U-<name>."""
        centre = ROLES[name] == provider_pb2.PROVIDER_ROLE_DIRECT_CHOICE_HSSC
        kind = provider_pb2.UNIT_KIND_HSSC if centre else provider_pb2.UNIT_KIND_OTHER
        unit = provider_pb2.UnitFacts(unit_id=str(self.id(f"U-{name}")), display_name=f"unit of {name}", kind=kind)
        return provider.ProviderFacts(
            provider_id=str(self.id(name)),
            display_name=f"provider {name}",
            roles=[ROLES[name]],
            state=provider_pb2.PROVIDER_STATE_APPROVED,
            units=[unit],
            version=version,
        )

    def contract_facts(self, name: str, version: int = 1, **more: Any) -> provider.ContractFacts:
        """The contract of a provider for its lines, 2025 and 2026."""
        facts: dict[str, Any] = {
            "contract_id": str(self.id(f"K-{name}")),
            "provider_id": str(self.id(name)),
            "kind": KINDS[name],
            "state": contract_pb2.CONTRACT_STATE_ACTIVE,
            "valid_from": day(date(2025, 1, 1)),
            "valid_to": day(date(2026, 12, 31)),
            "lines": [contract_pb2.ServiceLineFacts(service_code=code) for code in LINES[name]],
            "version": version,
        }
        return provider.ContractFacts(**facts | more)

    def ended_contract(self, name: str, state: str, version: int = 2, **more: Any) -> provider.ContractFacts:
        """A provider's contract, suspended from today on, terminated or expired."""
        suspension = contract_pb2.SuspensionFacts(effective_date=day(self.now.date())) if state == "SUSPENDED" else None
        told = {"state": contract_pb2.ContractState.Value(f"CONTRACT_STATE_{state}"), "suspension": suspension}
        if state == "TERMINATED":
            told["termination_effective"] = day(self.now.date() - timedelta(days=1))
        return self.contract_facts(name, version, **told | more)

    def assess(self, client_name: str = "child", completed: date = date(2025, 2, 18)) -> UUID:
        """A registered client with a completed assessment; gives the client's id."""
        client_id = self.id(client_name)
        facts = client.ClientFacts(client_id=str(client_id), state=client_pb2.CLIENT_STATE_ACTIVE, version=1)
        self.hear(client.ClientActivated(client=facts))
        assessment_id = str(self.id(f"assessment of {client_name}"))
        done = client.AssessmentCompleted(
            assessment_id=assessment_id, client_id=str(client_id), completed_date=day(completed), plan_needed=True
        )
        self.hear(done)
        return client_id

    def choose(self, who: str, version: int = 1, ended: date | None = None, **more: Any) -> None:
        """The client makes, or ended, a direct choice of a provider's unit."""
        facts: dict[str, Any] = {
            "choice_id": str(self.id(f"choice of {who}")),
            "client_id": str(self.id("child")),
            "kind": choice_pb2.DIRECT_CHOICE_KIND_HSSC,
            "provider_id": str(self.id(who)),
            "unit_id": str(self.id(f"U-{who}")),
            "from_date": day(date(2025, 1, 1)),
            "ended_date": day(ended) if ended else None,
            "version": version,
        }
        choice = client.DirectChoiceFacts(**facts | more)
        self.hear(client.DirectChoiceEnded(choice=choice) if ended else client.DirectChoiceMade(choice=choice))

    def enrolment(self, client_name: str = "child", version: int = 3, state: str = "EXPANDING") -> Any:
        """The enrolment of STORY-1 in FAMILY_CENTRE."""
        items = [
            package.EnrolmentItemFacts(
                item_code=code,
                service_code=code,
                arrangement=care.Arrangement.Value(f"ARRANGEMENT_{how}"),
                provider_id=str(self.id(who)) if who else "",
                units=units,
                from_date=day(FIRST),
                to_date=day(LAST),
                mandatory=mandatory,
            )
            for code, how, who, units, mandatory in ITEMS
        ]
        return package.EnrolmentFacts(
            enrolment_id=str(self.id(f"enrolment of {client_name}")),
            client_id=str(self.id(client_name)),
            state=enrolment_pb2.EnrolmentState.Value(f"ENROLMENT_STATE_{state}"),
            items=items,
            version=version,
        )

    def voucher_facts(self, service: plan_pb2.PlannedService | None, version: int, state: str, **more: Any) -> Any:
        """A voucher for a planned service, or for a client without a plan."""
        code = service.line.service_code if service else more["service_code"]
        facts: dict[str, Any] = {
            "voucher_id": str(self.id(f"voucher {code}")),
            "client_id": str(self.id("child")),
            "plan_service_id": service.line.plan_service_id if service else "",
            "service_code": code,
            "units_granted": service.line.units if service else 5,
            "valid_from": day(FIRST),
            "valid_to": day(LAST),
            "state": voucher_pb2.VoucherState.Value(f"VOUCHER_STATE_{state}"),
            "version": version,
        }
        return voucher.VoucherFacts(**facts | more)
