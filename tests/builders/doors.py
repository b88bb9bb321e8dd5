"""What the methods that a provider's staff may call are about, and a household of each service for them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message

from sote.careplan.v1 import chain_pb2
from sote.careplan.v1 import chain_service_pb2 as chains
from sote.careplan.v1.chain_service_pb2_grpc import ChainServiceStub
from sote.client.v1 import (
    assessment_service_pb2,
    client_service_pb2,
    contact_pb2,
    contact_service_pb2,
    direct_choice_service_pb2,
    representative_pb2,
)
from sote.client.v1 import representative_service_pb2 as representatives
from sote.client.v1.client_service_pb2_grpc import ClientServiceStub
from sote.type.v1 import care_pb2, section_pb2
from sote.voucher.v1 import voucher_service_pb2
from sote.voucher.v1.voucher_service_pb2_grpc import VoucherServiceStub
from tests.api_server import ServedApi
from tests.builders import own_data
from tests.builders.careplan.api import Town as CareTown
from tests.builders.client.county import P02, U10, Hands
from tests.builders.client.direct_choices import guidance, tell_market
from tests.builders.own_data import Household, asking
from tests.builders.relating import relate
from tests.databases import committing

NO_CLIENT = {
    "client.GetTeam": "a team is of no client",
    "client.ListTeams": "a team is of no client",
    "careplan.ListDeadlines": "lists the deadlines of plans the caller's organisation operates",
    "voucher.ListFeeRules": "the county's fees are public",
    "voucher.ListValueParameters": "the values of vouchers are public",
    "voucher.ListReversals": "lists what was taken back from the caller's own organisation",
    "voucher.GetSettlement": "a batch of the caller's own organisation",
    "voucher.ListSettlements": "lists the batches of the caller's own organisation",
    "voucher.ListSettlementItems": "lists what a batch of the caller's own organisation pays",
    "package.GetPackage": "packages are public, who is in them is not",
    "package.ListPackages": "packages are public, who is in them is not",
}
"""Methods of no client, and why; those of the provider service are of none at all."""

OPENING = {
    "client.RecordContact": "a contact opens the relationship (RELATIONSHIP-9)",
    "client.RegisterClient": "registers somebody who is no client yet",
    "client.CheckRelationship": "tells of the caller's own organisation alone",
    "careplan.RecordDelivery": "care that was given is recorded, or is a deviation",
}
"""Methods of a client that ask for no relationship, and why."""

IDENTITY_CODE, OTHER_CODE = "140318A913J", "010190-999W"
"""The client's, and one of nobody."""

BY_PART = {
    **{
        f"careplan.{verb}": "the plan's operator alone may, and a plan that is not there is nobody's"
        for verb in (
            *("EditDraft", "StartConsultation", "ResolveObjection", "ReturnToDraft", "ActivatePlan", "ActivateVersion"),
            *("StartReview", "DiscardReview", "CancelPlan", "ClosePlan", "CompletePlanService", "MeasureGoal"),
            *("SuspendPlanService", "ResumePlanService", "JudgeDeviation", "DraftPlan"),
            *("GetRerouteCase", "ListRerouteCases", "StartReroute", "TakeOverRerouteCase"),
        )
    },
    **{
        f"careplan.{verb}OperatorTransfer": "the operator, or who is offered to become it, alone may"
        for verb in ("Offer", "Accept", "Decline", "Commit", "Withdraw", "Order")
    },
    "careplan.ListOperatorTransfers": "the operator, or who is offered to become it, alone may",
    **{
        f"careplan.{verb}ChainStep": "the two ends of the step alone may"
        for verb in ("Send", "Receive", "Accept", "Return", "Schedule", "Start", "Complete", "Cancel")
    },
    "careplan.GiveChainFeedback": "the two ends of the step alone may",
    "careplan.RespondToConsultation": "who is asked alone answers",
    "voucher.DeclareHeldUnits": "a provider that the voucher left alone may",
    "voucher.ListVoucherReroutes": "a provider sees how the voucher left it",
    "client.GiveGuidance": "a centre guides the clients who chose it (S1.13)",
    "client.CheckDisclosure": "an organisation asks for itself alone",
    "client.FindClient": "a search is by identity code",
    "gateway.SearchClient": "a search is by identity code",
}
"""Methods that ask for more than a relationship, and what; strangers meet the unknown there too."""

COLLECTIONS = {
    "client": {
        "GetContact": "contacts",
        "GetAssessment": "assessments",
        "GetDecision": "decisions",
        "GetDirectChoice": "directChoices",
        "GetGuidance": "guidance",
        "RevokeConsent": "consents",
        "EndRepresentative": "representatives",
    },
    "careplan": {
        "RespondToConsultation": "consultations",
        "ResolveObjection": "consultations",
        "JudgeDeviation": "deviations",
        **dict.fromkeys(("GetRerouteCase", "TakeOverRerouteCase"), "rerouteCases"),
        **{f"{verb}OperatorTransfer": "operatorTransfers" for verb in ("Accept", "Decline", "Commit", "Withdraw")},
        **{
            f"{verb}ChainStep": "chainSteps"
            for verb in ("Send", "Receive", "Accept", "Return", "Schedule", "Start", "Complete", "Cancel", "Get")
        },
        "GiveChainFeedback": "chainSteps",
    },
    "voucher": {},
    "package": {},
    "gateway": {},
}
"""What a method's `name` is, where it is not the service's main thing."""
MAIN = {"client": "clients", "careplan": "plans", "voucher": "vouchers", "package": "enrolments", "gateway": "records"}


