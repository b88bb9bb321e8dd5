"""Names, pages and etags: what callers send is understood exactly or refused by field."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import column, select

from services.chassis.etags import VersionConflict, check_etag, etag_of
from services.chassis.names import InvalidField, resource_id, resource_name
from services.chassis.pages import DEFAULT_SIZE, LARGEST_SIZE, page_of
from sote.careplan.v1.careplan_service_pb2 import ListPlansRequest
from sote.client.v1.team_service_pb2 import ListTeamsRequest

START = datetime(2025, 1, 1, tzinfo=UTC)


@given(st.uuids())
def test_a_name_is_its_collection_and_id_AIP_122(uid: UUID) -> None:
    assert resource_id(resource_name("vouchers", uid), "vouchers") == uid


@pytest.mark.parametrize(
    "name",
    [
        "",
        "vouchers",
        "vouchers/",
        "plans/{uid}",
        "/vouchers/{uid}",
        "vouchers/{uid}/",
        "vouchers/{uid}x",
        "vouchers/010199-987K",
        "vouchers/{hex}",
        "vouchers/{{{uid}}}",
        "vouchers/urn:uuid:{uid}",
    ],
)
def test_any_other_name_is_refused_by_field_AIP_122(name: str) -> None:
    uid = uuid4()
    with pytest.raises(InvalidField) as caught:
        resource_id(name.format(uid=uid, hex=uid.hex), "vouchers", "voucher")
    assert caught.value.field == "voucher"


def test_an_etag_is_the_version_AIP_154() -> None:
    check_etag("", 3)
    check_etag(etag_of(3), 3)
    for old in (etag_of(2), "3", "*", "W/" + etag_of(3)):
        with pytest.raises(VersionConflict):
            check_etag(old, 3)


def _listed(total: int, size: int) -> list[int]:
    """All rows of a list, page by page, as a caller would fetch them."""
    rows = [(START + timedelta(seconds=number // 3), UUID(int=number), number) for number in range(total)]
    found: list[int] = []
    token = ""
    while True:
        page = page_of(ListTeamsRequest(page_size=size, page_token=token))
        after = [row for row in rows if page.after_time is None or row[:2] > (page.after_time, page.after_uid)]
        shown, token = page.cut(after[: page.size + 1], lambda row: row[:2])
        found += [row[2] for row in shown]
        if not token:
            return found


@given(st.integers(0, 40), st.integers(1, 12))
def test_pages_give_every_row_once_AIP_158(total: int, size: int) -> None:
    assert _listed(total, size) == list(range(total))


def test_sizes_are_coerced_and_negative_ones_refused_AIP_158() -> None:
    assert page_of(ListTeamsRequest()).size == DEFAULT_SIZE
    assert page_of(ListTeamsRequest(page_size=10**6)).size == LARGEST_SIZE
    with pytest.raises(InvalidField):
        page_of(ListTeamsRequest(page_size=-1))


def test_a_token_is_bound_to_the_other_arguments_AIP_158() -> None:
    first, second = str(uuid4()), str(uuid4())
    _, token = page_of(ListPlansRequest(client_id=first, page_size=1)).cut([1, 2], lambda _: (START, UUID(int=1)))
    assert page_of(ListPlansRequest(client_id=first, page_size=7, page_token=token)).after_time == START
    for client, forged in ((second, token), (first, "x"), (first, "bm8="), (first, token[:-4]), (first, "W10=")):
        with pytest.raises(InvalidField) as caught:
            page_of(ListPlansRequest(client_id=client, page_token=forged))
        assert caught.value.field == "page_token"


def test_the_statement_asks_for_one_row_more_AIP_158() -> None:
    page = page_of(ListTeamsRequest(page_size=2))
    statement = page.select(select(column("uid")), column("create_time"), column("uid")).compile()
    assert statement.params == {"param_1": 3}
