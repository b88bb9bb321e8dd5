"""Development secrets: made once at set-up, readable by their owner alone, never written over."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from services.chassis.identity import TokenMinter, new_private_key

ISSUER = "sote-development"
AES_256 = 32


@dataclass(frozen=True)
class Keys:
    """The key files of one county."""

    token_key: Path
    """Private ES256 key (PEM) that signs development tokens."""
    jwks: Path
    """Public keys that the services verify tokens with."""
    section_keys: Path
    """AES-256 keys by version that seal section facts."""
    identity_keys: Path
    """Keys of the client service for personal identity codes: AES-256 by version, and the HMAC of the blind index."""
    income_keys: Path
    """Keys of the voucher service for statements of income: AES-256 by version."""

    def minter(self) -> TokenMinter:
        """Mints development tokens that the services of this county accept."""
        return TokenMinter(self.token_key.read_bytes(), issuer=ISSUER)


def ensure_keys(folder: Path) -> Keys:
    """The key files in `folder`; what is missing is made, what is there stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = Keys(
        token_key=folder / "token_key.pem",
        jwks=folder / "jwks.json",
        section_keys=folder / "section_keys.json",
        identity_keys=folder / "client_identity_keys.json",
        income_keys=folder / "voucher_income_keys.json",
    )
    if not keys.token_key.exists():
        write_private(keys.token_key, new_private_key())
    if not keys.jwks.exists():
        write_private(keys.jwks, _json(keys.minter().jwks()))
    if not keys.section_keys.exists():
        write_private(keys.section_keys, _json({"current": 1, "keys": {"1": _random_key()}}))
    if not keys.identity_keys.exists():
        write_private(keys.identity_keys, _json({"encryption": {"1": _random_key()}, "index": _random_key()}))
    if not keys.income_keys.exists():
        write_private(keys.income_keys, _json({"encryption": {"1": _random_key()}}))
    return keys


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, complete or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
    draft.replace(path)


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(AES_256)).decode()


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()
