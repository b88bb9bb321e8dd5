"""Sections that special acts ask a plan to hold (S2.15)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from services.careplan.domain.plan_versions.plan_version import version_in_force
from services.careplan.domain.plans.content import Content, content_from_plain, content_to_plain, digest_of
from services.careplan.domain.plans.refusals import StatutorySectionMissing
from services.careplan.domain.plans.statutory import StatutorySection, statutory_section
from services.careplan.domain.plans.statutory_rules import on_statutes
from services.careplan.domain.rules import StatutoryRule
from services.careplan.domain.terms import StatutoryKind
from services.kernel.care import Arrangement
from sote.careplan.v1 import statutory_pb2
from tests.builders.careplan.plans import ENTERPRISE, FULL, GOAL, NOW, OWN, TODAY, active, line, plan

ROOT = Path(__file__).resolve().parents[4]
TABLE = TypeAdapter(tuple[StatutoryRule, ...]).validate_json(
    (ROOT / "services/careplan/reference/statutory_sections.json").read_bytes()
)
BY_KIND = {rule.kind: rule for rule in TABLE}
K = StatutoryKind
OPEN_CARE = line(21, "SOC-CHILD-OPEN", Arrangement.OWN, ENTERPRISE, 10)
DAY_CARE = line(22, "SOC-DAY-OLD", Arrangement.OWN, ENTERPRISE, 10)
THERAPY = line(23, "HLT-OT", Arrangement.VOUCHER, None, 20)
TASKS = {"SOC-CHILD-OPEN": "LASTENSUOJELU", "SOC-DAY-OLD": "IAKKAAT", "HLT-OT": "TERVEYS", "SOC-FAM-WORK": "LAPSIPERHE"}
ASKING = {
    K.CHILD_WELFARE_CLIENT_PLAN: OPEN_CARE,
    K.OLDER_PEOPLE_CARE_AND_SERVICE_PLAN: DAY_CARE,
    K.REHABILITATION_PLAN: THERAPY,
}


def written(kind: StatutoryKind, **more: str) -> StatutorySection:
    contents: Mapping[str, str] = dict.fromkeys(BY_KIND[kind].required, "written") | more
    return statutory_section(kind, contents)


def resting(draft: Content, day: date = TODAY, done: tuple[()] | list[object] = ()) -> Content:
    return on_statutes(draft, done, TASKS, TABLE, day)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", K)
def test_a_planned_service_asks_for_its_section_and_the_act_is_noted_S2_15(kind: StatutoryKind) -> None:
    draft = Content((GOAL,), (OWN, ASKING[kind]), "my view")
    with pytest.raises(StatutorySectionMissing, match=kind) as refused:
        resting(draft)
    assert refused.value.legal_basis == BY_KIND[kind].legal_basis
    (section,) = resting(draft.with_section(written(kind))).statutory_sections
    assert section.legal_basis == BY_KIND[kind].legal_basis
    assert section.plan_service_ids == (ASKING[kind].plan_service_id,)


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.kind)
def test_each_content_that_the_act_asks_is_asked_and_is_a_field_of_the_proto_S2_15(rule: StatutoryRule) -> None:
    draft = Content((GOAL,), (ASKING[rule.kind],), "my view")
    for name in rule.required:
        with pytest.raises(StatutorySectionMissing, match=f"with {name}$"):
            resting(draft.with_section(written(rule.kind, **{name: "  "})))
    message = statutory_pb2.StatutorySection.DESCRIPTOR.fields_by_name[rule.kind.lower()].message_type
    assert message is not None
    assert set(rule.required) <= set(message.fields_by_name)
    assert rule.legal_basis
    assert rule.source
    assert not rule.in_force(date(2007, 12, 31))


def test_what_is_done_or_not_asked_needs_no_section_and_may_have_one_S2_15() -> None:
    draft = Content((GOAL,), (OWN, OPEN_CARE), "my view")
    assert resting(draft, done=[OPEN_CARE.plan_service_id]).statutory_sections == ()
    kept = resting(FULL.with_section(written(K.REHABILITATION_PLAN)))
    assert [(one.legal_basis, one.plan_service_ids) for one in kept.statutory_sections] == [("", ())]


def test_two_sections_are_one_document_with_one_version_number_S2_15() -> None:
    sections = [written(kind) for kind in (K.REHABILITATION_PLAN, K.CHILD_WELFARE_CLIENT_PLAN)]
    draft = FULL.with_section(sections[0]).with_section(sections[1])
    made = active(draft)
    version = version_in_force(made, supersedes="", activated_by="somebody", now=NOW)
    assert (made.version_number, version.number) == ("1.0", "1.0")
    assert [one.kind for one in version.content.statutory_sections] == [
        K.CHILD_WELFARE_CLIENT_PLAN,
        K.REHABILITATION_PLAN,
    ]
    assert version.intact()
    assert not replace(version, content=replace(version.content, statutory_sections=())).intact()


def test_a_section_is_replaced_by_one_of_its_kind_S2_15() -> None:
    first, second = written(K.REHABILITATION_PLAN), written(K.REHABILITATION_PLAN, need="another")
    draft = FULL.with_section(first).with_section(second)
    assert draft.statutory_sections == (second,)
    assert plan(draft).drawn_up().statutory_section(K.CHILD_WELFARE_CLIENT_PLAN) is None


def test_digests_of_before_there_were_sections_hold_INV_24() -> None:
    assert "statutory_sections" not in content_to_plain(FULL)
    told = FULL.with_section(written(K.REHABILITATION_PLAN).resting("an act", (OWN.plan_service_id,)))
    assert content_from_plain(content_to_plain(told)) == told
    assert digest_of(content_to_plain(told)) != digest_of(content_to_plain(FULL))
