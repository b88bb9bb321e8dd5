"""Support given to a client in choosing a provider."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Support:
    """Guidance of the kind support, given to a client about a voucher, or (None) about a choice without one."""

    guidance_id: UUID
    client_id: UUID
    voucher_id: UUID | None
    given_on: date
