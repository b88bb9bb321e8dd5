"""The people and things that the unit tests of the client service talk about."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from services.client.domain.assessments.assessment import Assessment, Findings, Recommended
from services.client.domain.assessments.checklist import Answer
from services.client.domain.clients.client import Client, ClientState, IdentityKind
from services.client.domain.clients.people import Category, ContactData, Person, Professional, Registry
from services.client.domain.neighbours import CatalogueService
from services.client.domain.teams import Team
from services.kernel.care import Arrangement, DeliveryMode, NeedDomain, Sector

NOW = datetime(2025, 1, 14, 8, 0, tzinfo=UTC)
TODAY = date(2025, 1, 14)
ENTERPRISE = UUID("00000000-0000-4000-8000-000000000001")
COUNTY = {"county_scheme": "MAAKUNTA_2017", "county_code": "06"}

SOCIAL_WORKER = Professional("sw", "sosiaalityöntekijä", Category.SOCIAL_WORKER, Registry.SOCIAL, "S1", ENTERPRISE)
SECOND_SOCIAL_WORKER = Professional("sw2", "sosiaalityöntekijä", Category.SOCIAL_WORKER, Registry.SOCIAL, "S2")
COUNSELLOR = Professional("sc", "sosiaaliohjaaja", Category.OTHER_SOCIAL)
PSYCHOLOGIST = Professional("psy", "psykologi", Category.HEALTH, Registry.HEALTH, "H1")

FAM_WORK = CatalogueService("SOC-FAM-WORK", Sector.SOCIAL, "LAPSIPERHE", frozenset({Arrangement.OWN}))
FAM_HOME = CatalogueService("SOC-FAM-HOME", Sector.SOCIAL, "LAPSIPERHE", frozenset({Arrangement.VOUCHER}))
THERAPY = CatalogueService("HLT-OT", Sector.HEALTH, "TERVEYS", frozenset({Arrangement.VOUCHER, Arrangement.OWN}))
PHYSIO = CatalogueService("HLT-PHYSIO", Sector.HEALTH, "TERVEYS", frozenset({Arrangement.VOUCHER, Arrangement.OWN}))
INPATIENT = CatalogueService("SOC-SUBST-INPAT", Sector.SOCIAL, "PAIHDE", frozenset({Arrangement.VOUCHER}))
CATALOGUE = {one.code: one for one in (FAM_WORK, FAM_HOME, THERAPY, PHYSIO, INPATIENT)}


def client(status: ClientState = ClientState.REGISTERED) -> Client:
    """A client in a state."""
    return Client(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        state=status,
        identity_kind=IdentityKind.PERSONAL_CODE,
        person=Person(birth_date=date(2018, 3, 14)),
        contact_data=ContactData(municipality_code="837"),
        created_at=NOW,
        created_by="somebody",
        updated_at=NOW,
    )


def team(*members: Professional) -> Team:
    """A team whose members joined today."""
    made = Team(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        enterprise_organisation_id=ENTERPRISE,
        display_name="T1",
        attached_unit_ids=(uuid4(),),
        mobile=False,
        area_municipality_codes=(),
        created_at=NOW,
        created_by="somebody",
        updated_at=NOW,
    )
    for one in members:
        made.add_member(one, today=TODAY, now=NOW)
    return made


def assessment() -> Assessment:
    """An assessment just initiated, as in story 1."""
    return Assessment(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        contact_id=None,
        grounds=(),
        pending_date=date(2025, 1, 7),
        start_due=date(2025, 1, 16),
        complete_due=date(2025, 4, 7),
        deadline_rules=("ASM-START-CHILD",),
        repeat_reason="",
        created_at=NOW,
        created_by="somebody",
        updated_at=NOW,
    )


def started(special_support: bool = False, lead: str = "sw") -> Assessment:
    """An assessment started by a full team."""
    made = assessment()
    made.start(
        team=team(SOCIAL_WORKER, COUNSELLOR, PSYCHOLOGIST),
        lead_id=lead,
        participants=(PSYCHOLOGIST,),
        unit_id=None,
        mode=DeliveryMode.AT_CENTRE,
        municipality="837",
        special_support=special_support,
        today=TODAY,
        now=NOW,
    )
    return made


def answers(**levels: int) -> tuple[Answer, ...]:
    """All twelve domains; those named have a need of this level."""
    return tuple(
        Answer(domain, levels.get(domain.value, 0), "text" if levels.get(domain.value) else "") for domain in NeedDomain
    )


def recommended(code: str, arrangement: Arrangement, days: int = 40) -> Recommended:
    """A recommended service that lasts so many days."""
    last = date.fromordinal(date(2025, 3, 1).toordinal() + days - 1)
    return Recommended(code, 5, arrangement, date(2025, 3, 1), last)


def findings(told: tuple[Answer, ...] | None = None, services: tuple[Recommended, ...] = ()) -> Findings:
    """What a complete assessment says."""
    return Findings(
        answers=answers(CARE_AND_UPBRINGING=3, MENTAL_HEALTH=2) if told is None else told,
        client_view="view",
        client_view_missing_reason="",
        conclusion="conclusion",
        recommended=services,
        child_in_household=True,
        informal_carer=False,
    )
