"""The gate of this service; plans, steps and cases ask for their own parts, and who has none meets the unknown."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.storage.plans import plan_table
from services.careplan.storage.transfers import transfer_table
from services.careplan.views.parts import organisations_of
from services.chassis.gate import Gate, Matter, of_row


def _client(session: Session, client_id: UUID) -> Matter:
    return Matter(client_id, organisations_of(session, client_id))


EXEMPT = {
    "sote.careplan.v1.CareplanService.RecordDelivery": "care that was given is recorded, or is a deviation",
    "sote.careplan.v1.CareplanService.ListPlans": "lists what the caller's organisation has a part in",
    "sote.careplan.v1.CareplanService.ListConsultations": "lists what the caller's organisation is asked about",
    "sote.careplan.v1.CareplanService.ListAcknowledgements": "lists what the caller's organisation is asked to promise",
    "sote.careplan.v1.CareplanService.ListDeliveries": "lists what the caller's organisation delivered or may read",
    "sote.careplan.v1.ChainService.ListChainSteps": "lists the steps that the caller's organisation sent or was sent",
    "sote.careplan.v1.RerouteService.ListRerouteCases": "lists cases of plans the caller's organisation operates",
}
"""Methods about a client that the gate does not ask, and why."""

GATE = Gate(
    {"client_id": _client},
    exempt=EXEMPT,
    known={"plans": of_row(plan_table), "plan_id": of_row(plan_table), "operatorTransfers": of_row(transfer_table)},
)
