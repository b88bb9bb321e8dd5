"""Packages whose network loses members, and which packages suit a client (PACKAGE-5, PROCESS-C4, INV-18, S1.36)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.package import views
from services.package.domain.package import Package
from services.package.domain.refusals import PackageDegraded
from services.package.operations.draft_package_version import draft_package_version
from services.package.operations.update_package_draft import update_package_draft
from services.package.operations.watch_packages import watch_packages
from sote.client.v1 import assessment_pb2
from sote.package.v1 import events_pb2 as facts
from sote.package.v1 import package_service_pb2 as service
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2 as care
from tests.builders.package.contracts import contract_of, later, suspended
from tests.builders.package.story import Story

AGED = {
    "needs": [assessment_pb2.Need(domain=care.NEED_DOMAIN_FUNCTIONAL_CAPACITY, level=2)],
    "age_years": 82,
    "child_in_household": False,
}


def reinstated(story: Story, code: str, service_code: str) -> provider.ContractReinstated:
    held = contract_of(story, code, service_code)
    return provider.ContractReinstated(contract=later(held, contract_pb2.CONTRACT_STATE_ACTIVE))


def matched(story: Story, municipality_code: str = "") -> set[str]:
    found = views.match_packages(story.session, story.client_id, municipality_code=municipality_code)
    return {one.code for one in found.packages}


class TestMatch:
    def test_a_client_of_82_gets_the_package_for_older_people_S1_36(self, story: Story) -> None:
        for code in ("OLDER_PEOPLE", "FAMILY_CENTRE", "CHILD_DEMANDING", "REHABILITATION", "INFORMAL_FAMILY_CARE"):
            story.publish(story.draft(code))
        story.meet_client(**AGED)
        assert matched(story) == {"OLDER_PEOPLE", "REHABILITATION"}

    @pytest.mark.parametrize(("age", "level"), [(64, 2), (82, 1)])
    def test_a_younger_client_or_a_smaller_need_does_not_S1_36(self, story: Story, age: int, level: int) -> None:
        story.publish(story.draft("OLDER_PEOPLE"))
        need = assessment_pb2.Need(domain=care.NEED_DOMAIN_FUNCTIONAL_CAPACITY, level=level)
        story.meet_client(**(AGED | {"age_years": age, "needs": [need]}))
        assert matched(story) == set()

    def test_a_package_of_some_municipalities_suits_those_who_live_there_PACKAGE_6(self, story: Story) -> None:
        content = story.content("OLDER_PEOPLE")
        near = type(content.criteria)(min_age=65, municipality_codes=("837", "536"))
        story.publish(story.draft("OLDER_PEOPLE", type(content)(**(vars(content) | {"criteria": near}))))
        story.meet_client(**AGED)
        assert matched(story, "536") == {"OLDER_PEOPLE"}
        assert matched(story, "211") == matched(story) == set()


class TestDegraded:
    def test_a_lost_member_degrades_its_item_until_it_is_back_INV_18(self, story: Story) -> None:
        package = story.publish(story.draft())
        story.hear(suspended(story, "P10", "SOC-FAM-SUPP"))
        assert list(package.degraded) == ["SOC-FAM-SUPP"]
        story.hear(reinstated(story, "P10", "SOC-FAM-SUPP"))
        assert list(package.degraded) == []
        lost, back = story.told(facts.PackageDegraded)
        assert list(lost.degraded_item_codes) == ["SOC-FAM-SUPP"]
        assert list(back.degraded_item_codes) == []
        assert [one.package.version for one in (lost, back)] == [3, 4]

    def test_an_item_with_another_member_is_not_degraded_PACKAGE_5(self, story: Story) -> None:
        package = story.publish(story.draft())
        story.hear(suspended(story, "P07", "HLT-OT"))
        assert list(package.degraded) == []
        story.hear(suspended(story, "P13", "HLT-OT"))
        assert list(package.degraded) == ["HLT-OT"]

    def test_a_fact_heard_twice_or_late_tells_nothing_more_PROCESS_C4(self, story: Story) -> None:
        package = story.publish(story.draft())
        lost, old = suspended(story, "P10", "SOC-FAM-SUPP"), contract_of(story, "P10", "SOC-FAM-SUPP")
        story.hear(lost, lost, provider.ContractActivated(contract=old))
        assert list(package.degraded) == ["SOC-FAM-SUPP"]
        assert len(story.told(facts.PackageDegraded)) == 1

    def test_a_frozen_member_counts_as_lost_PACKAGE_5(self, story: Story) -> None:
        package = story.publish(story.draft())
        (approved,) = [
            fact
            for fact in story.facts
            if isinstance(fact, provider.ProviderApproved) and fact.provider.provider_id == story.provider("P06")
        ]
        frozen = provider.ProviderFrozen(provider=approved.provider)
        frozen.provider.state = provider_pb2.PROVIDER_STATE_FROZEN
        frozen.provider.version += 1
        story.hear(frozen)
        assert list(package.degraded) == ["SOC-NEURO-COACH"]

    def test_days_that_pass_take_members_away_too_INV_18(self, story: Story) -> None:
        package = story.publish(story.draft())
        watch_packages(story.session, now=story.now)
        assert list(package.degraded) == []
        watch_packages(story.session, now=story.now + timedelta(days=365 * 7))
        assert len(package.degraded) == 7

    def test_nobody_new_gets_a_mandatory_item_that_has_nobody_INV_18(self, story: Story) -> None:
        package = story.publish(story.draft())
        story.meet_client()
        enrolment = story.propose(package)
        story.hear(suspended(story, "P01", "SOC-FAM-WORK"))
        assert set(package.degraded) == {"SOC-FAM-WORK", "HLT-SCHOOL", "SOC-FAM-COUNS"}
        with pytest.raises(PackageDegraded):
            story.propose(package)
        with pytest.raises(PackageDegraded):
            story.accept(enrolment)
        assert matched(story) == set()
        story.hear(reinstated(story, "P01", "SOC-FAM-WORK"))
        assert matched(story) == {"FAMILY_CENTRE"}
        story.accept(enrolment)

    def test_an_optional_item_that_has_nobody_cannot_be_taken_INV_18(self, story: Story) -> None:
        package = story.publish(story.draft())
        story.meet_client()
        enrolment = story.propose(package)
        story.hear(suspended(story, "P10", "SOC-FAM-SUPP"))
        with pytest.raises(PackageDegraded):
            story.accept(enrolment, ["HLT-OT", "SOC-FAM-SUPP"])
        story.accept(enrolment, ["HLT-OT"])

    def test_a_version_without_the_lost_item_is_whole_PACKAGE_3(self, story: Story) -> None:
        package = story.publish(story.draft())
        story.hear(suspended(story, "P10", "SOC-FAM-SUPP"))
        degraded = service.ListPackagesRequest(degraded_only=True)
        (shown,) = views.list_packages(story.session, degraded).packages
        assert list(shown.degraded_item_codes) == ["SOC-FAM-SUPP"]
        draft_package_version(story.session, package_id=package.id, etag="", now=story.now)
        replacement = _without(package, story.provider("P10"))
        update_package_draft(story.session, package_id=package.id, content=replacement, etag="", now=story.now)
        story.publish(package)
        assert list(package.degraded) == []
        assert not views.list_packages(story.session, degraded).packages


def _without(package: Package, provider_id: str) -> Any:
    """The published version without this member and its items."""
    content = package.published
    assert content is not None
    (gone,) = [one for one in content.members if one.provider_id == UUID(provider_id)]
    members = tuple(one for one in content.members if one is not gone)
    items = tuple(one for one in content.items if one.item_code not in gone.item_codes)
    return type(content)(**(vars(content) | {"members": members, "items": items}))
