"""Who is calling: a signed token becomes a `Caller`, and development tokens are minted (ES256, JWKS file)."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.chassis.telemetry import logger

log = logger("identity")
ALGORITHM = "ES256"
AUDIENCE = "sote"
TOKEN_TYPE = "at+jwt"  # noqa: S105 (a media type, RFC 9068)
LEEWAY_SECONDS = 60
LONGEST_TOKEN = 8192
REMEMBERED_TOKENS = 4096
JWKS_CHECK_SECONDS = 1.0
Jwks = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Caller:
    """Who calls, person or machine; `organisation` is a provider's uuid, or "county" for the county's offices."""

    subject: str
    role: str
    organisation: str
    unit: str
    county: str


class Unauthenticated(Exception):
    """No token, or one that does not hold: UNAUTHENTICATED. The text never says more than the caller knows."""

    rule = "S1.42"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class TokenVerifier:
    """Verifies access tokens against the public keys of one JWKS file, read again when the file changes."""

    def __init__(self, jwks_file: Path, *, issuer: str, max_seconds: int = 600) -> None:
        self._file = jwks_file
        self._issuer = issuer
        self._max_seconds = max_seconds
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._checked = 0.0
        self._keys: dict[str, ec.EllipticCurvePublicKey] = {}
        self._seen: dict[str, tuple[Caller, float]] = {}
        self._reload()

    def verify(self, token: str) -> Caller:
        """The caller a token names; refuses with `Unauthenticated` whatever is not exactly as it should be.

        A verified token is remembered until it expires or the keys change.
        """
        self._renew_keys()
        seen = self._seen
        remembered = seen.get(token)
        if remembered is not None and time.time() < remembered[1]:
            return remembered[0]
        try:
            caller, expires = self._verified(token)
        except jwt.ExpiredSignatureError:
            raise Unauthenticated("TOKEN_EXPIRED", "the access token has expired") from None
        except (jwt.PyJWTError, ValueError, KeyError, TypeError):
            raise Unauthenticated("TOKEN_INVALID", "the access token is not valid") from None
        if len(seen) >= REMEMBERED_TOKENS:
            seen.clear()
        # Remembered with the keys that verified it: a rotation in the meantime has started a new memory.
        seen[token] = (caller, expires)
        return caller

    def _verified(self, token: str) -> tuple[Caller, float]:
        if len(token) > LONGEST_TOKEN:
            raise ValueError("token too long")
        header = jwt.get_unverified_header(token)
        # RFC 9068: an id token or any other JWT of the same issuer is no access token; keys never come from the token.
        if header.get("typ") != TOKEN_TYPE or header.get("alg") != ALGORITHM or set(header) - {"typ", "alg", "kid"}:
            raise ValueError("header")
        claims = jwt.decode(
            token,
            self._keys[header["kid"]],
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=self._issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "nbf", "iss", "aud", "sub", "jti"], "strict_aud": True},
        )
        if claims["exp"] - claims["iat"] > self._max_seconds:
            raise ValueError("lives too long")
        caller = Caller(
            **{name: _text(claims, name) for name in ("role", "organisation", "unit", "county")},
            subject=_text(claims, "sub"),
        )
        return caller, float(claims["exp"])

    def _renew_keys(self) -> None:
        """Look at the file once a second, so that a rotation needs no restart; while it cannot be read, keys stay."""
        if time.monotonic() - self._checked > JWKS_CHECK_SECONDS:
            try:
                self._reload()
            except (OSError, ValueError, jwt.PyJWTError) as error:
                log.warning("keys not read", error=type(error).__name__)

    def _reload(self) -> None:
        with self._lock:
            self._checked = time.monotonic()
            stat = self._file.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if stamp == self._stamp:
                return
            keys = jwt.PyJWKSet.from_dict(json.loads(self._file.read_text())).keys
            self._keys = {key.key_id: key.key for key in keys if key.key_id and key.algorithm_name == ALGORITHM}
            self._seen = {}
            self._stamp = stamp


class TokenMinter:
    """Signs development tokens with the key that set-up made; production tokens come from the county's issuer."""

    def __init__(self, private_key_pem: bytes, *, issuer: str, now: Callable[[], float] = time.time) -> None:
        key = serialization.load_pem_private_key(private_key_pem, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("an EC P-256 private key is needed")
        self._key = key
        self._issuer = issuer
        self._now = now

    def mint(self, caller: Caller, *, seconds: int = 600) -> str:
        """An access token for `caller`, valid from now for `seconds`."""
        moment = int(self._now())
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": caller.subject,
            "role": caller.role,
            "organisation": caller.organisation,
            "unit": caller.unit,
            "county": caller.county,
            "iat": moment,
            "nbf": moment,
            "exp": moment + seconds,
            "jti": secrets.token_hex(16),
        }
        headers = {"typ": TOKEN_TYPE, "kid": key_id(self._key.public_key())}
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers=headers)

    def jwks(self) -> Jwks:
        """The JWKS document with the public half of this minter's key."""
        return jwks_of(self._key.public_key())


def new_private_key() -> bytes:
    """A fresh P-256 signing key as PEM; keep the file readable by its owner alone."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def key_id(key: ec.EllipticCurvePublicKey) -> str:
    """The `kid` of a key: the head of the digest of its point, so it needs no register."""
    point = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(point)
    return base64.urlsafe_b64encode(digest.finalize()[:12]).decode()


def jwks_of(*keys: ec.EllipticCurvePublicKey) -> Jwks:
    """The JWKS document of these public keys."""
    return {"keys": [_jwk(key) for key in keys]}


def _jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    x, y = (base64.urlsafe_b64encode(n.to_bytes(32)).rstrip(b"=").decode() for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "alg": ALGORITHM, "use": "sig", "kid": key_id(key), "x": x, "y": y}


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims[name] if name != "unit" else claims.get(name, "")
    if not isinstance(value, str) or (not value and name != "unit"):
        raise ValueError(name)
    return value
