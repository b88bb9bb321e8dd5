"""`sote story`, `sote record`, `sote search`: play one story or look at one client in the county that runs."""

from typing import Annotated

import grpc
import typer
from google.protobuf.json_format import MessageToDict

from cli.county import state
from cli.county.places import default_places
from cli.demo import document
from cli.output import Exit, console, errors, fail, print_json
from cli.showing import show_record
from cli.stories import acts
from cli.stories.player import StoryFailed
from cli.stories.stage import STORIES, Theatre
from sote.gateway.v1 import gateway_service_pb2 as gateway

JSON = Annotated[bool, typer.Option("--json", help="One JSON document for machines.")]


def story(number: Annotated[str, typer.Argument(help="C0, 1, 3 or 5.")], as_json: JSON = False) -> None:
    """Play one story in the running county. Exit code 0: every total is right to the cent."""
    if number not in STORIES:
        fail(f"there is no story {number}: choose one of {', '.join(STORIES)}", Exit.USAGE)
    with _theatre(watch=not as_json) as theatre:
        try:
            outcome = theatre.play(number)
        except StoryFailed as failure:
            fail(str(failure))
    if as_json:
        print_json(document(outcome))
    else:
        for text in outcome.seen:
            console.print(f"[green]✓[/] {text}")
        for text in outcome.differences:
            console.print(f"[red]✗ {text}[/]")
        console.print(f"client {outcome.client_id}")
    raise typer.Exit(Exit.DONE if outcome.right else Exit.FAILED)


def record(
    client_id: Annotated[str, typer.Argument(help="The client's uuid; `sote search` finds it.")],
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask the services instead of reading what is stored.")] = False,
    as_json: JSON = False,
) -> None:
    """Show a client's integrated record, as the county's own-worker sees it."""
    with _theatre() as theatre:
        try:
            record = acts.record_of(theatre.looking(), client_id, fresh=fresh)
        except grpc.RpcError as refusal:
            fail(f"{refusal.code().name}: {refusal.details()}")
    if as_json:
        print_json(MessageToDict(record, preserving_proto_field_name=True))
    else:
        console.print(show_record(record))


def search(as_json: JSON = False) -> None:
    """Find a client by identity code; it is asked for, because arguments of a command are seen by others."""
    code = typer.prompt("identity code", hide_input=True, err=True)
    with _theatre() as theatre:
        stage = theatre.looking()
        try:
            request = gateway.SearchClientRequest(identity_code=code)
            client = stage.play.ask(stage.official, stage.apis.gateway.SearchClient, request)
        except grpc.RpcError as refusal:
            fail(f"{refusal.code().name}: {refusal.details()}")
    if as_json:
        print_json({"client_id": client.client_id})
    else:
        typer.echo(client.client_id)


def _theatre(*, watch: bool = False) -> Theatre:
    places = default_places()
    current = state.running(places)
    if current is None:
        fail("the platform does not run: start it with `make up`", Exit.NOT_RUNNING)
    said = (lambda step: errors.print(step, style="dim")) if watch else (lambda step: None)
    return Theatre(places, current, watch=said)
