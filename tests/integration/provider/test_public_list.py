"""The public list of providers (PROVIDER-5, INV-23)."""

from datetime import date

from cli.stories.values import day
from sote.provider.v1 import contract_service_pb2, provider_pb2
from sote.provider.v1 import provider_service_pb2 as pb
from sote.type.v1 import care_pb2
from tests.builders.provider.calls import INVALID, drafted, refused, row
from tests.builders.provider.loader import WORLD, Loader, read

Asked = pb.ListPublicProvidersRequest


def names(loader: Loader, request: pb.ListPublicProvidersRequest, role: str = "CLI") -> list[str]:
    found = loader.call("ListPublicProviders", request, role)
    return [one.display_name for one in found.providers]


def expected(loader: Loader, service: str = "", place: str = "", language: str = "", mode: str = "") -> list[str]:
    """The same list worked out from the county's files."""
    providers = {one["id"]: one for one in read(WORLD / "providers.yaml")["providers"]}
    units = read(WORLD / "units.yaml")["units"]
    shown = set()
    for contract in read(WORLD / "contracts.yaml")["contracts"]:
        for line in contract["lines"]:
            for unit in (one for one in units if one["provider"] == contract["provider"]):
                home, areas = unit["municipality_code"], unit["area_municipality_codes"]
                if (
                    (not line["units"] or unit["code"] in line["units"])
                    and service in {"", line["service_code"]}
                    and (not place or place == home or place in areas or not (home or areas))
                    and (not language or language in unit["languages"])
                    and (not mode or mode in unit["modes"])
                ):
                    shown.add(providers[contract["provider"]]["display_name"])
    return sorted(shown, key=str.lower)


def test_shows_who_is_approved_and_has_a_contract_in_force_PROVIDER_5(ready: Loader) -> None:
    draft = ready.accept(drafted(ready))
    assert names(ready, Asked()) == []
    ready.call("ActivateContract", contract_service_pb2.ActivateContractRequest(name=draft.name))
    (shown,) = ready.call("ListPublicProviders", Asked(), "CLI").providers
    assert [(one.service_code, one.unit_price) for one in shown.lines] == [
        (one.service_code, one.unit_price) for one in draft.lines
    ]
    assert {one.code for one in shown.units} == {"U14", "U15"}
    name = ready.providers["P05"].name
    ready.call("FreezeProvider", pb.FreezeProviderRequest(name=name, reason="x"))
    assert names(ready, Asked()) == []
    ready.call("UnfreezeProvider", pb.UnfreezeProviderRequest(name=name, reason="x"))
    assert names(ready, Asked()) == [row("P05")["display_name"]]
    suspend = contract_service_pb2.SuspendContractRequest(
        name=draft.name, grounds="x", effective_date=day(date(2025, 3, 11))
    )
    ready.call("SuspendContract", suspend)
    assert names(ready, Asked()) == []


def test_the_list_is_whole_and_in_the_order_of_names_whatever_is_asked_INV_23(county: Loader) -> None:
    assert names(county, Asked()) == expected(county) != []
    services = {line["service_code"] for one in read(WORLD / "contracts.yaml")["contracts"] for line in one["lines"]}
    for code in sorted(services):
        assert names(county, Asked(service_code=code)) == expected(county, code), code
    for place in ("837", "049", "999"):
        assert names(county, Asked(municipality_code=place)) == expected(county, place=place), place
    for language in ("fi", "sv", "en", "et"):
        assert names(county, Asked(language=language)) == expected(county, language=language), language
    for mode in ("AT_HOME", "E_SERVICE", "PROVIDER_UNIT", "MOBILE_TEAM", "AT_CENTRE"):
        asked = Asked(mode=care_pb2.DeliveryMode.Value(f"DELIVERY_MODE_{mode}"))
        assert names(county, asked) == expected(county, mode=mode), mode


def test_filters_hold_together_for_one_line_and_one_unit_PROVIDER_5(county: Loader) -> None:
    for code in ("SOC-FAM-HOME", "HLT-PHYSIO", "SOC-HOME-CARE"):
        for language in ("fi", "sv"):
            asked = Asked(service_code=code, language=language, municipality_code="837")
            assert names(county, asked) == expected(county, code, "837", language), (code, language)
    asked = Asked(service_code="SOC-FAM-HOME")
    for one in county.call("ListPublicProviders", asked, "CLI").providers:
        assert {line.service_code for line in one.lines} == {"SOC-FAM-HOME"}


def test_tells_who_is_within_reach_of_everybody_PROVIDER_5(county: Loader) -> None:
    loop = provider_pb2.ACCESSIBILITY_HEARING_LOOP
    asked = Asked(accessibility=loop, municipality_code="837")
    (shown,) = county.call("ListPublicProviders", asked, "CLI").providers
    assert shown.display_name == row("P02")["display_name"]
    assert any(loop in unit.accessibility for unit in shown.units)
    assert names(county, Asked(accessibility=provider_pb2.ACCESSIBILITY_SIGN_LANGUAGE)) == []


def test_comes_in_pages_PROVIDER_5(county: Loader) -> None:
    whole = names(county, Asked())
    seen: list[str] = []
    request = Asked(page_size=4)
    while True:
        page = county.call("ListPublicProviders", request, "CLI")
        seen += [one.display_name for one in page.providers]
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    assert seen == whole
    foreign = Asked(page_size=4, language="sv", page_token=request.page_token)
    assert refused(county, "ListPublicProviders", foreign, "CLI") == (INVALID, "INVALID_FIELD")
