"""PackageService as its callers meet it: roles, refusals with their reasons, repeats, pages, sections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.protobuf.message import Message
from sqlalchemy import Engine

from cli.stories import reference
from services.chassis.database import engine_from, sessions_from
from sote.package.v1 import enrolment_pb2, package_pb2, package_service_pb2_grpc, section_pb2
from sote.package.v1 import package_service_pb2 as pb
from sote.type.v1 import section_pb2 as sections
from tests.api_server import ServedApi
from tests.builders.package.story import FROM, TAKEN, Story
from tests.builders.provider.loader import DATA, Loader
from tests.builders.refusals import refusal_of
from tests.builders.relating import relate


class Api:
    """A served api over a database where the county's providers are known, and a client assessed."""

    def __init__(self, served: ServedApi, story: Story, engine: Engine) -> None:
        self.engine = engine
        self.stub = package_service_pb2_grpc.PackageServiceStub(served.channel)
        self.as_role = served.as_role
        self.story = story

    def call(self, method: str, request: Message, role: str = "CSW", **who: Any) -> Any:
        """Call as the role; officials are of the enterprise unless told."""
        who.setdefault("organisation", "county" if role == "STE" else self.story.provider("P01"))
        return getattr(self.stub, method)(request, metadata=self.as_role(role, **who), timeout=10)

    def refused(self, method: str, request: Message, role: str = "CSW", **who: Any) -> tuple[grpc.StatusCode, str]:
        """Status and reason of a refusal."""
        with pytest.raises(grpc.RpcError) as refusal:
            self.call(method, request, role, **who)
        code, info = refusal_of(refusal.value)
        assert info.domain == "package"
        return code, info.reason

    def relate(self, organisation: str) -> None:
        """The service hears that the organisation has a relationship with the client."""
        with sessions_from(self.engine).begin() as session:
            relate(session, self.story.client_id, organisation)

    def content(self, code: str = "FAMILY_CENTRE") -> package_pb2.PackageContent:
        """A template of the county's file."""
        (entry,) = [one for one in reference.entries(DATA / "packages.yaml", "packages") if one["code"] == code]
        providers = {known: found.uid for known, found in self.story.loader.providers.items()}
        return reference.package_content(entry, providers, self.story.loader.units)

    def published(self) -> package_pb2.Package:
        """The family centre, published."""
        drafted = self.call("DraftPackage", pb.DraftPackageRequest(code="FAMILY_CENTRE", content=self.content()), "STE")
        found: package_pb2.Package = self.call("PublishPackage", pb.PublishPackageRequest(name=drafted.name), "STE")
        return found

    def proposal(self, package: package_pb2.Package) -> pb.ProposeEnrolmentRequest:
        """The proposal of story 1."""
        return pb.ProposeEnrolmentRequest(
            client_id=str(self.story.client_id),
            package_id=package.uid,
            assessment_id=str(self.story.assessment_id),
            from_date=reference.optional_day(FROM),
        )


@pytest.fixture
def api(
    api_server: Callable[..., ServedApi],
    new_database: Callable[..., str],
    county: tuple[list[Message], Loader],
    informed: str,
    now: Any,
) -> Any:
    """An api over a database of its own."""
    heard, loader = county
    url = new_database("package", like=informed)
    engine = engine_from(url, pool_size=2)
    with sessions_from(engine).begin() as session:
        story = Story(session, loader, now, heard=heard)
        story.meet_client()
    yield Api(api_server("package", url=url), story, engine)
    engine.dispose()


def test_a_package_is_published_proposed_and_accepted_S1_34(api: Api) -> None:
    package = api.published()
    assert package.published == api.content()
    matched = api.call("MatchPackages", pb.MatchPackagesRequest(client_id=str(api.story.client_id)))
    assert [one.code for one in matched.packages] == ["FAMILY_CENTRE"]
    assert matched.assessment_id == str(api.story.assessment_id)
    proposed = api.call("ProposeEnrolment", api.proposal(package))
    assert [item.item_code for item in proposed.items if item.mandatory] == ["SOC-FAM-WORK", "HLT-SCHOOL"]
    request = pb.AcceptEnrolmentRequest(name=proposed.name, optional_item_codes=TAKEN, etag=proposed.etag)
    accepted = api.call("AcceptEnrolment", request, "CLI", subject=str(api.story.client_id))
    assert accepted.state == enrolment_pb2.ENROLMENT_STATE_ACCEPTED
    listed = api.call("ListEnrolments", pb.ListEnrolmentsRequest(client_id=str(api.story.client_id)))
    assert listed.enrolments == [accepted]
    assert api.call("GetEnrolment", pb.GetEnrolmentRequest(name=proposed.name), "SYS") == accepted


