"""How incomes are kept: sealed with AES-256-GCM under keys that only this service's processes have."""

import base64
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32
_TABLE_AND_COLUMN = b"income_statement.sealed:"


class UnusableKeys(Exception):
    """The key file is missing, readable by others, or holds no keys; the process does not start."""


@dataclass(frozen=True)
class Sealed:
    """What was stated, as stored."""

    body: bytes
    key_version: int


class Vault:
    """The keys of one county's incomes; they are sealed with the highest version and opened with their own."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise UnusableKeys("income keys are 32 bytes each, one or more")
        self._ciphers = {version: AESGCM(key) for version, key in keys.items()}
        self._current = max(keys)

    def seal(self, text: str, owner: UUID) -> Sealed:
        """The text, sealed for this statement: it opens in no other row."""
        nonce = os.urandom(NONCE_BYTES)
        body = self._ciphers[self._current].encrypt(nonce, text.encode(), _bound(owner))
        return Sealed(nonce + body, self._current)

    def open(self, sealed: Sealed, owner: UUID) -> str:
        """The text that was sealed for this statement."""
        nonce, body = sealed.body[:NONCE_BYTES], sealed.body[NONCE_BYTES:]
        return self._ciphers[sealed.key_version].decrypt(nonce, body, _bound(owner)).decode()


def vault_from(path: Path) -> Vault:
    """The vault of the JSON file `{"encryption": {"1": base64}}`; refuses with `UnusableKeys`."""
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UnusableKeys(f"{path.name} must be readable by its owner alone")
        told = json.loads(path.read_text())
        return Vault({int(version): base64.b64decode(key) for version, key in told["encryption"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UnusableKeys(f"{path.name} is no file of income keys") from None


def _bound(owner: UUID) -> bytes:
    return _TABLE_AND_COLUMN + owner.bytes
