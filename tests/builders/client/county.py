"""The county as the client service's tests see it: providers, units and the catalogue, told as their service would."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.client.operations.neighbours.keep_provider import keep_provider
from services.client.operations.neighbours.keep_service import keep_service
from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    assessment_service_pb2_grpc,
    choice_option_service_pb2_grpc,
    client_service_pb2_grpc,
    consent_service_pb2_grpc,
    contact_pb2,
    contact_service_pb2,
    contact_service_pb2_grpc,
    coverage_service_pb2_grpc,
    deadline_service_pb2_grpc,
    decision_service_pb2_grpc,
    direct_choice_service_pb2_grpc,
    guidance_service_pb2_grpc,
    non_disclosure_service_pb2_grpc,
    relationship_service_pb2_grpc,
    representative_service_pb2_grpc,
    team_pb2,
    team_service_pb2,
    team_service_pb2_grpc,
)
from sote.client.v1 import client_service_pb2 as pb
from sote.provider.v1 import events_pb2 as provider
from sote.provider.v1 import provider_pb2
from sote.type.v1 import care_pb2
from tests.api_server import ServedApi

P01, P02, P07 = (UUID(f"00000000-0000-4000-8000-0000000000{number}") for number in ("01", "02", "07"))
U01, U02, U10 = (UUID(f"00000000-0000-4000-8000-0000000001{number}") for number in ("01", "02", "10"))
CATALOGUE = {
    "SOC-FAM-WORK": ("SOCIAL", "LAPSIPERHE", ["OWN", "VOUCHER", "PURCHASE"]),
    "SOC-FAM-HOME": ("SOCIAL", "LAPSIPERHE", ["OWN", "VOUCHER"]),
    "SOC-NEURO-COACH": ("SOCIAL", "LAPSIPERHE", ["VOUCHER"]),
    "SOC-FAM-SUPP": ("SOCIAL", "LAPSIPERHE", ["PURCHASE"]),
    "HLT-OT": ("HEALTH", "TERVEYS", ["VOUCHER", "OWN"]),
    "HLT-PHYSIO": ("HEALTH", "TERVEYS", ["VOUCHER", "OWN"]),
    "HLT-SCHOOL": ("HEALTH", "TERVEYS", ["OWN"]),
    "HLT-GP": ("HEALTH", "TERVEYS", ["DIRECT_CHOICE"]),
}


def provider_facts(uid: UUID, role: str, units: dict[UUID, str], *, version: int = 1) -> provider.ProviderFacts:
    """A provider as its service tells it."""
    return provider.ProviderFacts(
        provider_id=str(uid),
        roles=[provider_pb2.ProviderRole.Value(f"PROVIDER_ROLE_{role}")],
        state=provider_pb2.PROVIDER_STATE_APPROVED,
        units=[
            provider_pb2.UnitFacts(unit_id=str(unit), kind=provider_pb2.UnitKind.Value(f"UNIT_KIND_{kind}"))
            for unit, kind in units.items()
        ],
        version=version,
    )


def catalogue_facts(code: str, *, version: int = 1) -> provider.CatalogueFacts:
    """An entry of the catalogue as the provider service tells it."""
    sector, task, arrangements = CATALOGUE[code]
    return provider.CatalogueFacts(
        service_code=code,
        sector=care_pb2.Sector.Value(f"SECTOR_{sector}"),
        task=care_pb2.ServiceTask.Value(f"SERVICE_TASK_{task}"),
        arrangements=[care_pb2.Arrangement.Value(f"ARRANGEMENT_{one}") for one in arrangements],
        version=version,
    )


def tell_county(session: Session) -> None:
    """Let the service hear of the county enterprise, a centre, a voucher provider and the catalogue."""
    keep_provider(session, facts=provider_facts(P01, "COUNTY_ENTERPRISE", {U01: "OTHER", U02: "FAMILY_CENTRE"}))
    keep_provider(session, facts=provider_facts(P02, "DIRECT_CHOICE_HSSC", {U10: "HSSC"}))
    keep_provider(session, facts=provider_facts(P07, "VOUCHER", {}))
    for code in CATALOGUE:
        keep_service(session, facts=catalogue_facts(code))


def day(told: str) -> Date:
    """2025-01-16 as a Date."""
    parsed = date.fromisoformat(told)
    return Date(year=parsed.year, month=parsed.month, day=parsed.day)


def professional(name: str, category: str, registry: str = "SOCIAL") -> team_pb2.Professional:
    """A professional of the county enterprise."""
    return team_pb2.Professional(
        professional_id=name,
        title=category.lower(),
        category=team_pb2.ProfessionalCategory.Value(f"PROFESSIONAL_CATEGORY_{category}"),
        registry=team_pb2.ProfessionalRegistry.Value(f"PROFESSIONAL_REGISTRY_{registry}"),
        registry_number=f"TEST-{name}",
    )


SOCIAL_WORKER = professional("T1-SW1", "SOCIAL_WORKER")
COUNSELLOR = professional("T1-SC1", "OTHER_SOCIAL")
PSYCHOLOGIST = professional("T1-PSY1", "HEALTH", "HEALTH")


def answers(**levels: int) -> list[assessment_pb2.DomainAnswer]:
    """All twelve domains; those named have a need of this level."""
    return [
        assessment_pb2.DomainAnswer(
            domain=value, level=levels.get(name.removeprefix("NEED_DOMAIN_"), 0), text="as told"
        )
        for name, value in care_pb2.NeedDomain.items()
        if value
    ]


def recommended(code: str, arrangement: str, units: int, first: str, last: str) -> assessment_pb2.RecommendedService:
    """A service that an assessment recommends."""
    return assessment_pb2.RecommendedService(
        service_code=code,
        units=units,
        arrangement=care_pb2.Arrangement.Value(f"ARRANGEMENT_{arrangement}"),
        from_date=day(first),
        to_date=day(last),
    )


@dataclass
class Hands:
    """Somebody at the keyboard: calls as a county social worker unless told otherwise, at an instant that moves."""

    served: ServedApi
    at: datetime = datetime(2025, 1, 7, 8, 0, tzinfo=UTC)
    stubs: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.stubs = [
            client_service_pb2_grpc.ClientServiceStub(self.served.channel),
            contact_service_pb2_grpc.ContactServiceStub(self.served.channel),
            team_service_pb2_grpc.TeamServiceStub(self.served.channel),
            assessment_service_pb2_grpc.AssessmentServiceStub(self.served.channel),
            direct_choice_service_pb2_grpc.DirectChoiceServiceStub(self.served.channel),
            guidance_service_pb2_grpc.GuidanceServiceStub(self.served.channel),
            decision_service_pb2_grpc.DecisionServiceStub(self.served.channel),
            representative_service_pb2_grpc.RepresentativeServiceStub(self.served.channel),
            non_disclosure_service_pb2_grpc.NonDisclosureServiceStub(self.served.channel),
            consent_service_pb2_grpc.ConsentServiceStub(self.served.channel),
            relationship_service_pb2_grpc.RelationshipServiceStub(self.served.channel),
            choice_option_service_pb2_grpc.ChoiceOptionServiceStub(self.served.channel),
            coverage_service_pb2_grpc.CoverageServiceStub(self.served.channel),
            deadline_service_pb2_grpc.DeadlineServiceStub(self.served.channel),
        ]

    def call(self, request: Any, *, role: str = "CSW", organisation: UUID | str = P01, subject: str = "") -> Any:
        """Call the method that the request is named for."""
        name = type(request).__name__.removesuffix("Request")
        method = next(getattr(stub, name) for stub in self.stubs if hasattr(stub, name))
        metadata = self.served.as_role(role, organisation=str(organisation), subject=subject)
        return method(request, metadata=metadata, timeout=20)

    def go_to(self, told: str) -> None:
        """Move the clock to nine o'clock in Helsinki of a day."""
        self.at = datetime.combine(date.fromisoformat(told), datetime.min.time(), tzinfo=UTC).replace(hour=7)

    def register(self, code: str = "140318A913J", **more: Any) -> Any:
        """A client of Tampere."""
        request = pb.RegisterClientRequest(identity_code=code, **more)
        request.contact_data.municipality_code = request.contact_data.municipality_code or "837"
        return self.call(request)

    def meet(self, client: Any, organisation: UUID | str = P01) -> None:
        """A professional of the organisation has a contact with the client, which relates them for seven days
        (RELATIONSHIP-1)."""
        request = contact_service_pb2.RecordContactRequest(
            client_id=client.uid,
            channel=contact_pb2.CONTACT_CHANNEL_VISIT,
            initiator=contact_pb2.CONTACT_INITIATOR_SELF,
        )
        self.call(request, role="HSP", organisation=organisation)

    def team(self, *members: team_pb2.Professional) -> Any:
        """A team at U10 and U02."""
        made = self.call(team_service_pb2.CreateTeamRequest(display_name="T1", attached_unit_ids=[str(U10), str(U02)]))
        for one in members or (SOCIAL_WORKER, COUNSELLOR, PSYCHOLOGIST):
            made = self.call(team_service_pb2.AddTeamMemberRequest(name=made.name, professional=one))
        return made

    def started(self, client: Any, **initiation: Any) -> Any:
        """An assessment of the client, initiated and started by a new team under its social worker."""
        made = self.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid, **initiation))
        return self.call(self.starting(made))

    def starting(self, assessment: Any) -> assessment_service_pb2.StartAssessmentRequest:
        """A request that starts the assessment by a new team under its social worker."""
        return assessment_service_pb2.StartAssessmentRequest(
            name=assessment.name,
            team_id=self.team().uid,
            lead_professional_id="T1-SW1",
            participants=[PSYCHOLOGIST],
            performed_at_unit_id=str(U10),
            mode=care_pb2.DELIVERY_MODE_AT_CENTRE,
        )

    def completed(self, client: Any, *services: assessment_pb2.RecommendedService, **initiation: Any) -> Any:
        """A completed assessment of the client that recommends these services."""
        return self.call(self.completion(self.started(client, **initiation), *services))

    def completion(
        self, assessment: Any, *services: assessment_pb2.RecommendedService
    ) -> assessment_service_pb2.CompleteAssessmentRequest:
        """A request that completes the assessment."""
        return assessment_service_pb2.CompleteAssessmentRequest(
            name=assessment.name,
            answers=answers(FUNCTIONAL_CAPACITY=2),
            client_view="as the client sees it",
            conclusion="as we see it",
            recommended=services,
        )


def request_id() -> str:
    """A new request id."""
    return str(uuid4())
