"""The gate of this service: where a request's client stands, asked of the register of relationships itself."""

from services.chassis.gate import Gate, of_client, of_row
from services.client.storage import assessments, choices, consents, contacts, decisions, guidance, representatives
from services.client.storage.relationships import has_relationship

EXEMPT = {
    "sote.client.v1.ContactService.RecordContact": "a contact opens the relationship (RELATIONSHIP-1)",
    "sote.client.v1.RelationshipService.CheckRelationship": "tells of the own organisation alone, of no one as of none",
}
"""Methods about a client that the gate does not ask, and why."""

GATE = Gate(
    {
        "clients": of_client,
        "prospect_id": of_client,
        "assessments": of_row(assessments.assessments),
        "consents": of_row(consents.consents),
        "contacts": of_row(contacts.contacts),
        "decisions": of_row(decisions.decisions),
        "directChoices": of_row(choices.choices),
        "guidance": of_row(guidance.guidance),
        "representatives": of_row(representatives.representatives),
    },
    related=has_relationship,
    exempt=EXEMPT,
)
