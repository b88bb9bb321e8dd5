"""Keep what the neighbours told, in the words of this service."""

from datetime import date

from sqlalchemy.orm import Session

from services.voucher.storage.neighbours import client, direct_choice, plan, provider, representative, sanction
from services.voucher.wire.neighbours import client as client_wire
from services.voucher.wire.neighbours import plan as plan_wire
from services.voucher.wire.neighbours import provider as provider_wire
from services.voucher.wire.neighbours import representative as representing
from services.voucher.wire.neighbours.sanction import sanction_copy
from sote.careplan.v1 import events_pb2 as careplan_events
from sote.client.v1 import events_pb2 as client_events
from sote.provider.v1 import events_pb2 as provider_events
from sote.provider.v1 import sanction_pb2


def keep_client(session: Session, facts: client_events.ClientFacts) -> bool:
    """A client's newest state; tells whether this one is."""
    return client.keep_client(session, client_wire.client_copy(facts))


def keep_representative(session: Session, facts: client_events.RepresentativeFacts) -> None:
    """A representation's newest state."""
    representative.keep_representative(session, representing.representative_copy(facts))


def keep_guardian_denial(session: Session, facts: client_events.ConsentFacts) -> None:
    """A minor's word that keeps a guardian out; other permissions and denials are nothing to this service."""
    copy = representing.guardian_denial_copy(facts)
    if copy is not None:
        representative.keep_guardian_denial(session, copy)


def keep_assessment(session: Session, facts: client_events.AssessmentCompleted) -> None:
    """A completed assessment."""
    client.keep_assessment(session, client_wire.assessment_copy(facts))


def withdraw_assessment(
    session: Session, facts: client_events.AssessmentCancelled | client_events.AssessmentSuperseded
) -> None:
    """Nothing new may rest on this assessment."""
    client.keep_assessment(session, client_wire.withdrawn_assessment(facts))


def keep_decision(session: Session, facts: client_events.DecisionMade | client_events.DecisionChanged) -> bool:
    """A decision's newest state; tells whether this one is."""
    return client.keep_decision(session, client_wire.decision_copy(facts))


def keep_guidance(session: Session, facts: client_events.GuidanceGiven) -> None:
    """Guidance for the choice of a voucher's provider; other guidance is nothing to this service."""
    copy = client_wire.guidance_copy(facts)
    if copy is not None:
        client.keep_guidance(session, copy)


def keep_choice(session: Session, facts: client_events.DirectChoiceFacts) -> None:
    """A direct choice's newest state."""
    direct_choice.keep_choice(session, client_wire.choice_copy(facts))


def keep_plan(session: Session, facts: careplan_events.PlanFacts) -> None:
    """A plan's newest state with its services."""
    plan.keep_plan(session, plan_wire.plan_copy(facts), plan_wire.plan_service_copies(facts))


def keep_delivery(session: Session, facts: careplan_events.DeliveryRecorded) -> None:
    """A recorded delivery."""
    plan.keep_delivery(session, plan_wire.delivery_copy(facts))


def keep_provider(session: Session, facts: provider_events.ProviderFacts) -> None:
    """A provider's newest state with its units."""
    provider.keep_provider(session, provider_wire.provider_copy(facts))


def keep_catalogue(session: Session, facts: provider_events.CatalogueFacts) -> None:
    """A catalogue entry's newest state."""
    provider.keep_catalogue(session, provider_wire.catalogue_copy(facts))


def keep_contract(session: Session, facts: provider_events.ContractFacts) -> None:
    """A contract's newest state with its lines."""
    provider.keep_contract(session, provider_wire.contract_copy(facts))


def keep_sanction(session: Session, facts: sanction_pb2.SanctionFacts, today: date) -> None:
    """The newest state of a sanction that reduces payments; other sanctions are nothing to a payment."""
    if facts.kind == sanction_pb2.SANCTION_KIND_PAYMENT_REDUCTION:
        sanction.keep_sanction(session, sanction_copy(facts, today=today))
