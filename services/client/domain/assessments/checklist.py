"""The twelve domains of a needs assessment (ASSESSMENT-9), their answers, and the sectors their needs belong to."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.client.domain.assessments.refusals import AssessmentIncomplete, SectorNotCovered
from services.client.domain.clients.people import Category, Professional
from services.kernel.care import NeedDomain, Sector

HEALTH_DOMAINS = frozenset({NeedDomain.PHYSICAL_HEALTH, NeedDomain.MENTAL_HEALTH, NeedDomain.MEDICINES})
SHARED_DOMAINS = frozenset({NeedDomain.SUBSTANCE_USE, NeedDomain.FUNCTIONAL_CAPACITY})
"""Both sectors know these; a participant of either covers them."""

HIGHEST_LEVEL = 4


@dataclass(frozen=True)
class Answer:
    """The answer to one domain: level 0 no need, 1 slight, 2 moderate, 3 considerable, 4 severe."""

    domain: NeedDomain
    level: int
    text: str


def check_answers(answers: Iterable[Answer]) -> None:
    """S1.08: every domain answered once, a need in words; else `AssessmentIncomplete`."""
    answered = list(answers)
    domains = [answer.domain for answer in answered]
    missing = [domain.value for domain in NeedDomain if domain not in domains]
    if missing:
        raise AssessmentIncomplete(f"the assessment is incomplete: unanswered {', '.join(missing)}")
    if len(domains) > len(set(domains)):
        raise AssessmentIncomplete("the assessment is incomplete: a domain is answered twice")
    for answer in answered:
        if not 0 <= answer.level <= HIGHEST_LEVEL or (answer.level and not answer.text.strip()):
            raise AssessmentIncomplete(
                f"the assessment is incomplete: the need in {answer.domain.value} lacks its words or a level of 1 to 4"
            )


def check_participants(answers: Iterable[Answer], people: Iterable[Professional]) -> None:
    """S1.10, S1.17: a professional of each sector with a need takes part; else `SectorNotCovered`."""
    present = {Sector.HEALTH if person.category is Category.HEALTH else Sector.SOCIAL for person in people}
    for answer in answers:
        if answer.level and answer.domain not in SHARED_DOMAINS:
            sector = Sector.HEALTH if answer.domain in HEALTH_DOMAINS else Sector.SOCIAL
            if sector not in present:
                raise SectorNotCovered(
                    f"there are needs of the {sector.value.lower()} sector, and nobody of it takes part"
                )
