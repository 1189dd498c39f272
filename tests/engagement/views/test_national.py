"""The national page: who sees which round, what it counts, its filters and its files."""

import csv
import io
import re
from datetime import timedelta

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, AuthorityTier, AuthorityType, BodyKind, Role
from engagement.actions import national, placements
from engagement.models import NationalPicture, Publication, PublishedPlacement
from engagement.views import national_bodies
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.authorities import (
    BodyGroupingFactory,
    NationalBodyFactory,
    PairFactory,
    StrategicAuthorityFactory,
)

pytestmark = pytest.mark.django_db
URL = "/national/"


@pytest.fixture
def published(pair, other_pair, round):
    """Spring 2026: one pair of ambassadors and one not assessed."""
    made = make.earlier_round()
    make.publish(round=made, levels={pair: ("high", "high"), other_pair: ("low", None)})
    national.refresh(round=made, at=timezone.now())
    return made


@pytest.fixture
def working(published, pair, round):
    """Autumn 2026: the same pair at red, not published."""
    for side in ("sa", "icb"):
        sight.write_secret(pair=pair, round=round, side=side, confirm=True)
    placements.recompute_round(round=round, at=make.NOW)
    national.refresh(round=round, at=timezone.now())
    return round


def page(client, **query) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200, response
    return str(response.content.decode())


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_public_sees_the_newest_published_round(client, working):
    html = page(client)

    assert "Spring 2026 round" in text_of(html)
    assert "Moderated" in html
    assert "working placements" not in html


def test_counts_have_denominators_and_not_assessed_says_why(client, published):
    words = text_of(page(client))

    assert "Ambassadors 1 of 1" in words
    assert "Not assessed 1 of 2" in words
    assert "North Testshire with Mid Testshire : the level of the ICB could not be decided" in words


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anybody", 404),
        ("reader", 404),
        ("authority editor", 404),
        ("board signatory", 404),
        ("analyst", 200),
        ("moderator", 200),
        ("lead analyst", 200),
        ("administrator", 200),
    ],
)
@pytest.mark.parametrize("name", ["national", "national-placements"])
def test_an_unpublished_round_exists_for_the_centre_only(working, pair, who, status, name):
    client = sight.sign_in(sight.people_of(pair)[who])

    response = client.get(reverse(f"engagement:{name}"), {"round": working.slug})

    assert response.status_code == status


def test_a_round_that_does_not_exist_is_not_found(client, published):
    assert client.get(URL, {"round": "spring-1999"}).status_code == 404


def test_the_centre_sees_the_working_round_called_so(working):
    html = page(sight.sign_in(make.central()), round=working.slug)

    assert "working placements, not published" in html
    assert "Core learning" in html
    assert f'href="/pairs/south-testshire/south-testshire/?round={working.slug}"' in html


def test_nothing_of_a_working_round_reaches_others(working, pair):
    for who, person in sight.people_of(pair).items():
        if who in ("analyst", "moderator", "lead analyst", "administrator"):
            continue
        html = page(sight.sign_in(person))

        assert "Core learning 0 of 1" in text_of(html), who
        assert "Autumn 2026" not in html, who
        assert "canary" not in html, who


def test_without_a_published_round_the_page_says_so(client, round):
    assert "No round has been published yet" in page(client)


def test_a_published_round_without_a_picture_asks_to_wait(client, published):
    NationalPicture.objects.all().delete()

    assert "is being drawn" in page(client)
    assert client.get(reverse("engagement:national-placements")).status_code == 404