def client_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A client of a centre, with something of every kind, whose centre had a contact with it."""
    household = own_data.client_household(served, url, now)
    with committing(url) as session:
        tell_market(session)
    hands = Hands(served, now)
    client = hands.call(client_service_pb2.GetClientRequest(name=f"clients/{household['client_id']}"))
    contact = contact_service_pb2.RecordContactRequest(
        client_id=client.uid,
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        initiator=contact_pb2.CONTACT_INITIATOR_SELF,
    )
    carer = representatives.AddRepresentativeRequest(
        client_id=client.uid,
        kind=representative_pb2.REPRESENTATIVE_KIND_INFORMAL_CARER,
        matters=representative_pb2.REPRESENTED_MATTERS_ALL,
        person=representative_pb2.RepresentativePerson(display_name="Aino"),
    )
    made = {
        "contacts": hands.call(contact, role="HSP", organisation=P02),
        "guidance": hands.call(guidance(client)),
        "directChoices": hands.call(
            direct_choice_service_pb2.ChooseDirectRequest(
                name=client.name, kind=guidance(client).choice_kind, unit_id=str(U10)
            )
        ),
        "representatives": hands.call(carer),
        "assessments": hands.call(assessment_service_pb2.ListAssessmentsRequest(client_id=client.uid)).assessments[0],
        "clients": client,
    }
    return household | {name: one.uid for name, one in made.items()} | {"related": str(P02)}


def careplan_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A client with a plan in force in which a provider delivers, which sent a step and was consulted."""
    town = CareTown(served, url)
    plan = town.active("ann", town.support())
    step = chains.DraftChainStepRequest(
        client_id=plan.client_id,
        to_organisation_id=town.id("P02"),
        service_code="HLT-GP",
        need=care_pb2.NEED_DOMAIN_MENTAL_HEALTH,
        urgency=chain_pb2.CHAIN_URGENCY_ROUTINE,
        question="why?",
    )
    metadata = served.as_role("PRV", organisation=town.id("P10"))
    sent = ChainServiceStub(served.channel).DraftChainStep(step, metadata=metadata, timeout=20)
    consulted = [one.uid for one in plan.consultations] or [str(uuid4())]
    with committing(url) as session:
        relate(session, plan.client_id, town.id("P10"))
    related = town.id("P10")
    town.engine.dispose()
    return {
        "client_id": plan.client_id,
        "plans": plan.uid,
        "chainSteps": sent.uid,
        "consultations": consulted[0],
        "plan_service_id": plan.services[0].line.plan_service_id,
        "related": related,
    }


def voucher_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A client with a voucher at a provider."""
    household = own_data.voucher_household(served, url, now)
    asked = voucher_service_pb2.GetVoucherRequest(name=f"vouchers/{household['vouchers']}")
    voucher = VoucherServiceStub(served.channel).GetVoucher(asked, metadata=served.as_role("SYS"), timeout=20)
    with committing(url) as session:
        for organisation in (voucher.provider_id, P02):
            relate(session, household["client_id"], organisation)
    return household | {"related": voucher.provider_id}


def package_household(served: ServedApi, url: str, now: datetime) -> Household:
    """A client with a proposal of a package."""
    household, related = own_data.package_household(served, url, now), str(uuid4())
    with committing(url) as session:
        relate(session, household["client_id"], related)
    return household | {"related": related}


def sections_of(served: ServedApi, client_id: str) -> Iterable[section_pb2.Section]:
    """What the client service shows of a client in the record."""
    asked = section_pb2.GetSectionsRequest(client_ids=[client_id])
    return ClientServiceStub(served.channel).GetSections(asked, metadata=served.as_role("CSW"), timeout=20).sections


HOUSEHOLDS: dict[str, Callable[[ServedApi, str, datetime], Household]] = {
    "client": client_household,
    "careplan": careplan_household,
    "voucher": voucher_household,
    "package": package_household,
}


def about(service: str, method: MethodDescriptor, household: Household) -> Message:
    """The method's request about a household."""
    request: Any = asking(method, {**household, "vouchers": household.get("vouchers", str(uuid4()))} | _main(household))
    if "name" in method.input_type.fields_by_name:
        collection = COLLECTIONS[service].get(method.name, MAIN[service])
        uid = household.get(collection, str(uuid4()))
        request.name = f"{collection}/{uid}" + ("/versions/1.0" if method.name == "GetPlanVersion" else "")
    if "identity_code" in method.input_type.fields_by_name:
        request.identity_code = IDENTITY_CODE if household.get("clients") == household["client_id"] else OTHER_CODE
    if method.name == "StartReroute":
        request.cause = 3
    for field in ("plan_id", "plan_service_id", "assessment_id", "prospect_id"):
        known = {"plan_id": "plans", "assessment_id": "assessments", "prospect_id": "clients"}.get(field, field)
        if field in method.input_type.fields_by_name and known in household:
            setattr(request, field, household[known])
    return request  # type: ignore[no-any-return]


def _main(household: Household) -> Household:
    """Names that `own_data` looks for; what the household has not is nobody's."""
    return {name: household.get(name, str(uuid4())) for name in ("consents", "decisions", "enrolments", "vouchers")}


def concerned(name: str) -> bool:
    """Whether a method is about a client and asks for a relationship."""
    return not name.startswith("provider.") and name not in NO_CLIENT and name not in OPENING
