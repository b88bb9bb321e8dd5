"""Story 5 on the running county: the client's centre operates the plan; three kinds of refusal."""

import pytest

from cli.stories import acts, knowledge, planning
from cli.stories.outcome import Outcome, Totals
from cli.stories.rehabilitation import play_rehabilitation
from cli.stories.rehabilitation_choices import OWN_COST, VOUCHER_VALUE
from cli.stories.rehabilitation_start import operator
from cli.stories.stage import Theatre
from sote.careplan.v1 import acknowledgement_pb2
from sote.gateway.v1 import gateway_service_pb2 as gateway
from sote.gateway.v1 import record_pb2
from sote.type.v1 import care_pb2
from sote.voucher.v1 import voucher_pb2


@pytest.fixture(scope="module")
def rehabilitation(theatre: Theatre) -> Outcome:
    return play_rehabilitation(theatre.stage("story-5"))


@pytest.mark.timeout(300)
def test_balances_to_the_cent_and_ends_without_inconsistencies_STORY_5(rehabilitation: Outcome) -> None:
    assert rehabilitation.differences == []
    assert rehabilitation.found == Totals(reserved=457_500, released=87_000, spent=370_500)
    assert {"P02 issues a voucher: ISSUER_NOT_ALLOWED", "inconsistencies: []"} <= set(rehabilitation.seen)


def test_the_centre_the_client_chose_operates_the_plan_S1_28(theatre: Theatre, rehabilitation: Outcome) -> None:
    stage = theatre.looking()
    record = acts.record_of(stage, rehabilitation.client_id)
    assert record.plan.operator.kind == care_pb2.OPERATOR_KIND_DIRECT_CHOICE_HSSC
    assert record.plan.operator.organisation_id == stage.world.providers["P02"]
    assert [one.unit_id for one in record.client.direct_choices] == [stage.world.units["U10"]]
    request = gateway.GetRecordRequest(client_id=rehabilitation.client_id, purpose=record_pb2.PURPOSE_PLAN_COORDINATION)
    seen = stage.play.ask(operator(stage), stage.apis.gateway.GetRecord, request)
    assert [one.service_code for one in seen.plan.services] == [one.service_code for one in record.plan.services]


def test_the_refused_service_is_own_production_of_the_same_planned_service_VOUCHER_3(
    theatre: Theatre, rehabilitation: Outcome
) -> None:
    """The plan's row stays, its voucher is gone, and 15 sessions cost what the county's own cost (STORY-5)."""
    stage = theatre.looking()
    record = acts.record_of(stage, rehabilitation.client_id)
    physio = next(one for one in record.plan.services if one.service_code == "HLT-PHYSIO")
    assert (physio.arrangement, physio.provider_id) == (care_pb2.ARRANGEMENT_OWN, stage.world.providers["P01"])
    reserved, released, spent = acts.sums_of(stage, rehabilitation.client_id)["HLT-PHYSIO"]
    assert (reserved, released, spent) == (VOUCHER_VALUE + OWN_COST, VOUCHER_VALUE, OWN_COST)
    states = {code: one.state for code, one in acts.vouchers_of(stage, rehabilitation.client_id).items()}
    assert states == {
        "HLT-PHYSIO": voucher_pb2.VOUCHER_STATE_REFUSED,
        "HLT-SPEECH": voucher_pb2.VOUCHER_STATE_SETTLED,
    }


def test_saga_E_each_change_of_provider_is_a_version_and_who_declined_owes_nothing(
    theatre: Theatre, rehabilitation: Outcome
) -> None:
    stage = theatre.looking()
    plan_id = acts.record_of(stage, rehabilitation.client_id).plan.plan_id
    plan = planning.plan_of(stage, f"plans/{plan_id}")
    assert (plan.major, plan.minor) == (1, 4)
    bound = {one.provider_id: one.state for one in plan.acknowledgements}
    agreed = acknowledgement_pb2.ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED
    assert bound == {stage.world.providers[code]: agreed for code in ("P01", "P13")}


def test_the_record_is_whole_and_both_ways_give_the_same_STORY_5(theatre: Theatre, rehabilitation: Outcome) -> None:
    stage = theatre.looking()
    stored = acts.record_of(stage, rehabilitation.client_id)
    fresh = acts.record_of(stage, rehabilitation.client_id, fresh=True)
    assert not stored.degraded
    assert {one.status for one in stored.sections} == {record_pb2.SECTION_STATUS_COMPLETE}
    for section in ("client", "plan", "vouchers", "finance", "packages", "chains"):
        assert getattr(stored, section) == getattr(fresh, section), section


def test_the_ledger_proves_itself_and_story_5_played_again_changes_nothing_INV_08(
    theatre: Theatre, rehabilitation: Outcome
) -> None:
    before = knowledge.ledger_proof(theatre.looking())
    assert before.holds, before.differences
    again = play_rehabilitation(theatre.stage("story-5"))
    assert again.differences == []
    assert knowledge.ledger_proof(theatre.looking()).entries == before.entries
