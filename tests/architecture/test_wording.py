"""Support, not performance: no page, file or field of the site ranks, scores or averages a body."""

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from authorities.models import User
from outcomes.models import Indicator
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.things import address_of

pytestmark = pytest.mark.slow

# Where pairs, their levels and the support for them are shown.
ENGAGEMENT = (
    *("engagement:", "publications:", "commitments:", "support:", "practice:", "readings:"),
    *("assessments:", "findings:", "challenges:", "levers:", "three-steps:"),
    *("home", "how-it-works"),
)
FORBIDDEN = re.compile(
    r"\b(rank(s|ed|ing|ings)?|scor(e|es|ed|ing|ecard)|league table|leader ?board|averag(e|es|ed)"
    r"|worst|best[- ]perform\w*|under-?perform\w*|poor(ly)? perform\w*|top \d+|bottom \d+)\b",
    re.IGNORECASE,
)
# Published statistics have averages, and one of them is called a deprivation score: elsewhere than
# on pages of engagement only words about bodies are looked for.
ABOUT_BODIES = re.compile(
    re.sub(r"scor\([^)]*\)|averag\([^)]*\)", "scorecard", FORBIDDEN.pattern), re.IGNORECASE
)
SUPPORT = "This is about support, not performance"
# The files that configure rubric and matrix are read again as they are.
CONFIGURATION = {"readings:version-csv"}
# What says that there is none of it.
SAID = re.compile(
    r"(nothing (here )?is ranked|nobody is ranked|never added up, averaged or put in order"
    r"|not (a|one) (rank|score)"
    r"|no (rank|ranks|ranking|score|scores|league table|average)[^.]*"
    r"|never (a|as a|merged into one) score|without (a )?(rank|score)|never averaged"
    r"|averages? or (ranks?|totals?))",
    re.IGNORECASE,
)
# Fields of published statistics, which are about people and places and not about bodies.
STATISTICS = re.compile(r"deprivation|percentile|quantile", re.IGNORECASE)
EVERY_PAGE = sorted(ADDRESSES)
PAGES = sorted(name for name in ADDRESSES if name.startswith(ENGAGEMENT))


def text_of(page: str) -> str:
    """Return the words of a page, names and hidden words too."""
    without = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


def found_in(text: str, forbidden: re.Pattern[str] = FORBIDDEN) -> list[str]:
    """Return what is forbidden in a text, with its neighbours."""
    rest = SAID.sub(" ", text)
    return [rest[max(hit.start() - 60, 0) : hit.end() + 40] for hit in forbidden.finditer(rest)]


def unnamed(text: str) -> str:
    """Return a text without the names of published indicators, which are of people and places."""
    for name in Indicator.objects.values_list("name", flat=True):
        text = text.replace(name, " ")
    return text


def answers(
    *, things: dict[str, str], who: Visitor, names: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """Read each address that the visitor may read: its name, the kind of answer, its text."""
    client = Client()
    if who:
        client.force_login(User.objects.get(email=who))
    for name in names:
        if ADDRESSES[name].get[who] != 200:
            continue
        answer = client.get(address_of(name, things=things))
        content = b"".join(answer) if answer.streaming else answer.content
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith(("text/", "application/json", "image/svg")):
            yield name, kind, content.decode()


def test_the_guard_finds_what_it_is_to_find():
    assert found_in("South Testshire ranks third, with an average score of 2.1")
    assert found_in("the worst of all pairs")
    assert found_in("a scorecard of the worst", ABOUT_BODIES)
    assert not found_in("A higher score is more deprived", ABOUT_BODIES)
    assert not found_in("Levels are never added up, averaged or put in order.")


EACH_KIND = pytest.mark.parametrize(
    "who", [Visitor.ANYBODY, Visitor.OWN_SIGNATORY, Visitor.LEAD_ANALYST]
)


@EACH_KIND
def test_no_page_or_file_of_engagement_ranks_or_scores(things, who):
    assert len(PAGES) > 40

    found = {
        name: hits
        for name, _, content in answers(things=things, who=who, names=PAGES)
        if (hits := found_in(unnamed(text_of(content))))
    }

    assert not found


@EACH_KIND
def test_every_page_says_support_and_not_performance_and_none_ranks(things, who):
    silent, found = [], {}
    for name, kind, content in answers(things=things, who=who, names=EVERY_PAGE):
        text = text_of(content)
        if hits := found_in(text, ABOUT_BODIES):
            found[name] = hits
        whole_page = kind.startswith("text/html") and "</html>" in content
        picture = kind.startswith("image/svg") and name in PAGES
        if (whole_page or picture) and SUPPORT not in text:
            silent.append(name)

    assert not silent
    assert not found


def test_every_line_of_a_file_of_levels_says_support_and_not_performance(things):
    silent, read = {}, set()
    names = [name for name in PAGES if name not in CONFIGURATION]
    for name, kind, content in answers(things=things, who=Visitor.LEAD_ANALYST, names=names):
        if not kind.startswith("text/csv"):
            continue
        rows = list(csv.DictReader(io.StringIO(content)))
        headings = set(content.partition("\r\n")[0].lstrip("\ufeff").split(","))
        if not any(re.search("level|group|before|outcome_code", one) for one in headings):
            continue
        read.add(name)
        if "note" not in headings or not all(SUPPORT in (row["note"] or "") for row in rows):
            silent[name] = headings

    assert len(read) >= 7
    assert silent == {}


def test_no_field_of_the_api_ranks_or_scores():
    schema = SchemaGenerator().get_schema(request=None, public=True)

    fields = {
        f"{name}.{field}"
        for name, described in schema["components"]["schemas"].items()
        for field in described.get("properties", {})
    }

    assert fields
    named = {one for one in fields if FORBIDDEN.search(re.sub(r"[._]", " ", one))}
    assert {one for one in named if not STATISTICS.search(one)} == set()
