"""What callers ask, in the words of the domain."""

from services.chassis.values import day_of
from services.chassis.words import word
from services.kernel.care import Arrangement, CareLevel, CareUnit, DeliveryMode, Sector
from services.provider.domain.catalogue import CatalogueEntry, ServiceTask
from services.provider.domain.condition import Condition, ConditionKind, EvidenceState, Finding
from services.provider.domain.contract_lifecycle import LineChange, Suspension, SuspensionCause, TerminationCause
from services.provider.domain.provider import (
    Accessibility,
    Application,
    Ownership,
    ProviderRole,
    Registration,
    RegistrationState,
    Standing,
    UnitKind,
    UnitTerms,
)
from services.provider.domain.terms import ContractKind, ContractTerms
from services.provider.wire.values import clauses_from, lines_from
from sote.provider.v1 import (
    catalogue_pb2,
    condition_pb2,
    condition_service_pb2,
    contract_pb2,
    contract_service_pb2,
    provider_pb2,
)
from sote.provider.v1 import provider_service_pb2 as service
from sote.type.v1 import care_pb2 as care


def application(request: service.ApplyProviderRequest) -> Application:
    """What an organisation tells when it applies."""
    insured = request.insurance_valid_to
    return Application(
        business_id=request.business_id,
        display_name=request.display_name,
        ownership=word(Ownership, provider_pb2.Ownership, request.ownership),
        roles=tuple(word(ProviderRole, provider_pb2.ProviderRole, role) for role in request.roles),
        oid=request.oid,
        registration=_registration(request.registration),
        prepayment_register=request.prepayment_register,
        insurance_valid_to=day_of(insured, "insurance_valid_to") if request.HasField("insurance_valid_to") else None,
    )


def standing(request: service.RecordStandingRequest) -> Standing:
    """What the registers and a provider's papers say."""
    insured = request.insurance_valid_to
    return Standing(
        registration=_registration(request.registration),
        prepayment_register=request.prepayment_register,
        insurance_valid_to=day_of(insured, "insurance_valid_to") if request.HasField("insurance_valid_to") else None,
        insurance_kind=request.insurance_kind,
        self_monitoring_url=request.self_monitoring_url,
    )


def _registration(message: provider_pb2.SupervisoryRegistration) -> Registration:
    since = day_of(message.from_date, "registration.from_date") if message.HasField("from_date") else None
    return Registration(
        register=message.register,
        number=message.number,
        from_date=since,
        state=word(RegistrationState, provider_pb2.RegistrationState, message.state),
    )


def unit_terms(message: provider_pb2.ServiceUnit) -> UnitTerms:
    """A unit as it is added."""
    return UnitTerms(
        code=message.code,
        display_name=message.display_name,
        oid=message.oid,
        kind=word(UnitKind, provider_pb2.UnitKind, message.kind),
        municipality_code=message.municipality_code,
        modes=tuple(word(DeliveryMode, care.DeliveryMode, mode) for mode in message.modes),
        languages=tuple(message.languages),
        capacity=message.capacity,
        area_municipality_codes=tuple(message.area_municipality_codes),
        accessibility=tuple(word(Accessibility, provider_pb2.Accessibility, a) for a in message.accessibility),
    )


def catalogue_entry(message: catalogue_pb2.CatalogueService) -> CatalogueEntry:
    """A service as the county puts it."""
    return CatalogueEntry(
        service_code=message.service_code,
        name_fi=message.name_fi,
        name_en=message.name_en,
        sector=word(Sector, care.Sector, message.sector),
        level=word(CareLevel, care.CareLevel, message.level),
        task=word(ServiceTask, care.ServiceTask, message.task),
        sensitive=message.sensitive,
        arrangements=tuple(word(Arrangement, care.Arrangement, a) for a in message.arrangements),
        unit=word(CareUnit, care.CareUnit, message.unit),
        reference_price_cents=message.reference_price.cents,
        fee_rule=message.fee_rule,
        statutory_right=message.statutory_right,
        thl_class=message.thl_class,
        thl_item=message.thl_item,
    )


def conditions(request: condition_service_pb2.DraftConditionSetRequest) -> tuple[Condition, ...]:
    """The conditions of a draft."""
    return tuple(
        Condition(
            code=condition.code,
            text=condition.text,
            kind=word(ConditionKind, condition_pb2.ConditionKind, condition.kind),
            mandatory=condition.mandatory,
            evidence_kind=condition.evidence_kind,
            renewal_months=condition.renewal_months,
            metric=condition.metric,
            threshold=condition.threshold,
        )
        for condition in request.conditions
    )


def finding(request: condition_service_pb2.RecordEvidenceRequest) -> Finding:
    """What the county found."""
    return Finding(
        condition_code=request.condition_code,
        state=word(EvidenceState, condition_pb2.EvidenceState, request.state),
        valid_to=day_of(request.valid_to, "valid_to") if request.HasField("valid_to") else None,
        document_ref=request.document_ref,
        measured=request.measured if request.HasField("measured") else None,
    )


def contract_terms(request: contract_service_pb2.DraftContractRequest, *, notice_days: int) -> ContractTerms:
    """What a contract is to say; `notice_days` when the request tells none."""
    return ContractTerms(
        kind=word(ContractKind, contract_pb2.ContractKind, request.kind),
        lines=lines_from(request.lines),
        own_clauses=clauses_from(request.clauses),
        valid_from=day_of(request.valid_from, "valid_from"),
        valid_to=day_of(request.valid_to, "valid_to"),
        notice_days=request.notice_days or notice_days,
    )


def line_change(message: contract_pb2.LineChange) -> LineChange:
    """A change of a line as the county or the provider tells it; who agreed is not asked."""
    return LineChange(
        service_code=message.service_code,
        line=next(iter(lines_from([message.line]))) if message.HasField("line") else None,
        effective=day_of(message.effective_date, "change.effective_date"),
    )


def suspension(request: contract_service_pb2.SuspendContractRequest) -> Suspension:
    """How the county suspends a contract."""
    until = request.safe_continuation_until
    safe = day_of(until, "safe_continuation_until") if request.HasField("safe_continuation_until") else None
    return Suspension(
        grounds=request.grounds,
        effective=day_of(request.effective_date, "effective_date"),
        safe_until=safe,
        cause=SuspensionCause.COUNTY,
    )


def termination_cause(request: contract_service_pb2.TerminateContractRequest) -> TerminationCause:
    """Why a contract is terminated; notice unless another cause is given."""
    if not request.cause:
        return TerminationCause.NOTICE
    return word(TerminationCause, contract_pb2.TerminationCause, request.cause)
