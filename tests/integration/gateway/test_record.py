"""The integrated record: both ways the same message, never silently shorter, whatever arrives in whatever order."""

import time
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from services.gateway.operations.keep_provider import keep_provider
from sote.client.v1 import section_pb2 as client
from sote.gateway.v1 import gateway_service_pb2, record_pb2
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import section_pb2 as voucher
from sote.voucher.v1 import voucher_pb2
from tests.builders.gateway.county import RELATED, County, know_provider
from tests.builders.gateway.sections import PROVIDER, plan_of, sections

FRESH = gateway_service_pb2.CONSISTENCY_FRESH
COMPLETE = record_pb2.SECTION_STATUS_COMPLETE
STALE = record_pb2.SECTION_STATUS_STALE
UNAVAILABLE = record_pb2.SECTION_STATUS_UNAVAILABLE
WITHHELD = record_pb2.SECTION_STATUS_WITHHELD
NOT_APPLICABLE = record_pb2.SECTION_STATUS_NOT_APPLICABLE
NAMES = ["client", "plan", "vouchers", "finance", "packages", "chains", "providers"]


def states(record: record_pb2.Record) -> dict[str, Any]:
    """Status by section; all must be named, in order."""
    assert [one.section for one in record.sections] == NAMES
    return {one.section: one.status for one in record.sections}


def refusal(error: Any) -> tuple[grpc.StatusCode, str]:
    status = rpc_status.from_call(error)
    assert status is not None
    return error.code(), error_details_pb2.ErrorInfo.FromString(status.details[0].value).reason


def test_the_stored_record_is_complete_with_every_service_down_S1_43(county: County) -> None:
    client_id = uuid4()
    know_provider(county)
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))
    for publisher in county.publishers.values():
        publisher.stop()
    record = county.record(client_id)
    assert set(states(record).values()) == {COMPLETE}
    assert not record.degraded
    assert record.client_id == record.client.client_id == str(client_id)
    assert [one.display_name for one in record.providers] == ["Perhepalvelu Oy"]
    assert [one.state for one in record.providers[0].contracts] == [contract_pb2.CONTRACT_STATE_ACTIVE]
    assert [one.version for one in record.sections[:6]] == [1] * 6
    assert record.as_of.ToDatetime() == record.sections[0].as_of.ToDatetime() == county.now.replace(tzinfo=None)
    assert not record.inconsistencies


def test_the_fresh_record_is_the_same_message(county: County) -> None:
    client_id = uuid4()
    know_provider(county)
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))
    stored, fresh = county.record(client_id), county.record(client_id, consistency=FRESH)
    assert states(fresh)["providers"] == STALE  # nobody serves the provider's address here
    assert fresh.sections[6].reason == "UNAVAILABLE"
    fresh.sections[6].CopyFrom(stored.sections[6])
    fresh.degraded = False
    assert fresh == stored


def test_fresh_sees_what_has_not_arrived_yet(county: County) -> None:
    client_id = uuid4()
    for one in sections(client_id):
        county.tell(client_id, one)
    with pytest.raises(grpc.RpcError) as caught:
        county.record(client_id)
    assert refusal(caught.value) == (grpc.StatusCode.NOT_FOUND, "CLIENT_UNKNOWN")
    record = county.record(client_id, consistency=FRESH)
    assert record.plan.version_number == "1.1"
    assert states(record)["providers"] == UNAVAILABLE
    assert record.degraded


def test_a_section_nobody_told_of_is_not_applicable(county: County) -> None:
    client_id = uuid4()
    county.arrive(county.tell(client_id, client.ClientSection(client_id=str(client_id))))
    for consistency in (gateway_service_pb2.CONSISTENCY_MATERIALISED, FRESH):
        record = county.record(client_id, consistency=consistency)
        assert states(record) == {"client": COMPLETE} | dict.fromkeys(NAMES[1:], NOT_APPLICABLE)
        assert not record.degraded


