"""What callers ask, in the words of the domain."""

from uuid import UUID

from services.chassis.values import day_of, id_of
from services.chassis.words import word
from services.kernel.care import DeliveryMode
from services.kernel.refusal import InvalidValue
from services.package.domain.proposing import Override, Proposal
from sote.package.v1 import package_service_pb2 as service
from sote.type.v1 import care_pb2 as care


def proposal_from(request: service.ProposeEnrolmentRequest) -> Proposal:
    """What is proposed to a client."""
    return Proposal(
        client_id=UUID(request.client_id),
        package_id=UUID(request.package_id),
        assessment_id=UUID(request.assessment_id),
        exception_reason=request.exception_reason,
        municipality_code=request.municipality_code,
        from_date=day_of(request.from_date, "from_date"),
        overrides=_overrides(request),
    )


def _overrides(request: service.ProposeEnrolmentRequest) -> dict[str, Override]:
    """Where a client's items differ from the package, by item; refuses an item that stands twice."""
    overrides: dict[str, Override] = {}
    for item in request.overrides:
        if item.item_code in overrides:
            raise InvalidValue("overrides", f"{item.item_code} stands twice")
        overrides[item.item_code] = Override(
            units=item.units if item.HasField("units") else None,
            from_date=day_of(item.from_date, "overrides.from_date") if item.HasField("from_date") else None,
            to_date=day_of(item.to_date, "overrides.to_date") if item.HasField("to_date") else None,
            provider_id=id_of(item.provider_id),
            modes=tuple(word(DeliveryMode, care.DeliveryMode, mode) for mode in item.modes),
        )
    return overrides
