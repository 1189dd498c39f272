"""What people meet while a part is gone, and when they send the same request twice at once."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.drills.clients import Answered, Person
from tests.drills.figures import Figure
from tests.drills.site import Site

_PAIRS = 20
_WITHOUT_BROKER, _WITHOUT_DATABASE = 2.0, 3.0
_STORED = "SELECT count(*) FROM duty_answerevent WHERE private_note = %s"
# What no answer may show of the site's inside.
_INSIDE = ("Traceback", "psycopg", "SELECT ")


@dataclass
class _Desk:
    """Somebody who writes one answer, version by version."""

    person: Person
    path: str
    value: object

    def body(self, note: str) -> dict[str, object]:
        """Return the answer with another note, as of the version that is stored."""
        version = self.person.read(self.path)["version"]
        return {"value": self.value, "private_note": note, "expected_version": version}


def drill(*, site: Site, person: Person, of: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Send pairs of the same request at once, then one without a broker and without a database."""
    slot = of["slots"][0]
    board = f"boards/{slot['board']}/" if slot["board"] else ""
    path = f"/api/v1/returns/{of['return']}/answers/{slot['question']}/{board}"
    desk = _Desk(person, path, slot["value"])
    return (*_pairs(site, desk), *_without_broker(site, desk), *_without_database(site, desk))


def _pairs(site: Site, desk: _Desk) -> list[Figure]:
    """Send each request twice at the same time: it is stored once, and both are told so."""
    wrong, twice = [], []
    for number in range(_PAIRS):
        note, key = f"pair {number}", str(uuid4())
        body = desk.body(note)
        answers = _at_once(desk, body, key)
        # The second may be asked to come again; then it has the first one's answer.
        settled = [
            desk.person.write("PUT", desk.path, body, key=key) if one.status == 409 else one
            for one in answers
        ]
        if [one.status for one in settled] != [200, 200] or settled[0].body != settled[1].body:
            wrong.append(f"{note}: {[one.status for one in settled]}")
        with site.connect() as connection:
            if connection.execute(_STORED, [note]).fetchone() != (1,):
                twice.append(note)
    return [
        Figure("pairs of one request at once", _PAIRS),
        Figure("of them stored more or less than once", len(twice), "0", not twice, twice),
        Figure("of them not answered alike", len(wrong), "0", not wrong, wrong),
    ]


def _at_once(desk: _Desk, body: object, key: str) -> list[Answered]:
    start, answers = threading.Barrier(2), list[Answered]()

    def send() -> None:
        start.wait()
        answers.append(desk.person.write("PUT", desk.path, body, key=key))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def _without_broker(site: Site, desk: _Desk) -> list[Figure]:
    body, key = desk.body("without a broker"), str(uuid4())
    site.kill("broker")
    answered, took = _timed(desk, body, key)
    site.start("broker")
    return [
        Figure(
            "status of a write without a broker", answered.status, "200", answered.status == 200
        ),
        Figure(
            "seconds until it was answered",
            round(took, 1),
            f"{_WITHOUT_BROKER:.0f} or less",
            holds=took <= _WITHOUT_BROKER,
        ),
    ]


def _without_database(site: Site, desk: _Desk) -> list[Figure]:
    body, key = desk.body("without a database"), str(uuid4())
    site.kill("database")
    answered, took = _timed(desk, body, key)
    site.start("database")
    shown = [word for word in _INSIDE if word in answered.body]
    site.heal()
    again, _ = _timed(desk, body, key)
    # The pool may find out by this very request that its connections lead nowhere.
    while again.asks_again:
        time.sleep(0.2)
        again, _ = _timed(desk, body, key)
    return [
        Figure(
            "status of a write without a database",
            answered.status,
            "503",
            answered.status == 503,
        ),
        Figure(
            "seconds until it was answered, or given up by the client",
            round(took, 1),
            f"{_WITHOUT_DATABASE:.0f} or less",
            holds=took <= _WITHOUT_DATABASE,
        ),
        Figure("of the site's inside shown by that answer", len(shown), "0", not shown, shown),
        Figure(
            "status of the same write once it is back", again.status, "200", again.status == 200
        ),
    ]


def _timed(desk: _Desk, body: object, key: str) -> tuple[Answered, float]:
    began = time.monotonic()
    answered = desk.person.write("PUT", desk.path, body, key=key)
    return answered, time.monotonic() - began
