"""Facts of a later release: a word that this one does not know is carried, and parks no message (GUARANTEE-7)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from google.protobuf.message import Message

from services.careplan.domain.enrolments.items import wish_of
from services.careplan.domain.plans.line_rules import Wish
from services.careplan.domain.plans.refusals import ArrangementNotAllowed, UnitMismatch
from services.careplan.domain.searches.reroute_case import RerouteCause
from services.careplan.wire import neighbours as wire
from services.chassis.values import day
from services.kernel.care import Arrangement
from sote.package.v1 import events_pb2 as package
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2
from sote.voucher.v1 import events_pb2 as voucher

pytestmark = pytest.mark.unit
LATER: Any = 99
DAY = date(2025, 3, 3)


def later(message: Message, field: str) -> Message:
    """The message with a value of a later release in an enum field."""
    setattr(message, field, LATER)
    return message


def test_a_service_counted_in_a_later_unit_is_known_and_cannot_be_planned_here() -> None:
    facts = provider.CatalogueFacts(service_code="SOC-NEW", version=1, arrangements=[care_pb2.ARRANGEMENT_OWN, LATER])
    later(facts, "unit")
    entry = wire.catalogue_entry(facts)
    assert (entry.unit, entry.known_unit, entry.arrangements) == ("UNKNOWN_99", None, (Arrangement.OWN,))
    with pytest.raises(UnitMismatch):
        Wish("SOC-NEW", Arrangement.OWN, 1, DAY, DAY).line(entry, uuid4())


def test_an_item_arranged_in_a_later_way_is_refused_when_it_is_planned() -> None:
    item = package.EnrolmentItemFacts(item_code="A", service_code="SOC-NEW", from_date=day(DAY), to_date=day(DAY))
    later(item, "arrangement")
    enrolled = wire.enrolment(
        package.EnrolmentFacts(enrolment_id=str(uuid4()), client_id=str(uuid4()), items=[item], version=1)
    )
    assert enrolled.items[0].arrangement is None
    with pytest.raises(ArrangementNotAllowed):
        wish_of(enrolled.items[0])


def test_a_provider_lost_for_a_later_cause_is_sought_like_one_that_quit() -> None:
    fact = voucher.VoucherRerouteStarted(cut_off_date=day(DAY))
    later(fact, "cause")
    assert wire.reroute(fact).cause is RerouteCause.PROVIDER_QUIT


def test_a_later_state_is_carried_and_one_that_is_not_said_is_empty() -> None:
    facts = provider.ProviderFacts(provider_id=str(uuid4()), version=1)
    assert wire.provider(facts).state == ""
    later(facts, "state")
    assert wire.provider(facts).state == "UNKNOWN_99"
