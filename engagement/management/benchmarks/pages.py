"""The national page against a page of one query in the same frame."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import resolve, reverse

from authorities.models import Body
from engagement.management.benchmarks.rows import Measured, seconds

# The page shows a matrix, a map of England, tiles and thirty pairs in 210 kB; the limit shows
# nothing. The goal stands a little above what is measured, so that growth is seen.
GOAL = 20.0


def _request(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    return request


def _one_query_page(request: HttpRequest) -> HttpResponse:
    return render(request, "engagement/bench_page.html", {"body": Body.objects.first()})


def show_national_page() -> bytes:
    """Return the public national page, made without middleware."""
    path = reverse("engagement:national")
    match = resolve(path)
    answer = match.func(_request(path), *match.args, **match.kwargs)
    if hasattr(answer, "render"):
        answer.render()
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    return bytes(answer.content)


def national_page(*, times: int = 15) -> Measured:
    """Measure the public national page's time on the server, without middleware on both sides."""
    return Measured(
        name="national_page_server_time",
        value=seconds(show_national_page, times=times),
        unit="s",
        limit=seconds(lambda: _one_query_page(_request("/")), times=times),
        goal=GOAL,
    )