def test_the_matrix_shows_what_a_plainer_count_finds(client, round):
    made = make.earlier_round()
    levels = {
        PairFactory(): (sa, icb)
        for sa in ("high", "partial", "low")
        for icb in ("high", "partial", "low")
        for _ in range(2 if sa == icb else 1)
    }
    make.publish(round=made, levels=levels)
    national.refresh(round=made, at=timezone.now())

    html = page(client)

    for sa in ("high", "partial", "low"):
        for icb in ("high", "partial", "low"):
            plain = PublishedPlacement.objects.filter(authority_level=sa, board_level=icb).count()
            cell = html.split(f"Authority {sa}, ICB {icb}</span>")[1].split("</td>")[0]
            shown = re.search(r'app-cell__n">(\d+) <span>of 12<', cell)
            assert shown, (sa, icb)
            assert int(shown[1]) == plain == cell.count("<li>")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"South Testshire", "North Testshire with Mid Testshire"}),
        ({"group": "green"}, {"South Testshire"}),
        ({"group": "not-assessed"}, {"North Testshire with Mid Testshire"}),
        ({"group": "red"}, set()),
        ({"tier": "foundation"}, {"North Testshire with Mid Testshire"}),
        ({"type": "combined_county_authority"}, {"North Testshire with Mid Testshire"}),
        ({"type": "single_authority"}, set()),
        ({"cell": "high-high"}, {"South Testshire"}),
        ({"movement": "first"}, {"South Testshire", "North Testshire with Mid Testshire"}),
        ({"movement": "declined"}, set()),
        ({"region": "far-north"}, {"South Testshire"}),
        ({"fit": "coterminous"}, {"South Testshire", "North Testshire with Mid Testshire"}),
        ({"fit": "mixed"}, set()),
        ({"warnings": "without"}, {"South Testshire", "North Testshire with Mid Testshire"}),
        ({"warnings": "with"}, set()),
    ],
)
def test_filters_stand_in_the_address_and_hold_everywhere(client, round, query, shown):
    south = PairFactory(
        authority=StrategicAuthorityFactory(slug="south-testshire"),
        board__slug="south-testshire",
    )
    north = PairFactory(
        authority=StrategicAuthorityFactory(
            slug="north-testshire",
            designation__tier=AuthorityTier.FOUNDATION,
            designation__type=AuthorityType.COMBINED_COUNTY_AUTHORITY,
        ),
        board__slug="mid-testshire",
    )
    region = NationalBodyFactory(kind=BodyKind.NHS_REGION, slug="far-north", name="Far North")
    BodyGroupingFactory(member=south.board, group=region)
    made = make.earlier_round()
    make.publish(round=made, levels={south: ("high", "high"), north: ("low", None)})
    national.refresh(round=made, at=timezone.now())

    html = page(client, **query)
    file = client.get(reverse("engagement:national-placements"), query)
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))

    names = {"South Testshire", "North Testshire with Mid Testshire"}
    table = html.split('id="all-pairs"')[1]
    assert {name for name in names if f">{name}</a>" in table} == shown
    assert len(rows) == len(shown)
    assert f"<strong>{len(shown)} of 2</strong> pairs" in html
    if not shown:
        assert "No pair fits this choice" in html


def test_a_filter_that_is_no_choice_is_said_and_filters_nothing(client, published):
    html = page(client, tier="huge")

    assert "There is a problem" in html
    assert "<strong>2 of 2</strong> pairs" in html


def test_an_old_picture_says_that_it_may_be_out_of_date(client, published):
    fresh = page(client)
    NationalPicture.objects.update(computed_at=timezone.now() - timedelta(hours=27))

    stale = page(client)

    assert "Out of date" not in fresh
    assert "Out of date" in stale


