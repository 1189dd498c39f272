"""Reads an ID token, which says who signed in at another organisation, or refuses it.

allauth leaves out the signature of a token that it fetched itself, and looks at no nonce. Both are
checked here, and everything else that the standard asks of who receives one.

Source: OpenID Connect Core 1.0, section 3.1.3.7.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

# Clocks of two organisations are a little apart.
LEEWAY = timedelta(seconds=60)
# Keys in two parts alone: with a shared secret, whoever can check a token could also make one.
_ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
# The standard allows 255; allauth's column holds so many, and no provider known to us sends more.
_LONGEST_SUBJECT = 191


class TokenRefusedError(ValueError):
    """The token does not say what it must; the message names the part, and holds no value of it."""


@dataclass(frozen=True)
class Identity:
    """Who signed in, as the issuer calls them, and when they showed it there; None: not said."""

    issuer: str
    subject: str
    authenticated_at: datetime | None
    claims: Mapping[str, Any]


def read_id_token(
    token: object,
    *,
    keys: object,
    issuer: str,
    client_id: str,
    nonce: str,
    at: datetime,
) -> Identity:
    """Return who a token speaks of.

    Args:
        token: as the provider sent it.
        keys: the key set that the issuer publishes now (RFC 7517).
        issuer: who must have made it.
        client_id: for whom it must be made: this site, as the issuer calls it.
        nonce: what the site sent along, so that a token of another sign-in is none of this one.
        at: the instant at which it must hold.

    Raises:
        TokenRefusedError: anything is missing or wrong.
    """
    claims = _signed_claims(token, keys=keys)
    if claims.get("iss") != issuer:
        raise TokenRefusedError("issuer")
    _check_audience(claims, client_id=client_id)
    if not (LEEWAY + _instant(claims, "exp") > at and _instant(claims, "iat") - LEEWAY <= at):
        raise TokenRefusedError("time")
    if "nbf" in claims and _instant(claims, "nbf") - LEEWAY > at:
        raise TokenRefusedError("time")
    said = claims.get("nonce")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise TokenRefusedError("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise TokenRefusedError("subject")
    return Identity(
        issuer=issuer,
        subject=subject,
        authenticated_at=_instant(claims, "auth_time") if "auth_time" in claims else None,
        claims=claims,
    )


def _signed_claims(token: object, *, keys: object) -> dict[str, Any]:
    if not isinstance(token, str):
        raise TokenRefusedError("missing")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in _ALGORITHMS:
            raise TokenRefusedError("algorithm")
        key = jwt.PyJWK(_key(keys, kid=header.get("kid"), algorithm=algorithm), algorithm=algorithm)
        # What the claims say is checked by hand, against an instant that is passed in.
        return jwt.decode(
            token,
            key=key,
            algorithms=[algorithm],
            options={
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
                "verify_aud": False,
                "verify_iss": False,
                "verify_sub": False,
                "verify_jti": False,
            },
        )
    except (jwt.PyJWTError, KeyError, TypeError, AttributeError) as error:
        raise TokenRefusedError("signature") from error
    except ValueError as error:
        if isinstance(error, TokenRefusedError):
            raise
        raise TokenRefusedError("signature") from error


def _key(keys: object, *, kid: object, algorithm: str) -> dict[str, Any]:
    found = keys.get("keys") if isinstance(keys, dict) else None
    fitting = [
        one
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, dict)
        and one.get("use", "sig") == "sig"
        and one.get("alg", algorithm) == algorithm
        and one.get("kty") in {"RSA", "EC", "OKP"}
        and (kid is None or one.get("kid") == kid)
    ]
    # Without a name, a token is that of the only key.
    if len(fitting) != 1:
        raise TokenRefusedError("key")
    return fitting[0]


def _check_audience(claims: Mapping[str, Any], *, client_id: str) -> None:
    said = claims.get("aud")
    audience = said if isinstance(said, list) else [said]
    if client_id not in audience:
        raise TokenRefusedError("audience")
    # Who else may have it, may have been given it by that other one.
    if (len(audience) > 1 or "azp" in claims) and claims.get("azp") != client_id:
        raise TokenRefusedError("audience")


def _instant(claims: Mapping[str, Any], name: str) -> datetime:
    said = claims.get(name)
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise TokenRefusedError("time")
    try:
        return datetime.fromtimestamp(said, tz=UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise TokenRefusedError("time") from error
