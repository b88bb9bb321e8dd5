"""What facts about providers, the catalogue and contracts say, in the words of the copies."""

from datetime import date, timedelta
from uuid import UUID

from services.chassis.values import day_of
from services.chassis.words import name_of
from services.voucher.domain.neighbours.provider import (
    CatalogueCopy,
    ContractCopy,
    ContractLine,
    ProviderCopy,
    UnitCopy,
)
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2


def provider_copy(facts: provider.ProviderFacts) -> ProviderCopy:
    """A provider as told, with its units."""
    provider_id = UUID(facts.provider_id)
    return ProviderCopy(
        provider_id=provider_id,
        business_id=facts.business_id,
        display_name=facts.display_name,
        roles=tuple(name_of(provider_pb2.ProviderRole, role) for role in facts.roles),
        state=name_of(provider_pb2.ProviderState, facts.state),
        version=facts.version,
        units=tuple(_unit(provider_id, unit) for unit in facts.units),
        ownership=name_of(provider_pb2.Ownership, facts.ownership),
    )


def _unit(provider_id: UUID, unit: provider_pb2.UnitFacts) -> UnitCopy:
    return UnitCopy(
        unit_id=UUID(unit.unit_id),
        provider_id=provider_id,
        code=unit.code,
        display_name=unit.display_name,
        municipality_code=unit.municipality_code,
        modes=tuple(name_of(care_pb2.DeliveryMode, mode) for mode in unit.modes),
        languages=tuple(unit.languages),
        capacity=unit.capacity,
    )


def catalogue_copy(facts: provider.CatalogueFacts) -> CatalogueCopy:
    """A catalogue entry as told."""
    return CatalogueCopy(
        service_code=facts.service_code,
        name_fi=facts.name_fi,
        name_en=facts.name_en,
        task=name_of(care_pb2.ServiceTask, facts.task),
        arrangements=tuple(name_of(care_pb2.Arrangement, arrangement) for arrangement in facts.arrangements),
        unit=name_of(care_pb2.CareUnit, facts.unit),
        reference_price_cents=facts.reference_price.cents,
        fee_rule=facts.fee_rule,
        statutory_right=facts.statutory_right,
        version=facts.version,
    )


def contract_copy(facts: provider.ContractFacts) -> ContractCopy:
    """A contract as told, with its lines."""
    contract_id = UUID(facts.contract_id)
    ends = facts.HasField("termination_effective")
    pause = facts.suspension
    return ContractCopy(
        contract_id=contract_id,
        number=facts.number,
        provider_id=UUID(facts.provider_id),
        kind=name_of(contract_pb2.ContractKind, facts.kind),
        state=name_of(contract_pb2.ContractState, facts.state),
        valid_from=day_of(facts.valid_from, "valid_from"),
        valid_to=day_of(facts.valid_to, "valid_to"),
        termination_effective=day_of(facts.termination_effective, "termination_effective") if ends else None,
        version=facts.version,
        lines=tuple(_line(contract_id, line) for line in facts.lines),
        suspended_from=_day_in(pause, "effective_date"),
        served_until=_day_in(pause, "safe_continuation_until"),
    )


def first_day_unserved(pause: contract_pb2.SuspensionFacts) -> date:
    """The first day clients are not served: after the safe continuation, or from when the suspension counts."""
    until = _day_in(pause, "safe_continuation_until")
    return day_of(pause.effective_date, "effective_date") if until is None else until + timedelta(days=1)


def _day_in(pause: contract_pb2.SuspensionFacts, field: str) -> date | None:
    return day_of(getattr(pause, field), field) if pause.HasField(field) else None  # type: ignore[arg-type]


def _line(contract_id: UUID, line: contract_pb2.ServiceLineFacts) -> ContractLine:
    return ContractLine(
        contract_id=contract_id,
        service_code=line.service_code,
        unit_ids=tuple(UUID(unit) for unit in line.unit_ids),
        unit_price_cents=line.unit_price.cents,
        voucher=line.voucher,
        capacity=line.capacity,
        max_new_clients_month=line.max_new_clients_month,
    )
