"""Measures whether a failed sign-in tells who has an account: `manage.py measure_sign_in`."""

import re
import time
from statistics import fmean
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.urls import reverse

from authorities.models import User

GOAL_MS = 20.0
# Tries of one account that its limit lets through.
_TRIES_EACH = 8
# What differs from page to page, and says nothing of an account.
_differing = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|value="[^"]*@[^"]*"')


class Command(BaseCommand):
    """Fails to sign in to known and unknown accounts in turn, and compares the answers."""

    help = (
        "Compare status, text and mean time of failed sign-ins to accounts and to addresses that "
        "are none. Ends with 1 where they differ, or the times by more than 20 ms."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many tries of each kind."""
        parser.add_argument("--tries", type=int, default=50)

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure.

        Raises:
            CommandError: this is no demonstration, or it has too few accounts.
            SystemExit: with 1, where the answers differ.
        """
        if not settings.DEMONSTRATION:
            raise CommandError("Failed sign-ins hold up real people: run it on a demonstration.")
        tries = options["tries"]
        known = list(User.objects.order_by("email").values_list("email", flat=True))
        known = [email for email in known if User.objects.get(email=email).has_usable_password()]
        if tries < 1 or tries > len(known) * _TRIES_EACH:
            raise CommandError(f"Ask for 1 to {len(known) * _TRIES_EACH} tries.")
        times: dict[str, list[float]] = {"known": [], "unknown": []}
        said: dict[str, set[tuple[int, str]]] = {"known": set(), "unknown": set()}
        # One of each before it counts: the first page of a process takes longer.
        for number in range(-1, tries):
            for kind in ("known", "unknown"):
                email = known[number % len(known)] if kind == "known" else f"no{number}@x.example"
                took, answer = _try(email=email, number=2 * number + (kind == "known"))
                if number >= 0:
                    times[kind].append(took)
                    said[kind].add(answer)
        difference = abs(fmean(times["known"]) - fmean(times["unknown"]))
        for kind, all_ in times.items():
            self.stdout.write(f"{kind}: {len(all_)} tries, {fmean(all_):.1f} ms on average")
        alike = said["known"] == said["unknown"] and len(said["known"]) == 1
        self.stdout.write(f"status and text: {'the same' if alike else 'different'}")
        self.stdout.write(f"difference of the times: {difference:.1f} ms, goal {GOAL_MS:.0f} ms")
        if not alike or difference > GOAL_MS:
            raise SystemExit(1)


def _try(*, email: str, number: int) -> tuple[float, tuple[int, str]]:
    # Of the network for benchmarks (RFC 2544), each from another address: no limit is reached.
    place = f"198.18.{(number + 2) // 250}.{(number + 2) % 250 + 1}"
    host = next((name for name in settings.ALLOWED_HOSTS if name.strip(".*")), "localhost")
    client = Client(headers={"host": host.lstrip(".")})
    began = time.perf_counter()
    answer = client.post(
        reverse("account_login"),
        {"login": email, "password": "no password of anybody"},
        secure=settings.SECURE_SSL_REDIRECT,
        REMOTE_ADDR=place,
    )
    took = (time.perf_counter() - began) * 1000
    return took, (answer.status_code, _differing.sub("", answer.content.decode()))
