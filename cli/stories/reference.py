"""Reads the reference data files of a county: catalogue, providers, contracts, teams, budgets and packages."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from google.type.date_pb2 import Date

from cli.county.places import CHECKOUT
from cli.stories.values import day
from services.chassis.words import value_of, values_of
from sote.package.v1 import package_pb2
from sote.provider.v1 import catalogue_pb2, clause_pb2, condition_pb2, contract_pb2, provider_pb2
from sote.type.v1 import care_pb2, money_pb2

Entry = Mapping[str, Any]
DATA = CHECKOUT / "data"
WORLD = DATA / "world" / "pirkanmaa"


def entries(path: Path, key: str) -> list[dict[str, Any]]:
    """The list under `key` of a data file."""
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text())[key]
    return found


def modes(codes: list[str]) -> "list[care_pb2.DeliveryMode.ValueType]":
    """Delivery modes by name."""
    return values_of(care_pb2.DeliveryMode, codes)


def money(cents: int) -> money_pb2.Money:
    """An amount in euro cents."""
    return money_pb2.Money(cents=cents, currency_code="EUR")


def optional_day(value: date | None) -> Date | None:
    """A date on the wire, or nothing."""
    return day(value) if value else None


def catalogue_service(entry: Entry) -> catalogue_pb2.CatalogueService:
    """One care service of the catalogue (CATALOGUE-3)."""
    return catalogue_pb2.CatalogueService(
        service_code=entry["code"],
        name_fi=entry["name_fi"],
        name_en=entry["name_en"],
        sector=value_of(care_pb2.Sector, entry["sector"]),
        level=value_of(care_pb2.CareLevel, entry["level"]),
        task=value_of(care_pb2.ServiceTask, entry["task"]),
        sensitive=entry["sensitive"],
        arrangements=[value_of(care_pb2.Arrangement, code) for code in entry["arrangements"]],
        unit=value_of(care_pb2.CareUnit, entry["unit"]),
        reference_price=money(entry["reference_price_cents"]),
        fee_rule=entry["fee_rule"],
        statutory_right=entry["statutory_right"],
    )


def service_unit(entry: Entry) -> provider_pb2.ServiceUnit:
    """One unit of a provider (STORY-10)."""
    return provider_pb2.ServiceUnit(
        code=entry["code"],
        display_name=entry["display_name"],
        oid=entry["oid"],
        kind=value_of(provider_pb2.UnitKind, entry["kind"]),
        municipality_code=entry["municipality_code"],
        modes=modes(entry["modes"]),
        languages=entry["languages"],
        capacity=entry["capacity"],
        area_municipality_codes=entry["area_municipality_codes"],
        accessibility=[value_of(provider_pb2.Accessibility, code) for code in entry.get("accessibility", [])],
    )


def condition(entry: Entry) -> condition_pb2.Condition:
    """One condition providers must meet."""
    return condition_pb2.Condition(
        code=entry["code"],
        text=entry["text"],
        kind=value_of(condition_pb2.ConditionKind, entry["kind"]),
        mandatory=entry["mandatory"],
        evidence_kind=entry["evidence_kind"],
        metric=entry.get("metric", ""),
        threshold=entry.get("threshold", 0),
        renewal_months=entry["renewal_months"],
    )


def clause(entry: Entry) -> clause_pb2.ClauseFacts:
    """One cooperation clause."""
    return clause_pb2.ClauseFacts(code=entry["code"], parameters=entry.get("parameters", {}))


def service_line(entry: Entry, units: Mapping[str, str]) -> contract_pb2.ServiceLineFacts:
    """One line of a contract."""
    return contract_pb2.ServiceLineFacts(
        service_code=entry["service_code"],
        unit_ids=[units[code] for code in entry["units"]],
        unit_price=money(entry["unit_price_cents"]),
        voucher=entry["voucher"],
        capacity=entry["capacity"],
        max_new_clients_month=entry.get("max_new_clients_month", 0),
    )


def package_content(entry: Entry, providers: Mapping[str, str], units: Mapping[str, str]) -> package_pb2.PackageContent:
    """A package template (PACKAGE-8) with the providers and units of this world."""
    coordinator = entry["coordinator"]
    return package_pb2.PackageContent(
        name_fi=entry["name_fi"],
        name_en=entry["name_en"],
        name_sv=entry["name_sv"],
        client_group=value_of(package_pb2.ClientGroup, entry["client_group"]),
        goals=entry["goals"],
        criteria=_criteria(entry["criteria"]),
        coordinator=package_pb2.Coordinator(
            provider_id=providers[coordinator["provider"]], unit_id=units[coordinator["unit"]]
        ),
        members=[_member(member, providers, units) for member in entry["members"]],
        items=[_item(item) for item in entry["items"]],
        envelope=money(entry["envelope_cents"]),
        single_unit=entry["single_unit"],
        indicators=entry["indicators"],
    )


def _criteria(entry: Entry) -> package_pb2.EntryCriteria:
    known = {key: value for key, value in entry.items() if key != "need_domains"}
    domains = [value_of(care_pb2.NeedDomain, code) for code in entry.get("need_domains", [])]
    return package_pb2.EntryCriteria(need_domains=domains, **known)


def _member(entry: Entry, providers: Mapping[str, str], units: Mapping[str, str]) -> package_pb2.NetworkMember:
    return package_pb2.NetworkMember(
        provider_id=providers[entry["provider"]],
        unit_id=units[entry["unit"]] if entry.get("unit") else "",
        role=entry["role"],
        item_codes=entry["item_codes"],
    )


def _item(entry: Entry) -> package_pb2.PackageItem:
    return package_pb2.PackageItem(
        item_code=entry["item_code"],
        service_code=entry["service_code"],
        units=entry["units"],
        unit=value_of(care_pb2.CareUnit, entry["unit"]),
        duration_months=entry["duration_months"],
        arrangement=value_of(care_pb2.Arrangement, entry["arrangement"]),
        modes=modes(entry["modes"]),
        mandatory=entry["mandatory"],
        depends_on=entry.get("depends_on", ""),
        unit_cost=money(entry["unit_cost_cents"]),
    )
