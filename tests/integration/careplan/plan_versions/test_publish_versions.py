"""Versions are published in the archive over HTTP; what fails hides nothing and is tried again
(S2.14, PLAN-6, PLAN-9, PLAN-13)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.publication import Document, Failure, NotPublished
from services.careplan.operations.plan_versions.publish_versions import Attempt, publish_versions
from services.careplan.peers.archive import HttpArchive
from services.careplan.peers.recorder import RecordingArchive
from services.careplan.storage.plan_versions import publication_table, recorded_document
from services.careplan.views.plan_versions import oldest_unpublished
from services.chassis.database import sessions_from
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.careplan.v1 import events_pb2, plan_pb2, publication_pb2
from sote.careplan.v1 import publication_service_pb2 as rpc
from sote.careplan.v1.publication_service_pb2_grpc import PublicationServiceStub
from sote.careplan.v1.section_pb2 import PlanSection
from sote.type.v1 import section_pb2
from tests.builders.careplan.api import Town, told
from tests.builders.careplan.archive import ArchiveServer, asking_for_certificates, self_signed, serving

pytestmark = pytest.mark.integration
NOW, SOON = datetime(2025, 3, 11, 8, 0, tzinfo=UTC), timedelta(seconds=6)


@pytest.fixture(scope="module")
def server() -> Iterator[ArchiveServer]:
    with serving() as made:
        yield made


class Post:
    """The bus process's part, as the clock says; what other tests left is not published any more."""

    def __init__(self, town: Town, server: ArchiveServer) -> None:
        self.town, self.server, self.now = town, server, NOW
        self.archive = HttpArchive(server.url, seconds=0.3)
        never = update(publication_table).values(try_at=NOW + timedelta(days=999))
        town.tell(lambda world: world.session.execute(never))
        server.documents.clear()
        server.asked.clear()

    def run(self, mood: str = "ok", after: timedelta = timedelta(), archive: Any = None) -> list[Attempt]:
        self.now += after
        self.server.mood = mood
        sessions = sessions_from(self.town.engine)
        return list(publish_versions(sessions, archive=archive or self.archive, clock=lambda: self.now))

    def listed(self, plan: plan_pb2.Plan, by: str = "P01", **more: Any) -> list[rpc.Publication]:
        who = self.town.served.as_role("CSW", organisation=self.town.id(by))
        request = rpc.ListPublicationsRequest(plan_id=plan.uid, **more)
        found = PublicationServiceStub(self.town.served.channel).ListPublications(request, metadata=who, timeout=20)
        return sorted(found.publications, key=lambda one: (one.major, one.minor))

    def states(self, plan: plan_pb2.Plan) -> list[str]:
        names = publication_pb2.PublicationState
        return [names.Name(one.state).removeprefix("PUBLICATION_STATE_") for one in self.listed(plan)]

    def facts(self, plan: plan_pb2.Plan) -> list[tuple[str, int]]:
        kinds = (events_pb2.PlanPublicationFailed, events_pb2.PlanPublished)
        announced = self.town.tell(lambda world: [one for kind in kinds for one in world.announced(kind)])
        return [
            (publication_pb2.PublicationState.Name(one.state).removeprefix("PUBLICATION_STATE_"), one.version)
            for one in (fact.publication for fact in announced)
            if one.plan_id == plan.uid
        ]

    def shown(self, client: str) -> list[tuple[str, str]]:
        request = section_pb2.GetSectionsRequest(client_ids=[self.town.id(client)])
        body = self.town.call("GetSections", request).sections[0].body
        names = publication_pb2.PublicationState
        return [
            (one.number, names.Name(one.publication).removeprefix("PUBLICATION_STATE_"))
            for one in PlanSection.FromString(body).versions
        ]


@pytest.fixture
def post(town: Town, server: ArchiveServer) -> Post:
    return Post(town, server)


def review(town: Town, plan: plan_pb2.Plan) -> plan_pb2.Plan:
    """The next version comes into force."""
    name = plan.name
    town.call("StartReview", careplan.StartReviewRequest(name=name, cause=plan_pb2.REVIEW_CAUSE_SCHEDULED))
    town.call("EditDraft", careplan.EditDraftRequest(name=name, client_view="Still my view."))
    town.call("StartConsultation", careplan.StartConsultationRequest(name=name))
    again: plan_pb2.Plan = town.call("ActivateVersion", careplan.ActivateVersionRequest(name=name))
    return again


