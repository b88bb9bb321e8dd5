"""Keep the copies of neighbours' facts, the newest version of each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import (
    AssessmentCopy,
    CatalogueEntryCopy,
    CentreDecisionCopy,
    ClientCopy,
    ContractCopy,
    ProviderCopy,
)
from services.careplan.domain.searches.contract_losses import losses
from services.careplan.storage.neighbours.clients import (
    guardian_denial_copy,
    representative_copy,
    store_assessment,
    store_client,
    store_superseded,
)
from services.careplan.storage.neighbours.providers import (
    catalogue_copy,
    centre_decision_copy,
    contract_copy,
    contract_values,
    find_contract,
    provider_copy,
    provider_values,
)
from services.careplan.storage.searches import contract_losses
from services.chassis.clock import helsinki_date
from services.chassis.copies import keep_newer
from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy


def keep_client(session: Session, *, client: ClientCopy, now: datetime) -> None:
    """Keep a client's state and flags, unless a newer version is known, and since when the client is flagged."""
    store_client(session, client, helsinki_date(now))


def keep_assessment(session: Session, *, assessment: AssessmentCopy) -> None:
    """Keep a completion; a plan may rest on it (S2.09)."""
    store_assessment(session, assessment)


def keep_catalogue_entry(session: Session, *, entry: CatalogueEntryCopy) -> None:
    """Keep an entry of the county's catalogue, unless a newer version is known."""
    keep_newer(
        session,
        catalogue_copy,
        {**vars(entry), "arrangements": [arrangement.value for arrangement in entry.arrangements]},
    )


def keep_centre_decision(session: Session, *, decision: CentreDecisionCopy) -> None:
    """Keep a decision, unless a newer version is known; lines of plans rest on it (S1.20)."""
    keep_newer(session, centre_decision_copy, {**vars(decision), "unit_ids": list(decision.unit_ids)})


def keep_contract(session: Session, *, contract: ContractCopy, unserved_from: date | None, today: date) -> None:
    """Keep a contract with its lines and clauses, unless a newer version is known.

    What rests on something it no longer carries from `unserved_from` on is re-routed by a timer (INV-20).
    """
    before = find_contract(session, contract.contract_id)
    if not keep_newer(session, contract_copy, contract_values(contract)):
        return
    known = contract_losses.losses_of(session, contract.contract_id)
    lost = losses(known, before, contract, unserved_from=unserved_from, today=today)
    contract_losses.record_losses(session, contract.contract_id, lost)


def keep_provider(session: Session, *, provider: ProviderCopy) -> None:
    """Keep a provider with its units, unless a newer version is known."""
    keep_newer(session, provider_copy, provider_values(provider))


def keep_representative(session: Session, *, representative: RepresentativeCopy) -> None:
    """Keep a representation of a client, unless a newer version is known."""
    keep_newer(session, representative_copy, vars(representative))


def keep_guardian_denial(session: Session, *, denial: GuardianDenialCopy) -> None:
    """Keep a minor's word, unless a newer version is known."""
    row = {name: value for name, value in vars(denial).items() if name in guardian_denial_copy.c}
    keep_newer(session, guardian_denial_copy, row)


def supersede_assessment(session: Session, *, assessment_id: UUID, client_id: UUID) -> None:
    """No new plan rests on it; plans that do stay as they are."""
    store_superseded(session, assessment_id, client_id)
