"""Plans and what belongs to them, made up for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.careplan.domain.consultations.consultation import Consultation, ConsultationState
from services.careplan.domain.plans.content import Content, Goal, Part, ServiceLine
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind
from services.kernel.care import Arrangement, CareUnit, NeedDomain

NOW = datetime(2025, 2, 27, 10, 0, tzinfo=UTC)
TODAY = date(2025, 2, 27)
FIRST, LAST = date(2025, 3, 1), date(2025, 8, 31)
RULES = Rules()


def uid(number: int) -> UUID:
    """An id one can recognise."""
    return UUID(int=number)


CLIENT, ENTERPRISE, HELPER, SUPPORTER, DOCTOR = uid(1), uid(101), uid(105), uid(110), uid(102)
GOAL = Goal(uid(40), "School goes well.", (NeedDomain.MENTAL_HEALTH,), -2, 1)


def line(number: int, code: str, arrangement: Arrangement, provider: UUID | None, units: int) -> ServiceLine:
    """A service line with the id `number`."""
    told: dict[str, Any] = {"from_date": FIRST, "to_date": LAST, "unit": CareUnit.HOUR}
    return ServiceLine(
        plan_service_id=uid(number),
        service_code=code,
        arrangement=arrangement,
        provider_id=provider,
        units=units,
        **told,
    )


OWN = line(11, "SOC-FAM-WORK", Arrangement.OWN, ENTERPRISE, 32)
VOUCHER = line(12, "SOC-FAM-HOME", Arrangement.VOUCHER, None, 40)
PURCHASE = line(13, "SOC-FAM-SUPP", Arrangement.PURCHASE, SUPPORTER, 6)
GP = line(14, "HLT-GP", Arrangement.DIRECT_CHOICE, DOCTOR, 0)
FULL = Content((GOAL,), (OWN, VOUCHER, PURCHASE, GP), "I want to be with friends.")


def plan(draft: Content = FULL, **more: Any) -> Plan:
    """A drafted plan of the county enterprise."""
    made = Plan(
        id=uid(2),
        number="AS-06-000001",
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=CLIENT,
        operator_organisation_id=ENTERPRISE,
        operator_unit_id=uid(3),
        operator_kind=OperatorKind.COUNTY_ENTERPRISE,
        assessment_id=uid(4),
        created_at=NOW,
        created_by="somebody",
        updated_at=NOW,
        draft=draft,
    )
    for name, value in more.items():
        setattr(made, name, value)
    return made


def asked(made: Plan, provider: UUID, part: Part, state: ConsultationState = ConsultationState.AGREED) -> Consultation:
    """A consultation of a provider about its part."""
    return Consultation(
        id=uid(900 + provider.int),
        plan_id=made.id,
        client_id=made.client_id,
        provider_id=provider,
        for_major=made.major + 1,
        part_digest=part.digest,
        plan_service_ids=tuple(one.plan_service_id for one in part.lines),
        due=date(2025, 3, 10),
        created_at=NOW,
        state=state,
    )


def active(draft: Content = FULL) -> Plan:
    """A plan whose first version is in force."""
    made = plan(draft)
    parts = made.start_consultation()
    answers = [asked(made, provider, part) for provider, part in parts.items()]
    made.activate(answers, now=NOW, today=TODAY, rules=RULES)
    return made


def reviewed(made: Plan, *lines: ServiceLine) -> Content:
    """The draft of a review with these lines put in."""
    draft = made.drawn_up()
    for one in lines:
        draft = draft.with_line(one)
    return replace(draft)