def test_a_silent_service_leaves_its_copy_stale_and_without_a_copy_unavailable_RECORD_3(county: County) -> None:
    client_id = uuid4()
    told = [county.tell(client_id, one) for one in sections(client_id)]
    county.arrive(told[0], told[1])
    county.publishers["careplan"].stop()
    county.publishers["voucher"].stop()
    record = county.record(client_id, consistency=FRESH)
    shown = states(record)
    assert (shown["client"], shown["packages"]) == (COMPLETE, COMPLETE)
    assert (shown["plan"], shown["vouchers"], shown["finance"]) == (STALE, UNAVAILABLE, UNAVAILABLE)
    assert record.plan.version_number == "1.1"
    assert record.sections[1].version == 1
    assert not record.HasField("vouchers")
    assert record.sections[2].reason == "UNAVAILABLE"
    assert record.degraded


def test_a_slow_service_costs_its_section_and_not_the_record_GUARANTEE_15(county: County) -> None:
    client_id = uuid4()
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))
    county.publishers["package"].before = lambda: time.sleep(3)
    began = time.monotonic()
    record = county.record(client_id, consistency=FRESH)
    assert time.monotonic() - began < 2.5
    assert states(record)["packages"] == STALE
    assert record.sections[4].reason == "DEADLINE_EXCEEDED"


def test_nobody_says_not_found_while_the_client_service_is_silent(county: County) -> None:
    county.publishers["client"].stop()
    with pytest.raises(grpc.RpcError) as caught:
        county.record(uuid4(), consistency=FRESH)
    assert refusal(caught.value) == (grpc.StatusCode.UNAVAILABLE, "UPSTREAM_UNAVAILABLE")


def test_duplicates_and_another_order_do_no_harm_GUARANTEE_5(county: County) -> None:
    client_id = uuid4()
    versions = [county.tell(client_id, plan_of(client_id, version_number=number)) for number in ("1.0", "1.1", "1.2")]
    first = county.tell(client_id, client.ClientSection(client_id=str(client_id)))
    assert county.arrive(versions[2], first, versions[0], versions[2], versions[1], first) == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    record = county.record(client_id)
    assert (record.plan.version_number, record.sections[1].version) == ("1.2", 3)


def test_a_writer_reads_its_own_write(county: County) -> None:
    client_id = uuid4()
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))
    row = county.tell(client_id, plan_of(client_id, version_number="1.2"))
    token = f"{client_id}/{row.name}={row.version};{uuid4()}/{row.name}=77"
    assert county.record(client_id).plan.version_number == "1.1"
    record = county.record(client_id, min_version=token)
    assert (record.plan.version_number, record.sections[1].version, record.sections[1].status) == ("1.2", 2, COMPLETE)
    county.publishers["careplan"].stop()
    record = county.record(client_id, min_version=token)
    assert (record.plan.version_number, record.sections[1].status) == ("1.1", STALE)
    county.arrive(row)
    record = county.record(client_id, min_version=token)
    assert (record.plan.version_number, record.sections[1].status) == ("1.2", COMPLETE)


def test_a_version_from_the_future_is_told_and_not_believed(county: County) -> None:
    client_id = uuid4()
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))
    record = county.record(client_id, min_version=f"{client_id}/sote.careplan.v1.PlanSection=9")
    assert (record.sections[1].status, record.sections[1].reason) == (STALE, "MIN_VERSION_NOT_REACHED")
    for token in ("nonsense", f"{client_id}/a=x", f"{client_id}/a=-1", "=1"):
        with pytest.raises(grpc.RpcError) as caught:
            county.record(client_id, min_version=token)
        assert refusal(caught.value) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")


@pytest.mark.parametrize("consistency", [gateway_service_pb2.CONSISTENCY_MATERIALISED, FRESH])
def test_sections_are_withheld_from_roles_that_may_not_read_them_INV_14(county: County, consistency: Any) -> None:
    client_id = uuid4()
    know_provider(county)
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))
    hidden = {
        "CSW": set(),
        "CSP": {"finance"},
        "HSP": {"finance"},
        "PRV": {"finance"},
        "FIN": {"plan", "packages", "chains"},
        "CON": {"client", "plan", "finance", "packages", "chains"},
        "DPO": {"plan", "vouchers", "finance", "packages", "chains", "providers"},
        "CLI": set(),
    }
    for role, expected in hidden.items():
        record = county.record(client_id, role=role, subject=str(client_id), consistency=consistency)
        shown = states(record)
        assert {name for name, status in shown.items() if status == WITHHELD} == expected, role
        assert {field.name for field, _ in record.ListFields()}.isdisjoint(expected), role


