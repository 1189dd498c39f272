"""Pairs follow from parts, boards and memberships, day by day."""

from datetime import date
from typing import Any

import pytest

from authorities.actions.pairs import PairsReport, rebuild_pairs
from authorities.models import (
    AuditEvent,
    Coterminosity,
    CouncilMembership,
    CouncilRole,
    Drawing,
    Pair,
    PairOverlap,
    PartBoard,
)
from tests.factories.authorities import (
    JOINED,
    OPENING,
    AreaPartFactory,
    BoardFactory,
    CouncilFactory,
    CouncilMembershipFactory,
    PartBoardFactory,
    StrategicAuthorityFactory,
    between,
    since,
)
from tests.factories.thresholds import threshold_from

pytestmark = pytest.mark.django_db

CHANGE = date(2026, 4, 1)


def rebuild() -> PairsReport:
    return rebuild_pairs(by=None, at=JOINED)


def place(*, people: int, authority: Any = None, board: Any, **membership: Any) -> Any:
    """A council that is one part, in a board and perhaps in an authority."""
    council = CouncilFactory()
    part = AreaPartFactory(council=council, population=people)
    PartBoardFactory(part=part, board=board)
    if authority is not None:
        CouncilMembershipFactory(authority=authority, council=council, **membership)
    return part


def test_shares_are_of_all_people_of_each_side() -> None:
    authority, inside, beside = StrategicAuthorityFactory(), BoardFactory(), BoardFactory()
    place(people=300, authority=authority, board=inside)
    place(people=100, authority=authority, board=beside)
    place(people=300, board=beside)

    report = rebuild()

    shares = {
        row.pair.board_id: (row.population, row.share_of_authority, row.share_of_board)
        for row in PairOverlap.objects.select_related("pair")
    }
    assert shares == {inside.pk: (300, 0.75, 1.0), beside.pk: (100, 0.25, 0.25)}
    assert (report.created, report.overlaps) == (2, 2)


def test_a_part_that_changes_its_board_begins_a_new_stretch_for_all_it_touches() -> None:
    authority, old, new = StrategicAuthorityFactory(), BoardFactory(), BoardFactory()
    moving = place(people=100, authority=authority, board=old)
    place(people=100, authority=authority, board=old)
    PartBoard.objects.filter(part=moving).update(valid=between(OPENING, CHANGE))
    PartBoardFactory(part=moving, board=new, valid=since(CHANGE))

    rebuild()

    stretches = {
        (row.pair.board_id, row.valid.lower, row.valid.upper, row.share_of_authority)
        for row in PairOverlap.objects.select_related("pair")
    }
    assert stretches == {
        (old.pk, OPENING, CHANGE, 1.0),
        (old.pk, CHANGE, None, 0.5),
        (new.pk, CHANGE, None, 0.5),
    }


def test_days_on_which_only_others_change_are_one_stretch() -> None:
    place(people=100, authority=StrategicAuthorityFactory(), board=BoardFactory())
    place(
        people=100,
        authority=StrategicAuthorityFactory(),
        board=BoardFactory(),
        valid=since(CHANGE),
    )

    rebuild()

    assert sorted((row.valid.lower, row.valid.upper) for row in PairOverlap.objects.all()) == [
        (OPENING, None),
        (CHANGE, None),
    ]


def test_a_little_overlap_is_a_sliver_without_a_class(settings: Any) -> None:
    authority, main, edge = StrategicAuthorityFactory(), BoardFactory(), BoardFactory()
    place(people=981, authority=authority, board=main)
    place(people=19, authority=authority, board=edge)

    rebuild()

    rows = {row.pair.board_id: row for row in PairOverlap.objects.select_related("pair")}
    assert (rows[edge.pk].sliver, rows[edge.pk].coterminosity) == (True, None)
    assert (rows[main.pk].sliver, rows[main.pk].coterminosity) == (
        False,
        Coterminosity.AUTHORITY_WITHIN_ONE_BOARD,
    )


def test_the_threshold_of_slivers_is_the_one_of_the_day() -> None:
    threshold_from(day=OPENING, share="0.3")
    authority, main, edge = StrategicAuthorityFactory(), BoardFactory(), BoardFactory()
    place(people=75, authority=authority, board=main)
    place(people=25, authority=authority, board=edge)

    rebuild()

    assert PairOverlap.objects.get(sliver=True).pair.board_id == edge.pk


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (0.98, Coterminosity.COTERMINOUS),
        (0.999, Coterminosity.AUTHORITY_WITHIN_ONE_BOARD),
    ],
)
def test_the_share_from_which_an_area_is_whole_is_a_setting(
    settings: Any, whole: float, expected: Coterminosity
) -> None:
    settings.COTERMINOSITY_WHOLE_SHARE = whole
    authority, board = StrategicAuthorityFactory(), BoardFactory()
    place(people=985, authority=authority, board=board)
    place(people=15, board=board)

    rebuild()

    assert PairOverlap.objects.get().coterminosity == expected


def test_a_plan_does_not_change_the_class_of_what_exists() -> None:
    board = BoardFactory()
    existing, planned = StrategicAuthorityFactory(), StrategicAuthorityFactory()
    place(people=500, authority=existing, board=board)
    place(people=500, authority=planned, board=board, planned=True)

    rebuild()

    classes = {
        row.pair.authority_id: (row.planned, row.coterminosity)
        for row in PairOverlap.objects.select_related("pair")
    }
    assert classes == {
        existing.pk: (False, Coterminosity.AUTHORITY_WITHIN_ONE_BOARD),
        planned.pk: (True, Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES),
    }


def test_members_that_are_not_constituent_bring_nobody() -> None:
    place(
        people=100,
        authority=StrategicAuthorityFactory(),
        board=BoardFactory(),
        role=CouncilRole.NON_CONSTITUENT,
    )

    rebuild()

    assert not Pair.objects.exists()


def test_a_second_rebuild_writes_nothing() -> None:
    place(people=100, authority=StrategicAuthorityFactory(), board=BoardFactory())
    rebuild()
    Drawing.objects.create(subject="x", valid=since(), content={}, made_at=JOINED)
    before = set(PairOverlap.objects.values_list("pk", flat=True))
    rows_of_audit = AuditEvent.objects.count()

    report = rebuild()

    assert (report.created, report.changed, report.unchanged) == (0, 0, 1)
    assert set(PairOverlap.objects.values_list("pk", flat=True)) == before
    assert AuditEvent.objects.count() == rows_of_audit
    assert Drawing.objects.exists()


def test_a_pair_that_shares_nobody_any_more_keeps_its_row_without_overlaps() -> None:
    place(people=100, authority=StrategicAuthorityFactory(), board=BoardFactory())
    rebuild()
    pair = Pair.objects.get()
    Drawing.objects.create(subject="x", valid=since(), content={}, made_at=JOINED)
    CouncilMembership.objects.all().delete()

    report = rebuild()

    assert Pair.objects.get() == pair
    assert not PairOverlap.objects.exists()
    assert report.changed == 1
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.target_id) == ("pair.overlap_changed", str(pair.pk))
    assert not Drawing.objects.exists()


def test_nothing_to_pair_is_no_error() -> None:
    assert rebuild() == PairsReport(created=0, changed=0, unchanged=0, overlaps=0)
