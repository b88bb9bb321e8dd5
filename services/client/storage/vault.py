"""Identity codes and persons who are no clients are sealed (AES-256-GCM); a code is found by its HMAC (blind index)."""

import base64
import hashlib
import hmac
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32
_TABLE_AND_COLUMN = b"identity_code.sealed:"


class UnusableKeys(Exception):
    """The key file is missing, readable by others, or holds no keys; the process does not start."""


@dataclass(frozen=True)
class Sealed:
    """An identity code as stored."""

    body: bytes
    key_version: int


class Vault:
    """The keys of one county's identity codes; codes are sealed with the highest version and opened with their own."""

    def __init__(self, encryption: dict[int, bytes], index: bytes) -> None:
        if not encryption or any(len(key) != KEY_BYTES for key in (*encryption.values(), index)):
            raise UnusableKeys("identity keys are 32 bytes each, one for the index and one or more for encryption")
        self._ciphers = {version: AESGCM(key) for version, key in encryption.items()}
        self._current = max(encryption)
        self._index = index

    def seal(self, code: str, owner: UUID) -> Sealed:
        """The code, sealed for this client: it opens in no other client's row."""
        nonce = os.urandom(NONCE_BYTES)
        body = self._ciphers[self._current].encrypt(nonce, code.encode(), _bound(owner))
        return Sealed(nonce + body, self._current)

    def open(self, sealed: Sealed, owner: UUID) -> str:
        """The code that was sealed for this client."""
        nonce, body = sealed.body[:NONCE_BYTES], sealed.body[NONCE_BYTES:]
        return self._ciphers[sealed.key_version].decrypt(nonce, body, _bound(owner)).decode()

    def blind_index(self, code: str) -> bytes:
        """What a code is found by; without the key it tells nothing, not even by trying every code."""
        return hmac.new(self._index, code.encode("ascii"), hashlib.sha256).digest()


def vault_from(path: Path) -> Vault:
    """The vault of the JSON file `{"encryption": {"1": base64}, "index": base64}`; refuses with `UnusableKeys`."""
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UnusableKeys(f"{path.name} must be readable by its owner alone")
        told = json.loads(path.read_text())
        encryption = {int(version): base64.b64decode(key) for version, key in told["encryption"].items()}
        return Vault(encryption, base64.b64decode(told["index"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UnusableKeys(f"{path.name} is no file of identity keys") from None


def _bound(owner: UUID) -> bytes:
    return _TABLE_AND_COLUMN + owner.bytes
