"""Movement between any two pictures, and what a reorganisation between them makes of it."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from authorities.models import (
    Origin,
    Reorganisation,
    ReorganisationBody,
    ReorganisationState,
)
from engagement.picture import PictureRow
from engagement.picture_comparison import Reorganised, moved_between
from engagement.queries.national import reorganised_between
from tests.factories.authorities import (
    BoardFactory,
    StrategicAuthorityFactory,
    SuccessionFactory,
)

NOTHING = Reorganised()
LEVELS = st.sampled_from(["high", "partial", "low", None])


def row(authority="north", board="mid", levels=("high", "high")) -> PictureRow:
    return PictureRow(
        pair=f"{authority}/{board}",
        name=f"{authority} with {board}",
        authority_slug=authority,
        authority_name=authority,
        authority_code=None,
        board_slug=board,
        board_name=board,
        board_ons_code=None,
        board_ods_code=None,
        tier="mayoral",
        nhs_region_slug="",
        nhs_region_name="",
        authority_level=levels[0],
        board_level=levels[1],
        group="green" if None not in levels else None,
        gap=None,
        less_engaged=None,
        movement="first",
        earlier_authority_level=None,
        earlier_board_level=None,
        earlier_round=None,
        basis="own_views",
        population=1,
        population_year=2024,
        share_of_authority=1.0,
        share_of_board=1.0,
        coterminosity="coterminous",
        warnings=(),
        not_assessed=(),
    )


def moved(*, now, then, reorganised=NOTHING, comparable=True) -> PictureRow:
    (found,) = moved_between(
        now=[now],
        then=then,
        then_name="Spring",
        reorganised=reorganised,
        comparable=comparable,
    )
    return found


def plain_movement(before, after) -> str:
    """The movement of a pair by counting steps up and down, as the table of section 8 says it."""
    if None in before or None in after:
        return "not_assessed"
    order = ["low", "partial", "high"]
    steps = [order.index(b) - order.index(a) for a, b in zip(before, after, strict=True)]
    up, down = any(step > 0 for step in steps), any(step < 0 for step in steps)
    return {
        (True, True): "mixed",
        (True, False): "improved",
        (False, True): "declined",
        (False, False): "no_change",
    }[up, down]


@given(before=st.tuples(LEVELS, LEVELS), after=st.tuples(LEVELS, LEVELS))
def test_movement_is_what_a_plainer_count_of_steps_gives(before, after):
    found = moved(now=row(levels=after), then=[row(levels=before)])

    assert found.movement == plain_movement(before, after)
    assert (found.earlier_authority_level, found.earlier_board_level) == before
    assert found.earlier_round == "Spring"


def test_a_pair_that_was_not_there_is_first_and_keeps_no_earlier_level():
    found = moved(now=row(), then=[row(authority="south")])

    assert (found.movement, found.earlier_round) == ("first", None)


def test_levels_of_another_rubric_are_not_comparable():
    found = moved(now=row(), then=[row(levels=("low", "low"))], comparable=False)

    assert found.movement == "not_comparable"


@pytest.mark.parametrize("side", ["authorities", "boards"])
def test_a_body_that_changed_between_makes_its_pairs_restated(side):
    slug = "north" if side == "authorities" else "mid"
    changed = Reorganised(**{side: frozenset([slug])})

    found = moved(now=row(), then=[row(levels=("low", "low"))], reorganised=changed)

    assert found.movement == "restated"


def test_a_pair_whose_people_came_from_another_is_held_against_it_and_restated():
    merged = Reorganised(boards_before={"mid": ("mid", "east", "west")})

    found = moved(
        now=row(), then=[row(board="west", levels=("low", "partial"))], reorganised=merged
    )

    assert found.movement == "restated"
    assert (found.earlier_authority_level, found.earlier_board_level) == ("low", "partial")


@pytest.mark.django_db
def test_what_happened_to_bodies_between_two_days():
    older, old, new = (BoardFactory(slug=name) for name in ("older", "old", "new"))
    untouched = StrategicAuthorityFactory(slug="untouched")
    grown = StrategicAuthorityFactory(slug="grown")
    SuccessionFactory(predecessor=older, successor=old, on_date=date(2025, 4, 1))
    SuccessionFactory(predecessor=old, successor=new, on_date=date(2026, 4, 1))
    for state in (ReorganisationState.APPLIED, ReorganisationState.INCOMPLETE):
        change = Reorganisation.objects.create(
            title="A council joins",
            origin=Origin.REGISTER,
            state=state,
            effective_date=date(2026, 5, 1),
            source="tests",
            proposed_at=timezone.now(),
            applied_at=timezone.now() if state == ReorganisationState.APPLIED else None,
        )
        body = grown if state == ReorganisationState.APPLIED else untouched
        ReorganisationBody.objects.create(
            reorganisation=change, kind=body.kind, slug=body.slug, pending=False
        )

    found = reorganised_between(after=date(2025, 12, 31), until=date(2026, 6, 30))
    before = reorganised_between(after=date(2026, 6, 30), until=date(2026, 12, 31))

    assert found.boards == {"old", "new"}
    assert found.authorities == {"grown"}
    assert found.boards_before["new"] == ("new", "old", "older")
    assert (before.boards, before.authorities) == (frozenset(), frozenset())
