"""The map and the tiles on the national page, from the register and its areas."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from authorities.models import Pair
from engagement.actions import national
from engagement.queries import pairs as pair_queries
from tests.factories import engagement as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def published(configuration):
    """Every pair of England not assessed, but for South Yorkshire's at green."""
    call_command("load_register", verbosity=0)
    call_command("load_boundaries", verbosity=0)
    made = make.earlier_round()
    south_yorkshire = Pair.objects.select_related("authority", "board").get(
        authority__slug="south-yorkshire", board__slug="south-yorkshire"
    )
    make.publish(round=made, levels={south_yorkshire: ("high", "high")})
    national.refresh(round=made, at=timezone.now())
    return made


def test_each_pair_is_one_link_on_the_map_with_its_facts_in_words(client, published):
    html = client.get(reverse("engagement:national")).content.decode()
    drawn = html.split('class="app-map"')[1].split("</svg>")[0]
    links = re.findall(r'<a href="(/pairs/[^"]+)" aria-label="([^"]+)"', drawn)
    expected = pair_queries.expected_pairs(on=published.geography_date)

    assert len(links) == len(set(links)) == len(expected)
    labels = dict(links)
    assert (
        labels["/pairs/south-yorkshire/south-yorkshire/"]
        == "South Yorkshire: Ambassadors. Authority high, ICB high"
    )
    assert sum("not assessed, marked not assessed" in each for each in labels.values()) == (
        len(expected) - 1
    )


@pytest.fixture
def before_the_mergers(published):
    """A round whose bodies are those of the last day of 42 boards."""
    made = make.earlier_round(
        slug="winter-2025",
        name="Winter 2025",
        covers_from=date(2025, 4, 1),
        covers_to=date(2025, 9, 30),
        geography_date=date(2026, 3, 31),
    )
    make.publish(round=made, levels={})
    national.refresh(round=made, at=timezone.now())
    return made


def test_a_past_round_shows_bodies_map_tiles_and_list_of_its_own_day(client, before_the_mergers):
    query = {"round": before_the_mergers.slug}
    html = client.get(reverse("engagement:national"), query).content.decode()

    drawn = html.split('class="app-map"')[1].split("</svg>")[0]
    tiles = html.split('class="app-tiles"')[1].split("</svg>")[0]
    listed = html.split('id="all-pairs"')[1]
    expected = {
        f"/pairs/{pair.authority.slug}/{pair.board.slug}/"
        for pair in Pair.objects.filter(
            pk__in=pair_queries.expected_pairs(on=date(2026, 3, 31))
        ).select_related("authority", "board")
    }
    assert "Bodies and boundaries <b>as at 31 March 2026</b>" in html
    assert "/pairs/sussex-and-brighton/sussex/" in expected
    for where in (drawn, listed):
        assert set(re.findall(r'<a (?:class="govuk-link" )?href="(/pairs/[^"?]+)', where)) == (
            expected
        )
    assert set(re.findall(r'<a href="(/pairs/[^"?]+)', tiles)) < expected
    assert "no area here" not in html
    assert "/geography/?as_at=2026-03-31" in html


def test_the_newest_round_has_the_boards_of_after_the_mergers(client, before_the_mergers):
    html = client.get(reverse("engagement:national")).content.decode()

    assert "as at 30 June 2026" in html
    assert "/pairs/sussex-and-brighton/surrey-and-sussex/" in html
    assert "/pairs/sussex-and-brighton/sussex/" not in html


def test_a_warning_stands_on_the_map_and_the_tiles_and_in_words(client, published):
    html = client.get(reverse("engagement:national")).content.decode()

    drawn = html.split('class="app-map"')[1].split("</svg>")[0]
    tiles = html.split('class="app-tiles"')[1].split("</svg>")[0]
    labels = dict(re.findall(r'<a href="(/pairs/[^"]+)" aria-label="([^"]+)"', drawn))
    warned = {url for url, label in labels.items() if "Warning: " in label}
    assert "/pairs/devon-and-torbay/devon/" in warned
    assert "shares leadership in a cluster" in labels["/pairs/devon-and-torbay/devon/"]
    assert drawn.count('class="mark"') == len(warned) < len(labels)
    assert 0 < tiles.count('class="mark"') < len(warned)
    assert tiles.count("with a warning") == 2 * len(warned)
    assert "Timetable warning, in words" in html


def test_areas_have_a_pattern_and_never_a_style(client, published):
    html = client.get(reverse("engagement:national")).content.decode()

    drawn = html.split('class="app-map"')[1].split("</svg>")[0]
    assert 'fill="url(#m-green)"' in drawn
    assert 'fill="url(#m-na)"' in drawn
    assert not re.search(r"\sstyle=", html)


def test_a_filter_takes_links_off_the_map(client, published):
    html = client.get(reverse("engagement:national"), {"group": "green"}).content.decode()

    drawn = html.split('class="app-map"')[1].split("</svg>")[0]
    assert re.findall(r'<a href="([^"]+)"', drawn) == ["/pairs/south-yorkshire/south-yorkshire/"]


def test_tiles_lead_to_the_pair_or_to_the_rows_of_the_authority(client, published):
    html = client.get(reverse("engagement:national")).content.decode()

    tiles = html.split('class="app-tiles"')[1].split("</svg>")[0]
    targets = re.findall(r'<a href="([^"]+)"', tiles)
    assert "/pairs/south-yorkshire/south-yorkshire/" in targets
    anchors = [target[1:] for target in targets if target.startswith("#")]
    assert anchors
    assert all(f'id="{anchor}"' in html for anchor in anchors)


def test_the_map_as_a_file_is_whole_and_stands_alone(client, published, settings):
    settings.DEMONSTRATION = True

    response = client.get(reverse("engagement:national-map"))

    drawing = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    text = response.content.decode()
    assert response["Content-Type"] == "image/svg+xml"
    assert "attachment" in response["Content-Disposition"]
    assert drawing.tag.endswith("svg")
    assert "invented" in text
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(re.findall(r'id="([^"]+)"', text))
    assert "href" not in text


def test_the_page_of_a_pair_shows_where_it_lies(client, published):
    url = reverse("engagement:pair", args=["south-yorkshire", "south-yorkshire"])

    assert "the area of South Yorkshire among its neighbours" in client.get(url).content.decode()
