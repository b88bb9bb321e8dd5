"""Providers as records and choices show them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sote.gateway.v1 import choice_pb2
from sote.provider.v1 import contract_pb2, events_pb2, section_pb2
from sote.voucher.v1 import voucher_pb2, voucher_service_pb2

SANCTIONED = section_pb2.ProviderSummary(sanctioned=True).SerializeToString()
"""What makes a summary that of a provider under a sanction: appended bytes are a field more."""

_NOT_YET_IN_FORCE = frozenset(
    {
        contract_pb2.CONTRACT_STATE_UNSPECIFIED,
        contract_pb2.CONTRACT_STATE_DRAFT,
        contract_pb2.CONTRACT_STATE_CONDITIONS_ACCEPTED,
        contract_pb2.CONTRACT_STATE_WITHDRAWN,
    }
)


def summary_of(provider: bytes, contracts: Iterable[bytes]) -> section_pb2.ProviderSummary:
    """What records show of a provider, from its own facts and those of its contracts (in the order given)."""
    facts = events_pb2.ProviderFacts.FromString(provider)
    return section_pb2.ProviderSummary(
        provider_id=facts.provider_id,
        business_id=facts.business_id,
        display_name=facts.display_name,
        ownership=facts.ownership,
        state=facts.state,
        roles=facts.roles,
        units=facts.units,
        languages=sorted({language for unit in facts.units for language in unit.languages}),
        contracts=[
            _contract(contract)
            for contract in map(events_pb2.ContractFacts.FromString, contracts)
            if contract.state not in _NOT_YET_IN_FORCE
        ],
        version=facts.version,
    )


def choices(
    voucher_id: UUID,
    eligible: voucher_service_pb2.ListEligibleProvidersResponse,
    summaries: Mapping[UUID, bytes],
    now: datetime,
) -> choice_pb2.ChoiceList:
    """The list of choices: every eligible provider in the order given (INV-23), known here or not."""
    made = choice_pb2.ChoiceList(voucher_id=str(voucher_id), options_digest=eligible.options_digest)
    made.choices.extend(_choice(provider, summaries.get(UUID(provider.provider_id))) for provider in eligible.providers)
    made.as_of.FromDatetime(now)
    return made


def _choice(provider: voucher_pb2.EligibleProvider, summary: bytes | None) -> choice_pb2.Choice:
    known = section_pb2.ProviderSummary.FromString(summary or b"")
    return choice_pb2.Choice(
        provider=provider,
        ownership=known.ownership,
        languages=sorted({language for unit in provider.units for language in unit.languages}),
        modes=sorted({mode for unit in provider.units for mode in unit.modes}),
    )


def _contract(facts: events_pb2.ContractFacts) -> section_pb2.ContractSummary:
    return section_pb2.ContractSummary(
        contract_id=facts.contract_id,
        number=facts.number,
        kind=facts.kind,
        state=facts.state,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        lines=[
            section_pb2.LineSummary(service_code=line.service_code, unit_price=line.unit_price, voucher=line.voucher)
            for line in facts.lines
        ],
        version=facts.version,
    )