def test_the_section_tells_the_enrolments_RECORD_1(api: Api) -> None:
    proposed = api.call("ProposeEnrolment", api.proposal(api.published()))
    asked = sections.GetSectionsRequest(client_ids=[str(api.story.client_id), str(uuid4())])
    (section,) = api.call("GetSections", asked).sections
    assert not api.call("GetSections", asked, "SYS").sections
    assert section.section == "sote.package.v1.PackageSection"
    (summary,) = section_pb2.PackageSection.FromString(section.body).enrolments
    assert summary.enrolment == proposed
    assert summary.package_name_en == "Family centre"


@pytest.mark.parametrize("role", ["HOP", "HSP"])
def test_a_stranger_reaches_enrolments_as_little_as_none_INV_14(role: str, api: Api) -> None:
    package = api.published()
    proposed = api.call("ProposeEnrolment", api.proposal(package))
    client_id, stranger = str(api.story.client_id), str(uuid4())
    for uid, name in ((client_id, proposed.name), (str(uuid4()), f"enrolments/{uuid4()}")):
        for method, request in (
            ("GetEnrolment", pb.GetEnrolmentRequest(name=name)),
            ("ListEnrolments", pb.ListEnrolmentsRequest(client_id=uid)),
        ):
            refused = api.refused(method, request, role, organisation=stranger)
            assert refused == (grpc.StatusCode.PERMISSION_DENIED, "NO_RELATIONSHIP")
    asked = sections.GetSectionsRequest(client_ids=[client_id])
    assert not api.call("GetSections", asked, role, organisation=stranger).sections
    api.relate(stranger)
    listed = api.call("ListEnrolments", pb.ListEnrolmentsRequest(client_id=client_id), role, organisation=stranger)
    assert listed.enrolments == [proposed]
    assert api.call("GetSections", asked, role, organisation=stranger).sections


def test_only_steering_drafts_and_publishes_S1_32(api: Api) -> None:
    draft = pb.DraftPackageRequest(code="OTHER", content=api.content())
    publish = pb.PublishPackageRequest(name=f"packages/{uuid4()}")
    for role in ("PRV", "HSP", "HOP", "CSW", "CON", "FIN", "CLI"):
        assert api.refused("DraftPackage", draft, role)[0] is grpc.StatusCode.PERMISSION_DENIED
        assert api.refused("PublishPackage", publish, role)[0] is grpc.StatusCode.PERMISSION_DENIED


def test_another_countys_caller_is_refused_S1_01(api: Api) -> None:
    ask = pb.ListPackagesRequest()
    refusal = api.refused("ListPackages", ask, "STE", county="HVA_2023:08")
    assert refusal == (grpc.StatusCode.PERMISSION_DENIED, "COUNTY_MISMATCH")


def test_a_repeated_request_is_answered_as_the_first(api: Api) -> None:
    request = api.proposal(api.published())
    request.request_id = str(uuid4())
    first = api.call("ProposeEnrolment", request)
    assert api.call("ProposeEnrolment", request) == first
    request.exception_reason = "something else"
    assert api.refused("ProposeEnrolment", request)[1] == "IDEMPOTENCY_KEY_REUSED"
    request.request_id = str(uuid4())
    assert api.refused("ProposeEnrolment", request) == (grpc.StatusCode.ALREADY_EXISTS, "ALREADY_ENROLLED")


