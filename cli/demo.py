"""`sote demo`: from nothing to a paid, settled story, with the client's record to read at the end."""

import time
from typing import Annotated

import typer
from rich.console import Group
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.county import state
from cli.county.children import DidNotStart
from cli.county.places import Places, default_places
from cli.county.platform import AlreadyRuns, Platform
from cli.output import Exit, console, errors, fail, print_json
from cli.showing import show_record
from cli.stories import acts, knowledge
from cli.stories.outcome import Outcome
from cli.stories.player import StoryFailed
from cli.stories.stage import Theatre
from cli.stories.values import cents_as_euros

PLAYED = ("C0", "1")


def demo(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document for machines.")] = False,
) -> None:
    """Start the platform if it does not run, load the county, play C0 and story 1, show what came of it.

    Ends with 0 only when every total is right to the cent (STORY-9). Played again, every step is answered as
    the first time and nothing is done twice.
    """
    places, platform = default_places(), None
    current = state.running(places)
    began = time.monotonic()
    try:
        if current is None:
            platform = _started(places)
            current = platform.current()
        started = time.monotonic() - began
        outcomes = _play(places, current, as_json=as_json)
    except StoryFailed as failure:
        fail(str(failure))
    finally:
        if platform is not None:
            platform.stop()
    if as_json:
        print_json({"started_seconds": round(started, 1), "stories": [document(outcome) for outcome in outcomes]})
    else:
        console.print(_verdict(outcomes, started, time.monotonic() - began))
        console.print(_next_steps(outcomes, runs_on=platform is None), style="dim", highlight=False)
    raise typer.Exit(Exit.DONE if all(outcome.right for outcome in outcomes) else Exit.FAILED)


def _started(places: Places) -> Platform:
    platform = Platform(places, say=lambda step: errors.print(f"{step} …", style="dim"))
    try:
        return platform.start()
    except (DidNotStart, AlreadyRuns) as failure:
        fail(str(failure))


def _play(places: Places, current: state.State, *, as_json: bool) -> list[Outcome]:
    columns = (SpinnerColumn(), TextColumn("{task.description:16}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, TimeElapsedColumn(), TextColumn("[dim]{task.fields[step]}"), console=errors)
    with progress, Theatre(places, current, watch=lambda step: _advance(progress, step)) as theatre:
        outcomes = []
        progress.add_task("the county", total=None, step="")
        theatre.load()
        _finish(progress)
        for story in PLAYED:
            progress.add_task("control case C0" if story == "C0" else f"story {story}", total=None, step="")
            outcomes.append(theatre.play(story))
            _finish(progress)
        progress.stop()
        if not as_json:
            _show(theatre, outcomes[-1].client_id)
    return outcomes


def _advance(progress: Progress, step: str) -> None:
    progress.update(progress.task_ids[-1], advance=1, step=step)


def _finish(progress: Progress) -> None:
    done = progress.tasks[-1].completed
    progress.update(progress.task_ids[-1], total=done, completed=done, step="")


def _show(theatre: Theatre, client_id: str) -> None:
    stage = theatre.looking()
    console.rule("The integrated record of story 1's child")
    console.print(show_record(acts.record_of(stage, client_id)))
    known = Table.grid(padding=(0, 2))
    for service, sentence in knowledge.what_each_service_knows(stage, client_id).items():
        known.add_row(f"[bold]{service}[/]", sentence)
    console.print(Panel(known, title="What each service knows", title_align="left"))
    proof = knowledge.ledger_proof(stage)
    held = "holds" if proof.holds else f"[red]fails: {len(proof.differences)} differences[/]"
    proved = f"the ledger's proof {held} over {proof.entries} entries"
    balance = knowledge.balance_line(knowledge.budget_of(stage, 2025).total)
    console.print(Panel(f"{balance}\n{proved}", title="Budget 2025", title_align="left"))


def _verdict(outcomes: list[Outcome], started: float, whole: float) -> Group:
    table = Table(title="Totals against the stories (STORY-9)", title_justify="left", title_style="bold")
    for name in ("story", "reserved €", "released €", "spent €", ""):
        table.add_column(name, justify="right" if name.endswith("€") else "left")
    for outcome in outcomes:
        assert outcome.found is not None
        sums = (outcome.found.reserved, outcome.found.released, outcome.found.spent)
        table.add_row(
            outcome.story, *map(cents_as_euros, sums), "[green]right[/]" if outcome.right else "[red]differs[/]"
        )
    differences = [f"[red]{outcome.story}: {text}[/]" for outcome in outcomes for text in outcome.differences]
    return Group(table, *differences, f"[dim]started in {started:.1f} s, all in {whole:.1f} s[/]")


def _next_steps(outcomes: list[Outcome], *, runs_on: bool) -> str:
    """What is left running, and where to look further."""
    still_running = (
        "The county runs on, as before."
        if runs_on
        else "Nothing is left running; the county and its clients are kept under .county/. `make up` starts it again."
    )
    look = f"sote record {outcomes[-1].client_id}"
    return f"{still_running}\nThen, in another terminal: {look}, sote story 3, sote status; make down stops it."


def document(outcome: Outcome) -> dict[str, object]:
    """An outcome for machines."""
    totals = outcome.found
    return {
        "story": outcome.story,
        "client_id": outcome.client_id,
        "right": outcome.right,
        "reserved_cents": totals.reserved if totals else None,
        "released_cents": totals.released if totals else None,
        "spent_cents": totals.spent if totals else None,
        "differences": outcome.differences,
    }
