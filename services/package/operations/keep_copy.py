"""A neighbour's fact arrived: its newest version is kept for this service's own decisions."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy
from services.package.domain.neighbours import AssessmentCopy, CatalogueCopy, ClientCopy, ContractCopy, ProviderCopy
from services.package.storage import copies

Copy = (
    ProviderCopy | ContractCopy | CatalogueCopy | ClientCopy | AssessmentCopy | RepresentativeCopy | GuardianDenialCopy
)


def keep_copy(session: Session, copy: Copy) -> None:
    """Keep it unless a newer version is known; the order of arrival does not matter."""
    match copy:
        case ProviderCopy():
            copies.keep_provider(session, copy)
        case ContractCopy():
            copies.keep_contract(session, copy)
        case CatalogueCopy():
            copies.keep_catalogue(session, copy)
        case ClientCopy():
            copies.keep_client(session, copy)
        case AssessmentCopy():
            copies.keep_assessment(session, copy)
        case RepresentativeCopy():
            copies.keep_representative(session, copy)
        case GuardianDenialCopy():
            copies.keep_guardian_denial(session, copy)


def supersede_assessment(session: Session, *, assessment_id: UUID) -> None:
    """The assessment no longer counts, whether or not its completion has been heard of."""
    copies.keep_superseded(session, assessment_id)
