"""Sealing of identity codes and their blind index."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from services.chassis.vault import UnusableKeys, Vault, vault_from

PLACE = "identity_code.sealed"
OLD, NEW, INDEX = bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 32
CODE = "140318A913J"


def keys_file(folder: Path, content: Any, mode: int = 0o600) -> Path:
    path = folder / "keys.json"
    path.write_text(json.dumps(content))
    path.chmod(mode)
    return path


def base64_of(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_what_is_stored_tells_nothing_and_opens_for_its_owner_only_INV_25() -> None:
    vault, owner = Vault({1: OLD}, place=PLACE, index=INDEX), uuid4()
    sealed = vault.seal(CODE, owner)
    assert CODE.encode() not in sealed.body
    assert vault.open(sealed, owner) == CODE
    with pytest.raises(InvalidTag):
        vault.open(sealed, uuid4())
    assert vault.seal(CODE, owner).body != sealed.body


def test_the_index_finds_a_code_and_distinguishes_the_sign_IDENTIFIER_1() -> None:
    vault = Vault({1: OLD}, place=PLACE, index=INDEX)
    assert vault.blind_index(CODE) == Vault({2: NEW}, place=PLACE, index=INDEX).blind_index(CODE)
    assert vault.blind_index("010190-999W") != vault.blind_index("010190Y999W")
    assert vault.blind_index(CODE) != Vault({1: OLD}, place=PLACE, index=NEW).blind_index(CODE)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    owner = uuid4()
    before = Vault({1: OLD}, place=PLACE, index=INDEX).seal(CODE, owner)
    both = Vault({1: OLD, 2: NEW}, place=PLACE, index=INDEX)
    assert both.open(before, owner) == CODE
    assert both.seal(CODE, owner).key_version == 2


def test_keys_come_from_a_file_of_their_owner_alone(tmp_path: Path) -> None:
    content = {"encryption": {"1": base64_of(OLD)}, "index": base64_of(INDEX)}
    assert vault_from(keys_file(tmp_path, content), place=PLACE, indexed=True).blind_index(CODE) == Vault(
        {1: OLD}, place=PLACE, index=INDEX
    ).blind_index(CODE)
    with pytest.raises(UnusableKeys, match="owner alone"):
        vault_from(keys_file(tmp_path, content, mode=0o640), place=PLACE, indexed=True)


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        {"encryption": {}, "index": base64_of(INDEX)},
        {"encryption": {"1": "c2hvcnQ="}, "index": base64_of(INDEX)},
    ],
)
def test_unusable_keys_stop_the_start(content: Any, tmp_path: Path) -> None:
    with pytest.raises(UnusableKeys):
        vault_from(keys_file(tmp_path, content), place=PLACE, indexed=True)
    with pytest.raises(UnusableKeys):
        vault_from(tmp_path / "missing.json", place=PLACE, indexed=True)
