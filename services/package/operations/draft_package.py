"""The county drafts a package (PACKAGE-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.package.domain.package import Package, PackageContent, PackageState


def draft_package(
    session: Session, *, code: str, content: PackageContent, caller: Caller, now: datetime, new_id: UUID
) -> Package:
    """Draft its first version; the code is the county's own and stays."""
    scheme, _, county = caller.county.partition(":")
    package = Package(
        id=new_id,
        county_scheme=scheme,
        county_code=county,
        code=code,
        state=PackageState.DRAFT,
        published_number=0,
        published=None,
        draft_number=1,
        draft=content,
        version=1,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(package)
    session.flush()
    return package
