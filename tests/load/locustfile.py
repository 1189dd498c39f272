"""Journeys of the three groups of people, walked by locust; `python -m tests.load` starts it.

Each person takes a step a second, so that fifty of them ask fifty times a second while the site
keeps up. What each one asks stands in the file that the variable LOAD_FACTS names.
"""

import json
import os
import random
import re
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

from locust import HttpUser, constant_throughput, task

FACTS: dict[str, Any] = json.loads(Path(os.environ["LOAD_FACTS"]).read_text(encoding="utf-8"))
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_WRITERS = cycle(FACTS["writers"])


class Person(HttpUser):
    """Somebody who signs in once and then goes about their work."""

    abstract = True
    wait_time = constant_throughput(1)
    email: str
    password: str = FACTS["password"]

    def on_start(self) -> None:
        """Sign in by the form, as a person does; what that takes is told on its own line."""
        page = self.client.get("/account/sign-in/", name="sign in: the page")
        token = _TOKEN.findall(page.text)[0]
        self.client.post(
            "/account/sign-in/",
            {"login": self.email, "password": self.password, "csrfmiddlewaretoken": token},
            name="sign in: the password",
        )

    def read(self, path: str, *, name: str) -> None:
        """Open a page; what is no 200 counts as failed, and so does being sent to sign in."""
        with self.client.get(path, name=name, allow_redirects=False, catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")


class AuthorityOfficer(Person):
    """Writes the return of an authority, and looks at its pages."""

    weight = 5

    def on_start(self) -> None:
        """Take a return that nobody else of this run writes, while there are any."""
        self.of = next(_WRITERS)
        self.email, self.password = self.of["email"], FACTS["writers_password"]
        self.versions: dict[int, int] = {}
        super().on_start()

    @task(3)
    def save_an_answer(self) -> None:
        """Write an answer through the API; a colleague may have written it in between."""
        which = random.randrange(len(self.of["slots"]))  # noqa: S311 - chance, not a secret
        slot = self.of["slots"][which]
        board = f"boards/{slot['board']}/" if slot["board"] else ""
        path = f"/api/v1/returns/{self.of['return']}/answers/{slot['question']}/{board}"
        with self.client.put(
            path,
            json={
                "value": slot["value"],
                "private_note": f"load {uuid4()}",
                "expected_version": self.versions.get(which, 0),
            },
            headers={
                "Idempotency-Key": str(uuid4()),
                "X-CSRFToken": self.client.cookies.get("csrftoken", ""),
            },
            name="officer: save an answer",
            catch_response=True,
        ) as answer:
            if answer.status_code == 409:
                # Who writes next takes up the version that stands there.
                self.versions[which] = answer.json()["stored"]["version"]
                answer.success()
            elif answer.status_code == 200:
                self.versions[which] = int(answer.headers["ETag"].strip('"'))

    @task(2)
    def task_list(self) -> None:
        """Open the list of tasks."""
        self.read(self.of["tasks"], name="officer: tasks of the return")

    @task(2)
    def question(self) -> None:
        """Open a question."""
        self.read(self.of["question"], name="officer: a question")

    @task(1)
    def check(self) -> None:
        """See what is missing."""
        self.read(self.of["check"], name="officer: check before sending")

    @task(2)
    def home(self) -> None:
        """Open the first page."""
        self.read("/", name="officer: home")


class BoardOfficer(Person):
    """Looks after the commitments of an ICB."""

    weight = 3
    email = FACTS["board"]

    @task(3)
    def due(self) -> None:
        """Open what is due."""
        self.read(FACTS["board_commitments"], name="ICB: what is due")

    @task(2)
    def all(self) -> None:
        """Open the table of all."""
        self.read(FACTS["board_all"], name="ICB: all commitments")

    @task(2)
    def one(self) -> None:
        """Open one of them."""
        self.read(FACTS["commitment"], name="ICB: a commitment")

    @task(1)
    def home(self) -> None:
        """Open the first page."""
        self.read("/", name="ICB: home")


class Analyst(Person):
    """Watches the round from the centre."""

    weight = 2
    email = FACTS["analyst"]

    @task(2)
    def control(self) -> None:
        """Open the round."""
        self.read(FACTS["round"], name="centre: the round")

    @task(2)
    def returns(self) -> None:
        """Open the returns to review."""
        self.read("/review/returns/", name="centre: returns to review")

    @task(2)
    def national(self) -> None:
        """Open the national map."""
        self.read("/national/", name="centre: the national map")

    @task(1)
    def placements(self) -> None:
        """Call a list of the API."""
        self.read("/api/v1/placements/", name="centre: placements by API")
