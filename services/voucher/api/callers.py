"""Who a verified caller is to this service: an official, a provider, a client or somebody who may see all."""

from uuid import UUID

from services.chassis.identity import Caller
from services.voucher.domain.vouchers.issuing import Official
from services.voucher.domain.vouchers.redaction import OWN_REDEMPTIONS, Scope
from services.voucher.domain.vouchers.refusals import NoRelationship

CLIENT = "CLI"
PROVIDER = "PRV"
FINANCE = "FIN"


def official_of(caller: Caller) -> Official:
    """The official a caller is; whether the organisation may do the act is for the domain to say."""
    return Official(_uuid(caller.organisation), caller.subject, caller.county)


def provider_of(caller: Caller) -> UUID:
    """The provider a caller works for; refuses with NoRelationship who works for none."""
    organisation = _uuid(caller.organisation)
    if organisation is None:
        raise NoRelationship("the caller works for no provider")
    return organisation


def client_of(caller: Caller) -> UUID | None:
    """The client who calls for herself, whose token names her as subject; None for a helper."""
    if caller.role != CLIENT:
        return None
    client = _uuid(caller.subject)
    if client is None:
        raise NoRelationship("the caller is no client of this county")
    return client


def scope_of(caller: Caller) -> Scope:
    """What the caller may read of vouchers; who sees the own organisation's alone has to work for one."""
    if caller.role == PROVIDER:
        provider_id = provider_of(caller)
        return Scope(caller.role, provider_id=provider_id, organisation=provider_id)
    if caller.role in OWN_REDEMPTIONS:
        return Scope(caller.role, organisation=provider_of(caller))
    return Scope(caller.role, client_id=client_of(caller), organisation=_uuid(caller.organisation))


def sees_incomes(caller: Caller) -> bool:
    """Whether the caller may see incomes: fee officials, and clients their own (ACCESS-3)."""
    return caller.role in {FINANCE, CLIENT}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
