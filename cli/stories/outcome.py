"""What a story must come to, and what it came to: totals to the cent and the things it names."""

from dataclasses import dataclass, field

from cli.stories.values import cents_as_euros


@dataclass(frozen=True)
class Totals:
    """Sums over the vouchers and commitments of one client, in cents (STORY-9)."""

    reserved: int
    released: int
    spent: int


@dataclass
class Outcome:
    """The expected and the found, item by item; a story is right when no difference is left."""

    story: str
    client_id: str = ""
    expected: Totals | None = None
    found: Totals | None = None
    differences: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def check(self, what: str, expected: object, found: object) -> None:
        """Note that `what` was as expected, or how it differs."""
        if expected == found:
            self.seen.append(f"{what}: {found}")
        else:
            self.differences.append(f"{what}: expected {expected}, found {found}")

    def totals(self, expected: Totals, found: Totals) -> None:
        """Check the three totals."""
        self.expected, self.found = expected, found
        for name in ("reserved", "released", "spent"):
            self.check(name, cents_as_euros(getattr(expected, name)), cents_as_euros(getattr(found, name)))

    @property
    def right(self) -> bool:
        """Everything was as the story tells."""
        return not self.differences and self.found is not None
