"""What a clause may say (CLAUSE-2, S1.24, S1.43b)."""

import pytest

from services.kernel.refusal import InvalidValue
from services.provider.domain.clauses import DEFAULTS, ClauseTemplate, Parameter, ParameterKind, Template, check_clauses
from services.provider.domain.condition import Clause
from services.provider.domain.contract_refusals import ClauseUnknown
from tests.builders.provider.contracts import BASE, LATER, provider

CODES = [
    "GUIDANCE_DUTY", "INFO_SHARING", "PLAN_PARTICIPATION", "CONSULT_RESPONSE", "ACK_TIME", "FOLLOW_PLAN", "REFERRAL",
    "PACKAGE_LINK", "LIAISON", "HANDOVER", "ACCEPT_ALL", "SAFE_CONTINUATION",
]  # fmt: skip


def test_every_county_starts_with_the_twelve_templates_CLAUSE_1() -> None:
    assert list(DEFAULTS) == CODES


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("CONSULT_RESPONSE", {"weekdays": "3"}),
        ("INFO_SHARING", {"hours": "168"}),
        ("REFERRAL", {}),
        ("REFERRAL", {"weekdays": "1"}),
        ("PACKAGE_LINK", {"packages": "FAMILY_CENTRE,REHABILITATION", "items": "HLT-OT"}),
        ("SAFE_CONTINUATION", {"days": "0"}),
        ("FOLLOW_PLAN", {}),
    ],
)
def test_a_clause_within_its_template_binds_S1_24(code: str, parameters: dict[str, str]) -> None:
    check_clauses([Clause(code, parameters)], DEFAULTS)


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("CONSULT_RESPONSE", {}),
        ("CONSULT_RESPONSE", {"weekdays": "0"}),
        ("CONSULT_RESPONSE", {"weekdays": "31"}),
        ("CONSULT_RESPONSE", {"weekdays": "three"}),
        ("CONSULT_RESPONSE", {"weekdays": "03"}),
        ("CONSULT_RESPONSE", {"weekdays": "3", "days": "3"}),
        ("PACKAGE_LINK", {"packages": "Family centre"}),
        ("PACKAGE_LINK", {"packages": ""}),
        ("FOLLOW_PLAN", {"strictly": "1"}),
    ],
)
def test_a_parameter_outside_the_template_is_refused_S1_24(code: str, parameters: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        check_clauses([Clause(code, parameters)], DEFAULTS)


def test_a_clause_without_a_template_of_the_county_is_refused_S1_43b() -> None:
    with pytest.raises(ClauseUnknown):
        check_clauses([Clause("FOLLOW_PLAN"), Clause("EXCLUSIVE")], DEFAULTS)


def test_a_template_changes_only_when_it_differs_S1_43b() -> None:
    template = Template(code="ACK_TIME")
    one = ClauseTemplate(id=provider().id, code="ACK_TIME", template=template, **BASE)
    assert not one.put(Template(code="ACK_TIME"), now=LATER)
    assert (one.version, one.updated_at) == (1, BASE["updated_at"])
    days = Parameter(name="weekdays", kind=ParameterKind.NUMBER, required=True, least=1, most=5)
    assert one.put(Template(code="ACK_TIME", parameters=(days,)), now=LATER)
    assert (one.version, one.updated_at) == (2, LATER)


def test_a_template_does_not_contradict_itself_S1_43b() -> None:
    days = Parameter(name="weekdays", kind=ParameterKind.NUMBER, required=True, least=1, most=5)
    with pytest.raises(InvalidValue):
        Template(code="ACK_TIME", parameters=(days, days))
    with pytest.raises(InvalidValue):
        Parameter(name="weekdays", kind=ParameterKind.NUMBER, required=True, least=6, most=5)
