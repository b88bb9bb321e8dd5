"""Loads data/ through the public api of the provider service, each act by whom the rules let do it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import yaml

from cli.stories import reference
from cli.stories.values import day
from services.provider.__main__ import build_api
from services.provider.settings import Settings
from sote.provider.v1 import (
    condition_pb2,
    condition_service_pb2,
    contract_pb2,
    contract_service_pb2,
    provider_pb2,
    service_catalogue_service_pb2,
)
from sote.provider.v1 import provider_service_pb2 as pb
from sote.provider.v1.condition_service_pb2_grpc import ConditionServiceStub
from sote.provider.v1.contract_service_pb2_grpc import ContractServiceStub
from sote.provider.v1.provider_service_pb2_grpc import ProviderServiceStub
from sote.provider.v1.sanction_service_pb2_grpc import SanctionServiceStub
from sote.provider.v1.service_catalogue_service_pb2_grpc import ServiceCatalogueServiceStub
from tests.api_server import ServedApi, TokenOffice, process_settings, serve_here

DATA = Path(__file__).resolve().parents[3] / "data"
WORLD = DATA / "world" / "pirkanmaa"


def read(path: Path) -> Any:
    """A data file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Stubs:
    """Every method about providers, the catalogue, conditions, contracts and sanctions, whichever service has it."""

    def __init__(self, channel: grpc.Channel) -> None:
        for stub in (
            ProviderServiceStub(channel),
            ServiceCatalogueServiceStub(channel),
            ConditionServiceStub(channel),
            ContractServiceStub(channel),
            SanctionServiceStub(channel),
        ):
            self.__dict__.update(vars(stub))


