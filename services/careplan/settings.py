"""The environment of the care plan processes: CAREPLAN_..., and what all processes of the county share."""

from pathlib import Path

from pydantic import Field, TypeAdapter
from pydantic_settings import SettingsConfigDict

from services.careplan.domain.rules import Rules, StatutoryRule
from services.careplan.domain.terms import OperatorKind
from services.chassis.settings import ProcessSettings

REFERENCE = Path(__file__).resolve().parent / "reference"


class Settings(ProcessSettings):
    """Process settings and the county's numbers for plans."""

    model_config = SettingsConfigDict(env_prefix="CAREPLAN_")

    operator_kinds: tuple[OperatorKind, ...] = Rules.operator_kinds
    """Which organisations may operate a plan."""
    assessment_max_age_days: int = Field(default=Rules.assessment_max_age_days, ge=1)
    """How old the assessment that a new plan rests on may be."""
    review_interval_days: int = Field(default=Rules.review_interval_days, ge=1)
    """After how long a version in force is due for review."""
    consultation_due_weekdays: int = Field(default=Rules.consultation_due_weekdays, ge=1)
    """How long a provider has to answer a consultation; silence counts as consulted."""
    acknowledgement_due_weekdays: int = Field(default=Rules.acknowledgement_due_weekdays, ge=1)
    """How long a provider has to acknowledge a version."""
    saga_retry_minutes: int = Field(default=Rules.saga_retry_minutes, ge=1)
    """How long items of an enrolment wait for a plan that they may be written into."""
    chain_response_weekdays: int = Field(default=Rules.chain_response_weekdays, ge=1)
    """How long a provider has to answer a client sent on to it."""
    objection_resolve_weekdays: int = Field(default=Rules.objection_resolve_weekdays, ge=1)
    """After how long the county resolves an objection that the operator left."""
    deadline_warn_weekdays: int = Field(default=Rules.deadline_warn_weekdays, ge=1, le=30)
    """How long before its end a limit is announced."""
    publish_target_minutes: int = Field(default=Rules.publish_target_minutes, ge=1)
    """How soon a version is to be in the archive."""
    mask_sensitive_tasks: bool = Rules.mask_sensitive_tasks
    """Whether sensitive services are shown to other providers by their days alone."""
    statutory_rules_file: Path = REFERENCE / "statutory_sections.json"
    """The sections that special acts ask for."""

    archive_url: str = Field(default="", pattern="^(https?://.+)?$")
    """The national archive; empty: published documents are kept in a table of this machine."""
    archive_seconds: float = Field(default=5.0, gt=0, le=30)
    """How long one call to the archive may take."""
    archive_ca_file: Path | None = None
    """Whose certificates the archive must have."""
    archive_certificate_file: Path | None = None
    """The county's certificate for the archive."""
    archive_key_file: Path | None = None
    """Its key."""
    reroute_due_24h_weekdays: int = Field(default=Rules.reroute_due_24h_weekdays, ge=1)
    """How long a search for another provider of round-the-clock care may take."""
    reroute_due_weekdays: int = Field(default=Rules.reroute_due_weekdays, ge=1)
    """How long any other search may take."""

    def rules(self) -> Rules:
        """The county's numbers, for operations."""
        return self.as_rules(Rules, statutory=self.opened("statutory_rules_file", _statutory_rules))


def _statutory_rules(file: Path) -> tuple[StatutoryRule, ...]:
    return TypeAdapter(tuple[StatutoryRule, ...]).validate_json(file.read_bytes())
