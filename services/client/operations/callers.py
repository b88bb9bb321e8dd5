"""What operations ask about their caller: the county, the organisation, and whether it is the county enterprise."""

from typing import TypedDict
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.inbox import NotYet
from services.client.domain.assessments.refusals import AssessorNotAllowed
from services.client.domain.decisions.refusals import OfficialRequired
from services.client.domain.guidance import OrganisationRequired
from services.client.storage.neighbours import provider as copies
from services.kernel.refusal import Refusal


class County(TypedDict):
    """The county columns of a row (S1.01)."""

    county_scheme: str
    county_code: str


def county_of(caller: Caller) -> County:
    """The county columns of a new row."""
    scheme, _, code = caller.county.partition(":")
    return County(county_scheme=scheme, county_code=code)


def organisation_of(caller: Caller) -> UUID | None:
    """The caller's organisation; None for the county's own offices and for clients."""
    try:
        return UUID(caller.organisation)
    except ValueError:
        return None


def require_organisation(caller: Caller) -> UUID:
    """The caller's organisation; refuses with `OrganisationRequired` without one."""
    organisation = organisation_of(caller)
    if organisation is None:
        raise OrganisationRequired("the caller acts for no organisation")
    return organisation


def is_client(caller: Caller) -> bool:
    """The caller is a client, who is the subject of their own token."""
    return caller.role == "CLI"


def is_direct_provider(caller: Caller) -> bool:
    """The caller is a professional of a centre or a dental unit that clients choose directly."""
    return caller.role in ("HOP", "HSP")


def require_official(session: Session, caller: Caller) -> UUID:
    """The county enterprise, if the caller is of it; else refuses with `OfficialRequired`."""
    return require_enterprise(
        session, caller, OfficialRequired("only an official of the county enterprise decides on services")
    )


def require_assessor(session: Session, caller: Caller) -> UUID:
    """The county enterprise, if the caller is of it; else refuses with `AssessorNotAllowed`."""
    return require_enterprise(session, caller, AssessorNotAllowed("only the county enterprise makes needs assessments"))


def require_enterprise(session: Session, caller: Caller, refusal: Refusal) -> UUID:
    """The caller's organisation if it is the county enterprise, else `refusal`; NotYet while it is not known here."""
    organisation = organisation_of(caller)
    if organisation is None:
        raise refusal
    enterprise = copies.is_enterprise(session, organisation)
    if enterprise is None:
        raise NotYet("the caller's organisation is not known here yet")
    if not enterprise:
        raise refusal
    return organisation
