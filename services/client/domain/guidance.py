"""Guidance, advice and support on freedom of choice (S1.12). A record never changes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from services.client.domain.clients.people import Language
from services.client.domain.contacts import Channel
from services.kernel.refusal import Refusal


class GuidanceKind(Enum):
    """The three kinds (S2.06)."""

    GUIDANCE = "GUIDANCE"
    ADVICE = "ADVICE"
    SUPPORT = "SUPPORT"


class ChoiceKind(Enum):
    """What a client chooses directly (CLIENT-7)."""

    HSSC = "HSSC"
    DENTAL = "DENTAL"


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What was given to a client, or anonymously, how, and with which list of providers."""

    kind: GuidanceKind
    voucher_id: UUID | None
    choice_kind: ChoiceKind | None
    option_provider_ids: tuple[UUID, ...]
    list_digest: str
    unit_id: UUID | None
    channel: Channel
    topic: str
    language: Language
    client_understood: bool


@dataclass(eq=False, kw_only=True)
class Guidance:
    """A record; the options are the providers as shown, in that order. `list_digest`: of the list that the voucher
    service gave, with contracts and prices, as it told it.
    """

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID | None
    kind: GuidanceKind
    giver_organisation_id: UUID
    unit_id: UUID | None
    channel: Channel
    topic: str
    voucher_id: UUID | None
    option_provider_ids: tuple[UUID, ...]
    options_digest: str
    language: Language
    client_understood: bool
    created_at: datetime
    created_by: str
    choice_kind: ChoiceKind | None = None
    list_digest: str = ""


def check_guidance(client_id: UUID | None, advice: Advice) -> None:
    """INV-23: guidance for a choice, on a voucher or directly, is given to its client and lists the providers."""
    if advice.voucher_id is None and advice.choice_kind is None:
        return
    if client_id is None:
        raise ClientRequired("guidance for the choice on a voucher is given to its client")
    if not advice.option_provider_ids:
        raise OptionsRequired("guidance for the choice on a voucher lists every provider that can be chosen")


def neutral_order(client_id: UUID, options: Iterable[UUID]) -> list[UUID]:
    """INV-23: an order of chance, the same for a client at every asking, that knows nothing of the options."""
    return sorted(options, key=lambda option: hashlib.sha256(client_id.bytes + option.bytes).digest())


def options_digest(options: Sequence[UUID]) -> str:
    """SHA-256 of the list as shown: each id in lower case and a line feed; empty for an empty list."""
    if not options:
        return ""
    return hashlib.sha256("".join(f"{option}\n" for option in options).encode()).hexdigest()


class OptionsRequired(Refusal):
    """Guidance for a choice lists the providers."""

    reason = "OPTIONS_REQUIRED"
    rule = "INV-23"


class ClientRequired(Refusal):
    """A voucher belongs to a client."""

    reason = "CLIENT_REQUIRED"
    rule = "S1.12"


class OrganisationRequired(Refusal):
    """The act is an organisation's."""

    reason = "ORGANISATION_REQUIRED"
    rule = "S1.13"
