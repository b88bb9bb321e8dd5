"""When services are wide-ranging, frequent, or need a plan."""

from collections.abc import Collection, Iterable
from datetime import date

from services.client.domain.days import months_later
from services.client.domain.neighbours import CatalogueService
from services.kernel.care import Sector

WIDE_RANGE_SERVICES = 3
WIDE_RANGE_TASKS = 3
PLAN_SERVICES = 2
WINDOW_MONTHS = 12


def window_begin(today: date) -> date:
    """The day before the twelve months that end today: deliveries of later days count for FREQUENT_USER."""
    return months_later(today, -WINDOW_MONTHS)


def is_frequent(deliveries: int, least: int) -> bool:
    """FREQUENT_USER (ATTENTION-1): so many deliveries in twelve months, or more."""
    return deliveries >= least


def is_wide_range(services: Iterable[CatalogueService]) -> bool:
    """WIDE_RANGE (ATTENTION-2): both sectors with three services or more, or three service tasks or more."""
    known = {service.code: service for service in services}.values()
    sectors = {service.sector for service in known}
    tasks = {service.task for service in known}
    spans_sectors = sectors >= {Sector.SOCIAL, Sector.HEALTH} and len(known) >= WIDE_RANGE_SERVICES
    return spans_sectors or len(tasks) >= WIDE_RANGE_TASKS


def is_plan_needed(*, flagged: bool, services: Collection[str], longest_days: int, min_days: int) -> bool:
    """PLAN-19: any flag, two concurrent services or more, or one that lasts `min_days` or longer."""
    return flagged or len(set(services)) >= PLAN_SERVICES or longest_days >= min_days
