"""What several stories do alike: assess, choose a provider, deliver and redeem, settle, look at the money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from cli.stories.apis import Apis
from cli.stories.player import Player
from cli.stories.values import answers, day
from cli.stories.world import World
from services.chassis.identity import Caller
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.careplan.v1 import delivery_pb2
from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    client_pb2,
    contact_pb2,
    contact_service_pb2,
    decision_pb2,
    decision_service_pb2,
    guidance_pb2,
    guidance_service_pb2,
    team_pb2,
)
from sote.client.v1 import client_service_pb2 as client
from sote.gateway.v1 import choice_pb2, record_pb2
from sote.gateway.v1 import gateway_service_pb2 as gateway
from sote.type.v1 import care_pb2
from sote.voucher.v1 import budget_service_pb2 as budget
from sote.voucher.v1 import commitment_pb2, finance_section_pb2, voucher_pb2
from sote.voucher.v1 import settlement_service_pb2 as settlement
from sote.voucher.v1 import voucher_service_pb2 as voucher

Need = Mapping[int, tuple[int, str]]
TEAM = "T1"
CENTRE = "U10"
CHOOSABLE = {voucher_pb2.VOUCHER_STATE_ISSUED, voucher_pb2.VOUCHER_STATE_REROUTING}


@dataclass(frozen=True)
class Stage:
    """A player in a loaded county, with the people who act in every story."""

    play: Player
    apis: Apis
    world: World

    @property
    def official(self) -> Caller:
        """The county social worker who leads, decides and issues vouchers."""
        return self.play.actor("social-worker-1", "CSW", self.world.providers["P01"], self.world.units["U02"])

    @property
    def counsellor(self) -> Caller:
        """The county's social counsellor, who guides and records the county's own deliveries."""
        return self.play.actor("counsellor-1", "CSP", self.world.providers["P01"], self.world.units["U02"])

    @property
    def nurse(self) -> Caller:
        """The nurse of the health and social services centre."""
        return self.play.actor("nurse-1", "HSP", self.world.providers["P02"], self.world.units[CENTRE])

    def staff(self, provider: str) -> Caller:
        """Somebody of a voucher or purchase provider, by its code."""
        return self.play.actor(f"staff-{provider}", "PRV", self.world.providers[provider])

    def finance(self, number: int) -> Caller:
        """An official of the county's finance; settlement takes two."""
        return self.play.actor(f"finance-{number}", "FIN", "county")


def register(stage: Stage, identity_code: str, person: client_pb2.Person, place: client_pb2.ContactData) -> str:
    """Register the client at the centre; gives the client's id."""
    request = client.RegisterClientRequest(identity_code=identity_code, person=person, contact_data=place)
    return stage.play.do("register the client", stage.nurse, stage.apis.client.RegisterClient, request).uid


def contact(stage: Stage, client_id: str, initiator: contact_pb2.ContactInitiator.ValueType, text: str) -> str:
    """Record the contact at the centre; gives its id."""
    request = contact_service_pb2.RecordContactRequest(
        client_id=client_id,
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        unit_id=stage.world.units[CENTRE],
        initiator=initiator,
        text=text,
    )
    return stage.play.do("record the contact", stage.nurse, stage.apis.contacts.RecordContact, request).uid


def start_assessment(stage: Stage, name: str, participants: Sequence[team_pb2.Professional] = ()) -> None:
    """The team starts the assessment at the centre (S1.18, S1.19), a social worker leading."""
    team = stage.world.teams[TEAM]
    request = assessment_service_pb2.StartAssessmentRequest(
        name=name,
        team_id=team.team_id,
        lead_professional_id=lead(stage).professional_id,
        participants=participants,
        performed_at_unit_id=stage.world.units[CENTRE],
        mode=care_pb2.DELIVERY_MODE_AT_CENTRE,
    )
    stage.play.do("start the assessment", stage.official, stage.apis.assessments.StartAssessment, request)


def complete_assessment(
    stage: Stage,
    name: str,
    *,
    needs: Need,
    recommended: Sequence[assessment_pb2.RecommendedService],
    client_view: str,
    conclusion: str,
    participants: Sequence[team_pb2.Professional],
    child_in_household: bool = False,
) -> assessment_pb2.Assessment:
    """Complete the assessment with all twelve domains answered (S1.08)."""
    request = assessment_service_pb2.CompleteAssessmentRequest(
        name=name,
        answers=answers(needs),  # type: ignore[arg-type]
        client_view=client_view,
        conclusion=conclusion,
        recommended=recommended,
        participants=participants,
        child_in_household=child_in_household,
    )
    return stage.play.do("complete the assessment", stage.official, stage.apis.assessments.CompleteAssessment, request)


