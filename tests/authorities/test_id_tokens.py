"""Which ID tokens are believed: everything the standard asks, broken one by one."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from authorities.id_tokens import LEEWAY, TokenRefusedError, read_id_token

ISSUER, SITE, NONCE = "https://login.north.example", "health-duty", "nonce-of-this-sign-in"
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
OWN = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ELLIPTIC = ec.generate_private_key(ec.SECP256R1())


def public(key, *, kid: str | None = "one", **more: str) -> dict[str, str]:
    kind = jwt.algorithms.RSAAlgorithm if key is not ELLIPTIC else jwt.algorithms.ECAlgorithm
    described = json.loads(kind.to_jwk(key.public_key()))
    return {**described, **({"kid": kid} if kid else {}), **more}


KEYS = {"keys": [public(OWN, use="sig"), public(ELLIPTIC, kid="two")]}


def claims(**changed: object) -> dict[str, object]:
    seconds = int(NOW.timestamp())
    right: dict[str, object] = {
        "iss": ISSUER,
        "aud": SITE,
        "sub": "officer",
        "nonce": NONCE,
        "iat": seconds,
        "exp": seconds + 300,
    }
    return {name: value for name, value in (right | changed).items() if value is not None}


def signed(said: dict[str, object], *, key=OWN, algorithm: str = "RS256", kid: str | None = "one"):
    return jwt.encode(said, key, algorithm=algorithm, headers={"kid": kid} if kid else {})


def read(token: object, *, keys: object = KEYS):
    return read_id_token(token, keys=keys, issuer=ISSUER, client_id=SITE, nonce=NONCE, at=NOW)


def refused(token: object, *, keys: object = KEYS) -> str:
    with pytest.raises(TokenRefusedError) as caught:
        read(token, keys=keys)
    return str(caught.value)


def test_a_right_token_says_who_it_was():
    shown = NOW - timedelta(minutes=3)

    identity = read(signed(claims(auth_time=int(shown.timestamp()), amr=["mfa"])))

    assert (identity.issuer, identity.subject) == (ISSUER, "officer")
    assert identity.authenticated_at == shown
    assert identity.claims["amr"] == ["mfa"]


def test_when_somebody_showed_themselves_may_be_left_open():
    assert read(signed(claims())).authenticated_at is None


def test_elliptic_keys_will_do():
    token = signed(claims(), key=ELLIPTIC, algorithm="ES256", kid="two")

    assert read(token).subject == "officer"


def test_the_only_key_needs_no_name():
    keys = {"keys": [public(OWN, kid=None)]}

    assert read(signed(claims(), kid=None), keys=keys).subject == "officer"


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"iss": "https://elsewhere.example"}, "issuer"),
        ({"iss": f"{ISSUER}/"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"aud": "another-site"}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": None}, "audience"),
        ({"aud": [SITE, "another-site"]}, "audience"),
        ({"aud": [SITE, "another-site"], "azp": "another-site"}, "audience"),
        ({"azp": "another-site"}, "audience"),
        ({"nonce": "of-another-sign-in"}, "nonce"),
        ({"nonce": ""}, "nonce"),
        ({"nonce": 5}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"sub": ""}, "subject"),
        ({"sub": 5}, "subject"),
        ({"sub": "s" * 192}, "subject"),
        ({"sub": None}, "subject"),
        ({"exp": None}, "time"),
        ({"exp": "soon"}, "time"),
        ({"exp": True}, "time"),
        ({"exp": 1e300}, "time"),
        ({"iat": None}, "time"),
        ({"auth_time": "today"}, "time"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_by_its_name(changed, part):
    assert refused(signed(claims(**changed))) == part


def test_another_audience_may_be_there_if_it_was_made_for_this_site():
    assert read(signed(claims(aud=[SITE, "another-site"], azp=SITE))).subject == "officer"


@pytest.mark.parametrize(
    ("name", "seconds", "is_right"),
    [
        ("exp", -LEEWAY.total_seconds() + 1, True),
        ("exp", -LEEWAY.total_seconds(), False),
        ("iat", LEEWAY.total_seconds(), True),
        ("iat", LEEWAY.total_seconds() + 1, False),
        ("nbf", LEEWAY.total_seconds(), True),
        ("nbf", LEEWAY.total_seconds() + 1, False),
    ],
)
def test_clocks_may_be_a_minute_apart(name, seconds, is_right):
    token = signed(claims(**{name: int(NOW.timestamp() + seconds)}))

    if is_right:
        assert read(token).subject == "officer"
    else:
        assert refused(token) == "time"


def test_a_key_that_nobody_publishes_signs_nothing():
    assert refused(signed(claims(), key=FOREIGN)) == "signature"


def test_a_name_of_no_key_is_refused():
    assert refused(signed(claims(), kid="three")) == "key"


def test_without_a_name_two_keys_are_one_too_many():
    keys = {"keys": [public(OWN, kid="one"), public(FOREIGN, kid="two")]}

    assert refused(signed(claims(), kid=None), keys=keys) == "key"


@pytest.mark.parametrize(
    "keys", [None, [], {}, {"keys": None}, {"keys": ["one"]}, {"keys": [{"kid": "one"}]}]
)
def test_what_is_no_key_set_holds_no_key(keys):
    assert refused(signed(claims()), keys=keys) == "key"


def test_a_key_for_something_else_signs_nothing():
    assert refused(signed(claims()), keys={"keys": [public(OWN, use="enc")]}) == "key"
    assert refused(signed(claims()), keys={"keys": [public(OWN, alg="PS256")]}) == "key"


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_an_unsigned_token_is_none():
    assert refused(f"{part({'alg': 'none'})}.{part(claims())}.") == "algorithm"


def test_a_shared_secret_is_none_even_if_it_is_a_published_key():
    secret = OWN.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(claims())}"
    signature = base64.urlsafe_b64encode(hmac.digest(secret, text.encode(), "sha256")).decode()

    assert refused(f"{text}.{signature.rstrip('=')}") == "algorithm"


def test_a_token_whose_claims_were_changed_is_refused():
    header, _, signature = signed(claims()).split(".")

    assert refused(f"{header}.{part(claims(sub='director'))}.{signature}") == "signature"


@pytest.mark.parametrize(
    ("token", "name"),
    [(None, "missing"), (5, "missing"), ("", "signature"), ("a.b.c", "signature")],
)
def test_what_is_no_token_is_refused(token, name):
    assert refused(token) == name
