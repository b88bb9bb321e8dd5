"""Personal values sealed with AES-256-GCM under keys that only one service's processes have.

A value is sealed for its row and column and opens in no other; it names the version of its key, so keys can change.
What must be found again without being read has an HMAC under a key of its own (blind index).
"""

import base64
import hashlib
import hmac
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class UnusableKeys(Exception):
    """The key file is missing, readable by others, or lacks keys; the process does not start."""


@dataclass(frozen=True)
class Sealed:
    """A value as stored."""

    body: bytes
    key_version: int


class Vault:
    """One service's keys; values are sealed with the highest version and opened with their own.

    `place` is the table and column they are for ("identity_code.sealed"), `index` the key of the blind index.
    """

    def __init__(self, keys: Mapping[int, bytes], *, place: str, index: bytes | None = None) -> None:
        given = [*keys.values(), *([] if index is None else [index])]
        if not keys or any(len(key) != KEY_BYTES for key in given):
            raise UnusableKeys(f"the keys of {place} are 32 bytes each, one or more")
        self._ciphers = {version: AESGCM(key) for version, key in keys.items()}
        self._current = max(keys)
        self._place = f"{place}:".encode()
        self._index = index

    def seal(self, text: str, owner: UUID) -> Sealed:
        """The text, sealed for the row of this owner."""
        nonce = os.urandom(NONCE_BYTES)
        body = self._ciphers[self._current].encrypt(nonce, text.encode(), self._place + owner.bytes)
        return Sealed(nonce + body, self._current)

    def open(self, sealed: Sealed, owner: UUID) -> str:
        """The text that was sealed for the row of this owner."""
        nonce, body = sealed.body[:NONCE_BYTES], sealed.body[NONCE_BYTES:]
        return self._ciphers[sealed.key_version].decrypt(nonce, body, self._place + owner.bytes).decode()

    def blind_index(self, text: str) -> bytes:
        """What the text is found by; without the key it tells nothing, not even by trying every text there is."""
        if self._index is None:
            raise UnusableKeys("these keys have none for an index")
        return hmac.new(self._index, text.encode("ascii"), hashlib.sha256).digest()


def vault_from(path: Path, *, place: str, indexed: bool = False) -> Vault:
    """The vault of a JSON file `{"encryption": {"1": base64}}`, with `"index": base64` where values are `indexed`.

    Refuses with `UnusableKeys`.
    """
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UnusableKeys(f"{path.name} must be readable by its owner alone")
        stored = json.loads(path.read_text())
        keys = {int(version): base64.b64decode(key) for version, key in stored["encryption"].items()}
        return Vault(keys, place=place, index=base64.b64decode(stored["index"]) if indexed else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UnusableKeys(f"{path.name} is no file of keys for {place}") from None
