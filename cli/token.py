"""`sote token`: an access token for development, signed with the key made at set-up."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.county.environment import COUNTY, LONGEST_TOKEN_SECONDS
from cli.county.keys import ensure_keys
from cli.county.places import default_places
from cli.output import print_json
from services.chassis.identity import Caller

OWN_COUNTY = f"{COUNTY['COUNTY_SCHEME']}:{COUNTY['COUNTY_CODE']}"


class Role(StrEnum):
    """Codes of the roles that call the platform."""

    CSW = "CSW"
    CSP = "CSP"
    HOP = "HOP"
    HSP = "HSP"
    PRV = "PRV"
    FIN = "FIN"
    CON = "CON"
    STE = "STE"
    DPO = "DPO"
    CLI = "CLI"
    OPS = "OPS"
    SYS = "SYS"


def token(
    role: Annotated[Role, typer.Option(help="Role code of the caller.")],
    organisation: Annotated[
        str, typer.Option(help="A provider's uuid, or `county` for the county's offices.")
    ] = "county",
    unit: Annotated[str, typer.Option(help="The caller's unit, where the role has one.")] = "",
    subject: Annotated[str, typer.Option(help="Who calls: a stable id of a person or machine.")] = "developer",
    county: Annotated[str, typer.Option(help="County scheme and code.")] = OWN_COUNTY,
    minutes: Annotated[int, typer.Option(min=1, max=LONGEST_TOKEN_SECONDS // 60, help="How long it is valid.")] = 60,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document for machines.")] = False,
) -> None:
    """Mint a development token. Use it as the header `authorization: Bearer <token>`."""
    caller = Caller(subject=subject, role=role.value, organisation=organisation, unit=unit, county=county)
    minted = ensure_keys(default_places().make().keys).minter().mint(caller, seconds=minutes * 60)
    if as_json:
        print_json({"token": minted, "expires_in": minutes * 60})
    else:
        typer.echo(minted)
