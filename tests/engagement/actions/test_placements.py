"""Placements: computed from confirmed views only, and movement against what was published."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from authorities.models import PairOverlap
from duty.models import Round, RoundState
from engagement import content as contents
from engagement.actions import own_views, placements
from engagement.models import Placement, PublishedPlacement
from tests.factories import engagement as make
from tests.factories.authorities import BoardFactory, PairFactory, SuccessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]


def place(pair, round, sa=None, icb=None) -> Placement:
    for side, level in (("sa", sa), ("icb", icb)):
        if level:
            make.confirmed(pair=pair, round=round, side=side, level=level)
    placements.recompute(pair=pair, round=round, at=make.NOW)
    return Placement.objects.get(round=round, pair=pair)


@pytest.mark.parametrize(
    ("sa", "icb", "group", "gap", "less"),
    [
        ("high", "high", "green", 0, None),
        ("high", "low", "pink", 2, "icb"),
        ("partial", "high", "amber", 1, "sa"),
        ("low", "low", "red", 0, None),
    ],
)
def test_both_confirmed_views_make_a_place(pair, round, sa, icb, group, gap, less):
    placement = place(pair, round, sa, icb)

    assert (placement.authority_level, placement.board_level) == (sa, icb)
    assert (placement.group, placement.gap, placement.less_engaged) == (group, gap, less)
    assert (placement.basis, placement.movement) == ("own_views", "first")


def test_a_pair_without_views_is_not_assessed_and_never_low(pair, round):
    placement = place(pair, round)

    content = contents.from_json(stored=placement.content)
    assert (placement.authority_level, placement.board_level, placement.group) == (None,) * 3
    assert contents.not_assessed_reasons(content=content) == (
        "no view from the authority",
        "no view from the ICB",
    )


def test_one_side_alone_keeps_its_level_and_makes_no_place(pair, round):
    placement = place(pair, round, sa="high")

    assert (placement.authority_level, placement.board_level) == ("high", None)
    assert (placement.group, placement.gap, placement.less_engaged) == (None, None, None)


def test_a_draft_says_nothing(pair, round):
    make.draft(pair=pair, round=round, side="icb", level="low")

    placement = place(pair, round, sa="high")

    content = contents.from_json(stored=placement.content)
    assert placement.board_level is None
    assert content.board_side.statements == ()


def test_the_content_holds_words_evidence_shares_and_versions(pair, round):
    placement = place(pair, round, "high", "low")

    content = contents.from_json(stored=placement.content)
    first = content.authority_side.statements[0]
    assert (first.code, first.core, first.level) == ("S1", True, "high")
    assert first.statement.startswith("Improving population health")
    assert first.evidence_url == "https://www.example.org/s1"
    assert "7 of 7 themes high" in content.authority_side.explanation
    assert (content.overlap.share_of_authority, content.overlap.share_of_board) == (1.0, 0.9)
    assert (content.overlap.population, content.overlap.source) == (1_390_381, "ONS")
    assert content.overlap.as_at == "2026-09-30"
    assert (content.rubric_version, content.group_map_version) == (1, 1)


def test_computing_again_changes_nothing(pair, round):
    first = place(pair, round, "high", "low")

    changed = placements.recompute(pair=pair, round=round, at=make.NOW + timedelta(days=1))

    assert changed == 0
    assert Placement.objects.get().computed_at == first.computed_at


def test_reopening_takes_the_level_away_again(pair, round):
    view = make.confirmed(pair=pair, round=round, side="sa", level="high")
    place(pair, round, icb="high")

    own_views.reopen(
        view=view,
        reason="A fault.",
        expected_version=view.version,
        by=view.confirmed_by,
        at=make.NOW,
    )
    changed = placements.recompute(pair=pair, round=round, at=make.NOW)

    assert changed == 1
    assert Placement.objects.get().group is None


def test_a_changed_share_changes_the_placement(pair, round):
    place(pair, round, "high", "high")
    PairOverlap.objects.update(share_of_board=0.5)

    changed = placements.recompute(pair=pair, round=round, at=make.NOW)

    content = contents.from_json(stored=Placement.objects.get().content)
    assert (changed, content.overlap.share_of_board) == (1, 0.5)


def test_a_pair_that_left_the_round_loses_its_working_placement(pair, round):
    place(pair, round, "high", "high")
    PairOverlap.objects.update(sliver=True, coterminosity=None)

    changed = placements.recompute(pair=pair, round=round, at=make.NOW)

    assert (changed, Placement.objects.count()) == (1, 0)


def test_a_round_has_a_row_for_each_expected_pair_only(pair, other_pair, round):
    PairFactory(overlap__sliver=True)
    PairFactory(overlap__planned=True)

    changed = placements.recompute_round(round=round, at=make.NOW)

    assert changed == 2
    assert {p.pair_id for p in Placement.objects.all()} == {pair.pk, other_pair.pk}


@pytest.mark.parametrize("state", ["draft", "scheduled", "published"])
def test_rounds_that_are_not_worked_on_are_left_alone(pair, round, state):
    Round.objects.update(state=state)

    changed = placements.recompute_round(round=round, at=make.NOW)

    assert (changed, Placement.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("before", "now", "movement"),
    [
        (("partial", "low"), ("high", "low"), "improved"),
        (("high", "high"), ("high", "partial"), "declined"),
        (("high", "low"), ("partial", "partial"), "mixed"),
        (("high", "low"), ("high", "low"), "no_change"),
        ((None, "low"), ("high", "low"), "not_assessed"),
    ],
)
def test_movement_is_against_the_latest_published_placement(pair, round, before, now, movement):
    make.publish(round=make.earlier_round(), levels={pair: before})

    placement = place(pair, round, *now)

    content = contents.from_json(stored=placement.content)
    assert placement.movement == movement
    assert content.earlier.round_name == "Spring 2026"
    assert (content.earlier.authority_level, content.earlier.board_level) == before


def test_a_working_placement_of_an_earlier_round_is_no_measure(pair, round):
    earlier = make.earlier_round(state=RoundState.OPEN)
    place(pair, earlier, "low", "low")

    placement = place(pair, round, "high", "high")

    assert placement.movement == "first"


def test_a_body_that_took_over_another_restates_the_pair(pair, round):
    make.publish(round=make.earlier_round(), levels={pair: ("low", "low")})
    SuccessionFactory(successor=pair.board, on_date=date(2026, 8, 1))

    placement = place(pair, round, "high", "high")

    assert placement.movement == "restated"


def test_a_succession_before_the_published_round_restates_nothing(pair, round):
    SuccessionFactory(successor=pair.board, on_date=date(2026, 4, 1))
    make.publish(round=make.earlier_round(), levels={pair: ("low", "low")})

    placement = place(pair, round, "high", "high")

    assert placement.movement == "improved"


def test_a_pair_that_succeeds_a_published_one_is_restated(pair, round):
    make.publish(round=make.earlier_round(), levels={pair: ("low", "low")})
    successor = PairFactory(authority=pair.authority, board=BoardFactory())
    SuccessionFactory(predecessor=pair.board, successor=successor.board, on_date=date(2026, 8, 1))

    placement = place(successor, round, "high", "high")

    assert placement.movement == "restated"


def test_published_placements_are_never_touched(pair, round):
    make.publish(round=make.earlier_round(), levels={pair: ("low", "low")})
    published = PublishedPlacement.objects.values().get()
    PairOverlap.objects.update(share_of_board=0.5)

    for each in Round.objects.all():
        placements.recompute_round(round=each, at=make.NOW)

    assert PublishedPlacement.objects.values().get() == published


def test_the_database_holds_one_placement_a_pair_and_round(pair, round):
    placement = place(pair, round)

    with pytest.raises(IntegrityError, match="placement_once"), transaction.atomic():
        Placement.objects.create(
            round=round,
            pair=pair,
            movement="first",
            basis="own_views",
            content=placement.content,
            input_hash="0" * 64,
            method_version=1,
            computed_at=make.NOW,
        )


@pytest.mark.parametrize(
    "fields", [{"group": "green"}, {"gap": 1}, {"less_engaged": "sa"}, {"authority_level": "high"}]
)
def test_the_database_refuses_half_a_place(pair, round, fields):
    placed = {"board_level": "high"} if "authority_level" in fields else {}
    place(pair, round)

    with (
        pytest.raises(IntegrityError, match="placement_in_a_cell_or_not_assessed"),
        transaction.atomic(),
    ):
        Placement.objects.update(**fields, **placed)
