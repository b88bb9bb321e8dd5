"""A refusal says its sentence where it is raised and its reason, rule and place by its class."""

from uuid import UUID

import pytest

from services.kernel.refusal import IllegalTransition, InvalidValue, NotFound, Refusal

pytestmark = pytest.mark.unit


class UnitsExceeded(Refusal):
    """More is asked than is left."""

    reason = "UNITS_EXCEEDED"
    rule = "INV-11"


def test_a_refusal_says_the_sentence_of_its_place_and_the_reason_of_its_class() -> None:
    refusal = UnitsExceeded("3 units are claimed and 2 are left")
    assert str(refusal) == "3 units are claimed and 2 are left"
    assert (refusal.reason, refusal.rule, refusal.legal_basis, refusal.field) == ("UNITS_EXCEEDED", "INV-11", "", "")


def test_an_illegal_transition_names_noun_state_and_command() -> None:
    refusal = IllegalTransition("a contract", "ENDED", "suspend")
    assert str(refusal) == "a contract in state ENDED does not take the command suspend"
    assert (refusal.reason, refusal.rule) == ("ILLEGAL_TRANSITION", "REFUSAL-1")


def test_an_invalid_value_names_its_field_and_a_missing_resource_its_name() -> None:
    assert InvalidValue("units", "must be whole").field == "units"
    missing = NotFound(UUID(int=7))
    assert (missing.resource_name, str(missing)) == (str(UUID(int=7)), "no such resource")
