"""Loads data/ through the public api of the provider service, each act by whom the rules let do it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from google.type.date_pb2 import Date

from sote.provider.v1 import catalogue_pb2, condition_pb2, contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as facts
from sote.provider.v1 import provider_service_pb2 as pb
from sote.type.v1 import care_pb2 as care
from sote.type.v1.money_pb2 import Money

DATA = Path(__file__).resolve().parents[3] / "data"
WORLD = DATA / "world" / "pirkanmaa"


def read(path: Path) -> Any:
    """A data file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def day(value: date) -> Date:
    """A calendar date on the wire."""
    return Date(year=value.year, month=value.month, day=value.day)


class Loader:
    """One api, the county's files, and the ids that come back."""

    def __init__(self, stub: Any, as_role: Callable[..., Any]) -> None:
        self.stub = stub
        self.as_role = as_role
        self.sets: dict[str, condition_pb2.ConditionSet] = {}
        self.providers: dict[str, provider_pb2.Provider] = {}
        self.units: dict[str, str] = {}
        self.contracts: dict[str, contract_pb2.Contract] = {}

    def call(self, method: str, request: Any, role: str = "CON", **who: Any) -> Any:
        """Call a method in a role."""
        return getattr(self.stub, method)(request, metadata=self.as_role(role, **who), timeout=10)

    def load_catalogue(self) -> None:
        """Every service of the catalogue."""
        for row in read(DATA / "catalogue.yaml")["services"]:
            self.call("PutCatalogueService", pb.PutCatalogueServiceRequest(service=catalogue_service(row)))

    def load_condition_sets(self) -> None:
        """Every scope's conditions, drafted and published."""
        file = read(WORLD / "condition_sets.yaml")
        conditions = {row["code"]: condition(row) for row in file["conditions"]}
        for row in file["condition_sets"]:
            drafted = self.call(
                "DraftConditionSet",
                pb.DraftConditionSetRequest(
                    scope=row["scope"],
                    conditions=[conditions[code] for code in row["conditions"]],
                    clauses=[clause(one) for one in row["clauses"]],
                    valid_from=day(row["valid_from"]),
                ),
            )
            request = pb.PublishConditionSetRequest(name=drafted.name, etag=drafted.etag)
            self.sets[row["scope"]] = self.call("PublishConditionSet", request)

    def load_providers(self) -> None:
        """Every provider with units and evidence, approved."""
        units = read(WORLD / "units.yaml")["units"]
        for row in read(WORLD / "providers.yaml")["providers"]:
            self._load_provider(row, [unit for unit in units if unit["provider"] == row["id"]])

    def _load_provider(self, row: Any, units: list[Any]) -> None:
        applied = self.call("ApplyProvider", application(row))
        for unit in units:
            changed = self.call("AddServiceUnit", pb.AddServiceUnitRequest(name=applied.name, unit=service_unit(unit)))
            self.units[unit["code"]] = changed.units[-1].uid
        for code in row["evidence"]["met"]:
            self.call(
                "RecordEvidence",
                pb.RecordEvidenceRequest(
                    provider_id=applied.uid,
                    condition_code=code,
                    status=condition_pb2.EVIDENCE_STATUS_MET,
                    valid_to=day(row["evidence"]["valid_to"]),
                ),
            )
        self.providers[row["id"]] = self.call("ApproveProvider", pb.ApproveProviderRequest(name=applied.name))

    def load_contracts(self) -> None:
        """Every contract, drafted, accepted by its provider and activated."""
        for row in read(WORLD / "contracts.yaml")["contracts"]:
            drafted = self.call("DraftContract", self.contract_request(row))
            self.accept(drafted)
            self.contracts[row["id"]] = self.call("ActivateContract", pb.ActivateContractRequest(name=drafted.name))

    def contract_request(self, row: Any, **more: Any) -> pb.DraftContractRequest:
        """The draft a row of the file asks for."""
        values: dict[str, Any] = {
            "provider_id": self.providers[row["provider"]].uid,
            "kind": facts.ContractKind.Value(f"CONTRACT_KIND_{row['kind']}"),
            "condition_set_id": self.sets[row["condition_set"]].uid,
            "lines": [line(one, self.units) for one in row["lines"]],
            "clauses": [clause(one) for one in row["clauses"]],
            "valid_from": day(row["valid_from"]),
            "valid_to": day(row["valid_to"]),
            "notice_days": row["notice_days"],
        }
        return pb.DraftContractRequest(**(values | more))

    def accept(self, drafted: contract_pb2.Contract, **more: Any) -> contract_pb2.Contract:
        """The provider accepts what it was given."""
        values: dict[str, Any] = {
            "name": drafted.name,
            "condition_set_id": drafted.condition_set_id,
            "condition_set_number": drafted.condition_set_number,
            "clause_codes": [one.code for one in drafted.clauses],
        }
        request = pb.AcceptConditionsRequest(**(values | more))
        accepted: contract_pb2.Contract = self.call(
            "AcceptConditions", request, role="PRV", organisation=drafted.provider_id
        )
        return accepted


