"""The county's templates of cooperation clauses: which parameters each takes, and in what range (CLAUSE-1, S1.43b)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.refusal import InvalidValue
from services.provider.domain.condition import Clause, check_once
from services.provider.domain.contract_refusals import ClauseUnknown

_CODES = re.compile(r"[A-Z0-9][A-Z0-9_-]*(,[A-Z0-9][A-Z0-9_-]*)*", re.ASCII)
_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)


class ParameterKind(StrEnum):
    """What a parameter holds; none holds free text, for clauses are in facts (INV-25)."""

    NUMBER = "NUMBER"
    CODES = "CODES"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter of a clause; `least` and `most` bound a NUMBER, CODES are separated by commas."""

    name: str
    kind: ParameterKind
    required: bool
    least: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        if self.kind is ParameterKind.NUMBER and not 0 <= self.least <= self.most:
            raise InvalidValue("template.parameters", f"the range of {self.name} ends before it begins")

    def takes(self, value: str) -> bool:
        """Whether the value fits."""
        if self.kind is ParameterKind.CODES:
            return _CODES.fullmatch(value) is not None
        return _NUMBER.fullmatch(value) is not None and self.least <= int(value) <= self.most


@dataclass(frozen=True, kw_only=True)
class Template:
    """A clause the county uses."""

    code: str
    parameters: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        check_once((parameter.name for parameter in self.parameters), field="template.parameters")

    def check(self, clause: Clause) -> None:
        """Refuse with InvalidValue a parameter that is missing, not the clause's, or out of its range."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in clause.parameters.items():
            if name not in known or not known[name].takes(value):
                raise InvalidValue("clauses", f"{self.code} does not take this parameter, or not this value: {name}")
        for parameter in self.parameters:
            if parameter.required and parameter.name not in clause.parameters:
                raise InvalidValue("clauses", f"{self.code} needs the parameter {parameter.name}")


def _number(name: str, least: int, most: int, *, required: bool = True) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.NUMBER, required=required, least=least, most=most)


def _codes(name: str) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.CODES, required=False)


DEFAULTS: dict[str, Template] = {
    template.code: template
    for template in (
        Template(code="GUIDANCE_DUTY"),
        Template(code="INFO_SHARING", parameters=(_number("hours", 1, 168),)),
        Template(code="PLAN_PARTICIPATION"),
        Template(code="CONSULT_RESPONSE", parameters=(_number("weekdays", 1, 30),)),
        Template(code="ACK_TIME", parameters=(_number("weekdays", 1, 30),)),
        Template(code="FOLLOW_PLAN"),
        Template(code="REFERRAL", parameters=(_number("weekdays", 1, 60, required=False),)),
        Template(code="PACKAGE_LINK", parameters=(_codes("packages"), _codes("items"))),
        Template(code="LIAISON", parameters=(_codes("units"),)),
        Template(code="HANDOVER", parameters=(_number("days", 1, 90),)),
        Template(code="ACCEPT_ALL"),
        Template(code="SAFE_CONTINUATION", parameters=(_number("days", 0, 365, required=False),)),
    )
}
"""What a county starts with; its own template takes the place of the one with its code."""


@dataclass(eq=False, kw_only=True)
class ClauseTemplate:
    """A template the county put."""

    id: UUID
    county_scheme: str
    county_code: str
    code: str
    template: Template
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime

    def put(self, template: Template, *, now: datetime) -> bool:
        """Take it; True when it differs from the one before. Contracts and conditions made before keep theirs."""
        if template == self.template:
            return False
        self.template = template
        self.version += 1
        self.updated_at = now
        return True


def check_clauses(clauses: Iterable[Clause], templates: Mapping[str, Template]) -> None:
    """Refuse with ClauseUnknown or InvalidValue what the county's templates do not allow (S1.43b)."""
    for clause in clauses:
        template = templates.get(clause.code)
        if template is None:
            raise ClauseUnknown(f"the county has no template of a clause {clause.code}")
        template.check(clause)
