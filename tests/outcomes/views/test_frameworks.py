"""Frameworks to read: agreed ones by everybody, drafts by their owners alone."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Role
from outcomes.actions import framework_targets as targets
from outcomes.actions import frameworks
from outcomes.framework_rules import Wanted
from outcomes.models import FrameworkPartner
from tests.factories import outcomes as make
from tests.factories.authorities import PairFactory
from tests.factories.frameworks_in_force import indicator_of, measure_of
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import (
    address,
    agreed,
    member,
    of_the_centre,
    place_in,
    proposed,
    value_of,
    whole_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    return Parties()


def pages_of(version):
    """Return the addresses that read a version."""
    return [
        address("framework-version", version),
        address("framework-csv", version),
        address("framework-differences", version, version.number),
    ]


@pytest.mark.parametrize("made", [whole_draft, proposed])
def test_what_is_not_agreed_is_there_for_its_owners_alone(parties, made):
    version = made(parties)
    owners = [member(parties.pair.authority, Role.EDITOR), member(parties.pair.board)]
    others = [Client(), of_the_centre(), member(PairFactory().authority)]

    for page in pages_of(version):
        assert [one.get(page).status_code for one in owners] == [200, 200]
        assert [one.get(page).status_code for one in others] == [404, 404, 404]


def test_what_is_agreed_is_for_everybody(parties, client):
    version = agreed(parties)

    assert [client.get(page).status_code for page in pages_of(version)] == [200, 200, 200]


def test_a_draft_after_an_agreed_version_shows_nothing_of_itself(parties, client):
    version = agreed(parties)
    frameworks.propose_change(
        version=version,
        reason="A secret reason",
        acting=parties.board,
        by=parties.person,
        at=make.NOW,
    )
    page = address("framework-version", version)

    public = client.get(page).content.decode()
    own = member(parties.pair.board).get(page).content.decode()

    assert "A secret reason" not in public
    assert "Version 2" not in public
    assert "A secret reason" in own
    assert "Version 2 is draft" in own


def test_the_page_says_baseline_target_owners_and_signatures(parties, client):
    version = agreed(parties)

    page = client.get(address("framework-version", version)).content.decode()

    assert "60.0 years in 2019-21" in page
    assert "Reach 62.0 years in 2028-30" in page
    assert "Director of population health" in page
    assert page.count("Signed on") == 2
    assert 'aria-label="The theory of change as a diagram' in page
    assert "As a list: what leads to what" in page


def test_a_draft_says_what_is_missing(parties):
    draft = parties.start()

    page = member(parties.pair.authority).get(address("framework-version", draft))

    url = address("framework-item-add", draft, "outcome")
    asked = f'<a class="govuk-link" href="{url}">Add at least one outcome with an indicator.</a>'
    assert asked in page.content.decode()


def test_each_line_of_what_is_missing_leads_to_its_field(parties):
    draft = parties.start()
    outcome = parties.add(draft, "outcome", "People live well")
    place = indicator_of(
        draft,
        item=outcome,
        authority_owner="",
        no_baseline_reason="",
        no_target_reason="",
        determinant=make.DomainFactory(),
    )
    count = measure_of(draft, targets=())
    client = member(parties.pair.authority)

    pages = [
        client.get(address(name, draft)).content.decode()
        for name in ("framework-version", "framework-edit", "framework-propose")
    ]

    for name, key, words in (
        ("framework-indicator-baseline", place.lineage, "choose a baseline"),
        ("framework-indicator-target", place.lineage, "set a target"),
        ("framework-indicator-owners", place.lineage, "name the role that owns it at the auth"),
        ("framework-indicator-standing", place.lineage, "say what the authority’s own role is"),
        ("framework-count-targets", count.lineage, "enter a target for at least one period"),
    ):
        line = re.compile(f'href="{address(name, draft, key)}">[^<]*{words}')
        assert [bool(line.search(page)) for page in pages] == [True] * 3, name


def test_a_list_of_a_body_shows_drafts_to_its_own_people_only(parties, client):
    draft = whole_draft(parties)
    authority, board = parties.pair.authority, parties.pair.board
    lists = [
        reverse("outcomes:authority-frameworks", args=[authority.slug]),
        reverse("outcomes:board-frameworks", args=[board.slug]),
        reverse("outcomes:framework-list"),
    ]

    for page in lists:
        assert draft.framework.name in member(board).get(page).content.decode()
        assert draft.framework.name not in client.get(page).content.decode()
        assert draft.framework.name not in of_the_centre().get(page).content.decode()


def test_the_address_of_a_pair_leads_to_the_version_in_force(parties, client):
    version = agreed(parties)
    page = reverse(
        "outcomes:pair-framework", args=[parties.pair.authority.slug, parties.pair.board.slug]
    )

    assert client.get(page)["Location"] == address("framework-version", version)
    assert client.get(reverse("outcomes:framework", args=[version.framework_id]))[
        "Location"
    ] == address("framework-version", version)


def test_the_address_of_a_pair_says_nothing_of_a_draft_to_others(parties, client):
    draft = whole_draft(parties)
    page = reverse(
        "outcomes:pair-framework", args=[parties.pair.authority.slug, parties.pair.board.slug]
    )

    answer = client.get(page)

    assert (answer.status_code, "no agreed outcomes framework" in answer.content.decode()) == (
        200,
        True,
    )
    assert member(parties.pair.board).get(page)["Location"] == address("framework-version", draft)
    assert client.get(reverse("outcomes:framework", args=[draft.framework_id])).status_code == 404


def test_two_versions_stand_side_by_side(parties, client):
    version = agreed(parties)
    draft = frameworks.propose_change(
        version=version, reason="More.", acting=parties.board, by=parties.person, at=make.NOW
    )
    parties.add(draft, "output", "Warm homes")
    page = member(parties.pair.board).get(address("framework-differences", version, 2))

    assert "Added: Output: Warm homes" in page.content.decode()
    assert client.get(address("framework-differences", version, 2)).status_code == 404


def test_the_file_holds_baseline_and_target(parties, client):
    version = agreed(parties)

    text = client.get(address("framework-csv", version)).content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["what"], row["period"], row["value"]) for row in rows] == [
        ("baseline", "2019 - 21", "60"),
        ("reach", "2028 - 30", "62"),
    ]
    assert rows[0]["icb_owner"] == "Director of population health"


def test_the_page_names_no_person(parties, client):
    version = agreed(parties)

    page = client.get(address("framework-version", version)).content.decode()

    assert parties.person.full_name not in page
    assert parties.person.email not in page


def test_a_successor_that_has_not_spoken_is_said(parties, client):
    version = agreed(parties)
    before = FrameworkPartner.objects.get()
    FrameworkPartner.objects.filter(pk=before.pk).update(ended_on=make.NOW.date())
    heir = PairFactory(authority=parties.pair.authority)
    FrameworkPartner.objects.create(
        framework=version.framework, pair=heir, came_from=before, needs_reconfirmation=True
    )

    page = client.get(address("framework-version", version)).content.decode()

    assert "took over from an owner that merged" in page
    assert "No owner any more" in page


def test_an_indicator_links_to_its_progress_once_it_is_in_force_before_to_its_figures(parties):
    draft = whole_draft(parties)
    place = place_in(draft)
    client = member(parties.pair.board)
    before = client.get(address("framework-version", draft)).content.decode()
    version = agreed(Parties())

    after = client.get(address("framework-version", version)).content.decode()

    code = place.area.codes.get().value
    figures = reverse("outcomes:indicator-area", args=[place.indicator.code, code])
    way = reverse("progress:indicator", args=[version.framework_id, place_in(version).lineage])
    assert f'href="{figures}"' in before
    assert f'href="{way}"' in after


def test_why_a_target_changed_stands_beside_what_differs(parties, client):
    version = agreed(parties)
    place = place_in(version)
    value_of(place.indicator, place.area, first=2022)
    draft = frameworks.propose_change(
        version=version,
        reason="Figures came.",
        acting=parties.authority,
        by=parties.person,
        at=make.NOW,
    )
    targets.set_target(
        edit=parties.edit(draft),
        lineage=place.lineage,
        wanted=Wanted(kind="reach", amount=63.0, period="2028 - 30"),
        reason="It was too easy.",
    )

    page = (
        member(parties.pair.board)
        .get(address("framework-differences", version, draft.number))
        .content.decode()
    )

    assert "Reach 63.0 years in 2028-30" in page
    assert "Why the target changed: “It was too easy.”" in page
    assert "Thing by thing" not in page
