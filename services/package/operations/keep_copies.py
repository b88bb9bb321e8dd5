"""Neighbours' facts are stored as this service's copies, and what follows from them at once is done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy
from services.package.domain.neighbours import AssessmentCopy, CatalogueCopy, ClientCopy, ContractCopy, ProviderCopy
from services.package.domain.refusals import ClientClosed
from services.package.operations.enrolments import cancel
from services.package.operations.packages import mark_degraded
from services.package.storage import copies, enrolments


def keep_provider(session: Session, copy: ProviderCopy, *, now: datetime) -> None:
    """Store a provider; packages lose the items that it alone could deliver, or have them again."""
    copies.keep_provider(session, copy)
    mark_degraded(session, provider_id=copy.provider_id, now=now)


def keep_contract(session: Session, copy: ContractCopy, *, now: datetime) -> None:
    """Store a contract; packages lose the items that its provider alone could deliver, or have them again."""
    copies.keep_contract(session, copy)
    mark_degraded(session, provider_id=copy.provider_id, now=now)


def keep_catalogue_service(session: Session, copy: CatalogueCopy) -> None:
    """Store an entry of the catalogue."""
    copies.keep_catalogue_service(session, copy)


def keep_client(session: Session, copy: ClientCopy, *, now: datetime) -> None:
    """Store a client; the enrolments of one who moved out, died or was merged are cancelled (PROCESS-D3)."""
    copies.keep_client(session, copy)
    newest = copies.client(session, copy.client_id)
    if newest is None or not newest.is_closed:
        return
    for enrolment in enrolments.load_open_of_client(session, copy.client_id):
        cancel(session, enrolment, ClientClosed.reason, now=now)


def keep_representative(session: Session, copy: RepresentativeCopy) -> None:
    """Store who represents a client."""
    copies.keep_representative(session, copy)


def keep_guardian_denial(session: Session, copy: GuardianDenialCopy) -> None:
    """Store a minor's word that keeps a guardian out."""
    copies.keep_guardian_denial(session, copy)


def keep_assessment(session: Session, copy: AssessmentCopy) -> None:
    """Store a completed assessment."""
    copies.keep_assessment(session, copy)


def supersede_assessment(session: Session, assessment_id: UUID) -> None:
    """Store that an assessment no longer counts, whether or not its completion is known here."""
    copies.supersede_assessment(session, assessment_id)