def decide(stage: Stage, assessment_id: str, service: str, units: int, first: date, last: date) -> str:
    """The official grants a service; gives the decision's id."""
    request = decision_service_pb2.MakeDecisionRequest(
        assessment_id=assessment_id,
        service_code=service,
        outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
        units=units,
        from_date=day(first),
        to_date=day(last),
        grounds="The need was found in the assessment.",
    )
    return stage.play.do(f"decide on {service}", stage.official, stage.apis.decisions.MakeDecision, request).uid


def guide(
    stage: Stage,
    client_id: str,
    ticket: voucher_pb2.Voucher,
    kind: guidance_pb2.GuidanceKind.ValueType,
    topic: str,
    *,
    again: str = "",
) -> None:
    """Show the complete neutral list of providers and record that it was shown (S1.12, INV-23).

    `again` tells why it is shown another time, which is a step of its own.
    """
    current = stage.play.ask(stage.official, stage.apis.voucher.GetVoucher, voucher.GetVoucherRequest(name=ticket.name))
    if current.state not in CHOOSABLE:
        return  # Played before: there is nothing to choose any more, so there is no list to show.
    shown = stage.play.until(f"providers for {ticket.service_code}", lambda: _choices(stage, ticket.uid))
    request = guidance_service_pb2.GiveGuidanceRequest(
        client_id=client_id,
        kind=kind,
        voucher_id=ticket.uid,
        option_provider_ids=[choice.provider.provider_id for choice in shown.choices],
        list_digest=shown.options_digest,
        unit_id=stage.world.units[CENTRE],
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        topic=topic,
        language=client_pb2.LANGUAGE_FI,
        client_understood=True,
    )
    step = f"guide on {ticket.service_code}" + (" anew" if current.units_redeemed else again)
    stage.play.do(step, stage.counsellor, stage.apis.guidance.GiveGuidance, request)


def _choices(stage: Stage, voucher_id: str) -> choice_pb2.ChoiceList | None:
    request = gateway.ListChoicesRequest(voucher_id=voucher_id)
    listed: choice_pb2.ChoiceList = stage.play.ask(stage.official, stage.apis.gateway.ListChoices, request)
    return listed if listed.choices else None


def choose(stage: Stage, ticket: voucher_pb2.Voucher, provider: str) -> None:
    """The client chooses a provider, helped by the own-worker."""
    request = voucher.ChooseProviderRequest(name=ticket.name, provider_id=stage.world.providers[provider])
    step = f"choose {provider} for {ticket.service_code}"
    stage.play.do(step, stage.official, stage.apis.voucher.ChooseProvider, request)


def accept(stage: Stage, ticket: voucher_pb2.Voucher, provider: str) -> None:
    """The provider accepts the voucher's content (S2.18)."""
    request = voucher.AcceptVoucherRequest(name=ticket.name, content_version=ticket.content_spec.version)
    step = f"{provider} accepts {ticket.service_code}"
    stage.play.do(step, stage.staff(provider), stage.apis.voucher.AcceptVoucher, request)


@dataclass(frozen=True)
class Visit:
    """A service given on a day."""

    on: date
    service: str
    provider: str
    units: int
    mode: care_pb2.DeliveryMode.ValueType
    plan_service_id: str = ""
    voucher: voucher_pb2.Voucher | None = None

    @property
    def what(self) -> str:
        """The visit in a few words; its own in a story."""
        return f"{self.provider} {self.service} {self.on}"


def record_delivery(stage: Stage, client_id: str, visit: Visit, by: Caller) -> delivery_pb2.Delivery:
    """Record a delivery on its day (PROCESS-A12)."""
    stage.play.on(visit.on, hour=15)
    request = careplan.RecordDeliveryRequest(
        client_id=client_id,
        plan_service_id=visit.plan_service_id,
        voucher_id=visit.voucher.uid if visit.voucher else "",
        service_code=visit.service,
        service_date=day(visit.on),
        units=visit.units,
        mode=visit.mode,
        external_ref=str(uuid5(NAMESPACE_URL, f"{stage.play.story}/{visit.what}")),
    )
    return stage.play.do(f"deliver {visit.what}", by, stage.apis.careplan.RecordDelivery, request)