def test_the_archive_is_away_the_plan_is_in_force_and_published_later_S2_14(town: Town, post: Post) -> None:
    plan = town.active("ann", town.support())
    assert post.states(plan) == ["PENDING"]
    assert [one.failure for one in post.run("503")] == [Failure.UNAVAILABLE]
    assert post.states(plan) == ["FAILED"]
    assert post.shown("ann") == [("1.0", "FAILED")]
    in_force = town.call("GetPlan", careplan.GetPlanRequest(name=plan.name), "P10", "PRV")
    assert in_force.state == plan_pb2.PLAN_STATE_ACTIVE
    version = careplan.GetPlanVersionRequest(name=f"{plan.name}/versions/1.0")
    assert town.call("GetPlanVersion", version, "P10", "PRV").services[0].service_code == "SOC-FAM-SUPP"
    assert post.run() == []
    (attempt,) = post.run(after=SOON)
    assert attempt.took is not None
    assert attempt.took < timedelta(minutes=1)
    assert (post.states(plan), post.shown("ann")) == (["PUBLISHED"], [("1.0", "PUBLISHED")])
    assert post.facts(plan) == [("FAILED", 1), ("PUBLISHED", 2)]
    (listed,) = post.listed(plan)
    assert (listed.attempts, listed.within_target) == (2, True)


FAILURES = {
    "hang": Failure.TIMEOUT,
    "500": Failure.UNAVAILABLE,
    "429": Failure.UNAVAILABLE,
    "422": Failure.REJECTED,
    "302": Failure.REJECTED,
    "drop": Failure.UNREACHABLE,
}


def test_however_it_fails_it_is_put_again_and_kept_once_S2_14(town: Town, post: Post, server: ArchiveServer) -> None:
    plan = town.active("bea", town.support())
    for mood, failure in FAILURES.items():
        assert [one.failure for one in post.run(mood, after=timedelta(minutes=5))] == [failure]
    assert [one.failure for one in post.run(after=timedelta(minutes=5))] == [None]
    assert post.facts(plan) == [("FAILED", 1), ("PUBLISHED", 2)]
    assert list(server.documents) == [post.listed(plan)[0].document_oid]
    assert (len(server.asked), len(set(server.asked))) == (len(FAILURES) + 1, 1)


def test_a_second_answer_is_not_taken_for_the_next_one_S2_14(town: Town, post: Post, server: ArchiveServer) -> None:
    plans = [town.active(name, town.support()) for name in ("cid", "dan")]
    assert [one.failure for one in post.run("twice")] == [None, None]
    assert len(server.documents) == 2
    third = town.active("eve", town.support())
    assert [one.failure for one in post.run("503")] == [Failure.UNAVAILABLE]
    assert [post.states(plan) for plan in (*plans, third)] == [["PUBLISHED"], ["PUBLISHED"], ["FAILED"]]


def test_a_newer_version_replaces_in_whatever_order_they_come_S2_14(
    town: Town, post: Post, server: ArchiveServer
) -> None:
    plan = review(town, town.active("fay", town.support()))
    assert [one.failure for one in post.run("503")] == [Failure.UNAVAILABLE]
    post.run()
    assert post.states(plan) == ["FAILED", "PUBLISHED"]
    post.run(after=SOON)
    assert post.states(plan) == ["REPLACED", "PUBLISHED"]
    first, second = (server.documents[one.document_oid] for one in post.listed(plan))
    assert (first["version"]["major"], second["version"]["major"]) == (1, 2)
    assert second["replacesOid"] == first["documentOid"]
    third = review(town, plan)
    post.run()
    assert post.states(third) == ["REPLACED", "REPLACED", "PUBLISHED"]


def test_the_last_version_of_a_closed_plan_is_marked_closed_S2_14(
    town: Town, post: Post, server: ArchiveServer
) -> None:
    plan = town.active("gil", town.support())
    post.run()
    closing = careplan.ClosePlanRequest(name=plan.name, reason=careplan.CLOSE_REASON_NO_NEED)
    town.call("ClosePlan", closing)
    assert post.states(plan) == ["PENDING"]
    post.run()
    (document,) = server.documents.values()
    assert document["closed"] is True
    assert (post.states(plan), post.listed(plan)[0].closed) == (["PUBLISHED"], True)


