"""Keep the copies of neighbours' facts, the newest version of each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import (
    CatalogueEntry,
    KnownAssessment,
    KnownCentreDecision,
    KnownClient,
    KnownContract,
    KnownProvider,
)
from services.careplan.domain.neighbours.representing import KnownGuardianDenial, KnownRepresentative
from services.careplan.domain.searches.contract_losses import losses
from services.careplan.storage.neighbours.clients import (
    guardian_denial_copy,
    representative_copy,
    store_assessment,
    store_client,
    store_superseded,
)
from services.careplan.storage.neighbours.keeping import keep
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


def keep_client(session: Session, *, client: KnownClient, now: datetime) -> None:
    """Keep a client's state and flags, unless a newer version is known, and since when the client is flagged."""
    store_client(session, client, helsinki_date(now))


def keep_assessment(session: Session, *, assessment: KnownAssessment) -> None:
    """Keep a completion; a plan may rest on it (S2.09)."""
    store_assessment(session, assessment)


def keep_catalogue_entry(session: Session, *, entry: CatalogueEntry) -> None:
    """Keep an entry of the county's catalogue, unless a newer version is known."""
    keep(session, catalogue_copy, {**vars(entry), "arrangements": [one.value for one in entry.arrangements]})


def keep_centre_decision(session: Session, *, decision: KnownCentreDecision) -> None:
    """Keep a decision, unless a newer version is known; lines of plans rest on it (S1.20)."""
    keep(session, centre_decision_copy, {**vars(decision), "unit_ids": list(decision.unit_ids)})


def keep_contract(session: Session, *, contract: KnownContract, unserved_from: date | None, today: date) -> None:
    """Keep a contract with its lines and clauses, unless a newer version is known.

    What rests on something it no longer carries from `unserved_from` on is re-routed by a timer (INV-20).
    """
    before = find_contract(session, contract.contract_id)
    if not keep(session, contract_copy, contract_values(contract)):
        return
    known = contract_losses.losses_of(session, contract.contract_id)
    lost = losses(known, before, contract, unserved_from=unserved_from, today=today)
    contract_losses.note_losses(session, contract.contract_id, lost)


def keep_provider(session: Session, *, provider: KnownProvider) -> None:
    """Keep a provider with its units, unless a newer version is known."""
    keep(session, provider_copy, provider_values(provider))


def keep_representative(session: Session, *, representative: KnownRepresentative) -> None:
    """Keep who stands for a client, unless a newer version is known."""
    keep(session, representative_copy, vars(representative))


def keep_guardian_denial(session: Session, *, denial: KnownGuardianDenial) -> None:
    """Keep a minor's word, unless a newer version is known."""
    keep(session, guardian_denial_copy, vars(denial))


def supersede_assessment(session: Session, *, assessment_id: UUID, client_id: UUID) -> None:
    """No new plan rests on it; plans that do stay as they are."""
    store_superseded(session, assessment_id, client_id)
