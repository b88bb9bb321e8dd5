"""Sections sealed for the gateway: only the county's keys open them, and only as they were sealed (INV-25)."""

import base64
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from services.chassis.sections import SectionKeys, SectionRow, load_section_keys, open_section, seal_section

ROW = SectionRow(UUID(int=5), "sote.client.v1.ClientSection", 7, b"Aino Virtanen", datetime(2025, 3, 11, tzinfo=UTC))
KEYS = SectionKeys(current=2, by_version={1: os.urandom(32), 2: os.urandom(32)})


def test_a_sealed_section_shows_no_person_and_opens_to_the_same_bytes_INV_25() -> None:
    sealed = seal_section(ROW, KEYS)
    assert b"Aino" not in sealed.SerializeToString()
    assert (sealed.client_id, sealed.section, sealed.version, sealed.key_version) == (
        str(ROW.client_id),
        ROW.name,
        7,
        2,
    )
    assert open_section(sealed, KEYS) == ROW.body
    assert seal_section(ROW, KEYS).nonce != sealed.nonce


def test_a_section_sealed_with_the_older_key_still_opens() -> None:
    sealed = seal_section(ROW, SectionKeys(current=1, by_version=KEYS.by_version))
    assert open_section(sealed, KEYS) == ROW.body


@pytest.mark.parametrize(
    ("field", "value"),
    [("client_id", str(UUID(int=6))), ("section", "other"), ("version", 8), ("key_version", 1), ("body", b"x" * 40)],
)
def test_nothing_of_a_sealed_section_can_be_changed(field: str, value: object) -> None:
    sealed = seal_section(ROW, KEYS)
    setattr(sealed, field, value)
    with pytest.raises(InvalidTag):
        open_section(sealed, KEYS)


def test_keys_come_from_a_file_that_must_be_whole(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = base64.b64encode(bytes(32)).decode()
    path.write_text(json.dumps({"current": 1, "keys": {"1": key}}))
    assert load_section_keys(path) == SectionKeys(current=1, by_version={1: bytes(32)})
    for broken in ({"current": 2, "keys": {"1": key}}, {"current": 1, "keys": {"1": "c2hvcnQ="}}):
        path.write_text(json.dumps(broken))
        with pytest.raises(ValueError):
            load_section_keys(path)