def test_an_open_voucher_outside_the_open_plan_is_told_INV_03(county: County) -> None:
    client_id = uuid4()
    lost = voucher_pb2.Voucher(uid="v9", plan_service_id="gone", state=voucher_pb2.VOUCHER_STATE_ISSUED)
    parts = [*sections(client_id)[:2], voucher.VoucherSection(vouchers=[lost])]
    county.arrive(*(county.tell(client_id, one) for one in parts))
    (found,) = county.record(client_id).inconsistencies
    assert found.kind == record_pb2.INCONSISTENCY_KIND_VOUCHER_WITHOUT_PLAN_SERVICE
    assert (found.subject, found.rule) == ("vouchers/v9", "INV-03")


def test_an_old_contract_fact_changes_nothing(county: County) -> None:
    facts = provider.ProviderFacts(provider_id=str(PROVIDER), display_name="Uusi nimi", version=4)
    know_provider(county)
    assert county.fold(lambda session: keep_provider(session, facts=facts))
    facts.version, facts.display_name = 2, "Vanha nimi"
    assert not county.fold(lambda session: keep_provider(session, facts=facts))


@pytest.mark.parametrize("consistency", [gateway_service_pb2.CONSISTENCY_MATERIALISED, FRESH])
def test_under_a_non_disclosure_order_others_get_no_whereabouts_INV_15(county: County, consistency: Any) -> None:
    client_id, centre = uuid4(), uuid4()
    told = client.ClientSection(client_id=str(client_id))
    told.contact_data.address, told.contact_data.municipality_code = "Koivukuja 1", "837"
    told.direct_choices.add(uid="d1", provider_id=str(centre), unit_id="hssc-unit")
    plan = plan_of(client_id)
    plan.services[0].unit_id, plan.services[0].unit_name = "family-centre", "Hervannan perhekeskus"
    telling = ("Koivukuja", "837", "hssc-unit", "family-centre", "Hervannan")
    county.fold(lambda session: keep_provider(session, facts=provider.ProviderFacts(provider_id=str(centre))))
    county.arrive(county.tell(client_id, told), county.tell(client_id, plan))
    for role in ("HOP", "HSP", "PRV"):
        open_record = str(county.record(client_id, role=role, consistency=consistency))
        assert all(place in open_record for place in telling)
    assert "Koivukuja" not in str(county.record(client_id, role="DPO", consistency=consistency))
    told.non_disclosure.contact_address = "PL 77"
    county.arrive(county.tell(client_id, told))
    for role in ("HOP", "HSP", "PRV", "DPO"):
        record = county.record(client_id, role=role, consistency=consistency)
        assert not [place for place in (*telling, str(centre)) if place in str(record)], role
        assert record.client.non_disclosure.contact_address == "PL 77", role
        assert not record.client.HasField("contact_data")
    for role in ("CSW", "CSP", "CLI"):
        record = county.record(client_id, role=role, subject=str(client_id), consistency=consistency)
        assert all(place in str(record) for place in telling), role


def test_the_copy_lets_the_related_in_and_nobody_else_while_the_client_service_is_silent_INV_14(county: County) -> None:
    client_id = uuid4()
    county.arrive(*(county.tell(client_id, content) for content in sections(client_id)))
    county.publishers["client"].stop()
    assert county.record(client_id, role="PRV").client.client_id == str(client_id)
    for asked in (client_id, uuid4()):
        with pytest.raises(grpc.RpcError) as caught:
            county.record(asked, role="PRV", organisation=str(uuid4()))
        assert refusal(caught.value) == (grpc.StatusCode.UNAVAILABLE, "UPSTREAM_UNAVAILABLE")


def test_findings_are_not_for_who_is_shown_parts_alone_ACCESS_3(county: County) -> None:
    client_id = uuid4()
    lost = voucher_pb2.Voucher(
        uid="v9", plan_service_id="gone", provider_id=str(RELATED), state=voucher_pb2.VOUCHER_STATE_ISSUED
    )
    parts = [*sections(client_id)[:2], voucher.VoucherSection(vouchers=[lost])]
    county.arrive(*(county.tell(client_id, one) for one in parts))
    assert county.record(client_id).inconsistencies
    for role in ("HSP", "PRV"):
        assert not county.record(client_id, role=role).inconsistencies
