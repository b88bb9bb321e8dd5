"""Optimistic concurrency as callers see it (AIP-154): the etag of a row is its version."""


class VersionConflict(Exception):
    """The resource changed since the caller read it: ABORTED VERSION_CONFLICT; read it again and decide again."""

    reason = "VERSION_CONFLICT"
    rule = "AIP-154"

    def __init__(self, message: str = "the resource changed since it was read") -> None:
        super().__init__(message)


def etag_of(version: int) -> str:
    """The etag of a row with this version."""
    return f'"{version}"'


def check_etag(given: str, version: int) -> None:
    """Refuse with `VersionConflict` unless `given` is empty (caller does not ask) or the etag of `version`."""
    if given and given != etag_of(version):
        raise VersionConflict
