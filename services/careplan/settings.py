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

    model_config = SettingsConfigDict(extra="ignore", frozen=True, populate_by_name=True, env_prefix="CAREPLAN_")

    operator_kinds: tuple[OperatorKind, ...] = Rules.operator_kinds
    assessment_max_age_days: int = Field(default=Rules.assessment_max_age_days, ge=1)
    review_interval_days: int = Field(default=Rules.review_interval_days, ge=1)
    consultation_due_weekdays: int = Field(default=Rules.consultation_due_weekdays, ge=1)
    acknowledgement_due_weekdays: int = Field(default=Rules.acknowledgement_due_weekdays, ge=1)
    saga_retry_minutes: int = Field(default=Rules.saga_retry_minutes, ge=1)
    chain_response_weekdays: int = Field(default=Rules.chain_response_weekdays, ge=1)
    objection_resolve_weekdays: int = Field(default=Rules.objection_resolve_weekdays, ge=1)
    deadline_warn_weekdays: int = Field(default=Rules.deadline_warn_weekdays, ge=1, le=30)
    publish_target_minutes: int = Field(default=Rules.publish_target_minutes, ge=1)
    mask_sensitive_tasks: bool = Rules.mask_sensitive_tasks
    statutory_rules_file: Path = REFERENCE / "statutory_sections.json"

    archive_url: str = Field(default="", pattern="^(https?://.+)?$")
    """The national archive; empty: published documents are kept in a table of this machine."""
    archive_seconds: float = Field(default=5.0, gt=0, le=30)
    archive_ca_file: Path | None = None
    archive_certificate_file: Path | None = None
    archive_key_file: Path | None = None
    reroute_due_24h_weekdays: int = Field(default=Rules.reroute_due_24h_weekdays, ge=1)
    reroute_due_weekdays: int = Field(default=Rules.reroute_due_weekdays, ge=1)

    def rules(self) -> Rules:
        """The county's numbers, for operations."""
        return Rules(
            operator_kinds=self.operator_kinds,
            assessment_max_age_days=self.assessment_max_age_days,
            review_interval_days=self.review_interval_days,
            consultation_due_weekdays=self.consultation_due_weekdays,
            acknowledgement_due_weekdays=self.acknowledgement_due_weekdays,
            saga_retry_minutes=self.saga_retry_minutes,
            chain_response_weekdays=self.chain_response_weekdays,
            objection_resolve_weekdays=self.objection_resolve_weekdays,
            deadline_warn_weekdays=self.deadline_warn_weekdays,
            publish_target_minutes=self.publish_target_minutes,
            mask_sensitive_tasks=self.mask_sensitive_tasks,
            statutory=self.opened("statutory_rules_file", _statutory_rules),
            reroute_due_24h_weekdays=self.reroute_due_24h_weekdays,
            reroute_due_weekdays=self.reroute_due_weekdays,
        )


def _statutory_rules(file: Path) -> tuple[StatutoryRule, ...]:
    return TypeAdapter(tuple[StatutoryRule, ...]).validate_json(file.read_bytes())