def deliver(stage: Stage, client_id: str, visit: Visit, by: Caller) -> None:
    """Record a delivery and, when a voucher pays, redeem it the same day (PROCESS-A12, PROCESS-A13)."""
    delivery = record_delivery(stage, client_id, visit, by)
    if visit.voucher:
        redeem = voucher.RedeemVoucherRequest(name=visit.voucher.name, delivery_id=delivery.uid)
        stage.play.do(f"redeem {visit.what}", by, stage.apis.voucher.RedeemVoucher, redeem)


def settle(stage: Stage, provider: str, first: date, last: date) -> None:
    """Pay a provider what it is owed for a period, by two officials (INV-27)."""
    apis, what = stage.apis.settlement, f"{provider} {first:%Y-%m}"
    collector, approver = stage.finance(1), stage.finance(2)
    create = settlement.CreateSettlementRequest(
        provider_id=stage.world.providers[provider], period_start=day(first), period_end=day(last)
    )
    batch = stage.play.do(f"collect {what}", collector, apis.CreateSettlement, create)
    approve = settlement.ApproveSettlementRequest(name=batch.name)
    stage.play.do(f"approve {what}", approver, apis.ApproveSettlement, approve)
    stage.play.do(f"send {what}", approver, apis.SendSettlement, settlement.SendSettlementRequest(name=batch.name))
    paid = settlement.ConfirmSettlementPaidRequest(name=batch.name, payment_reference=f"SOTE-{what.replace(' ', '-')}")
    stage.play.do(f"pay {what}", approver, apis.ConfirmSettlementPaid, paid)


def vouchers_of(stage: Stage, client_id: str) -> dict[str, voucher_pb2.Voucher]:
    """The client's vouchers by service code."""
    request = voucher.ListVouchersRequest(client_id=client_id, page_size=100)
    listed = stage.play.ask(stage.official, stage.apis.voucher.ListVouchers, request)
    return {item.service_code: item for item in listed.vouchers}


def settled(stage: Stage, client_id: str) -> bool:
    """Every voucher of the client has come to its end with something settled."""
    vouchers = vouchers_of(stage, client_id).values()
    return all(item.state == voucher_pb2.VOUCHER_STATE_SETTLED for item in vouchers)


def finance_of(stage: Stage, client_id: str) -> finance_section_pb2.FinanceSection:
    """The client's money in the county's ledger."""
    request = budget.GetClientFinanceRequest(client_id=client_id)
    return stage.play.ask(stage.finance(1), stage.apis.budget.GetClientFinance, request)


def commitments_of(stage: Stage, client_id: str) -> list[commitment_pb2.Commitment]:
    """Own production and purchases for the client, as the county's money knows them."""
    request = budget.ListCommitmentsRequest(client_id=client_id, page_size=100)
    return list(stage.play.ask(stage.finance(1), stage.apis.budget.ListCommitments, request).commitments)


def sums_of(stage: Stage, client_id: str) -> dict[str, tuple[int, int, int]]:
    """Cents reserved, released and spent for each service, by voucher or otherwise."""
    sums: dict[str, tuple[int, int, int]] = {}
    for line in finance_of(stage, client_id).lines:
        reserved, released, spent = sums.get(line.service_code, (0, 0, 0))
        of = line.sums
        sums[line.service_code] = reserved + of.reserved.cents, released + of.released.cents, spent + of.spent.cents
    return sums


def record_of(stage: Stage, client_id: str, *, fresh: bool = False) -> record_pb2.Record:
    """The client's integrated record, as the own-worker sees it."""
    request = gateway.GetRecordRequest(
        client_id=client_id,
        purpose=record_pb2.PURPOSE_PLAN_COORDINATION,
        consistency=gateway.CONSISTENCY_FRESH if fresh else gateway.CONSISTENCY_MATERIALISED,
    )
    return stage.play.ask(stage.official, stage.apis.gateway.GetRecord, request)


def psychologist(stage: Stage) -> team_pb2.Professional:
    """The team's health professional, for needs of the health sector (S1.17)."""
    return stage.world.teams[TEAM].members["HEALTH"]


def lead(stage: Stage) -> team_pb2.Professional:
    """The team's social worker."""
    return stage.world.teams[TEAM].members["SOCIAL_WORKER"]
