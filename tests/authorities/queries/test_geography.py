"""One geography of a day, on the real register."""

from datetime import date

import pytest

from authorities import queries
from authorities.actions.directory import LoadReport
from authorities.models import BoundarySet, Coterminosity
from tests.factories.authorities import since

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 11, 23)


def test_englands_coterminous_pairs_are_three_today_and_two_more_once_established(
    register_loaded: LoadReport,
) -> None:
    found = queries.geography_of(as_at=TODAY)

    coterminous = {
        (pair.authority_slug, pair.planned)
        for pair in found.pairs
        if pair.coterminosity == Coterminosity.COTERMINOUS
    }
    assert coterminous == {
        ("greater-manchester", False),
        ("south-yorkshire", False),
        ("hampshire-and-the-solent", False),
        ("greater-essex", True),
        ("norfolk-and-suffolk", True),
    }


@pytest.mark.parametrize(
    ("day", "boards", "gaps"), [(date(2026, 3, 31), 42, 24), (date(2026, 4, 1), 36, 20)]
)
def test_people_in_pairs_and_in_gaps_are_all_people_of_england(
    register_loaded: LoadReport, day: date, boards: int, gaps: int
) -> None:
    found = queries.geography_of(as_at=day)

    covered = sum(pair.population for pair in found.pairs if not pair.planned)
    uncovered = sum(gap.population for gap in found.gaps)
    assert (len(found.boards), len(found.gaps)) == (boards, gaps)
    assert covered + uncovered == found.population == sum(b.population for b in found.boards)


@pytest.mark.parametrize("day", [date(2026, 3, 31), TODAY, date(2028, 4, 1)])
def test_bodies_are_those_of_the_directories(register_loaded: LoadReport, day: date) -> None:
    found = queries.geography_of(as_at=day)

    assert found.authorities == queries.authority_directory(as_at=day)
    assert found.boards == queries.board_directory(as_at=day)
    # Neither side of the comparison is empty.
    assert any(authority.pairs for authority in found.authorities)
    assert any(board.pairs for board in found.boards)


def test_what_is_only_planned_covers_nobody_yet_and_is_said(register_loaded: LoadReport) -> None:
    found = queries.geography_of(as_at=TODAY)

    gaps = {gap.board.slug: gap for gap in found.gaps}
    assert (gaps["essex"].population, gaps["essex"].share) == (gaps["essex"].planned, 1)
    assert gaps["cornwall-and-the-isles-of-scilly"].planned == 575_532
    assert gaps["kent-and-medway"].planned == 0
    assert "greater-manchester" not in gaps


def test_a_day_before_the_register_has_nothing_and_says_when_it_begins(
    register_loaded: LoadReport,
) -> None:
    found = queries.geography_of(as_at=date(2020, 1, 1))

    assert (found.pairs, found.boards, found.gaps) == ((), (), ())
    assert found.first_day == date(2022, 7, 1)
    assert found.changed_at is not None


@pytest.mark.django_db
def test_boundary_sets_come_in_the_order_in_which_they_are_chosen() -> None:
    for name, first, approximate in (
        ("old", date(2020, 1, 1), False),
        ("rough", date(2026, 1, 1), True),
        ("new", date(2025, 1, 1), False),
        ("new, corrected", date(2025, 1, 1), False),
    ):
        BoundarySet.objects.create(
            name=name, valid=since(first), approximate=approximate, source="s", licence="l"
        )

    names = [one.name for one in queries.boundary_sets()]

    assert names == ["new, corrected", "new", "old", "rough"]
