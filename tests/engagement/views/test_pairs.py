"""The page of a pair: what the public, both bodies and the centre see of it, and never see."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.actions import placements
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory

pytestmark = pytest.mark.django_db
CENTRE = {"analyst", "moderator", "lead analyst", "administrator"}
OWN_SIDE = {
    "authority editor": "sa",
    "authority signatory": "sa",
    "board editor": "icb",
    "board signatory": "icb",
}


def address(pair, name="pair") -> str:
    return reverse(f"engagement:{name}", args=[pair.authority.slug, pair.board.slug])


@pytest.fixture
def published(pair, round):
    """The pair at high and low in spring 2026."""
    made = make.earlier_round()
    make.publish(round=made, levels={pair: ("high", "low")})
    return made


def test_anybody_sees_why_a_published_pair_is_where_it_is(client, pair, published):
    html = client.get(address(pair)).content.decode()

    assert "In-depth support" in html
    assert "Aimed first at the ICB, the less engaged side" in html
    assert "at least two thirds of all themes high" in html
    assert "Improving population health" in html
    assert "What we found of the authority." in html
    assert 'href="https://www.example.org/minutes"' in html
    assert "Between us." not in html
    assert "Heard from a colleague." not in html
    assert "another agreed to it" in html
    assert "1,390,381 people, mid-2022" in html
    assert "<strong>Coterminous.</strong>" in html
    assert "First placement of this pair." in html


def test_shares_are_said_both_ways(client, pair, published):
    html = client.get(address(pair)).content.decode()

    assert '<p class="app-big">100%</p><p class="govuk-body">of the authority’s' in html
    assert '<p class="app-big">90%</p><p class="govuk-body">of the ICB’s' in html


def test_a_pair_that_was_never_published_still_has_its_page(client, pair, round):
    html = client.get(address(pair)).content.decode()

    assert "No placement of this pair has been published yet" in html
    assert "1,390,381 people" in html


def test_a_pair_that_does_not_exist_is_not_found(client, pair, other_pair):
    url = reverse("engagement:pair", args=[pair.authority.slug, other_pair.board.slug])

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("confirm", [False, True])
def test_no_word_of_a_side_reaches_anybody_who_may_not_have_it(pair, published, round, confirm):
    for side in ("sa", "icb"):
        sight.write_secret(pair=pair, round=round, side=side, confirm=confirm)

    for who, person in sight.people_of(pair).items():
        client = sight.sign_in(person)
        pages = [
            client.get(address(pair)),
            client.get(address(pair), {"round": round.slug}),
            client.get(address(pair, "own-view")),
            client.get(address(pair, "own-view-check")),
            client.get(address(pair, "pair-placements")),
            client.get(reverse("engagement:national")),
            client.get(reverse("engagement:national-placements")),
            client.get("/api/v1/placements/"),
        ]
        seen = b"".join(page.content for page in pages).decode()
        for side in ("sa", "icb"):
            may_see = OWN_SIDE.get(who) == side or (who in CENTRE and confirm)
            assert (sight.secret(side) in seen) is may_see, (who, side)


def test_the_other_sides_level_stays_unknown_until_it_is_published(pair, published, round):
    sight.write_secret(pair=pair, round=round, side="icb", confirm=True)
    client = sight.sign_in(make.member(pair.authority))

    html = client.get(address(pair)).content.decode()

    # Spring's level is public; autumn's is not, and neither is that it exists.
    assert "Autumn 2026: Authority" not in html
    assert "Your own view, Autumn 2026" in html
    assert "Not started" in html


@pytest.mark.parametrize("who", sorted(OWN_SIDE))
def test_a_member_is_led_to_the_own_view(pair, published, who):
    html = sight.sign_in(sight.people_of(pair)[who]).get(address(pair)).content.decode()

    assert f'href="{address(pair, "own-view")}"' in html


@pytest.mark.parametrize("who", ["anybody", "reader", "analyst"])
def test_nobody_else_is_led_to_an_own_view(pair, published, who):
    html = sight.sign_in(sight.people_of(pair)[who]).get(address(pair)).content.decode()

    assert address(pair, "own-view") not in html


def test_the_centre_chooses_between_published_and_working(pair, published, round):
    sight.write_secret(pair=pair, round=round, side="sa", confirm=True)
    client = sight.sign_in(make.central())

    default = client.get(address(pair)).content.decode()
    working = client.get(address(pair), {"round": round.slug}).content.decode()

    assert "working placement, not published" not in default
    assert "working placement, not published" in working
    assert "no view from the ICB" in working


@pytest.mark.parametrize("who", ["anybody", "reader", "authority signatory", "board editor"])
def test_a_working_round_is_not_found_by_others(pair, published, round, who):
    placements.recompute(pair=pair, round=round, at=make.NOW)
    client = sight.sign_in(sight.people_of(pair)[who])

    assert client.get(address(pair), {"round": round.slug}).status_code == 404


def test_the_way_over_rounds_is_said_in_words(client, pair, published):
    later = make.earlier_round(slug="summer-2026", name="Summer 2026", covers_to="2026-06-30")
    make.publish(round=later, levels={pair: ("high", "partial")})

    html = client.get(address(pair)).content.decode()

    assert "Spring 2026: Authority high, ICB low. In-depth support." in html
    assert "Summer 2026: Authority high, ICB partial. Emerging leaders." in html
    assert "More engaged than the round before." in html


def test_a_revision_replaces_what_is_shown_of_its_round(client, pair, published):
    make.publish(round=published, levels={}, reason="A share was wrong.")

    html = client.get(address(pair)).content.decode()

    assert "(revision 2)" in html
    assert html.count("Spring 2026: ") == 1


def test_the_file_has_a_line_a_round(client, pair, published):
    response = client.get(address(pair, "pair-placements"))

    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [(row["round"], row["icb_level"]) for row in rows] == [("spring-2026", "Low")]


@pytest.mark.parametrize(("who", "most"), [("anybody", 18), ("authority editor", 36)])
def test_more_pairs_and_rounds_cost_no_more_queries(pair, published, round, who, most):
    client = sight.sign_in(sight.people_of(pair)[who])
    few = _queries(client, pair)
    for _ in range(5):
        PairFactory(authority=pair.authority)
    later = make.earlier_round(slug="summer-2026", name="Summer 2026", covers_to="2026-06-30")
    make.publish(round=later, levels={pair: ("high", "partial")})

    many = _queries(client, pair)

    assert (few, many) == (most, most)


def _queries(client, pair) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address(pair))
    return len(captured)
