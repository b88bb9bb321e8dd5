"""The county's decisions about services at centres through the api (S1.20, S2.24)."""

from datetime import date
from typing import Any
from uuid import uuid4

import grpc
import pytest

from cli.stories.values import day
from sote.provider.v1 import centre_service_pb2 as pb
from sote.provider.v1 import centre_service_pb2_grpc
from tests.api_server import ServedApi
from tests.builders.provider.calls import DENIED, EXISTS, INVALID, PRECONDITION, announced, refused, row
from tests.builders.provider.loader import WORLD, Loader, read


@pytest.fixture
def centres(served: ServedApi, ready: Loader) -> Loader:
    """A stub of CentreService, with a centre (U10) and another unit of P02 and P05 known."""
    units = [one for one in read(WORLD / "units.yaml")["units"] if one["provider"] == "P02"]
    ready.load_provider(row("P02"), units)
    other = Loader(centre_service_pb2_grpc.CentreServiceStub(served.channel), served.as_role)
    other.units = ready.units
    return other


def asked(centres: Loader, **differently: Any) -> pb.DecideCentreServiceRequest:
    values: dict[str, Any] = {
        "decision_number": "KH 12",
        "service_code": "SOC-FAM-COUNS",
        "unit_ids": [centres.units["U10"]],
        "from_date": day(date(2025, 4, 1)),
    }
    return pb.DecideCentreServiceRequest(**(values | differently))


def test_the_county_decides_and_ends_S1_20(centres: Loader, database_url: str) -> None:
    made = centres.call("DecideCentreService", asked(centres), "STE")
    assert list(made.facts.unit_ids) == [centres.units["U10"]]
    assert not made.facts.HasField("to_date")
    ended = centres.call(
        "EndCentreService", pb.EndCentreServiceRequest(name=made.name, etag=made.etag, to_date=day(date(2025, 6, 30)))
    )
    assert ended.facts.version == 2
    told = announced(database_url)[-2:]
    assert [one.DESCRIPTOR.name for one in told] == ["CentreServiceDecided", "CentreServiceDecisionEnded"]
    assert told[1].decision == ended.facts
    for unit_id, found in (("", 1), (centres.units["U10"], 1), (str(uuid4()), 0)):
        request = pb.ListCentreServiceDecisionsRequest(unit_id=unit_id)
        assert len(centres.call("ListCentreServiceDecisions", request, "CLI").decisions) == found
    assert not centres.call(
        "ListCentreServiceDecisions", pb.ListCentreServiceDecisionsRequest(service_code="SOC-MEALS"), "PRV"
    ).decisions


def test_a_direct_choice_service_is_refused_S2_24(centres: Loader) -> None:
    wrong = asked(centres, service_code="HLT-GP")
    assert refused(centres, "DecideCentreService", wrong) == (PRECONDITION, "DIRECT_CHOICE_SERVICE")


def test_other_units_other_roles_and_numbers_used_before_are_refused_S1_20(centres: Loader) -> None:
    elsewhere = asked(centres, unit_ids=[centres.units["U14"]])
    assert refused(centres, "DecideCentreService", elsewhere) == (PRECONDITION, "NOT_A_CENTRE")
    assert refused(centres, "DecideCentreService", asked(centres), "CSW")[0] is DENIED
    made = centres.call("DecideCentreService", asked(centres))
    assert refused(centres, "DecideCentreService", asked(centres)) == (EXISTS, "CENTRE_SERVICE_DECISION_EXISTS")
    before = pb.EndCentreServiceRequest(name=made.name, to_date=day(date(2025, 3, 1)))
    assert refused(centres, "EndCentreService", before) == (INVALID, "INVALID_FIELD")
    never = pb.EndCentreServiceRequest(name=f"centreServiceDecisions/{uuid4()}", to_date=day(date(2025, 9, 1)))
    status = refused(centres, "EndCentreService", never)
    assert status == (grpc.StatusCode.NOT_FOUND, "CENTRE_SERVICE_DECISION_NOT_FOUND")
