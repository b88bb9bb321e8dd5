"""Publishing the county's own templates with the county's own facts, whatever the order these arrived in
(PACKAGE-2)."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from google.protobuf.message import Message
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.stories import reference
from services.chassis.etags import VersionConflict
from services.chassis.inbox import NotYet
from services.kernel.care import NeedDomain
from services.package.domain.package import Member, PackageState
from services.package.domain.refusals import ClauseMissing, NetworkTooSmall, PackageItemWithoutMember, PackageNotFound
from services.package.domain.rules import Rules
from services.package.operations.draft_package_version import draft_package_version
from services.package.operations.publish_package import publish_package
from services.package.operations.retire_package import retire_package
from services.package.operations.update_package_draft import update_package_draft
from services.package.storage import packages, tables
from sote.package.v1 import events_pb2 as facts
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.package.story import Story, without
from tests.builders.provider.loader import DATA, Loader

TEMPLATES = (
    "FAMILY_CENTRE",
    "CHILD_DEMANDING",
    "OLDER_PEOPLE",
    "INFORMAL_FAMILY_CARE",
    "MENTAL_HEALTH_SUBSTANCE",
    "REHABILITATION",
)


def test_the_county_has_the_six_templates_PACKAGE_8() -> None:
    listed = reference.entries(DATA / "packages.yaml", "packages")
    assert {(one["code"], one["publish"]) for one in listed} == {(code, True) for code in TEMPLATES}


@pytest.mark.parametrize("code", TEMPLATES)
def test_the_templates_publish_PACKAGE_8(story: Story, code: str) -> None:
    package = story.publish(story.draft(code))
    assert (package.state, package.published_number) == (PackageState.PUBLISHED, 1)
    (told,) = story.told(facts.PackagePublished)
    assert (told.package.code, told.package.number, told.package.version) == (code, 1, 2)


def test_mental_health_and_substance_services_are_a_package_S1_38(story: Story) -> None:
    content = story.publish(story.draft("MENTAL_HEALTH_SUBSTANCE")).published
    assert content is not None
    assert [item.item_code for item in content.items if item.mandatory] == ["HLT-PSY-OUT", "SOC-SOCREHAB"]
    assert {item.item_code for item in content.items if not item.mandatory} == {
        "SOC-SUBST-DETOX", "SOC-SUBST-INPAT", "SOC-HOUSE-SUPP", "SOC-PEER",
    }  # fmt: skip
    assert content.criteria.need_domains == (NeedDomain.MENTAL_HEALTH, NeedDomain.SUBSTANCE_USE)
    assert (content.criteria.need_min_level, content.envelope_cents) == (3, 2_100_000)


def test_rehabilitation_is_a_package_S1_38(story: Story) -> None:
    content = story.publish(story.draft("REHABILITATION")).published
    assert content is not None
    assert [item.item_code for item in content.items if item.mandatory] == ["HLT-PHYSIO", "HLT-OT"]
    assert content.criteria.need_domains == (NeedDomain.FUNCTIONAL_CAPACITY,)
    assert (content.criteria.need_min_level, content.envelope_cents) == (2, 500_000)


def test_one_unit_may_deliver_a_whole_package_S1_44c(story: Story) -> None:
    """Speech and occupational therapy from one unit of P13."""
    network = story.content("FAMILY_CENTRE")
    therapy = next(item for item in network.items if item.item_code == "HLT-OT")
    speech = replace(therapy, item_code="HLT-SPEECH", service_code="HLT-SPEECH", unit_cost_cents=8_200)
    member = Member(
        provider_id=UUID(story.provider("P13")),
        unit_id=UUID(story.loader.units["U24"]),
        role="therapy",
        item_codes=("HLT-OT", "HLT-SPEECH"),
    )
    alone = replace(network, items=(therapy, speech), members=(member,))
    with pytest.raises(NetworkTooSmall):
        story.publish(story.draft("FAMILY_CENTRE", alone))
    single = story.draft("REHABILITATION", replace(alone, single_unit=True))
    assert story.publish(single).state is PackageState.PUBLISHED


def test_an_item_without_a_member_is_not_published_INV_18(story: Story) -> None:
    content = story.content("OLDER_PEOPLE")
    members = tuple(one for one in content.members if "SOC-MEALS" not in one.item_codes)
    with pytest.raises(PackageItemWithoutMember):
        story.publish(story.draft("OLDER_PEOPLE", replace(content, members=members)))


def test_a_template_under_another_code_is_not_linked_S1_43b(story: Story) -> None:
    draft = story.draft("SOMETHING_ELSE", story.content("FAMILY_CENTRE"))
    with pytest.raises(ClauseMissing):
        story.publish(draft)


@pytest.mark.parametrize("seed", range(3))
def test_the_countys_facts_may_arrive_twice_and_in_any_order_PROCESS_2(
    session: Callable[[str], Session], county: tuple[list[Message], Loader], now: datetime, seed: int
) -> None:
    heard, loader = county
    story = Story(session("package"), loader, now)
    shuffled = [*heard, *heard[::3]]
    random.Random(seed).shuffle(shuffled)
    story.hear(*shuffled)
    package = story.publish(story.draft())
    assert package.state is PackageState.PUBLISHED
    kept = story.session.scalars(select(tables.contract_copy.c.body)).all()
    assert {one.state for one in kept} == {"ACTIVE"}
    assert {one.version for one in kept} == {3}


def test_facts_that_have_not_arrived_are_waited_for(
    session: Callable[[str], Session], county: tuple[list[Message], Loader], now: datetime
) -> None:
    heard, loader = county
    story = Story(session("package"), loader, now)
    package = story.draft()
    with pytest.raises(NotYet):
        story.publish(package)
    story.hear(*(fact for fact in heard if not fact.DESCRIPTOR.name.startswith("Contract")))
    with pytest.raises(PackageItemWithoutMember):
        story.publish(package)
    story.hear(*heard)
    story.publish(package)


def test_a_suspended_members_package_is_not_published_PACKAGE_2(story: Story) -> None:
    (activated,) = [
        fact
        for fact in story.facts
        if isinstance(fact, provider.ContractActivated) and fact.contract.provider_id == story.provider("P06")
    ]
    later = provider.ContractActivated(contract=activated.contract)
    later.contract.state = contract_pb2.CONTRACT_STATE_SUSPENDED
    later.contract.version += 1
    story.hear(later, activated)
    with pytest.raises(PackageItemWithoutMember):
        story.publish(story.draft())


def test_a_next_version_leaves_the_older_to_those_enrolled_PACKAGE_3(story: Story) -> None:
    package = story.publish(story.draft())
    story.meet_client()
    enrolment = story.propose(package)
    draft_package_version(story.session, package_id=package.id, etag="", now=story.now)
    smaller = without(story.content(), "SOC-FAM-COUNS")
    update_package_draft(story.session, package_id=package.id, content=smaller, etag="", now=story.now)
    story.publish(package)
    assert package.published_number == 2
    assert [fact.package.number for fact in story.told(facts.PackageVersionPublished)] == [2]
    assert len(packages.version_content(story.session, package.id, 1).items) == 7
    assert len(packages.version_content(story.session, package.id, 2).items) == 6
    assert enrolment.package_number == 1
    assert len(enrolment.items) == 7


def test_a_retired_package_is_told_PACKAGE_4(story: Story) -> None:
    package = story.publish(story.draft())
    retire_package(story.session, package_id=package.id, etag="", now=story.now)
    (told,) = story.told(facts.PackageRetired)
    assert told.package.version == 3


def test_a_stale_etag_is_refused(story: Story) -> None:
    package = story.draft()
    update_package_draft(
        story.session,
        package_id=package.id,
        content=replace(story.content(), name_en="Another"),
        etag='"1"',
        now=story.now,
    )
    with pytest.raises(VersionConflict):
        publish_package(story.session, package_id=package.id, etag='"1"', rules=Rules(), now=story.now)


def test_an_unknown_package_is_not_found_REFUSAL_4(story: Story) -> None:
    with pytest.raises(PackageNotFound):
        retire_package(story.session, package_id=uuid4(), etag="", now=story.now)