def catalogue_service(row: Any) -> catalogue_pb2.CatalogueService:
    """A row of data/catalogue.yaml."""
    return catalogue_pb2.CatalogueService(
        service_code=row["code"],
        name_fi=row["name_fi"],
        name_en=row["name_en"],
        sector=care.Sector.Value(f"SECTOR_{row['sector']}"),
        level=care.CareLevel.Value(f"CARE_LEVEL_{row['level']}"),
        task=care.ServiceTask.Value(f"SERVICE_TASK_{row['task']}"),
        sensitive=row["sensitive"],
        arrangements=[care.Arrangement.Value(f"ARRANGEMENT_{one}") for one in row["arrangements"]],
        unit=care.CareUnit.Value(f"CARE_UNIT_{row['unit']}"),
        reference_price=Money(cents=row["reference_price_cents"]),
        fee_rule=row["fee_rule"],
        statutory_right=row["statutory_right"],
    )


def condition(row: Any) -> condition_pb2.Condition:
    """A condition of the file."""
    values = {**row, "kind": condition_pb2.ConditionKind.Value(f"CONDITION_KIND_{row['kind']}")}
    return condition_pb2.Condition(**values)


def clause(row: Any) -> facts.ClauseFacts:
    """A clause of a file."""
    return facts.ClauseFacts(code=row["code"], parameters=row.get("parameters", {}))


def line(row: Any, units: dict[str, str]) -> facts.ServiceLineFacts:
    """A line of a contract of the file."""
    return facts.ServiceLineFacts(
        service_code=row["service_code"],
        unit_ids=[units[code] for code in row["units"]],
        unit_price=Money(cents=row["unit_price_cents"]),
        voucher=row["voucher"],
        capacity=row["capacity"],
    )


def application(row: Any, **more: Any) -> pb.ApplyProviderRequest:
    """A row of data/world/*/providers.yaml."""
    told = row["registration"]
    values: dict[str, Any] = {
        "business_id": row["business_id"],
        "display_name": row["display_name"],
        "ownership": facts.Ownership.Value(f"OWNERSHIP_{row['ownership']}"),
        "roles": [facts.ProviderRole.Value(f"PROVIDER_ROLE_{role}") for role in row["roles"]],
        "oid": row["oid"],
        "registration": provider_pb2.SupervisoryRegistration(
            register=told["register"],
            number=told["number"],
            from_date=day(told["from_date"]),
            status=provider_pb2.RegistrationStatus.Value(f"REGISTRATION_STATUS_{told['status']}"),
        ),
        "prepayment_register": row["prepayment_register"],
        "insurance_valid_to": day(row["insurance_valid_to"]),
    }
    return pb.ApplyProviderRequest(**(values | more))


def service_unit(row: Any) -> provider_pb2.ServiceUnit:
    """A row of data/world/*/units.yaml."""
    values = {key: value for key, value in row.items() if key not in {"provider", "kind", "modes"}}
    return provider_pb2.ServiceUnit(
        **values,
        kind=facts.UnitKind.Value(f"UNIT_KIND_{row['kind']}"),
        modes=[care.DeliveryMode.Value(f"DELIVERY_MODE_{mode}") for mode in row["modes"]],
    )
