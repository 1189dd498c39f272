"""The national page against a page of one query in the same frame."""

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import ResolverMatch, resolve, reverse

from authorities.models import Body
from engagement.management.benchmarks.rows import Measured, seconds

# The page shows a matrix, a map of England, tiles and thirty pairs in 210 kB; the limit shows
# nothing. A process keeps what is below the frame, until what it was made from changes.
GOAL = 2.0


def _request(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    return request


def one_query_page() -> bytes:
    """Return a page of one query in the frame of every page, made without middleware."""
    page = render(_request("/"), "engagement/bench_page.html", {"body": Body.objects.first()})
    return bytes(page.content)


def show_national_page(*, round_slug: str = "") -> bytes:
    """Return the public national page, of the newest round or another, without middleware.

    The address is looked up once: which page it leads to is no part of the page's time.
    """
    path = reverse("engagement:national")
    match = _page_at(path)
    asked = f"{path}?round={round_slug}" if round_slug else path
    answer = match.func(_request(asked), *match.args, **match.kwargs)
    if hasattr(answer, "render"):
        answer.render()
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    return bytes(answer.content)


@cache
def _page_at(path: str) -> ResolverMatch:
    return resolve(path)


def national_page(*, times: int = 15) -> Measured:
    """Measure the public national page's time on the server, without middleware on both sides."""
    return Measured(
        name="national_page_server_time",
        value=seconds(show_national_page, times=times),
        unit="s",
        limit=seconds(one_query_page, times=times),
        goal=GOAL,
    )