def test_refusals_carry_status_and_reason(api: Api) -> None:
    package = api.published()
    again = pb.DraftPackageRequest(code="FAMILY_CENTRE", content=api.content())
    precondition, invalid = grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.INVALID_ARGUMENT
    assert api.refused("DraftPackage", again, "STE") == (grpc.StatusCode.ALREADY_EXISTS, "PACKAGE_EXISTS")
    publish = pb.PublishPackageRequest(name=package.name)
    assert api.refused("PublishPackage", publish, "STE") == (precondition, "NO_DRAFT")
    unknown = pb.GetPackageRequest(name=f"packages/{uuid4()}")
    assert api.refused("GetPackage", unknown) == (grpc.StatusCode.NOT_FOUND, "PACKAGE_NOT_FOUND")
    assert api.refused("GetPackage", pb.GetPackageRequest(name="packages/1")) == (invalid, "INVALID_FIELD")
    missing = pb.GetEnrolmentRequest(name=f"enrolments/{uuid4()}")
    assert api.refused("GetEnrolment", missing) == (grpc.StatusCode.NOT_FOUND, "ENROLMENT_NOT_FOUND")
    stranger = pb.MatchPackagesRequest(client_id=str(uuid4()))
    assert api.refused("MatchPackages", stranger) == (grpc.StatusCode.UNAVAILABLE, "NOT_YET")
    api.relate(api.story.provider("P02"))
    by_centre = api.refused("ProposeEnrolment", api.proposal(package), "HOP", organisation=api.story.provider("P02"))
    assert by_centre == (grpc.StatusCode.PERMISSION_DENIED, "ISSUER_NOT_ALLOWED")
    wrong_day = api.proposal(package)
    wrong_day.from_date.month = 13
    assert api.refused("ProposeEnrolment", wrong_day) == (invalid, "INVALID_REQUEST")
    stale = pb.RetirePackageRequest(name=package.name, etag='"1"')
    assert api.refused("RetirePackage", stale, "STE") == (grpc.StatusCode.ABORTED, "VERSION_CONFLICT")


def test_lists_come_in_pages(api: Api) -> None:
    for code in ("PACKAGE_A", "PACKAGE_B", "PACKAGE_C"):
        api.call("DraftPackage", pb.DraftPackageRequest(code=code, content=api.content()), "STE")
    first = api.call("ListPackages", pb.ListPackagesRequest(page_size=2))
    rest = api.call("ListPackages", pb.ListPackagesRequest(page_size=2, page_token=first.next_page_token))
    assert sorted(one.code for one in [*first.packages, *rest.packages]) == ["PACKAGE_A", "PACKAGE_B", "PACKAGE_C"]
    assert not rest.next_page_token
    elsewhere = pb.ListPackagesRequest(page_token=first.next_page_token, code="PACKAGE_A")
    assert api.refused("ListPackages", elsewhere) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    drafts = pb.ListPackagesRequest(state=package_pb2.PACKAGE_STATE_PUBLISHED)
    assert not api.call("ListPackages", drafts).packages


def test_of_many_proposals_at_once_one_stands_ENROLMENT_1(api: Api) -> None:
    request = api.proposal(api.published())

    def propose(_: int) -> grpc.StatusCode:
        try:
            api.call("ProposeEnrolment", request)
        except grpc.RpcError as refusal:
            return refusal.code()
        return grpc.StatusCode.OK

    with ThreadPoolExecutor(8) as officials:
        outcomes = list(officials.map(propose, range(8)))
    assert sorted(code.name for code in outcomes) == ["ALREADY_EXISTS"] * 7 + ["OK"]


def test_of_many_answers_at_once_one_stands_ENROLMENT_2(api: Api) -> None:
    proposed = api.call("ProposeEnrolment", api.proposal(api.published()))

    accept, decline = pb.AcceptEnrolmentRequest(name=proposed.name), pb.DeclineEnrolmentRequest(name=proposed.name)
    answers: list[tuple[str, Message]] = [("AcceptEnrolment", accept), ("DeclineEnrolment", decline)]

    def answer(place: int) -> grpc.StatusCode:
        method, request = answers[place % 2]
        try:
            api.call(method, request, "CLI", subject=str(api.story.client_id))
        except grpc.RpcError as refusal:
            return refusal.code()
        return grpc.StatusCode.OK

    with ThreadPoolExecutor(8) as people:
        outcomes = list(people.map(answer, range(8)))
    assert sorted(code.name for code in outcomes) == ["FAILED_PRECONDITION"] * 7 + ["OK"]
