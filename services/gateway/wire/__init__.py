"""Between the gateway's words and protobuf, both ways."""

from services.gateway.wire.outline import outline_of
from services.gateway.wire.providers import SANCTIONED, choices, summary_of
from services.gateway.wire.record import (
    client_inconsistency,
    client_of,
    copy_of,
    inconsistency,
    providers_named,
    record_bytes,
)
from services.gateway.wire.redaction import redacted

__all__ = [
    "SANCTIONED",
    "choices",
    "client_inconsistency",
    "client_of",
    "copy_of",
    "inconsistency",
    "outline_of",
    "providers_named",
    "record_bytes",
    "redacted",
    "summary_of",
]