def test_the_file_holds_codes_words_days_and_versions(client, pair, published, settings):
    settings.DEMONSTRATION = False
    response = client.get(reverse("engagement:national-placements"))

    rows = {row["authority"]: row for row in csv.DictReader(io.StringIO(response.content.decode()))}
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    south, north = rows["South Testshire"], rows["North Testshire"]
    assert (south["round"], south["revision"], south["bodies_as_at"]) == (
        "spring-2026",
        "1",
        "2026-06-30",
    )
    assert (south["authority_level_code"], south["authority_level"]) == ("high", "High")
    assert (south["support_group_code"], south["support_group"]) == ("green", "Ambassadors")
    assert (north["icb_level_code"], north["icb_level"]) == ("not_assessed", "Not assessed")
    assert north["not_assessed_reason"] == "the level of the ICB could not be decided"
    assert south["published_on"] == "2026-11-23"
    stored = PublishedPlacement.objects.get(publication__round=published, pair=pair)
    counts = stored.content["authority_side"]["explanation"]
    assert counts
    assert all(one.removesuffix(".") in south["authority_reasons"] for one in counts)
    assert south["note"].startswith("This is about support, not performance")


def test_each_column_of_the_file_is_explained(client, published):
    file = client.get(reverse("engagement:national-placements")).content.decode()
    told = client.get(reverse("engagement:national-dictionary")).content.decode()

    rows = list(csv.reader(io.StringIO(told)))
    assert rows[0] == ["column", "meaning"]
    assert [name for name, _ in rows[1:]] == next(csv.reader(io.StringIO(file)))
    assert all(meaning for _, meaning in rows)


def test_who_takes_away_what_is_not_published_is_kept(client, working, published):
    analyst = make.central(Role.ANALYST)
    placements_csv = reverse("engagement:national-placements")
    for person in (None, analyst):
        sight.sign_in(person).get(placements_csv, {"round": published.slug})
    public = AuditEvent.objects.filter(action="placements.downloaded").count()

    sight.sign_in(analyst).get(placements_csv, {"round": working.slug})

    taken = AuditEvent.objects.get(action="placements.downloaded")
    assert public == 0
    assert taken.by == analyst
    assert taken.target_id == str(working.pk)
    assert (taken.detail["role"], taken.detail["format"], taken.detail["rows"]) == (
        "analyst",
        "csv",
        2,
    )


def test_a_demonstration_says_so_in_its_file(client, published, settings):
    settings.DEMONSTRATION = True

    response = client.get(reverse("engagement:national-placements"))

    row = next(csv.DictReader(io.StringIO(response.content.decode())))
    assert row["note"].endswith("Demonstration: engagement levels on this site are invented")


def test_without_boundaries_there_is_no_map_and_the_facts_remain(client, published):
    html = page(client)

    assert "there is no map" in html
    assert client.get(reverse("engagement:national-map")).status_code == 404


@pytest.mark.parametrize("who", ["anybody", "analyst"])
def test_sixty_pairs_cost_as_many_queries_as_five(round, pair, who, published):
    client = sight.sign_in(make.central(Role.ANALYST) if who == "analyst" else None)
    few = _queries(client)

    for _ in range(55):
        PairFactory()
    placements.recompute_round(round=round, at=make.NOW)
    later = make.earlier_round(slug="summer-2026", name="Summer 2026", covers_to="2026-06-30")
    make.publish(round=later, levels={})
    national.refresh(round=later, at=timezone.now())
    many = _queries(client)

    assert "<strong>57 of 57</strong> pairs" in page(client)
    # What a process has made it keeps, until something that it was made from changes.
    kept = _queries(client, first=False)
    assert many == few
    assert (few, kept) == {"anybody": (4, 1), "analyst": (10, 7)}[who]


def _queries(client, *, first=True) -> int:
    if first:
        national_bodies.body_of.cache_clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(URL)
    return len(captured)


def test_a_kept_page_follows_a_recompute_at_once(pair, round):
    analyst = sight.sign_in(make.central())
    placements.recompute_round(round=round, at=make.NOW)
    national.refresh(round=round, at=timezone.now())
    assert "Core learning 0 of 0" in text_of(page(analyst))

    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=round, side=side, level="low")
    placements.recompute_round(round=round, at=make.NOW)
    national.refresh(round=round, at=timezone.now())

    assert "Core learning 1 of 1" in text_of(page(analyst))


