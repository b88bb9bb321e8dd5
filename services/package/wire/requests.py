"""What callers ask, in the words of the domain."""

from services.chassis.values import day_of, id_of
from services.kernel.refusal import InvalidValue
from services.package.domain.proposing import Override
from services.package.wire.values import modes_of
from sote.package.v1 import package_service_pb2 as service


def overrides(request: service.ProposeEnrolmentRequest) -> dict[str, Override]:
    """Where a client's items differ from the package, by item; refuses an item that stands twice."""
    found: dict[str, Override] = {}
    for one in request.overrides:
        if one.item_code in found:
            raise InvalidValue("overrides", f"{one.item_code} stands twice")
        found[one.item_code] = Override(
            units=one.units if one.HasField("units") else None,
            from_date=day_of(one.from_date, "overrides.from_date") if one.HasField("from_date") else None,
            to_date=day_of(one.to_date, "overrides.to_date") if one.HasField("to_date") else None,
            provider_id=id_of(one.provider_id),
            modes=modes_of(one.modes),
        )
    return found
