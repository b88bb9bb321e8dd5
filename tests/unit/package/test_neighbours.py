"""Facts of neighbours of a later release: what this release has no word for is carried, and no rule counts it in."""

from uuid import UUID

import pytest
from google.type.date_pb2 import Date

from services.kernel.care import Arrangement, NeedDomain
from services.package.wire.neighbours import assessment_copy, catalogue_copy, client_copy, contract_copy, provider_copy
from sote.client.v1 import assessment_pb2
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import events_pb2 as provider
from sote.provider.v1 import provider_pb2
from sote.type.v1 import care_pb2

pytestmark = pytest.mark.unit

LATER = 99
ID = str(UUID(int=1))
DAY = Date(year=2025, month=1, day=1)


def test_a_state_of_a_later_release_is_carried_and_lets_nobody_in() -> None:
    copy = provider_copy(
        provider.ProviderFacts(
            provider_id=ID,
            state=LATER,  # type: ignore[arg-type]
            roles=[provider_pb2.PROVIDER_ROLE_COUNTY_ENTERPRISE, LATER],  # type: ignore[list-item]
            units=[provider_pb2.UnitFacts(unit_id=ID, kind=LATER)],  # type: ignore[arg-type]
        )
    )
    assert (copy.state, copy.is_approved) == ("UNKNOWN_99", False)
    assert (copy.roles, copy.is_enterprise) == (("COUNTY_ENTERPRISE", "UNKNOWN_99"), True)
    assert [unit.kind for unit in copy.units] == ["UNKNOWN_99"]


def test_a_contract_of_a_later_kind_covers_nothing() -> None:
    facts = provider.ContractFacts(
        contract_id=ID,
        provider_id=ID,
        kind=LATER,  # type: ignore[arg-type]
        state=LATER,  # type: ignore[arg-type]
        valid_from=DAY,
        valid_to=DAY,
    )
    copy = contract_copy(facts)
    assert (copy.kind, copy.state) == ("UNKNOWN_99", "UNKNOWN_99")
    assert not copy.is_in_force(copy.valid_from)
    assert not copy.covers("HOME", Arrangement.VOUCHER, None)


def test_a_client_in_a_later_state_is_known() -> None:
    copy = client_copy(client.ClientFacts(client_id=ID, state=LATER))  # type: ignore[arg-type]
    assert copy.state == "UNKNOWN_99"


def test_words_of_a_later_release_are_no_words_of_a_list() -> None:
    copy = catalogue_copy(
        provider.CatalogueFacts(
            service_code="HOME",
            sector=LATER,  # type: ignore[arg-type]
            level=LATER,  # type: ignore[arg-type]
            arrangements=[care_pb2.ARRANGEMENT_VOUCHER, LATER],  # type: ignore[list-item]
            unit=LATER,  # type: ignore[arg-type]
        )
    )
    assert (copy.sector, copy.level, copy.unit, copy.arrangements) == (None, None, None, (Arrangement.VOUCHER,))


def test_a_need_of_a_later_domain_is_not_counted() -> None:
    fact = client.AssessmentCompleted(
        assessment_id=ID,
        client_id=ID,
        completed_date=DAY,
        needs=[
            assessment_pb2.Need(domain=care_pb2.NEED_DOMAIN_HOUSING, level=2),
            assessment_pb2.Need(domain=LATER, level=3),  # type: ignore[arg-type]
        ],
    )
    assert assessment_copy(fact).needs == {NeedDomain.HOUSING: 2}
