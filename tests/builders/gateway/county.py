"""The gateway with the services it asks for sections: real servers that publish, without their own business."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from google.protobuf.message import Message
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.clock import Clock
from services.chassis.database import sessions_from
from services.chassis.door import Door
from services.chassis.gate import STAFF
from services.chassis.grpc_server import Api
from services.chassis.policy import Policy
from services.chassis.sections import SectionRow, publish_section, read_sections
from services.chassis.settings import ProcessSettings
from services.gateway.operations.keep_contract import keep_contract
from services.gateway.operations.keep_provider import keep_provider
from services.gateway.operations.keep_section import keep_section
from sote.careplan.v1 import careplan_service_pb2_grpc
from sote.client.v1 import client_service_pb2_grpc
from sote.gateway.v1 import gateway_service_pb2, gateway_service_pb2_grpc, record_pb2
from sote.package.v1 import package_service_pb2_grpc
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import section_pb2
from sote.voucher.v1 import voucher_service_pb2_grpc
from tests.api_server import COUNTY, ServedApi, TokenOffice, process_settings, serve_here
from tests.builders.gateway.sections import PROVIDER
from tests.builders.relating import relate

# A provider with a relationship with whoever is asked about.
RELATED = UUID(int=77)
SERVICES = {
    "client": ("ClientService", client_service_pb2_grpc),
    "careplan": ("CareplanService", careplan_service_pb2_grpc),
    "voucher": ("VoucherService", voucher_service_pb2_grpc),
    "package": ("PackageService", package_service_pb2_grpc),
}


class Publisher:
    """One service as the gateway knows it: it publishes sections and answers GetSections."""

    def __init__(self, service: str, engine: Engine, clock: Clock, office: TokenOffice) -> None:
        name, generated = SERVICES[service]
        full_name = f"sote.{service}.v1.{name}"
        self.engine = engine
        self.before: Callable[[], None] = lambda: None
        policy = Policy([full_name], county=COUNTY)
        door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)

        def get_sections(request: Any, context: Any) -> section_pb2.GetSectionsResponse:
            self.before()
            return door.sections(request, context, lambda session, call, client_id: True)

        servicer = getattr(generated, f"{name}Servicer")()
        servicer.GetSections = get_sections
        api = Api(service, [(getattr(generated, f"add_{name}Servicer_to_server"), servicer)], policy, {}, lambda: True)
        self.served, self.stop = serve_here(
            api, process_settings(ProcessSettings, "postgresql://unused", office), office
        )


class County:
    """The gateway and its publishers; `tell` publishes a section, `arrive` is what the bus then brings."""

    def __init__(self, publishers: dict[str, Publisher], gateway: ServedApi, engine: Engine, now: datetime) -> None:
        self.publishers = publishers
        self.gateway = gateway
        self.engine = engine
        self.now = now
        self.stub = gateway_service_pb2_grpc.GatewayServiceStub(gateway.channel)

    def tell(self, client_id: UUID, content: Message) -> SectionRow:
        """Publish a section where it belongs; gives what the bus would bring."""
        publisher = self.publishers[content.DESCRIPTOR.full_name.split(".")[1]]
        with sessions_from(publisher.engine).begin() as session:
            publish_section(session, client_id=client_id, section=content, now=self.now)
            (row,) = read_sections(session, [client_id], [content.DESCRIPTOR.full_name])
        return row

    def arrive(self, *rows: SectionRow) -> list[bool]:
        """The bus brings these, in this order."""

        def act(row: SectionRow) -> Callable[[Session], bool]:
            return lambda session: keep_section(session, section=section_of(row), now=self.now)

        return [self.fold(act(row)) for row in rows]

    def fold(self, act: Callable[[Session], bool]) -> bool:
        """One handler's transaction."""
        with sessions_from(self.engine).begin() as session:
            return act(session)

    def record(
        self, client_id: UUID, *, role: str = "CSW", subject: str = "", organisation: str = "", **asked: Any
    ) -> record_pb2.Record:
        """The client's record as this caller gets it; a provider's staff of a related one unless told."""
        if role in STAFF and not organisation:
            organisation = str(RELATED)
            with sessions_from(self.engine).begin() as session:
                relate(session, client_id, organisation)
        asked = {"purpose": record_pb2.PURPOSE_CARE_AND_SERVICE, **asked}
        request = gateway_service_pb2.GetRecordRequest(client_id=str(client_id), **asked)
        metadata = self.gateway.as_role(role, subject=subject, organisation=organisation or "county")
        return self.stub.GetRecord(request, metadata=metadata, timeout=10)


def section_of(row: SectionRow) -> section_pb2.Section:
    """A section as the chassis hands it to the handler."""
    section = section_pb2.Section(client_id=str(row.client_id), section=row.name, version=row.version, body=row.body)
    section.as_of.FromDatetime(row.as_of)
    return section


def know_provider(county: County) -> None:
    facts = provider.ProviderFacts(provider_id=str(PROVIDER), display_name="Perhepalvelu Oy", version=3)
    line = contract_pb2.ServiceLineFacts(service_code="SOC-FAM-WORK")
    contract = provider.ContractFacts(
        contract_id=str(uuid4()), provider_id=str(PROVIDER), state=contract_pb2.CONTRACT_STATE_ACTIVE, lines=[line],
        version=1, valid_from={"year": 2025, "month": 1, "day": 1}, valid_to={"year": 2025, "month": 12, "day": 31},
    )  # fmt: skip
    assert not county.fold(lambda session: keep_contract(session, facts=contract))
    assert county.fold(lambda session: keep_provider(session, facts=facts))
