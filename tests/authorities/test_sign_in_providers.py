"""How organisations' own sign-in is configured, and what its word counts for."""

import json

import pytest

from authorities.sign_in_providers import (
    ProviderConfigError,
    is_safe_address,
    origin_of,
    read_providers,
)
from tests.oidc.provider import SECRET, configuration

ISSUER = "https://login.north.example/tenant"


def row(**changed: object) -> dict[str, object]:
    return configuration(issuer=ISSUER) | changed


def read(*rows: dict[str, object]):
    return read_providers(json.dumps(rows))


@pytest.mark.parametrize("text", ["", "  ", "[]"])
def test_none_need_be_configured(text):
    assert read_providers(text) == ()


def test_a_provider_is_read_with_what_is_usual():
    (provider,) = read(row())

    assert provider.description_address == f"{ISSUER}/.well-known/openid-configuration"
    assert provider.origins == ("https://login.north.example",)
    assert provider.scopes == ("openid", "email")
    assert not provider.addresses_are_verified
    assert SECRET not in repr(provider)


def test_an_issuer_that_ends_with_a_slash_stays_as_it_is():
    (provider,) = read(row(issuer="https://login.north.example/"))

    assert provider.issuer == "https://login.north.example/"
    assert provider.description_address == (
        "https://login.north.example/.well-known/openid-configuration"
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("{", "JSON list"),
        ("{}", "JSON list of objects"),
        ('["north"]', "JSON list of objects"),
    ],
)
def test_what_is_no_list_is_refused(text, advice):
    with pytest.raises(ProviderConfigError, match=advice):
        read_providers(text)


@pytest.mark.parametrize(
    ("changed", "advice"),
    [
        *(
            ({name: ""}, f"say its {name}")
            for name in ("id", "name", "issuer", "client_id", "client_secret", "domains")
        ),
        ({"clientid": "x"}, "take out clientid"),
        ({"id": "North Combined"}, "write id as"),
        ({"id": "a" * 41}, "write id as"),
        ({"name": 5}, "write name as a text"),
        ({"issuer": "http://login.north.example"}, "write issuer as https"),
        ({"issuer": "https://login.north.example?x=1"}, "write issuer as https"),
        ({"issuer": "https://user@login.north.example"}, "write issuer as https"),
        ({"issuer": f"https://north.example/{'a' * 200}"}, "up to 200"),
        ({"client_id": "a" * 192}, "up to 191"),
        ({"domains": "north.example"}, "write domains as a list"),
        ({"domains": ["North.example"]}, "small letters"),
        ({"domains": ["*.north.example"]}, "none with a star"),
        ({"domains": ["@north.example"]}, "small letters"),
        ({"addresses_are_verified": "yes"}, "true or false"),
        ({"second_step": ["mfa"]}, "write second_step as claims"),
        ({"second_step": {"amr": "mfa"}}, "write second_step.amr as a list"),
        ({"scopes": ["email"]}, "must name openid"),
        ({"token_auth_method": "private_key_jwt"}, "set token_auth_method to"),
        ({"leads_to": ["https://adfs.north.example/path"]}, "write leads_to as origins"),
        ({"leads_to": ["*"]}, "write leads_to as origins"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write(changed, advice):
    with pytest.raises(ProviderConfigError, match=advice) as caught:
        read(row(id="first", issuer="https://first.example"), row(**changed))

    assert str(caught.value).startswith("entry 2: ")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("changed", "name"),
    [({"issuer": "https://other.example"}, "id"), ({"id": "other"}, "issuer")],
)
def test_two_of_the_same_are_refused(changed, name):
    with pytest.raises(ProviderConfigError, match=f"the same {name}"):
        read(row(), row(**changed))


@pytest.mark.parametrize(
    ("address", "speaks"),
    [
        ("officer@north.example", True),
        ("officer@NORTH.example", True),
        ("officer@south.example", False),
        ("officer@sub.north.example", False),
        ("officer@evilnorth.example", False),
        ("officer@south.example@north.example", False),
        ("@north.example", False),
        ("north.example", False),
        ("", False),
    ],
)
def test_it_speaks_of_its_own_domains_alone(address, speaks):
    (provider,) = read(row())

    assert provider.speaks_of(address) is speaks


@pytest.mark.parametrize(
    ("claims", "took"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "AAL3_ANY"}, True),
        ({"acr": "AAL3_ANY", "amr": ["pwd"]}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, True),
        ({"amr": [["mfa"]]}, False),
        ({"amr": {"mfa": True}}, False),
        ({"acr": None}, False),
        ({"acr": "mfa"}, False),
        ({}, False),
    ],
)
def test_a_second_step_is_what_the_configuration_calls_so(claims, took):
    (provider,) = read(row())

    assert provider.took_two_steps(claims) is took


def test_where_no_claim_is_configured_none_counts():
    (provider,) = read(row(second_step={}))

    assert not provider.took_two_steps({"amr": ["mfa"], "acr": "AAL3_ANY"})


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://login.north.example/token", True),
        ("https://login.north.example:8443/token", True),
        ("http://127.0.0.1:8000/token", True),
        ("http://localhost/token", True),
        ("http://[::1]:8000/token", True),
        ("http://login.north.example/token", False),
        ("http://127.0.0.1.elsewhere.example/token", False),
        ("ftp://login.north.example/token", False),
        ("https:///token", False),
        ("https://login.north.example:port/token", False),
        ("https://login.north.example/token#part", False),
        (None, False),
    ],
)
def test_secrets_go_by_https_or_stay_on_this_machine(address, is_safe):
    assert is_safe_address(address) is is_safe


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://login.north.example/tenant/v2.0", "https://login.north.example"),
        ("https://am.north.example:443/openam", "https://am.north.example"),
        ("https://am.north.example:8443/openam", "https://am.north.example:8443"),
        ("http://[::1]:8000/x", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_do(address, origin):
    assert origin_of(address) == origin
