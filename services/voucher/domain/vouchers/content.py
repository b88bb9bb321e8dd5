"""What a voucher's provider answers for: the content as the county words it, version by version (S2.18)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ContentSpec:
    """What the provider answers for; it accepts one version of it. `modes` are ways of delivery; none means any."""

    text: str = ""
    quality_refs: tuple[str, ...] = ()
    staff_titles: tuple[str, ...] = ()
    language: str = ""
    place: str = ""
    modes: tuple[str, ...] = ()
    version: int = 1

    def fits(self, mode: str) -> bool:
        """Whether care given in this way is what the content asks for."""
        return not self.modes or mode in self.modes