def test_a_long_list_stands_on_pages_and_a_full_cell_leads_to_it(client, round):
    made = make.earlier_round()
    make.publish(round=made, levels={PairFactory(): ("high", "low") for _ in range(103)})
    national.refresh(round=made, at=timezone.now())

    first, second = page(client), page(client, page="2")
    cell = first.split("Authority high, ICB low</span>")[1].split("</td>")[0]

    assert "page 1 of 2" in first
    assert first.split('id="all-pairs"')[1].count('<th role="rowheader"') == 100
    assert second.split('id="all-pairs"')[1].count('<th role="rowheader"') == 3
    assert (cell.count("<li>"), "63 more" in cell) == (41, True)
    more = re.search(r'href="([^"]+)">63 more', cell)
    assert more
    assert more[1] == "/national/?cell=high-low#all-pairs"
    assert "<strong>103 of 103</strong>" in page(client, cell="high-low")
    assert "<strong>0 of 103</strong>" in page(client, cell="low-low")


@pytest.fixture
def two_rounds(pair, other_pair):
    """Spring 2026, corrected once; and autumn 2025, the round before."""
    before = make.earlier_round(
        slug="autumn-2025", name="Autumn 2025", covers_from="2025-04-01", covers_to="2025-09-30"
    )
    make.publish(round=before, levels={pair: ("low", "low"), other_pair: ("high", "high")})
    spring = make.earlier_round()
    make.publish(round=spring, levels={pair: ("high", "low"), other_pair: ("high", "low")})
    for one in (before, spring):
        national.refresh(round=one, at=timezone.now())
    return before, spring


def test_movement_since_a_chosen_round(client, two_rounds):
    before, _ = two_rounds

    html = page(client, compare=before.slug)
    movement = text_of(html.split('id="mv-h"')[1].split("</section>")[0])

    assert "Movement since Autumn 2025" in movement
    assert "2 of 2 pairs can be compared" in movement
    assert "1 of 2 More engaged" in movement
    assert "1 of 2 Less engaged" in movement
    assert "compare=autumn-2025" in html.split("Take the data")[1]
    file = client.get(reverse("engagement:national-placements"), {"compare": before.slug})
    rows = csv.DictReader(io.StringIO(file.content.decode()))
    assert sorted(row["movement_code"] for row in rows) == ["declined", "improved"]


def test_a_later_round_is_no_choice_for_movement(client, two_rounds):
    before, spring = two_rounds

    html = page(client, round=before.slug, compare=spring.slug)

    assert "There is a problem" in html


def test_a_day_shows_what_everybody_saw_then(client, two_rounds):
    before, spring = two_rounds
    shift = timedelta(days=40)
    with pgtrigger.ignore("engagement.Publication:withdrawn_only_under_embargo"):
        for each in Publication.objects.filter(round=before):
            each.published_at -= shift
            each.save(update_fields=["published_at"])
    between = timezone.localdate(Publication.objects.get(round=spring).published_at) - shift / 2

    html = page(client, as_at=between.isoformat())

    assert "Autumn 2025 round" in text_of(html)
    assert "Spring 2026" not in html
    assert "As everybody saw it at the end of" in html
    assert f"as_at={between}" in html.split("Take the data")[1]
    long_ago = page(client, as_at="2020-01-01")
    assert "had been published by 1 January 2020" in text_of(long_ago)


@pytest.mark.parametrize("day", ["2999-01-01", "9999-12-31", "yesterday"])
def test_a_day_that_nobody_has_seen_is_refused(client, published, day):
    html = page(client, as_at=day)

    assert "There is a problem" in html
    assert "Spring 2026 round" in text_of(html)


def test_a_working_round_is_not_there_on_a_day_in_the_past(working, published):
    analyst = sight.sign_in(make.central())

    html = page(analyst, round=working.slug, as_at="2020-01-01")

    assert "Autumn 2026" not in html
