"""Loads a county through its public APIs from the reference data; loading twice is loading once."""

from dataclasses import dataclass, field
from datetime import date

from cli.stories import reference
from cli.stories.apis import Apis
from cli.stories.money_rules import load_money_rules
from cli.stories.player import Player
from cli.stories.reference import DATA, WORLD, Entry, entries
from cli.stories.values import day
from services.chassis.identity import Caller
from services.chassis.words import value_of
from sote.client.v1 import team_pb2, team_service_pb2
from sote.package.v1 import package_service_pb2 as package
from sote.provider.v1 import (
    condition_pb2,
    condition_service_pb2,
    contract_pb2,
    contract_service_pb2,
    provider_pb2,
    service_catalogue_service_pb2,
)
from sote.provider.v1 import provider_service_pb2 as provider
from sote.type.v1 import care_pb2
from sote.voucher.v1 import budget_service_pb2 as budget

LOADED_ON = date(2025, 1, 2)
STAFF_ROLES = {"INTERNAL_ASSIGNMENT": "CSW", "DIRECT_CHOICE": "HSP"}


@dataclass(frozen=True)
class LoadedTeam:
    """A multi-professional team."""

    team_id: str
    members: dict[str, team_pb2.Professional]
    """Professionals by category (SOCIAL_WORKER, OTHER_SOCIAL, HEALTH), the first of each."""


@dataclass(frozen=True)
class World:
    """Ids of what was loaded, by the codes of the reference data (P01, U10, T1, FAMILY_CENTRE)."""

    providers: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    teams: dict[str, LoadedTeam] = field(default_factory=dict)
    packages: dict[str, str] = field(default_factory=dict)

    def code_of(self, provider_id: str) -> str:
        """The code of a provider, as the stories name it; empty for one they do not know."""
        return next((code for code, uid in self.providers.items() if uid == provider_id), "")


def load_world(play: Player, apis: Apis) -> World:
    """Everything from the catalogue and its values and fees to the packages, in the order they need one another."""
    play.on(LOADED_ON)
    world = World()
    manager = play.actor("contract-manager-1", "CON", "county")
    for entry in entries(DATA / "catalogue.yaml", "services"):
        request = service_catalogue_service_pb2.PutCatalogueServiceRequest(service=reference.catalogue_service(entry))
        play.do(f"catalogue {entry['code']}", manager, apis.catalogue.PutCatalogueService, request)
    load_money_rules(play, apis)
    sets = _condition_sets(play, apis, manager)
    _providers(play, apis, manager, world)
    for entry in entries(WORLD / "contracts.yaml", "contracts"):
        _contract(play, apis, manager, world, entry, sets[entry["condition_set"]])
    for entry in entries(WORLD / "teams.yaml", "teams"):
        world.teams[entry["id"]] = _team(play, apis, world, entry)
    for entry in entries(WORLD / "budget.yaml", "budgets"):
        _budget(play, apis, entry)
    for entry in entries(DATA / "packages.yaml", "packages"):
        world.packages[entry["code"]] = _package(play, apis, world, entry)
    return world


def find_world(play: Player, apis: Apis) -> World:
    """Who is who in a county that is loaded already; changes nothing, not even the clock."""
    anybody = play.actor("looking", "SYS", "county")
    listed = play.ask(anybody, apis.provider.ListProviders, provider.ListProvidersRequest(page_size=500)).providers
    codes = {entry["business_id"]: entry["id"] for entry in entries(WORLD / "providers.yaml", "providers")}
    known = [listing for listing in listed if listing.business_id in codes]
    return World(
        providers={codes[listing.business_id]: listing.uid for listing in known},
        units={unit.code: unit.uid for listing in known for unit in listing.units},
    )


def _condition_sets(play: Player, apis: Apis, manager: Caller) -> dict[str, condition_pb2.ConditionSet]:
    path = WORLD / "condition_sets.yaml"
    conditions = {entry["code"]: reference.condition(entry) for entry in entries(path, "conditions")}
    published = {}
    for entry in entries(path, "condition_sets"):
        draft = condition_service_pb2.DraftConditionSetRequest(
            scope=entry["scope"],
            conditions=[conditions[code] for code in entry["conditions"]],
            clauses=[reference.clause(clause) for clause in entry["clauses"]],
            valid_from=day(entry["valid_from"]),
        )
        drafted = play.do(f"draft conditions {entry['scope']}", manager, apis.conditions.DraftConditionSet, draft)
        publish = condition_service_pb2.PublishConditionSetRequest(name=drafted.name)
        step = f"publish conditions {entry['scope']}"
        published[entry["scope"]] = play.do(step, manager, apis.conditions.PublishConditionSet, publish)
    return published


def _providers(play: Player, apis: Apis, manager: Caller, world: World) -> None:
    for entry in entries(WORLD / "providers.yaml", "providers"):
        applied = play.do(f"apply {entry['id']}", manager, apis.provider.ApplyProvider, _application(entry))
        world.providers[entry["id"]] = applied.uid
    for unit in entries(WORLD / "units.yaml", "units"):
        name = f"providers/{world.providers[unit['provider']]}"
        add = provider.AddServiceUnitRequest(name=name, unit=reference.service_unit(unit))
        changed = play.do(f"unit {unit['code']}", manager, apis.provider.AddServiceUnit, add)
        world.units[unit["code"]] = next(added.uid for added in changed.units if added.code == unit["code"])
    for entry in entries(WORLD / "providers.yaml", "providers"):
        for code in entry["evidence"]["met"]:
            evidence = condition_service_pb2.RecordEvidenceRequest(
                provider_id=world.providers[entry["id"]],
                condition_code=code,
                state=condition_pb2.EVIDENCE_STATE_MET,
                valid_to=day(entry["evidence"]["valid_to"]),
            )
            play.do(f"evidence {entry['id']} {code}", manager, apis.conditions.RecordEvidence, evidence)
        approve = provider.ApproveProviderRequest(name=f"providers/{world.providers[entry['id']]}")
        play.do(f"approve {entry['id']}", manager, apis.provider.ApproveProvider, approve)


