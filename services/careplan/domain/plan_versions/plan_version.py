"""A version of a plan that came into force: a value that never changes, with a digest that proves it (INV-24)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.plans.content import Content, content_to_plain, digest_of
from services.careplan.domain.plans.plan import Plan


class VersionKind(StrEnum):
    """What made a version."""

    MAJOR = "MAJOR"
    MINOR = "MINOR"


@dataclass(frozen=True)
class PlanVersion:
    """What a plan said from `activated_at` until the next version."""

    plan_id: UUID
    major: int
    minor: int
    kind: VersionKind
    assessment_id: UUID
    content: Content
    activated_at: datetime
    activated_by: str
    supersedes: str
    digest: str

    @property
    def number(self) -> str:
        """Its number, such as 1.3."""
        return f"{self.major}.{self.minor}"

    def intact(self) -> bool:
        """Whether the content is still what the digest was taken of."""
        return self.digest == _digest(self.plan_id, self.number, self.assessment_id, self.content)


def version_in_force(plan: Plan, *, supersedes: str, activated_by: str, now: datetime) -> PlanVersion:
    """The version the plan has just brought into force."""
    content = plan.in_force()
    return PlanVersion(
        plan_id=plan.id,
        major=plan.major,
        minor=plan.minor,
        kind=VersionKind.MINOR if plan.minor else VersionKind.MAJOR,
        assessment_id=plan.assessment_id,
        content=content,
        activated_at=now,
        activated_by=activated_by,
        supersedes=supersedes,
        digest=_digest(plan.id, plan.version_number, plan.assessment_id, content),
    )


def _digest(plan_id: UUID, number: str, assessment_id: UUID, content: Content) -> str:
    plain = {
        "plan_id": str(plan_id),
        "number": number,
        "assessment_id": str(assessment_id),
        "content": content_to_plain(content),
    }
    return digest_of(plain)
