"""Between the gateway's words and protobuf, both ways."""

from services.gateway.wire.outline import outline_of
from services.gateway.wire.providers import choices, summary_of
from services.gateway.wire.record import client_of, copy_of, providers_named, record_bytes

__all__ = [
    "choices",
    "client_of",
    "copy_of",
    "outline_of",
    "providers_named",
    "record_bytes",
    "summary_of",
]