class Loader:
    """One api, the county's files, and the ids that come back."""

    def __init__(self, stub: Any, as_role: Callable[..., Any]) -> None:
        self.stub = stub
        self.as_role = as_role
        self.sets: dict[str, condition_pb2.ConditionSet] = {}
        self.providers: dict[str, provider_pb2.Provider] = {}
        self.units: dict[str, str] = {}
        self.contracts: dict[str, contract_pb2.Contract] = {}

    def through(self, served: ServedApi) -> "Loader":
        """What this one loaded, in a copy of its database behind another api."""
        other = Loader(Stubs(served.channel), served.as_role)
        for name in ("sets", "providers", "units", "contracts"):
            setattr(other, name, dict(getattr(self, name)))
        return other

    def call(self, method: str, request: Any, role: str = "CON", **who: Any) -> Any:
        """Call a method in a role."""
        return getattr(self.stub, method)(request, metadata=self.as_role(role, **who), timeout=10)

    def load_all(self) -> None:
        """The whole county, in the order its parts need one another."""
        self.load_catalogue()
        self.load_condition_sets()
        self.load_providers()
        self.load_contracts()

    def load_catalogue(self) -> None:
        """Every service of the catalogue."""
        for row in read(DATA / "catalogue.yaml")["services"]:
            self.call(
                "PutCatalogueService",
                service_catalogue_service_pb2.PutCatalogueServiceRequest(service=reference.catalogue_service(row)),
            )

    def load_condition_sets(self) -> None:
        """Every scope's conditions, drafted and published."""
        file = read(WORLD / "condition_sets.yaml")
        conditions = {row["code"]: reference.condition(row) for row in file["conditions"]}
        for row in file["condition_sets"]:
            drafted = self.call(
                "DraftConditionSet",
                condition_service_pb2.DraftConditionSetRequest(
                    scope=row["scope"],
                    conditions=[conditions[code] for code in row["conditions"]],
                    clauses=[reference.clause(one) for one in row["clauses"]],
                    valid_from=day(row["valid_from"]),
                ),
            )
            request = condition_service_pb2.PublishConditionSetRequest(name=drafted.name, etag=drafted.etag)
            self.sets[row["scope"]] = self.call("PublishConditionSet", request)

    def load_providers(self) -> None:
        """Every provider with units and evidence, approved."""
        units = read(WORLD / "units.yaml")["units"]
        for row in read(WORLD / "providers.yaml")["providers"]:
            self.load_provider(row, [unit for unit in units if unit["provider"] == row["id"]])

    def load_provider(self, row: Any, units: list[Any]) -> None:
        """One provider with these units and its evidence, approved."""
        applied = self.call("ApplyProvider", application(row))
        for unit in units:
            changed = self.call("AddServiceUnit", self.unit_request(applied.name, unit))
            self.units[unit["code"]] = changed.units[-1].uid
        for code in row["evidence"]["met"]:
            self.call(
                "RecordEvidence",
                condition_service_pb2.RecordEvidenceRequest(
                    provider_id=applied.uid,
                    condition_code=code,
                    state=condition_pb2.EVIDENCE_STATE_MET,
                    valid_to=day(row["evidence"]["valid_to"]),
                ),
            )
        self.providers[row["id"]] = self.call("ApproveProvider", pb.ApproveProviderRequest(name=applied.name))

    def unit_request(self, name: str, unit: Any) -> pb.AddServiceUnitRequest:
        """The unit a row of the file asks for."""
        return pb.AddServiceUnitRequest(name=name, unit=reference.service_unit(unit))

    def line(self, service_code: str, cents: int, unit_ids: list[str] | None = None) -> contract_pb2.ServiceLineFacts:
        """A voucher line."""
        return contract_pb2.ServiceLineFacts(
            service_code=service_code, unit_price=reference.money(cents), voucher=True, unit_ids=unit_ids or []
        )

    def load_contracts(self) -> None:
        """Every contract, drafted, accepted by its provider and activated."""
        for row in read(WORLD / "contracts.yaml")["contracts"]:
            drafted = self.call("DraftContract", self.contract_request(row))
            self.accept(drafted)
            self.contracts[row["id"]] = self.call(
                "ActivateContract", contract_service_pb2.ActivateContractRequest(name=drafted.name)
            )

    def contract_request(self, row: Any, **more: Any) -> contract_service_pb2.DraftContractRequest:
        """The draft a row of the file asks for."""
        values: dict[str, Any] = {
            "provider_id": self.providers[row["provider"]].uid,
            "kind": contract_pb2.ContractKind.Value(f"CONTRACT_KIND_{row['kind']}"),
            "condition_set_id": self.sets[row["condition_set"]].uid,
            "lines": [reference.service_line(one, self.units) for one in row["lines"]],
            "clauses": [reference.clause(one) for one in row["clauses"]],
            "valid_from": day(row["valid_from"]),
            "valid_to": day(row["valid_to"]),
            "notice_days": row["notice_days"],
        }
        return contract_service_pb2.DraftContractRequest(**(values | more))

    def accept(self, drafted: contract_pb2.Contract, **more: Any) -> contract_pb2.Contract:
        """The provider accepts what it was given."""
        values: dict[str, Any] = {
            "name": drafted.name,
            "condition_set_id": drafted.condition_set_id,
            "condition_set_number": drafted.condition_set_number,
            "clause_codes": [one.code for one in drafted.clauses],
        }
        request = contract_service_pb2.AcceptConditionsRequest(**(values | more))
        accepted: contract_pb2.Contract = self.call(
            "AcceptConditions", request, role="PRV", organisation=drafted.provider_id
        )
        return accepted


def application(row: Any, **more: Any) -> pb.ApplyProviderRequest:
    """A row of data/world/*/providers.yaml."""
    told = row["registration"]
    values: dict[str, Any] = {
        "business_id": row["business_id"],
        "display_name": row["display_name"],
        "ownership": provider_pb2.Ownership.Value(f"OWNERSHIP_{row['ownership']}"),
        "roles": [provider_pb2.ProviderRole.Value(f"PROVIDER_ROLE_{role}") for role in row["roles"]],
        "oid": row["oid"],
        "registration": provider_pb2.SupervisoryRegistration(
            register=told["register"],
            number=told["number"],
            from_date=day(told["from_date"]),
            state=provider_pb2.RegistrationState.Value(f"REGISTRATION_STATE_{told['status']}"),
        ),
        "prepayment_register": row["prepayment_register"],
        "insurance_valid_to": day(row["insurance_valid_to"]),
    }
    return pb.ApplyProviderRequest(**(values | more))


@contextmanager
def loading(url: str, office: TokenOffice, *, now: datetime = datetime(2025, 1, 2, 8, tzinfo=UTC)) -> Iterator[Loader]:
    """A loader of a database whose api is served as long as it loads, its clock at `now`."""
    settings = process_settings(Settings, url, office)
    assert isinstance(settings, Settings)
    served, stop = serve_here(build_api(settings, lambda: now), settings, office)
    try:
        yield Loader(Stubs(served.channel), served.as_role)
    finally:
        stop()
