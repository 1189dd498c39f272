"""Support, not performance: no page, file or field of the site ranks, scores or averages a body."""

import html
import re

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from authorities.models import User
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.things import address_of

pytestmark = pytest.mark.slow

# Where pairs, their levels and the support for them are shown.
ENGAGEMENT = (
    *("engagement:", "publications:", "commitments:", "support:", "practice:", "readings:"),
    *("assessments:", "findings:", "challenges:", "home", "how-it-works"),
)
FORBIDDEN = re.compile(
    r"\b(rank(s|ed|ing|ings)?|scor(e|es|ed|ing|ecard)|league table|leader ?board|averag(e|es|ed)"
    r"|worst|best[- ]perform\w*|under-?perform\w*|poor(ly)? perform\w*|top \d+|bottom \d+)\b",
    re.IGNORECASE,
)
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
PAGES = sorted(name for name in ADDRESSES if name.startswith(ENGAGEMENT))


def text_of(page: str) -> str:
    """Return the words of a page, names and hidden words too."""
    without = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


def found_in(text: str) -> list[str]:
    """Return what is forbidden in a text, with its neighbours."""
    rest = SAID.sub(" ", text)
    return [rest[max(hit.start() - 60, 0) : hit.end() + 40] for hit in FORBIDDEN.finditer(rest)]


def test_the_guard_finds_what_it_is_to_find():
    assert found_in("South Testshire ranks third, with an average score of 2.1")
    assert found_in("the worst of all pairs")
    assert not found_in("Levels are never added up, averaged or put in order.")


@pytest.mark.parametrize("who", [Visitor.ANYBODY, Visitor.OWN_SIGNATORY, Visitor.LEAD_ANALYST])
def test_no_page_or_file_of_engagement_ranks_or_scores(things, who):
    assert len(PAGES) > 40
    client = Client()
    if who:
        client.force_login(User.objects.get(email=who))
    found = {}
    for name in PAGES:
        rule = ADDRESSES[name]
        if rule.get[who] != 200:
            continue
        answer = client.get(address_of(name, things=things))
        content = b"".join(answer) if answer.streaming else answer.content
        kind = answer.headers.get("Content-Type", "")
        if not kind.startswith(("text/", "application/json", "image/svg")):
            continue
        if hits := found_in(text_of(content.decode())):
            found[name] = hits

    assert not found


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
