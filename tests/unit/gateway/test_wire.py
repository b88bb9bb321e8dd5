"""Bytes and lists: a record put together without parsing is the record, a list of choices is the whole list."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.gateway import wire
from services.gateway.domain.inconsistencies import Inconsistency, InconsistencyKind
from services.gateway.domain.record import KINDS, Part, SectionStatus
from services.gateway.wire.record import field_bytes
from sote.careplan.v1 import plan_pb2
from sote.careplan.v1 import section_pb2 as careplan
from sote.gateway.v1 import record_pb2
from sote.provider.v1 import contract_pb2, events_pb2, provider_pb2, section_pb2
from sote.type.v1 import care_pb2
from sote.type.v1 import section_pb2 as sections
from sote.voucher.v1 import voucher_pb2, voucher_service_pb2

NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)


@given(st.binary(max_size=300))
def test_a_field_of_bytes_is_what_protobuf_writes(body: bytes) -> None:
    record = record_pb2.Record.FromString(field_bytes(11, body) if _is_text(body) else b"")
    assert record.client_id.encode() == (body if _is_text(body) else b"")


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_a_record_of_bytes_is_the_record_of_messages() -> None:
    client_id, provider = uuid4(), uuid4()
    plan = careplan.PlanSection(client_id=str(client_id), version_number="1.3")
    plan.services.add(provider_id=str(provider), service_code="SOC-FAM-WORK")
    told = sections.Section(
        client_id=str(client_id), section=KINDS[1].message, version=7, body=plan.SerializeToString()
    )
    told.as_of.FromDatetime(NOW)
    parts = [
        Part(kind, SectionStatus.COMPLETE, "", wire.copy_of(told))
        if kind.field == "plan"
        else Part(kind, SectionStatus.UNAVAILABLE, "DEADLINE_EXCEEDED")
        for kind in KINDS
    ]
    summary = section_pb2.ProviderSummary(provider_id=str(provider), display_name="Perhepalvelu Oy")
    finding = Inconsistency(InconsistencyKind.PLAN_MISSING, "clients/x", "text", "PLAN-NEED")
    record = record_pb2.Record.FromString(
        wire.record_bytes(
            client_id,
            parts,
            summaries=[summary.SerializeToString()],
            providers=(SectionStatus.COMPLETE, ""),
            findings=[finding],
            now=NOW,
        )
    )
    assert (record.plan, list(record.providers)) == (plan, [summary])
    assert [one.section for one in record.sections] == [*(kind.field for kind in KINDS), "providers"]
    assert record.sections[1].version == 7
    assert record.sections[1].as_of.ToDatetime(tzinfo=UTC) == NOW
    assert record.sections[2].reason == "DEADLINE_EXCEEDED"
    assert record.degraded
    assert record.inconsistencies[0].kind == record_pb2.INCONSISTENCY_KIND_PLAN_MISSING
    assert record.client_id == str(client_id)


def test_the_sections_of_the_domain_are_the_fields_of_the_message() -> None:
    fields = record_pb2.Record.DESCRIPTOR.fields_by_name
    for kind in KINDS:
        content = fields[kind.field].message_type
        assert content is not None
        assert (fields[kind.field].number, content.full_name) == (kind.number, kind.message)
    statuses = {name.removeprefix("SECTION_STATUS_"): value for name, value in record_pb2.SectionStatus.items()}
    assert statuses == {"UNSPECIFIED": 0} | {one.name: one.value for one in SectionStatus}
    kinds = {name.removeprefix("INCONSISTENCY_KIND_"): value for name, value in record_pb2.InconsistencyKind.items()}
    assert kinds == {"UNSPECIFIED": 0} | {one.name: one.value for one in InconsistencyKind}


def test_every_provider_named_anywhere_is_found() -> None:
    ids = [uuid4() for _ in range(4)]
    plan = careplan.PlanSection(operator=plan_pb2.Operator(organisation_id=str(ids[0])))
    plan.services.add(provider_id=str(ids[1]), unit_id=str(uuid4()))
    plan.acknowledgements.add(provider_id=str(ids[2]))
    plan.voucher_deliveries.add(provider_id=str(ids[3]), voucher_id=str(uuid4()))
    plan.services.add(provider_id="county")
    assert wire.providers_named(plan) == frozenset(ids)


def test_a_summary_shows_contracts_that_came_into_force() -> None:
    facts = events_pb2.ProviderFacts(provider_id=str(uuid4()), display_name="Perhepalvelu Oy", version=4)
    facts.units.add(unit_id="u1", languages=["sv", "fi"])
    facts.units.add(unit_id="u2", languages=["fi", "en"])
    contracts = [
        events_pb2.ContractFacts(contract_id=str(status), state=status)
        for status in contract_pb2.ContractState.values()
    ]
    summary = wire.summary_of(facts.SerializeToString(), [one.SerializeToString() for one in contracts])
    assert list(summary.languages) == ["en", "fi", "sv"]
    assert [contract_pb2.ContractState.Name(one.state) for one in summary.contracts] == [
        "CONTRACT_STATE_ACTIVE",
        "CONTRACT_STATE_SUSPENDED",
        "CONTRACT_STATE_TERMINATED",
        "CONTRACT_STATE_EXPIRED",
    ]


def test_the_list_of_choices_is_the_whole_list_in_the_same_order_INV_23() -> None:
    voucher_id, ids = uuid4(), [uuid4() for _ in range(6)]
    eligible = voucher_service_pb2.ListEligibleProvidersResponse(options_digest="digest")
    for one in ids:
        unit = voucher_pb2.EligibleUnit(
            languages=["sv", "fi"], modes=[care_pb2.DELIVERY_MODE_AT_HOME, care_pb2.DELIVERY_MODE_AT_CENTRE]
        )
        eligible.providers.append(voucher_pb2.EligibleProvider(provider_id=str(one), units=[unit]))
    known: dict[UUID, bytes] = {
        one: section_pb2.ProviderSummary(ownership=provider_pb2.OWNERSHIP_THIRD).SerializeToString() for one in ids[:3]
    }
    made = wire.choices(voucher_id, eligible, known, NOW)
    assert [one.provider for one in made.choices] == list(eligible.providers)
    assert [one.ownership for one in made.choices] == [provider_pb2.OWNERSHIP_THIRD] * 3 + [0] * 3
    first = made.choices[0]
    assert list(first.languages) == ["fi", "sv"]
    assert list(first.modes) == [care_pb2.DELIVERY_MODE_AT_CENTRE, care_pb2.DELIVERY_MODE_AT_HOME]
    assert (made.options_digest, made.voucher_id) == ("digest", str(voucher_id))
