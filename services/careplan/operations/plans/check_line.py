"""Checking a service line against catalogue, provider and contract, and finding its contract (PLAN-3, S1.23)."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import CatalogueEntryCopy, ProviderCopy
from services.careplan.domain.plans.content import ServiceLine
from services.careplan.domain.plans.line_rules import check_catalogue, check_provider, check_terms, contract_covering
from services.careplan.storage.neighbours.providers import contracts_of, find_host, find_provider


def check_line(
    session: Session, line: ServiceLine, *, entry: CatalogueEntryCopy | None, today: date, by_client: bool = False
) -> ServiceLine:
    """The line with its contract, if it may stand in a plan; `by_client`: the client chose its provider."""
    check_terms(line, by_client=by_client)
    check_catalogue(line, entry)
    if line.provider_id is None:
        return line
    agreed = check_place(session, line, find_provider(session, line.provider_id))
    contract = contract_covering(agreed, contracts_of(session, [line.provider_id]), today)
    return replace(line, contract_id=contract.contract_id)


def check_place(session: Session, line: ServiceLine, provider: ProviderCopy | None) -> ServiceLine:
    """Check who delivers the line and where; gives it as contracts see it, which know no units of others (S1.20)."""
    host = None
    if provider is not None and line.unit_id is not None and provider.unit(line.unit_id) is None:
        host = find_host(session, line.unit_id, line.service_code)
    check_provider(line, provider, host)
    return line if host is None else replace(line, unit_id=None)