def _application(entry: Entry) -> provider.ApplyProviderRequest:
    registration = entry["registration"]
    return provider.ApplyProviderRequest(
        business_id=entry["business_id"],
        display_name=entry["display_name"],
        ownership=value_of(provider_pb2.Ownership, entry["ownership"]),
        roles=[value_of(provider_pb2.ProviderRole, code) for code in entry["roles"]],
        oid=entry["oid"],
        registration=provider_pb2.SupervisoryRegistration(
            register=registration["register"],
            number=registration["number"],
            from_date=day(registration["from_date"]),
            state=value_of(provider_pb2.RegistrationState, registration["status"]),
        ),
        prepayment_register=entry["prepayment_register"],
        insurance_valid_to=reference.optional_day(entry["insurance_valid_to"]),
    )


def _contract(
    play: Player, apis: Apis, manager: Caller, world: World, entry: Entry, conditions: condition_pb2.ConditionSet
) -> None:
    draft = contract_service_pb2.DraftContractRequest(
        provider_id=world.providers[entry["provider"]],
        kind=value_of(contract_pb2.ContractKind, entry["kind"]),
        condition_set_id=conditions.uid,
        lines=[reference.service_line(line, world.units) for line in entry["lines"]],
        clauses=[reference.clause(clause) for clause in entry["clauses"]],
        valid_from=day(entry["valid_from"]),
        valid_to=day(entry["valid_to"]),
        notice_days=entry["notice_days"],
    )
    drafted = play.do(f"draft {entry['id']}", manager, apis.contracts.DraftContract, draft)
    role = STAFF_ROLES.get(entry["kind"], "PRV")
    staff = play.actor(f"staff-{entry['provider']}", role, world.providers[entry["provider"]])
    accept = contract_service_pb2.AcceptConditionsRequest(
        name=drafted.name,
        condition_set_id=conditions.uid,
        condition_set_number=conditions.number,
        clause_codes=[clause.code for clause in drafted.clauses],
    )
    play.do(f"accept {entry['id']}", staff, apis.contracts.AcceptConditions, accept)
    activate = contract_service_pb2.ActivateContractRequest(name=drafted.name)
    play.do(f"activate {entry['id']}", manager, apis.contracts.ActivateContract, activate)


def _team(play: Player, apis: Apis, world: World, entry: Entry) -> LoadedTeam:
    official = play.actor("social-worker-1", "CSW", world.providers["P01"])
    create = team_service_pb2.CreateTeamRequest(
        display_name=entry["display_name"],
        attached_unit_ids=[world.units[code] for code in entry["attached_units"]],
        mobile=entry["mobile"],
        area_municipality_codes=entry["area_municipality_codes"],
    )
    team = play.do(f"team {entry['id']}", official, apis.teams.CreateTeam, create)
    members: dict[str, team_pb2.Professional] = {}
    for member in entry["members"]:
        professional = team_pb2.Professional(
            professional_id=member["professional_id"],
            title=member["title"],
            category=value_of(team_pb2.ProfessionalCategory, member["category"]),
            registry=value_of(team_pb2.ProfessionalRegistry, member["registry"]),
            registry_number=member["registry_number"],
            organisation_id=world.providers["P01"],
        )
        members.setdefault(member["category"], professional)
        add = team_service_pb2.AddTeamMemberRequest(name=team.name, professional=professional)
        play.do(f"member {member['professional_id']}", official, apis.teams.AddTeamMember, add)
    return LoadedTeam(team.uid, members)


def _budget(play: Player, apis: Apis, entry: Entry) -> None:
    treasurer = play.actor("finance-1", "FIN", "county")
    lines = [
        budget.NewBudgetLine(
            code=line["code"],
            title=line["title"],
            service_tasks=[value_of(care_pb2.ServiceTask, code) for code in line["service_tasks"]],
            service_codes=line["service_codes"],
            planned=reference.money(line["planned_cents"]),
        )
        for line in entry["lines"]
    ]
    create = budget.CreateBudgetRequest(fiscal_year=entry["fiscal_year"], lines=lines)
    created = play.do(f"budget {entry['fiscal_year']}", treasurer, apis.budget.CreateBudget, create)
    if entry["status"] == "APPROVED":
        approve = budget.ApproveBudgetRequest(name=created.name)
        play.do(f"approve budget {entry['fiscal_year']}", treasurer, apis.budget.ApproveBudget, approve)


def _package(play: Player, apis: Apis, world: World, entry: Entry) -> str:
    steering = play.actor("steering-1", "STE", "county")
    content = reference.package_content(entry, world.providers, world.units)
    draft = package.DraftPackageRequest(code=entry["code"], content=content)
    drafted = play.do(f"draft {entry['code']}", steering, apis.package.DraftPackage, draft)
    if entry["publish"]:
        publish = package.PublishPackageRequest(name=drafted.name)
        play.do(f"publish {entry['code']}", steering, apis.package.PublishPackage, publish)
    return drafted.uid
