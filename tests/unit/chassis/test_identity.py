"""Tokens: what is exactly right is a caller, everything else is not."""

import base64
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from services.chassis.identity import Caller, TokenMinter, TokenVerifier, Unauthenticated, new_private_key

ISSUER = "https://issuer.example"
CALLER = Caller("worker-1", "CSW", "county", "unit-1", "MAAKUNTA_2017:06")
PEM = new_private_key()
KEY: Any = serialization.load_pem_private_key(PEM, None)
MINTER = TokenMinter(PEM, issuer=ISSUER)
Claims = dict[str, Any]


@pytest.fixture
def jwks_file(tmp_path: Path) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(MINTER.jwks()))
    return path


@pytest.fixture
def verifier(jwks_file: Path) -> TokenVerifier:
    return TokenVerifier(jwks_file, issuer=ISSUER)


def signed(change: Callable[[Claims, Claims], None], *, key: Any = KEY, algorithm: str = "ES256") -> str:
    """A good token after `change(claims, header)`, signed anew."""
    good = MINTER.mint(CALLER)
    claims = jwt.decode(good, options={"verify_signature": False})
    header = {**jwt.get_unverified_header(good), "alg": algorithm}
    change(claims, header)
    return jwt.encode(claims, key, algorithm=header.pop("alg"), headers=header)


def test_a_minted_token_is_its_caller_S1_42(verifier: TokenVerifier) -> None:
    assert verifier.verify(MINTER.mint(CALLER)) == CALLER
    assert verifier.verify(signed(lambda claims, _: claims.update(unit=""))).unit == ""


def _now(offset: float) -> int:
    return int(time.time() + offset)


MUTATIONS: dict[str, Callable[[Claims, Claims], None]] = {
    "other issuer": lambda c, h: c.update(iss="https://other.example"),
    "no issuer": lambda c, h: c.pop("iss"),
    "other audience": lambda c, h: c.update(aud="other"),
    "several audiences": lambda c, h: c.update(aud=["sote", "other"]),
    "no audience": lambda c, h: c.pop("aud"),
    "no subject": lambda c, h: c.pop("sub"),
    "empty subject": lambda c, h: c.update(sub=""),
    "no id": lambda c, h: c.pop("jti"),
    "expired": lambda c, h: c.update(iat=_now(-800), nbf=_now(-800), exp=_now(-61)),
    "no expiry": lambda c, h: c.pop("exp"),
    "expiry is text": lambda c, h: c.update(exp="soon"),
    "not valid yet": lambda c, h: c.update(nbf=_now(120)),
    "no start": lambda c, h: c.pop("nbf"),
    "issued in the future": lambda c, h: c.update(iat=_now(600)),
    "lives too long": lambda c, h: c.update(exp=c["iat"] + 601),
    "no role": lambda c, h: c.pop("role"),
    "role is a list": lambda c, h: c.update(role=["CSW"]),
    "no organisation": lambda c, h: c.pop("organisation"),
    "no county": lambda c, h: c.pop("county"),
    "empty county": lambda c, h: c.update(county=""),
    "id token": lambda c, h: h.update(typ="JWT"),
    "no type": lambda c, h: h.pop("typ"),
    "unknown key": lambda c, h: h.update(kid="other"),
    "no key id": lambda c, h: h.pop("kid"),
    "key by address": lambda c, h: h.update(jku="https://evil.example/jwks"),
    "key inside": lambda c, h: h.update(jwk={"kty": "EC"}),
    "certificate": lambda c, h: h.update(x5u="https://evil.example/cert"),
    "critical": lambda c, h: h.update(crit=["exp"]),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_changed_token_is_no_token_S1_42(verifier: TokenVerifier, name: str) -> None:
    with pytest.raises(Unauthenticated) as caught:
        verifier.verify(signed(MUTATIONS[name]))
    assert caught.value.reason == ("TOKEN_EXPIRED" if name == "expired" else "TOKEN_INVALID")


def test_the_leeway_is_a_minute_S1_42(verifier: TokenVerifier) -> None:
    edges = {"iat": _now(-640), "nbf": _now(-640), "exp": _now(-50)}
    assert verifier.verify(signed(lambda claims, _: claims.update(edges))) == CALLER


def test_no_other_key_and_no_other_algorithm_S1_42(verifier: TokenVerifier) -> None:
    other: Any = serialization.load_pem_private_key(new_private_key(), None)
    public = KEY.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    nothing: Any = None
    tokens = [
        signed(lambda c, h: None, key=other),
        signed(lambda c, h: None, key=public, algorithm="HS256"),
        signed(lambda c, h: None, key=nothing, algorithm="none"),
    ]
    for token in tokens:
        with pytest.raises(Unauthenticated):
            verifier.verify(token)


def test_broken_text_is_no_token_S1_42(verifier: TokenVerifier) -> None:
    good = MINTER.mint(CALLER)
    head, body, signature = good.split(".")
    twice = base64.urlsafe_b64encode(b'{"sub":"a","sub":"b"}').rstrip(b"=").decode()
    for text in ("", ".", "..", "a.b", "å.ä.ö", head, f"{head}.{body}.", f"{head}.{twice}.{signature}", good[:-4],
                 f"{head}.{body}.{signature}.{signature}", "x" * 1_000_000, f"{body}.{head}.{signature}"):  # fmt: skip
        with pytest.raises(Unauthenticated):
            verifier.verify(text)


def test_keys_may_rotate_while_the_process_runs(verifier: TokenVerifier, jwks_file: Path) -> None:
    newer = TokenMinter(new_private_key(), issuer=ISSUER)
    old = MINTER.mint(CALLER)
    assert verifier.verify(old) == verifier.verify(old) == CALLER
    verifier._checked = 0.0
    with pytest.raises(Unauthenticated):
        verifier.verify(newer.mint(CALLER))
    jwks_file.write_text(json.dumps({"keys": [*newer.jwks()["keys"], *MINTER.jwks()["keys"]]}))
    verifier._checked = 0.0
    assert verifier.verify(newer.mint(CALLER)) == verifier.verify(MINTER.mint(CALLER)) == CALLER
    jwks_file.write_text(json.dumps(newer.jwks()))
    os.utime(jwks_file, (1, 1))
    verifier._checked = 0.0
    with pytest.raises(Unauthenticated):
        verifier.verify(old)
    jwks_file.unlink()
    verifier._checked = 0.0
    assert verifier.verify(newer.mint(CALLER)) == CALLER


def test_a_token_known_from_before_expires_all_the_same_S1_42(verifier: TokenVerifier) -> None:
    token = signed(lambda claims, _: claims.update(iat=_now(-640), nbf=_now(-640), exp=_now(-58)))
    assert verifier.verify(token) == CALLER
    time.sleep(3)
    with pytest.raises(Unauthenticated) as caught:
        verifier.verify(token)
    assert caught.value.reason == "TOKEN_EXPIRED"
