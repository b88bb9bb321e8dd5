"""What the county sees to: what does not fit together in records (S2.05), and whose provider is under a sanction."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest

from services.gateway.operations.check_records import check_records
from services.gateway.operations.keep_provider import keep_provider
from services.gateway.operations.keep_sanction import keep_sanction
from sote.careplan.v1 import section_pb2 as careplan
from sote.gateway.v1 import gateway_service_pb2, record_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.provider.v1 import sanction_pb2
from sote.voucher.v1 import section_pb2 as voucher
from sote.voucher.v1 import voucher_pb2
from tests.builders.gateway.county import County, know_provider
from tests.builders.gateway.sections import PROVIDER, plan_of, sections

LOST = record_pb2.INCONSISTENCY_KIND_VOUCHER_WITHOUT_PLAN_SERVICE
OPERATOR = str(uuid4())


def check(county: County, **later: float) -> None:
    def act(session: Any) -> bool:
        check_records(session, now=county.now + timedelta(**later))
        return True

    county.fold(act)


def listed(county: County, role: str = "CSW", **asked: Any) -> Any:
    request = gateway_service_pb2.ListInconsistenciesRequest(**asked)
    return county.stub.ListInconsistencies(request, metadata=county.gateway.as_role(role), timeout=10)


def stray(client_id: UUID) -> tuple[careplan.PlanSection, voucher.VoucherSection]:
    """A client with an open plan, and two vouchers it does not hold."""
    plan = plan_of(client_id)
    plan.operator.organisation_id = OPERATOR
    state = voucher_pb2.VOUCHER_STATE_ACTIVE
    vouchers = [voucher_pb2.Voucher(uid=uid, plan_service_id="elsewhere", state=state) for uid in ("v1", "v2")]
    return plan, voucher.VoucherSection(vouchers=vouchers)


def sanction(version: int, status: Any, sanction_id: str) -> sanction_pb2.SanctionFacts:
    return sanction_pb2.SanctionFacts(sanction_id=sanction_id, provider_id=str(PROVIDER), state=status, version=version)


def test_what_does_not_fit_is_listed_with_owner_and_age_S2_05(county: County) -> None:
    know_provider(county)
    client_id, other = uuid4(), uuid4()
    plan, vouchers = stray(client_id)
    county.arrive(*(county.tell(client_id, one) for one in (*sections(client_id)[:1], plan, vouchers)))
    county.arrive(*(county.tell(other, one) for one in sections(other)))
    assert not listed(county).inconsistencies
    check(county)
    found = listed(county).inconsistencies
    assert sorted(one.inconsistency.subject for one in found) == ["vouchers/v1", "vouchers/v2"]
    assert {one.client_id for one in found} == {str(client_id)}
    assert {one.inconsistency.owner_organisation_id for one in found} == {OPERATOR}
    assert {one.found_time.ToDatetime() for one in found} == {county.now.replace(tzinfo=None)}
    assert list(county.record(client_id).inconsistencies) == sorted(
        (one.inconsistency for one in found), key=lambda one: one.subject
    )
    first = listed(county, page_size=1)
    rest = listed(county, page_size=1, page_token=first.next_page_token)
    assert [*first.inconsistencies, *rest.inconsistencies] == list(found)
    assert not rest.next_page_token


def test_the_county_asks_for_what_is_older_than_a_limit_S2_05(county: County) -> None:
    know_provider(county)
    client_id = uuid4()
    plan, vouchers = stray(client_id)
    county.arrive(*(county.tell(client_id, one) for one in (plan, vouchers)))
    check(county, days=-8)
    assert len(listed(county, older_than_days=8).inconsistencies) == 0  # nothing is due before today
    check(county)
    assert len(listed(county).inconsistencies) == 2
    assert len(listed(county, older_than_days=1).inconsistencies) == 0
    assert len(listed(county, kind=LOST, owner_organisation_id=OPERATOR).inconsistencies) == 2
    assert len(listed(county, owner_organisation_id=str(uuid4())).inconsistencies) == 0
    other = record_pb2.INCONSISTENCY_KIND_PLAN_MISSING
    assert len(listed(county, kind=other).inconsistencies) == 0


def test_what_was_put_right_is_gone_and_what_was_found_keeps_its_moment_S2_05(county: County) -> None:
    know_provider(county)
    client_id = uuid4()
    plan, vouchers = stray(client_id)
    county.arrive(*(county.tell(client_id, one) for one in (plan, vouchers)))
    check(county)
    vouchers.vouchers[1].plan_service_id = "s1"
    county.arrive(county.tell(client_id, vouchers))
    check(county, minutes=5)
    (left,) = listed(county).inconsistencies
    assert left.inconsistency.subject == "vouchers/v1"
    assert left.found_time.ToDatetime() == county.now.replace(tzinfo=None)


def test_a_day_that_passes_is_found_the_day_after_S2_05(county: County) -> None:
    """The contract of `know_provider` ends with 2025."""
    know_provider(county)
    client_id = uuid4()
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))
    check(county)
    assert not listed(county).inconsistencies
    check(county, days=300)
    (found,) = listed(county).inconsistencies
    assert found.inconsistency.kind == record_pb2.INCONSISTENCY_KIND_SERVICE_WITHOUT_CONTRACT
    assert (found.inconsistency.since_date.year, found.inconsistency.since_date.month) == (2026, 1)


@pytest.mark.parametrize("role", ["PRV", "STE", "CLI", "CON"])
def test_only_the_countys_professionals_list_clients_S2_05(county: County, role: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        listed(county, role)
    assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED


def test_sanctions_are_told_to_the_countys_roles_only_ACCESS_3(county: County) -> None:
    client_id, sanction_id = uuid4(), str(uuid4())
    county.fold(lambda s: keep_sanction(s, facts=sanction(2, sanction_pb2.SANCTION_STATE_IMPOSED, sanction_id)))
    know_provider(county)
    county.arrive(*(county.tell(client_id, one) for one in sections(client_id)))

    def shown() -> dict[str, bool]:
        roles = ("CSW", "CSP", "FIN", "CON", "HOP", "HSP", "PRV", "CLI")
        records = {role: county.record(client_id, role=role, subject=str(client_id)) for role in roles}
        return {role: one.providers[0].sanctioned for role, one in records.items()}

    assert shown() == dict.fromkeys(("CSW", "CSP", "FIN", "CON"), True) | dict.fromkeys(
        ("HOP", "HSP", "PRV", "CLI"), False
    )
    facts = provider.ProviderFacts(provider_id=str(PROVIDER), display_name="Perhepalvelu Oy", version=4)
    county.fold(lambda s: keep_provider(s, facts=facts))
    assert shown()["CON"]
    remedied = sanction(4, sanction_pb2.SANCTION_STATE_REMEDIED, sanction_id)
    late = sanction(3, sanction_pb2.SANCTION_STATE_IMPOSED, sanction_id)
    assert county.fold(lambda s: keep_sanction(s, facts=remedied))
    assert not county.fold(lambda s: keep_sanction(s, facts=late))
    assert not any(shown().values())
