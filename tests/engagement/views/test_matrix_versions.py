"""Pages of a round show the words and looks of the matrix that it froze, whatever came later."""

import csv
import io
import uuid
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from engagement import map_content
from engagement.actions import national, placements
from engagement.actions import reading_drafts as actions
from engagement.map_content import LevelLabels
from engagement.models import NationalPicture
from tests.factories import engagement as make

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().split())


def approve_other_words():
    """Approve a matrix whose levels, group and look are called and drawn otherwise."""
    analyst, lead = make.central(Role.ANALYST), make.central(Role.LEAD_ANALYST)

    def change(content):
        group = replace(content.group("green"), name="Pioneers", look="teal", note="Show the way")
        changed = map_content.put_group(content=content, group=group, instead_of="green")
        labels = LevelLabels(high="Strong", partial="Growing", low="Early", not_assessed="No view")
        return replace(changed, labels=labels)

    draft = actions.begin(
        kind="matrix", reason="Plain words.", form_key=uuid.uuid4(), by=analyst, at=make.NOW
    )
    draft = actions.edit(
        draft_id=draft.pk, expected_revision=1, change=change, by=analyst, at=make.NOW
    )
    actions.propose(draft_id=draft.pk, expected_revision=2, by=analyst, at=make.NOW)
    actions.approve(draft_id=draft.pk, expected_revision=3, by=lead, at=make.NOW)


@pytest.fixture
def two_rounds(pair):
    """A round that was published with the first matrix, and one with another."""
    first = make.earlier_round()
    make.publish(round=first, levels={pair: ("high", "high")})
    approve_other_words()
    later = make.earlier_round(
        slug="summer-2026", name="Summer 2026", covers_to=make.date(2026, 7, 31)
    )
    make.publish(round=later, levels={pair: ("high", "high")})
    for round_ in (first, later):
        national.refresh(round=round_, at=timezone.now())
    return first, later


def page(client, name, round_, *args):
    return words(client.get(f"{reverse(name, args=args)}?round={round_.slug}"))


def test_the_national_page_says_each_round_in_its_own_words(client, two_rounds):
    was, is_now = (page(client, "engagement:national", one) for one in two_rounds)

    assert "Ambassadors" in was
    assert "ICB high" in was
    assert "Pioneers" not in was
    assert "Pioneers" in is_now
    assert "Show the way" in is_now
    assert "ICB strong" in is_now
    assert "Authority early" in is_now
    assert 'fill="url(#p-teal)"' in is_now
    assert "Ambassadors" not in is_now
    assert '<option value="green">Pioneers' in is_now
    assert '<option value="not-assessed">No view' in is_now


def test_the_page_of_a_pair_says_each_round_in_its_own_words(client, two_rounds, pair):
    slugs = [pair.authority.slug, pair.board.slug]

    was, is_now = (page(client, "engagement:pair", one, *slugs) for one in two_rounds)

    assert ">High</span>" in was
    assert ">Strong</span>" in is_now
    assert "Of 7 themes: 7 strong, 0 growing, 0 early" in is_now
    # The way over rounds tells each stop as it was.
    for shown in (was, is_now):
        assert "Authority high, ICB high" in shown
        assert "Authority strong, ICB strong" in shown


def test_files_say_each_line_in_the_words_of_its_round(client, two_rounds, pair):
    slugs = [pair.authority.slug, pair.board.slug]

    text = client.get(reverse("engagement:pair-placements", args=slugs)).content.decode()

    rows = list(csv.DictReader(io.StringIO(text)))
    said = [
        (row["authority_level_code"], row["authority_level"], row["support_group"]) for row in rows
    ]
    assert said == [("high", "High", "Ambassadors"), ("high", "Strong", "Pioneers")]


def test_a_revision_is_said_in_its_own_words(client, two_rounds):
    was, is_now = (
        words(client.get(reverse("publications:revision", args=[one.slug, 1])))
        for one in two_rounds
    )

    assert "Ambassadors" in was
    assert "Pioneers" not in was
    assert "Pioneers" in is_now
    assert ">Strong</span>" in is_now


def test_an_own_view_is_confirmed_in_the_words_of_its_round(client, pair):
    approve_other_words()
    round_ = make.RoundFactory(
        opens_on=timezone.localdate(),
        due_on=timezone.localdate() + make.timedelta(days=30),
        edits_until=timezone.localdate() + make.timedelta(days=40),
    )
    make.draft(pair=pair, round=round_, side="sa", level="high")
    client.force_login(make.member(pair.authority, Role.SIGNATORY))

    shown = words(
        client.get(
            reverse("engagement:own-view-check", args=[pair.authority.slug, pair.board.slug])
        )
    )

    assert ">Strong</span>" in shown
    assert "Growing" in shown


def test_a_picture_of_before_looks_is_drawn_with_the_first(client, pair):
    first = make.earlier_round()
    make.publish(round=first, levels={pair: ("high", "high")})
    national.refresh(round=first, at=timezone.now())
    stored = NationalPicture.objects.get(round=first)
    del stored.content["labels"]
    for group in stored.content["groups"]:
        del group["look"], group["note"]
    stored.save()

    shown = page(client, "engagement:national", first)

    assert 'fill="url(#p-green)"' in shown
    assert "ICB high" in shown


def test_levels_over_a_bridge_move_and_without_one_do_not_compare(pair):
    first = make.earlier_round()
    make.publish(round=first, levels={pair: ("partial", "high")})
    analyst, lead = make.central(Role.ANALYST), make.central(Role.LEAD_ANALYST)
    found = []
    for number, kept in ((2, True), (3, False)):
        draft = actions.begin(
            kind="rubric", reason="Again.", form_key=uuid.uuid4(), by=analyst, at=make.NOW
        )
        actions.propose(draft_id=draft.pk, expected_revision=1, by=analyst, at=make.NOW)
        actions.approve(
            draft_id=draft.pk,
            expected_revision=2,
            meaning=actions.Meaning(kept=kept, reason="So."),
            by=lead,
            at=make.NOW,
        )
        later = make.RoundFactory(slug=f"later-{number}", name=f"Later {number}")
        for side in ("sa", "icb"):
            make.confirmed(pair=pair, round=later, side=side, level="high")
        placements.recompute(pair=pair, round=later, at=make.NOW)
        found.append(later.placements.get().movement)

    assert found == ["improved", "not_comparable"]