def test_closed_while_it_is_on_its_way_it_is_put_again_S2_14(town: Town, post: Post) -> None:
    plan = town.active("hal", town.support())

    class Closing:
        """The plan is closed while the archive takes the document."""

        def __init__(self) -> None:
            self.documents: list[Document] = []

        def put(self, document: Document) -> None:
            if not self.documents:
                closing = careplan.ClosePlanRequest(name=plan.name, reason=careplan.CLOSE_REASON_NO_NEED)
                town.call("ClosePlan", closing)
            self.documents.append(document)

    archive = Closing()
    post.run(archive=archive)
    post.run(archive=archive)
    assert [one.closed for one in archive.documents] == [False, True]
    assert post.states(plan) == ["PUBLISHED"]


def test_a_claim_is_a_lease_that_ends_by_itself_S2_14(town: Town, post: Post) -> None:
    plan = town.active("ida", town.support())

    class Dying:
        """The process ends in the middle of the call."""

        def put(self, document: Document) -> None:
            raise SystemExit

    with pytest.raises(SystemExit):
        post.run(archive=Dying())
    assert post.run() == []
    assert [one.failure for one in post.run(after=timedelta(minutes=1))] == [None]
    assert post.states(plan) == ["PUBLISHED"]


def test_no_transaction_is_open_while_the_archive_is_called_S2_14(town: Town, post: Post) -> None:
    town.active("jon", town.support())
    seen = []

    class Watching:
        def put(self, document: Document) -> None:
            seen.append(town.engine.pool.checkedout())  # type: ignore[attr-defined]

    post.run(archive=Watching())
    assert seen == [0]


def test_the_county_alone_lists_publications_S2_14(town: Town, post: Post) -> None:
    plan = town.active("kim", town.support())
    with pytest.raises(grpc.RpcError) as caught:
        post.listed(plan, "P02")
    assert told(caught.value) == ("PERMISSION_DENIED", "NOT_THE_COUNTY")
    assert post.listed(plan, state=publication_pb2.PUBLICATION_STATE_PUBLISHED) == []
    assert town.tell(lambda world: oldest_unpublished(world.session, post.now + SOON)) >= SOON
    post.run()
    assert town.tell(lambda world: oldest_unpublished(world.session, post.now)) == timedelta()


def test_a_document_names_the_client_by_a_pseudonym_alone_S2_14(town: Town, post: Post, server: ArchiveServer) -> None:
    plan = town.active("lea", town.support())
    post.run()
    (document,) = server.documents.values()
    assert set(document) == {"documentOid", "county", "planId", "planNumber", "clientId", "operator", "version"}
    assert document["clientId"] == town.id("lea")
    assert document["version"]["services"][0]["serviceCode"] == "SOC-FAM-SUPP"
    assert document["version"]["digest"] == document["version"]["digest"].lower()
    assert document["planNumber"] == plan.number


def test_without_an_archive_documents_are_kept_in_a_table_S2_14(session: Callable[[str], Session]) -> None:
    found = session("careplan")
    archive = RecordingArchive(sessions_from(found.get_bind()))  # type: ignore[arg-type]
    for closed in (False, True):
        archive.put(Document("2.25.7", closed, f'{{"closed": {str(closed).lower()}}}'))
    row = found.execute(select(recorded_document)).one()
    assert (row.oid, row.body, row.times) == ("2.25.7", {"closed": True}, 2)


def test_an_archive_that_is_not_there_is_a_failure_S2_14() -> None:
    with serving() as gone:
        url = gone.url
    with pytest.raises(NotPublished) as caught:
        HttpArchive(url, seconds=5).put(Document("2.25.7", False, "{}"))
    assert caught.value.failure is Failure.UNREACHABLE


def test_the_archive_and_the_county_know_each_other_by_certificates_S2_14(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    document = Document("2.25.7", False, "{}")
    with serving(asking_for_certificates(certificate, key)) as server:
        own = {"certificate_file": certificate, "key_file": key}
        for trusting in ({}, {"ca_file": certificate}, own):
            with pytest.raises(NotPublished) as caught:
                HttpArchive(server.url, seconds=5, **trusting).put(document)
            assert caught.value.failure is Failure.UNREACHABLE
        HttpArchive(server.url, seconds=5, ca_file=certificate, **own).put(document)
        assert server.documents == {"2.25.7": {}}
