"""The token of a write that a reader wants to see: `<client>/<section>=<version>;...`."""

from collections.abc import Mapping
from uuid import UUID

from services.kernel.refusal import Refusal


class BadToken(Refusal):
    """A `min_version` that no write has answered with."""

    reason = "INVALID_FIELD"
    rule = "AIP-193"
    field = "min_version"


def needed_versions(token: str, client_id: UUID) -> Mapping[str, int]:
    """Message name to the version that must be shown of this client; other clients' versions do not matter here."""
    needed: dict[str, int] = {}
    for entry in filter(None, token.split(";")):
        where, equals, version = entry.partition("=")
        client, slash, section = where.partition("/")
        if not (equals and slash and section and version.isascii() and version.isdigit() and len(version) < 10):
            raise BadToken("must be what a write gave as sote-min-version")
        if client == str(client_id):
            needed[section] = max(int(version), needed.get(section, 0))
    return needed
