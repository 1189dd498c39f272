"""People of a drill: they sign in, write answers and sign returns through the site's API."""

import http.client
import json
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from tests.drills.history import History

# Of everybody who is made for a drill.
PASSWORD = "a-drill-needs-no-secret"
# In the private note of an answer, which the history of answers keeps for good.
MARK = "drill"
# In a hundred answered requests, so many are sent again on purpose, as by a double click.
RESENT_IN_100 = 5
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# The site asks to come again with the same request.
_AGAIN = {409, 425, 429, 500, 502, 503, 504}
_PAUSE = 0.2


@dataclass(frozen=True)
class Answered:
    """What the site answered; status 0 for nothing at all."""

    status: int
    body: str = ""
    etag: str = ""

    @property
    def asks_again(self) -> bool:
        """Whether nobody can say that the write was stored, or refused for good."""
        if self.status == 409:
            return "key-in-use" in self.body
        return self.status == 0 or self.status in _AGAIN


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


class Person:
    """Somebody who is signed in."""

    def __init__(self, *, site: str, email: str, password: str) -> None:
        self._site = site
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies), _NoRedirects
        )
        page = self._send("GET", "/account/sign-in/")
        (token,) = set(_TOKEN.findall(page.body))
        form = {"login": email, "password": password, "csrfmiddlewaretoken": token}
        signed_in = self._send(
            "POST", "/account/sign-in/", data=urllib.parse.urlencode(form).encode()
        )
        if signed_in.status != 302:
            raise RuntimeError(f"{email} cannot sign in: status {signed_in.status}")

    def read(self, path: str) -> Any:
        """Return what the API says, as soon as it says it."""
        while True:
            answered = self._send("GET", path)
            if answered.status == 200:
                return json.loads(answered.body)
            if not answered.asks_again:
                raise RuntimeError(f"{path} was refused: {answered.status} {answered.body[:300]}")
            time.sleep(_PAUSE)

    def status(self, path: str) -> int:
        """Return how a page is answered; 0 for not at all."""
        return self._send("GET", path).status

    def upload(self, path: str, file: bytes, *, key: str) -> Answered:
        """Send a file under its key, once."""
        border = uuid4().hex
        head = 'Content-Disposition: form-data; name="file"; filename="drill.csv"'
        body = f"--{border}\r\n{head}\r\nContent-Type: text/csv\r\n\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Idempotency-Key": key,
            "X-CSRFToken": self._token(),
        }
        body += file + f"\r\n--{border}--\r\n".encode()
        return self._send("POST", path, data=body, headers=headers)

    def _token(self) -> str:
        return str(next(one.value for one in self._cookies if one.name == "csrftoken"))

    def write(self, method: str, path: str, body: object, *, key: str) -> Answered:
        """Send a write under its key, once."""
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-CSRFToken": self._token(),
        }
        return self._send(method, path, data=json.dumps(body).encode(), headers=headers)

    def _send(
        self,
        method: str,
        path: str,
        *,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answered:
        request = urllib.request.Request(  # noqa: S310 - the site's own address on this machine
            self._site + path, data=data, headers=dict(headers or {}), method=method
        )
        try:
            with self._opener.open(request, timeout=20) as answer:
                return Answered(answer.status, answer.read().decode(), answer.headers["ETag"] or "")
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answered(refusal.code, refusal.read().decode(errors="replace"))
        except (OSError, http.client.HTTPException):
            return Answered(0)


class Worker(ABC, threading.Thread):
    """A person's thread. A write without an answer is sent again, with its key, until it has one.

    stop: what ends it after the write at hand.
    """

    def __init__(self, *, person: Person, history: History, stop: threading.Event, seed: int):
        super().__init__(daemon=True)
        self.person, self.history, self.stop = person, history, stop
        self.fault: Exception | None = None
        self._chance = random.Random(seed)  # noqa: S311 - a drill is told again by its seed

    def run(self) -> None:
        """Work, and keep what went wrong for whoever waits."""
        try:
            self.work()
        except Exception as error:
            self.fault = error

    @abstractmethod
    def work(self) -> None:
        """Do what this person does."""

    def until_answered(self, method: str, path: str, body: object, *, mark: str) -> Answered:
        """Send a write until it is answered; then, now and then, once more."""
        key = str(uuid5(NAMESPACE_URL, mark))
        self.history.try_(mark)
        while (answered := self.person.write(method, path, body, key=key)).asks_again:
            self.history.miss()
            time.sleep(_PAUSE)
        if answered.status not in (200, 201):
            self.history.refuse(mark, f"{answered.status} {answered.body[:300]}")
            return answered
        self.history.acknowledge(mark, answered.body)
        if self._chance.randrange(100) < RESENT_IN_100:
            again = self.person.write(method, path, body, key=key)
            self.history.resend(mark, None if again.asks_again else again.body)
        return answered


class Writer(Worker):
    """Writes answers of one return, each with a mark of its own, one after the other."""

    def __init__(self, *, number: int, of: Mapping[str, Any], **more: Any) -> None:
        super().__init__(**more)
        self._number, self._of = number, of

    def work(self) -> None:
        """Write until it is told to stop."""
        slots = self._of["slots"]
        versions = [0] * len(slots)
        count = 0
        while not self.stop.is_set():
            which = count % len(slots)
            count += 1
            slot, mark = slots[which], f"{MARK} {self._number} {count}"
            board = f"boards/{slot['board']}/" if slot["board"] else ""
            answered = self.until_answered(
                "PUT",
                f"/api/v1/returns/{self._of['return']}/answers/{slot['question']}/{board}",
                {
                    "value": slot["value"],
                    "private_note": mark,
                    "expected_version": versions[which],
                },
                mark=mark,
            )
            if answered.status == 200:
                versions[which] = int(answered.etag.strip('"'))


def begin_writing(
    *, site: str, writing: Sequence[Mapping[str, Any]], history: History, stop: threading.Event
) -> list[Writer]:
    """Let people who were furnished with returns sign in and write, each in a thread of their own.

    site: its address. history: of all of them. stop: what ends them.
    """
    people = [
        Writer(
            number=number,
            of=of,
            person=Person(site=site, email=of["email"], password=PASSWORD),
            history=history,
            stop=stop,
            seed=number,
        )
        for number, of in enumerate(writing)
    ]
    for one in people:
        one.start()
    return people


class Signer(Worker):
    """Signs one return after a while. The reference of its receipt is what must be stored."""

    def __init__(self, *, of: Mapping[str, Any], after: float, **more: Any) -> None:
        super().__init__(**more)
        self._of, self._after = of, after

    def work(self) -> None:
        """Wait, read, and sign."""
        self.stop.wait(self._after)
        path = f"/api/v1/returns/{self._of['return']}/"
        read = self.person.read(path)
        self.until_answered(
            "POST",
            f"{path}sign/",
            {
                "declaration": True,
                "declaration_version": read["declaration"]["version"],
                "expected_version": read["version"],
            },
            mark=self._of["return"],
        )
