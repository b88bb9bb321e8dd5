"""What a voucher's provider answers for: the content as the county words it, version by version (S2.18)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ContentSpec:
    """What the provider answers for; it accepts one version of it."""

    text: str = ""
    quality_refs: tuple[str, ...] = ()
    staff_titles: tuple[str, ...] = ()
    language: str = ""
    place: str = ""
    version: int = 1
