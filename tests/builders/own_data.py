"""A household for each service: what one client has there, so that another client can be kept from it."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any
from uuid import uuid4

from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from protovalidate import collect_violations
from sqlalchemy.orm import Session

from services.chassis.database import engine_from, sessions_from
from services.chassis.sections import publish_section
from sote.careplan.v1 import section_pb2 as careplan_sections
from sote.client.v1 import decision_pb2, decision_service_pb2
from sote.package.v1 import section_pb2 as package_sections
from sote.voucher.v1.voucher_service_pb2 import RedeemVoucherRequest
from tests.api_server import ServedApi
from tests.builders.client.consents import giving
from tests.builders.client.county import Hands, day, recommended, tell_county
from tests.builders.package import enrolments as builders
from tests.builders.requests import fitting
from tests.builders.voucher.api import Town

Household = dict[str, str]
"""The client's id under `client_id`, and the ids of what it has, each under the name of its collection."""

COLLECTIONS = {
    "sote.client.v1.ConsentService": "consents",
    "sote.client.v1.DecisionService": "decisions",
    "sote.package.v1.PackageService": "enrolments",
}
"""What a service's methods for clients name; in the voucher service it is always the voucher."""


def client_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A registered client with a decision and a consent."""
    _commit(url, tell_county)
    hands = Hands(served, now)
    client = hands.register()
    assessment = hands.completed(client, recommended("HLT-PHYSIO", "VOUCHER", 5, "2025-04-01", "2025-06-11"))
    decision = hands.call(
        decision_service_pb2.MakeDecisionRequest(
            assessment_id=assessment.uid,
            service_code="HLT-PHYSIO",
            outcome=decision_pb2.DECISION_OUTCOME_PARTLY,
            units=5,
            from_date=day("2025-04-01"),
            to_date=day("2025-06-11"),
            grounds="needed",
        )
    )
    consent = hands.call(giving(client, "DENIAL", "SERVICE_TASK", "LASTENSUOJELU"))
    return {"client_id": client.uid, "decisions": decision.uid, "consents": consent.uid}


def careplan_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A client with a section of the record."""
    client_id = uuid4()
    section = careplan_sections.PlanSection()
    _commit(url, lambda session: publish_section(session, client_id=client_id, section=section, now=now))
    return {"client_id": str(client_id)}


def voucher_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A client with a voucher of which a unit was redeemed."""
    town = Town(served, url, now)
    voucher = town.active()
    town.call("RedeemVoucher", RedeemVoucherRequest(name=voucher.name, delivery_id=town.delivery(voucher)), "PRV")
    town.engine.dispose()
    return {"client_id": str(town.world.client_id), "vouchers": voucher.uid}


def package_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A client with a proposal of a package."""
    enrolment = builders.enrolment()

    def put(session: Session) -> None:
        session.add(enrolment)
        section = package_sections.PackageSection()
        publish_section(session, client_id=enrolment.client_id, section=section, now=now)

    _commit(url, put)
    return {"client_id": str(enrolment.client_id), "enrolments": str(enrolment.id)}


HOUSEHOLDS: dict[str, Callable[[ServedApi, str, datetime], Household]] = {
    "client": client_household,
    "careplan": careplan_household,
    "voucher": voucher_household,
    "package": package_household,
}


def asking(method: MethodDescriptor, household: Household) -> Message:
    """The method's request about a household: what it must hold, and nothing that narrows the answer."""
    request: Any = fitting(method)
    for field in method.input_type.fields:
        uid = _ids(method, field.name, household)
        if uid is None:
            _leave_out(request, field)
        elif field.is_repeated:
            getattr(request, field.name)[:] = [uid]
        else:
            setattr(request, field.name, uid)
    return request  # type: ignore[no-any-return]


def _ids(method: MethodDescriptor, field: str, household: Household) -> str | None:
    if field in {"client_id", "client_ids", "representative_client_id"}:
        return household["client_id"]
    if field == "voucher_id":
        return household["vouchers"]
    if field != "name":
        return None
    collection = COLLECTIONS.get(method.containing_service.full_name, "vouchers")
    return f"{collection}/{household[collection]}"


def _leave_out(request: Any, field: FieldDescriptor) -> None:
    """Clear the field unless the rules of the request ask for it."""
    before = copy(request)
    request.ClearField(field.name)
    if len(collect_violations(request)) > len(collect_violations(before)):
        request.CopyFrom(before)


def _commit(url: str, act: Callable[[Session], Any]) -> None:
    engine = engine_from(url, pool_size=1)
    with sessions_from(engine).begin() as session:
        act(session)
    engine.dispose()
