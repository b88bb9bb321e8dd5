"""The environment of this service's processes; prefix CLIENT_."""

import json
from pathlib import Path

from pydantic import Field, TypeAdapter
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ProcessSettings
from services.client.domain.clients.identity_code import NumberRange
from services.client.domain.deadlines.limits import DeadlineRule
from services.client.domain.rules import Rules

REFERENCE = Path(__file__).resolve().parent / "reference"


class UnknownCounty(Exception):
    """The file of municipalities has none for the county; the process does not start."""


class Settings(ProcessSettings):
    """What every process needs, the identity keys, and the parameters of this service's rules."""

    model_config = SettingsConfigDict(env_prefix="CLIENT_")

    identity_keys_file: Path
    """The keys that identity codes are sealed and found with."""
    hetu_allow_range: str = Field(default="900-999", pattern=r"^\d{3}-\d{3}$")
    """Individual numbers that identity codes may have; artificial codes have 900-999."""
    assessment_fast_track_age: int = Field(default=Rules.fast_track_age, ge=0, le=120)
    """From this age on an assessment starts within the short limit."""
    assessment_reuse_days: int = Field(default=Rules.reuse_days, ge=0, le=1000)
    """How long a completed assessment is pointed to instead of a new one."""
    plan_need_min_days: int = Field(default=Rules.plan_min_days, ge=1, le=1000)
    """From this length on one service needs a plan."""
    decision_appeal_days: int = Field(default=Rules.appeal_days, ge=1, le=365)
    """How long a decision can be appealed."""
    choice_min_period_months: int = Field(default=Rules.choice_min_months, ge=0, le=60)
    """How long a direct choice lasts before another may be made."""
    dormant_after_days: int = Field(default=365, ge=1, le=10000)
    """After how long without an open matter a client is dormant."""
    flag_frequent_contacts: int = Field(default=Rules.frequent_contacts, ge=1, le=1000)
    """From how many deliveries in twelve months on a client is served frequently."""
    minor_decides_age: int = Field(default=Rules.minor_decides_age, ge=0, le=18)
    """From this age on a minor may keep a guardian out of a matter."""
    guidance_valid_days: int = Field(default=Rules.guidance_valid_days, ge=1, le=1000)
    """How long guidance opens a direct choice."""
    deadline_eves_count: bool = Rules.eves_count
    """Whether Christmas Eve and Midsummer's Eve count as weekdays."""
    deadline_warn_before_weekdays: int = Field(default=Rules.warn_weekdays, ge=1, le=30)
    """How long before its end a limit is announced."""
    deadline_rules_file: Path = REFERENCE / "deadline_rules.json"
    """The statutory limits, dated, with their sources."""
    municipalities_file: Path = REFERENCE / "municipalities.json"
    """The municipalities of each county."""

    def rules(self) -> Rules:
        """The parameters for the domain; the process ends when the county's municipalities are not known."""
        low, high = self.hetu_allow_range.split("-")
        return Rules(
            municipalities=self.opened("municipalities_file", self._municipalities),
            deadlines=self.opened("deadline_rules_file", _deadline_rules),
            identity_range=NumberRange(int(low), int(high)),
            fast_track_age=self.assessment_fast_track_age,
            reuse_days=self.assessment_reuse_days,
            plan_min_days=self.plan_need_min_days,
            appeal_days=self.decision_appeal_days,
            choice_min_months=self.choice_min_period_months,
            guidance_valid_days=self.guidance_valid_days,
            frequent_contacts=self.flag_frequent_contacts,
            minor_decides_age=self.minor_decides_age,
            eves_count=self.deadline_eves_count,
            warn_weekdays=self.deadline_warn_before_weekdays,
        )

    def _municipalities(self, file: Path) -> frozenset[str]:
        municipalities = json.loads(file.read_text()).get(self.county)
        if not municipalities:
            raise UnknownCounty(f"{file.name} tells no municipalities of {self.county}")
        return frozenset(municipalities)


def _deadline_rules(file: Path) -> tuple[DeadlineRule, ...]:
    return TypeAdapter(tuple[DeadlineRule, ...]).validate_json(file.read_bytes())
