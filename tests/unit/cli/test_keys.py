"""Development secrets: made once, for their owner alone."""

import stat
from pathlib import Path

from cli.county.keys import ISSUER, ensure_keys
from services.chassis.identity import Caller, TokenVerifier
from services.chassis.sections import load_section_keys
from services.chassis.vault import vault_from


def test_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    keys = ensure_keys(tmp_path / "keys")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert load_section_keys(keys.section_keys).current == 1
    assert (
        len(vault_from(keys.identity_keys, place="identity_code.sealed", indexed=True).blind_index("010170-999R")) == 32
    )


def test_keys_are_never_written_over(tmp_path: Path) -> None:
    ensure_keys(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ensure_keys(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_services_accept_the_tokens_of_set_up(tmp_path: Path) -> None:
    keys = ensure_keys(tmp_path)
    caller = Caller("worker", "CSW", "county", "", "MAAKUNTA_2017:06")
    assert TokenVerifier(keys.jwks, issuer=ISSUER).verify(keys.minter().mint(caller)) == caller
