"""Sets the stage: a player over a running county, its clock in hand, the county loaded."""

from collections.abc import Callable
from datetime import datetime

from cli.county.clock import release_clock, set_clock
from cli.county.keys import ensure_keys
from cli.county.places import SERVICES, Places
from cli.county.state import State
from cli.stories.acts import Stage
from cli.stories.apis import Apis, apis_over
from cli.stories.control_case import play_control_case
from cli.stories.family import play_family
from cli.stories.outcome import Outcome
from cli.stories.player import Pace, Player
from cli.stories.recovery import play_recovery
from cli.stories.rehabilitation import play_rehabilitation
from cli.stories.world import World, find_world, load_world
from cli.token import OWN_COUNTY

STORIES: dict[str, Callable[[Stage], Outcome]] = {
    "C0": play_control_case,
    "1": play_family,
    "3": play_recovery,
    "5": play_rehabilitation,
}


class Theatre:
    """Plays stories in one running county; its clock is wall time again when the theatre closes."""

    def __init__(
        self, places: Places, county: State, *, watch: Callable[[str], None] = lambda step: None, patience: float = 60.0
    ) -> None:
        self._places = places
        self._addresses = {service: county.address(service) for service in SERVICES}
        self._pace = Pace(self._set_clock, patience, watch)
        self._minter = ensure_keys(places.keys).minter()
        self._players: list[Player] = []
        self.world: World | None = None

    def __enter__(self) -> "Theatre":
        return self

    def __exit__(self, *_: object) -> None:
        for player in self._players:
            player.close()
        if self.world is not None:
            release_clock(self._places)

    def player(self, story: str) -> tuple[Player, Apis]:
        """Somebody to take the steps of this story, and the stubs to take them with."""
        player = Player(story, self._addresses, self._minter, OWN_COUNTY, self._pace)
        self._players.append(player)
        return player, apis_over({service: player.channel(service) for service in SERVICES})

    def load(self) -> World:
        """Load the county, or find that it is loaded."""
        if self.world is None:
            self.world = load_world(*self.player("world"))
        return self.world

    def stage(self, story: str) -> Stage:
        """A stage of this name in the loaded county."""
        player, apis = self.player(story)
        return Stage(player, apis, self.load())

    def looking(self) -> Stage:
        """A stage to look from: nothing is loaded and the clock stays as it is."""
        player, apis = self.player("looking")
        return Stage(player, apis, find_world(player, apis))

    def play(self, story: str) -> Outcome:
        """Play a story of the reference data by its number."""
        return STORIES[story](self.stage(f"story-{story}"))

    def _set_clock(self, instant: datetime) -> None:
        set_clock(self._places, instant)
