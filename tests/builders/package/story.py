"""Story 1 as the package service lives it: what it hears from others, what it is asked, what it tells."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from google.protobuf.message import Message
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.stories import reference
from cli.stories.values import day
from services.chassis.bus import listenings
from services.chassis.database import outbox
from services.chassis.identity import Caller
from services.package.bus import PackageBus
from services.package.domain.enrolment import Enrolment
from services.package.domain.package import Package, PackageContent
from services.package.domain.proposing import Proposal
from services.package.domain.rules import Rules
from services.package.operations.accept_enrolment import accept_enrolment
from services.package.operations.draft_package import draft_package
from services.package.operations.propose_enrolment import propose_enrolment
from services.package.operations.publish_package import publish_package
from services.package.storage import packages
from services.package.wire.content import content_from
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import assessment_pb2, client_pb2
from sote.client.v1 import events_pb2 as client
from sote.type.v1 import care_pb2 as care
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.provider.loader import DATA, Loader

Fact = TypeVar("Fact", bound=Message)
TAKEN = ("SOC-FAM-HOME", "SOC-NEURO-COACH", "HLT-OT", "SOC-FAM-SUPP")
FROM = date(2025, 3, 1)


class Story:
    """One session of the package service and everything that happens in it; its database may have `heard` facts."""

    def __init__(self, session: Session, loader: Loader, now: datetime, *, heard: Iterable[Message] = ()) -> None:
        self.session = session
        self.loader = loader
        self.facts: list[Message] = list(heard)
        self.now = now
        self.bus = PackageBus()
        self.handlers = {one.topic: getattr(self.bus, one.method) for one in listenings(PackageBus)}
        self.client_id = uuid4()
        self.assessment_id = uuid4()
        self.plan_id = uuid4()
        self.official = Caller("official-1", "CSW", self.provider("P01"), "", "MAAKUNTA_2017:06")
        self.steering = Caller("steering-1", "STE", "county", "", "MAAKUNTA_2017:06")

    def provider(self, code: str) -> str:
        """The id of a provider of the county."""
        return self.loader.providers[code].uid

    def hear(self, *told: Message) -> None:
        """Facts arrive; those nobody listens to are dropped."""
        self.facts.extend(told)
        for fact in told:
            if handler := self.handlers.get(fact.DESCRIPTOR.full_name):
                handler(self.session, fact, self.now)
        self.session.flush()

    def told(self, kind: type[Fact]) -> list[Fact]:
        """The facts of a kind announced so far."""
        query = select(outbox.c.body).where(outbox.c.routing_key == kind.DESCRIPTOR.full_name).order_by(outbox.c.id)
        return [kind.FromString(bytes(body)) for body in self.session.scalars(query)]

    def content(self, code: str = "FAMILY_CENTRE") -> PackageContent:
        """A template of the county's file."""
        (entry,) = [one for one in reference.entries(DATA / "packages.yaml", "packages") if one["code"] == code]
        providers = {known: found.uid for known, found in self.loader.providers.items()}
        return content_from(reference.package_content(entry, providers, self.loader.units))

    def draft(self, code: str = "FAMILY_CENTRE", content: PackageContent | None = None) -> Package:
        """A package in draft."""
        return draft_package(
            self.session,
            code=code,
            content=content or self.content(code),
            caller=self.steering,
            now=self.now,
            new_id=uuid4(),
        )

    def publish(self, package: Package, rules: Rules | None = None) -> Package:
        """The package published."""
        return publish_package(self.session, package_id=package.id, etag="", rules=rules or Rules(), now=self.now)

    def meet_client(self, **differently: Any) -> None:
        """The client registers and an assessment is completed."""
        told = client.ClientFacts(client_id=str(self.client_id), state=client_pb2.CLIENT_STATE_ACTIVE, version=1)
        values: dict[str, Any] = {
            "assessment_id": str(self.assessment_id),
            "client_id": str(self.client_id),
            "needs": [assessment_pb2.Need(domain=care.NEED_DOMAIN_CARE_AND_UPBRINGING, level=3)],
            "age_years": 7,
            "child_in_household": True,
        }
        completed = client.AssessmentCompleted(**(values | differently))
        completed.completed_date.CopyFrom(day(date(2025, 2, 18)))
        self.hear(client.ClientRegistered(client=told), completed)

    def propose(self, package: Package, *, caller: Caller | None = None, **differently: Any) -> Enrolment:
        """The package proposed to the client."""
        values: dict[str, Any] = {
            "client_id": self.client_id,
            "package_id": package.id,
            "assessment_id": self.assessment_id,
            "exception_reason": "",
            "municipality_code": "",
            "from_date": FROM,
            "overrides": {},
        }
        proposal = Proposal(**(values | differently))
        return propose_enrolment(
            self.session, proposal=proposal, caller=caller or self.official, now=self.now, new_id=uuid4
        )

    def accept(self, enrolment: Enrolment, codes: Iterable[str] = TAKEN) -> Enrolment:
        """The client agrees."""
        return accept_enrolment(
            self.session, enrolment_id=enrolment.id, optional_codes=list(codes), etag="", now=self.now
        )

    def accepted(self) -> Enrolment:
        """Story 1's enrolment up to the client's yes."""
        self.meet_client()
        return self.accept(self.propose(self.publish(self.draft())))

    def at(self, stage: str) -> Enrolment:
        """Story 1's enrolment as far as that."""
        if stage == "active":
            return self.active()
        self.meet_client()
        enrolment = self.propose(self.publish(self.draft()))
        if stage != "proposed":
            self.accept(enrolment)
        if stage == "expanding":
            self.hear(self.reserved(enrolment))
        return enrolment

    def package_of(self, enrolment: Enrolment) -> Package:
        """The package it is in."""
        return packages.get_package(self.session, enrolment.package_id)

    def plan(self, enrolment: Enrolment, version: int, codes: Iterable[str] | None = None) -> careplan.PlanFacts:
        """The plan with the items of the enrolment, each with the same planned service whenever told."""
        wanted = set(codes) if codes is not None else {item.item_code for item in enrolment.taken()}
        return careplan.PlanFacts(
            plan_id=str(self.plan_id),
            client_id=str(self.client_id),
            version=version,
            services=[
                careplan.PlanServiceFacts(
                    plan_service_id=str(self.plan_service(enrolment, item.item_code)),
                    service_code=item.service_code,
                    enrolment_id=str(enrolment.id),
                    item_code=item.item_code,
                    provider_id=str(item.provider_id or ""),
                )
                for item in enrolment.items
                if item.item_code in wanted
            ],
        )

    def plan_service(self, enrolment: Enrolment, item_code: str) -> UUID:
        """The planned service of an item."""
        (item,) = [one for one in enrolment.items if one.item_code == item_code]
        return UUID(int=item.id.int ^ 1)

    def reserved(self, enrolment: Enrolment) -> voucher.EnvelopeReserved:
        """The envelope is reserved."""
        return voucher.EnvelopeReserved(enrolment_id=str(enrolment.id))

    def funded(self, enrolment: Enrolment, skipped: Mapping[str, str] | None = None) -> voucher.EnrolmentFunded:
        """Every item has its voucher or commitment."""
        items = [
            voucher.FundedItem(
                item_code=item.item_code,
                voucher_id=str(uuid4()) if item.arrangement == "VOUCHER" else "",
                commitment_id=str(uuid4()) if item.arrangement != "VOUCHER" and item.units else "",
                skipped_reason=(skipped or {}).get(item.item_code, ""),
            )
            for item in enrolment.taken()
        ]
        return voucher.EnrolmentFunded(enrolment_id=str(enrolment.id), items=items)

    def active(self) -> Enrolment:
        """Story 1's enrolment in force."""
        enrolment = self.accepted()
        self.hear(self.reserved(enrolment))
        planned = careplan.EnrolmentItemsPlanned(enrolment_id=str(enrolment.id), plan=self.plan(enrolment, 3))
        self.hear(planned, careplan.PlanActivated(plan=self.plan(enrolment, 5)), self.funded(enrolment))
        return enrolment

    def delivered(self, enrolment: Enrolment, item_code: str, units: int) -> careplan.DeliveryRecorded:
        """Units of an item were delivered."""
        return careplan.DeliveryRecorded(
            delivery_id=str(uuid4()),
            client_id=str(self.client_id),
            plan_service_id=str(self.plan_service(enrolment, item_code)),
            units=units,
        )

    def done(self, enrolment: Enrolment, item_code: str) -> careplan.PlanServiceCompleted:
        """A planned service is done."""
        return careplan.PlanServiceCompleted(
            plan=self.plan(enrolment, 9), plan_service_id=str(self.plan_service(enrolment, item_code))
        )


def without(content: PackageContent, *item_codes: str) -> PackageContent:
    """The content with fewer items, and members that still deliver something."""
    members = []
    for member in content.members:
        left = tuple(code for code in member.item_codes if code not in item_codes)
        if left:
            members.append(replace(member, item_codes=left))
    items = tuple(item for item in content.items if item.item_code not in item_codes)
    return replace(content, items=items, members=tuple(members))
