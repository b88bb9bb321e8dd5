"""What the county may decide about services at centres, and until when (S1.20, S2.24)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from services.kernel.care import Arrangement
from services.kernel.refusal import InvalidValue, Refusal
from services.provider.domain.catalogue import CatalogueEntry
from services.provider.domain.centre import CentreServiceDecision, CentreServiceTerms, check_decision
from services.provider.domain.provider import UnitKind
from services.provider.domain.refusals import (
    ArrangementNotAllowed,
    DirectChoiceService,
    NotACentre,
    ServiceNotInCatalogue,
)
from tests.builders.provider.contracts import BASE, LATER, TODAY, entry

CENTRE, CLINIC = UUID(int=1), UUID(int=2)
KINDS = {CENTRE: UnitKind.HSSC, CLINIC: UnitKind.CLINIC}


def terms(*units: UUID, to_date: date | None = None) -> CentreServiceTerms:
    return CentreServiceTerms(
        decision_number="KH 12 § 2025",
        service_code="SOC-FAM-HOME",
        unit_ids=units or (CENTRE,),
        from_date=TODAY,
        to_date=to_date,
    )


def decision(to_date: date | None = None) -> CentreServiceDecision:
    told = terms(to_date=to_date)
    return CentreServiceDecision(
        id=uuid4(),
        decision_number=told.decision_number,
        service_code=told.service_code,
        unit_ids=told.unit_ids,
        from_date=told.from_date,
        to_date=told.to_date,
        **BASE,
    )


def test_the_enterprise_may_give_its_own_services_at_centres_S1_20() -> None:
    check_decision(terms(), entry=entry(), kinds=KINDS)


@pytest.mark.parametrize(
    ("told", "of", "refusal"),
    [
        (terms(), None, ServiceNotInCatalogue),
        (terms(), entry("HLT-GP", 0, Arrangement.DIRECT_CHOICE), DirectChoiceService),
        (terms(), entry("HLT-GP", 0, Arrangement.OWN, Arrangement.DIRECT_CHOICE), DirectChoiceService),
        (terms(), entry("SOC-MEALS", 0, Arrangement.PURCHASE), ArrangementNotAllowed),
        (terms(CENTRE, CLINIC), entry(), NotACentre),
        (terms(CENTRE, uuid4()), entry(), NotACentre),
    ],
)
def test_direct_choice_and_other_places_are_refused_S2_24(
    told: CentreServiceTerms, of: CatalogueEntry | None, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        check_decision(told, entry=of, kinds=KINDS)


def test_a_decision_ends_today_at_the_earliest_and_never_later_than_before_S1_20() -> None:
    one = decision(to_date=TODAY + timedelta(days=30))
    for last in (TODAY - timedelta(days=1), TODAY + timedelta(days=30)):
        with pytest.raises(InvalidValue):
            one.end(last, day=TODAY, now=LATER)
    one.end(TODAY, day=TODAY, now=LATER)
    assert (one.to_date, one.version, one.updated_at) == (TODAY, 2, LATER)
    early = decision()
    with pytest.raises(InvalidValue):
        early.end(TODAY - timedelta(days=1), day=TODAY - timedelta(days=5), now=LATER)
    with pytest.raises(InvalidValue):
        terms(to_date=TODAY - timedelta(days=1))
