"""Organisations whose own sign-in opens this site, as the configuration tells of each.

Knows neither Django nor the network: what stands here is read from text, and asked of claims.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

# allauth stores the issuer and the client's name in columns of these lengths.
_LONGEST_ISSUER, _LONGEST_CLIENT_ID = 200, 191
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NEEDED = ("id", "name", "issuer", "client_id", "client_secret", "domains")
_MAY_BE_SAID = (
    "addresses_are_verified",
    "second_step",
    "acr_values",
    "scopes",
    "token_auth_method",
    "leads_to",
)
_METHODS = ("client_secret_post", "client_secret_basic")


class ProviderConfigError(ValueError):
    """The configuration cannot be read; the message says where and what to write. No secret."""


@dataclass(frozen=True)
class SignInProvider:
    """An OpenID Connect provider, and what its word counts for.

    Attributes:
        id: stands in addresses of this site, and in the log of access.
        name: as people call the organisation, for buttons.
        issuer: exactly as the provider's own tokens name it.
        domains: of which e-mail addresses it may speak, in lower case.
        addresses_are_verified: its administrators alone say which address a person has, so that an
            address is believed without the claim `email_verified`.
        second_step: claims, each with the values that say that a second step was taken.
        acr_values: what the provider is asked for; empty for nothing.
        scopes: which claims it is asked for.
        token_auth_method: how the site shows its secret; empty for what the provider offers.
        leads_to: further origins that a form of the sign-in page may lead to on its way.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domains: frozenset[str]
    addresses_are_verified: bool = False
    second_step: tuple[tuple[str, frozenset[str]], ...] = ()
    acr_values: str = ""
    scopes: tuple[str, ...] = ("openid", "email")
    token_auth_method: str = ""
    leads_to: tuple[str, ...] = ()

    @property
    def description_address(self) -> str:
        """Where the provider describes itself (OpenID Connect Discovery 1.0, section 4)."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    @property
    def origins(self) -> tuple[str, ...]:
        """Where a form that begins the sign-in may lead."""
        return (origin_of(self.issuer), *self.leads_to)

    def speaks_of(self, address: str) -> bool:
        """Say whether an e-mail address is of a domain of the organisation."""
        name, at, domain = address.rpartition("@")
        return bool(name and at) and "@" not in name and domain.lower() in self.domains

    def took_two_steps(self, claims: Mapping[str, Any]) -> bool:
        """Say whether the claims of a sign-in show a second step."""
        for claim, values in self.second_step:
            said = claims.get(claim)
            for one in said if isinstance(said, list) else [said]:
                if isinstance(one, str) and one in values:
                    return True
        return False


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address; the port is left out where it is the usual."""
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def is_safe_address(address: object) -> bool:
    """Say whether secrets may be sent there: by https, or to this machine itself."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def read_providers(text: str) -> tuple[SignInProvider, ...]:
    """Read the providers from JSON; none from an empty text.

    Raises:
        ProviderConfigError: it is no list of what is asked for.
    """
    if not text.strip():
        return ()
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise ProviderConfigError("write it as a JSON list, such as [{...}].") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ProviderConfigError("write it as a JSON list of objects, such as [{...}].")
    found = tuple(_provider(row, place=f"entry {at}") for at, row in enumerate(rows, start=1))
    for name in ("id", "issuer"):
        said = [getattr(one, name) for one in found]
        if len(set(said)) < len(said):
            raise ProviderConfigError(f"two entries have the same {name}: keep one of them.")
    return found


def _provider(row: dict[str, Any], *, place: str) -> SignInProvider:
    def refuse(advice: str) -> ProviderConfigError:
        return ProviderConfigError(f"{place}: {advice}")

    for name in _NEEDED:
        if not row.get(name):
            raise refuse(f"say its {name}.")
    unknown = sorted(row.keys() - {*_NEEDED, *_MAY_BE_SAID})
    if unknown:
        raise refuse(f"take out {', '.join(unknown)}, which the site does not know.")
    texts = ("id", "name", "issuer", "client_id", "client_secret", "acr_values")
    for name in (*texts, "token_auth_method"):
        if not isinstance(row.get(name, ""), str):
            raise refuse(f"write {name} as a text.")
    if not _ID.fullmatch(row["id"]) or len(row["id"]) > 40:
        raise refuse("write id as up to 40 small letters and digits with hyphens, such as my-org.")
    if not is_safe_address(row["issuer"]) or urlsplit(row["issuer"]).query:
        raise refuse("write issuer as https://..., exactly as the provider's own description does.")
    if len(row["issuer"]) > _LONGEST_ISSUER or len(row["client_id"]) > _LONGEST_CLIENT_ID:
        raise refuse("its issuer has up to 200 and its client_id up to 191 characters.")
    if row.get("token_auth_method", "") not in ("", *_METHODS):
        raise refuse(f"set token_auth_method to {' or '.join(_METHODS)}, or leave it out.")
    if not isinstance(row.get("addresses_are_verified", False), bool):
        raise refuse("set addresses_are_verified to true or false.")
    domains = frozenset(_words(row["domains"], name="domains", refuse=refuse))
    if not all(_DOMAIN.fullmatch(domain) for domain in domains):
        raise refuse("write domains in small letters, such as north.example; none with a star.")
    scopes = tuple(_words(row.get("scopes", ["openid", "email"]), name="scopes", refuse=refuse))
    if "openid" not in scopes:
        raise refuse("its scopes must name openid.")
    leads_to = tuple(_words(row.get("leads_to", []), name="leads_to", refuse=refuse))
    if not all(is_safe_address(one) and origin_of(one) == one for one in leads_to):
        raise refuse("write leads_to as origins, such as https://login.north.example.")
    return SignInProvider(
        **{name: row.get(name, "") for name in texts},
        domains=domains,
        addresses_are_verified=row.get("addresses_are_verified", False),
        second_step=_second_step(row.get("second_step", {}), refuse=refuse),
        scopes=scopes,
        token_auth_method=row.get("token_auth_method", ""),
        leads_to=leads_to,
    )


def _words(value: object, *, name: str, refuse: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise refuse(f"write {name} as a list of texts.")
    return value


def _second_step(value: object, *, refuse: Any) -> tuple[tuple[str, frozenset[str]], ...]:
    if not isinstance(value, dict):
        raise refuse('write second_step as claims with their values, such as {"amr": ["mfa"]}.')
    return tuple(
        (claim, frozenset(_words(values, name=f"second_step.{claim}", refuse=refuse)))
        for claim, values in value.items()
    )
