"""What is on record of a body over time, and the day that its page shows."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from authorities import queries
from authorities.models import (
    Body,
    CouncilRole,
    DevolvedFunction,
    IntegratedCareBoard,
    SeatKind,
    StrategicAuthority,
)
from authorities.timeline import timeline
from tests.factories.authorities import (
    OPENING,
    AreaPartFactory,
    BoardFactory,
    BodyCodeFactory,
    BodyGroupingFactory,
    BodyNameFactory,
    ClusterFactory,
    CouncilFactory,
    CouncilMembershipFactory,
    GovernanceSeatFactory,
    HeldFunctionFactory,
    NhsRegionFactory,
    PairFactory,
    PartBoardFactory,
    RecordedAgreementFactory,
    StrategicAuthorityFactory,
    SuccessionFactory,
    between,
    since,
)

pytestmark = pytest.mark.django_db

MERGER = date(2026, 4, 1)
TODAY = date(2026, 11, 23)


def told(body: Body, *, on: date = TODAY, parts: tuple[str, ...] = ()) -> list[str]:
    history = queries.body_history(body=body, as_at=on, parts=parts)
    return [entry.text for entry in timeline(spells=history.spells, events=history.events, on=on)]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (date(2020, 1, 1), OPENING),
        (OPENING, OPENING),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (MERGER, date(2026, 3, 31)),
        (TODAY, date(2026, 3, 31)),
    ],
)
def test_a_body_is_shown_on_a_day_of_its_life(asked: date, shown: date) -> None:
    board = BoardFactory(closed_on=MERGER)

    assert queries.day_to_show(body=board, asked=asked) == shown


@pytest.mark.parametrize("opened_on", [None, date(2027, 4, 1)])
def test_what_is_planned_is_shown_from_the_day_of_the_plan(opened_on: date | None) -> None:
    planned = StrategicAuthorityFactory(
        opened_on=opened_on, planned=True, name__valid=since(TODAY), name="Planned"
    )

    assert queries.day_to_show(body=planned, asked=date(2026, 1, 1)) == TODAY
    assert queries.day_to_show(body=planned, asked=date(2027, 1, 1)) == date(2027, 1, 1)


def test_a_board_tells_names_codes_groups_pairs_and_kin() -> None:
    board = BoardFactory(name="Old Board", name__valid=between(OPENING, MERGER), ods_code=False)
    board.codes.update(value="E54000042", valid=between(OPENING, MERGER))
    BodyCodeFactory(body=board, value="E54000068", valid=since(MERGER))
    BodyNameFactory(body=board, name="New Board", valid=since(MERGER))
    former = BoardFactory(name="Frimley", closed_on=MERGER)
    SuccessionFactory(predecessor=former, successor=board, population=176_660, share=0.2)
    BodyGroupingFactory(member=board, group=NhsRegionFactory(name="South"), valid=since())
    BodyGroupingFactory(member=board, group=ClusterFactory(name="Twins"), valid=since(MERGER))
    PairFactory(board=board, authority__name="Solent", overlap__valid=since(MERGER))
    PairFactory(board=board, overlap__sliver=True)

    assert told(board) == [
        "Took over 176,660 people from Frimley",
        "Name ‘Old Board’ ended; ‘New Board’ began",
        "ONS code E54000042 ended; E54000068 began",
        "Cluster Twins began",
        "Pair with Solent began",
        "Opened",
        "Name ‘Old Board’ began",
        "ONS code E54000042 began",
        "NHS region South began",
    ]


def test_a_predecessor_tells_where_its_people_went_and_will_go() -> None:
    board = BoardFactory(closed_on=MERGER, name="Frimley", ods_code=False, ons_code=False)
    SuccessionFactory(predecessor=board, successor__name="Thames", population=None)

    assert told(board)[:2] == ["Closed", "People went to Thames"]
    assert told(board, on=date(2026, 3, 31))[:2] == ["Closes", "People go to Thames"]
    [kin] = queries.body_history(body=board, as_at=TODAY).kin
    assert (kin.name, kin.before, kin.on_date) == ("Thames", False, MERGER)


def test_an_authority_tells_tiers_members_functions_seats_and_elections() -> None:
    authority = StrategicAuthorityFactory(
        first_mayoral_election=date(2024, 5, 2),
        next_mayoral_election=date(2028, 5, 4),
        ons_code=False,
        name="North",
    )
    CouncilMembershipFactory(authority=authority, council__name="Ashby")
    CouncilMembershipFactory(
        authority=authority, council__name="Barrow", role=CouncilRole.NON_CONSTITUENT
    )
    HeldFunctionFactory(authority=authority, valid=between(OPENING, MERGER))
    HeldFunctionFactory(authority=authority, function=DevolvedFunction.FIRE, valid=since(MERGER))
    GovernanceSeatFactory(
        authority=authority, board__name="Care", kind=SeatKind.JOINT_POST, holder="Adviser"
    )

    assert told(authority) == [
        "Next mayoral election",
        "Function transport ended; fire began",
        "First mayoral election",
        "Opened",
        "Name ‘North’ began",
        "Type combined authority began",
        "Tier mayoral began",
        "Council Ashby joined; Barrow (non-constituent) joined",
        "Function transport began",
        "Seat Joint post (Adviser, with Care) began",
    ]
    history = queries.body_history(body=authority, as_at=TODAY)
    assert [row.function for row in history.functions] == ["fire"]
    assert [(row.holder, row.other_name) for row in history.seats] == [("Adviser", "Care")]


def test_functions_and_seats_are_those_of_the_day() -> None:
    seat = GovernanceSeatFactory(valid=between(OPENING, MERGER))
    HeldFunctionFactory(authority=seat.authority, valid=between(OPENING, MERGER))

    before = queries.body_history(body=seat.authority, as_at=date(2026, 3, 31))
    after = queries.body_history(body=seat.authority, as_at=MERGER)
    of_board = queries.body_history(body=seat.board, as_at=date(2026, 3, 31))

    assert (len(before.functions), len(before.seats)) == (1, 1)
    assert (after.functions, after.seats) == ((), ())
    assert [row.other_slug for row in of_board.seats] == [seat.authority.slug]
    assert of_board.functions == ()


def test_agreements_of_the_day_name_the_other_side_where_there_is_one() -> None:
    made = RecordedAgreementFactory(
        authority__name="North",
        board__name="Care",
        url="https://a.example/",
        valid=between(OPENING, MERGER),
    )
    RecordedAgreementFactory(authority=made.authority, board=None, title="Older", valid=since())

    before = queries.body_history(body=made.authority, as_at=date(2026, 3, 31))
    after = queries.body_history(body=made.authority, as_at=MERGER)
    of_board = queries.body_history(body=made.board, as_at=date(2026, 3, 31))

    assert [(row.title, row.other_name, row.url) for row in before.agreements] == [
        ("Older", "", ""),
        ("Partnership agreement", "Care", "https://a.example/"),
    ]
    assert [row.title for row in after.agreements] == ["Older"]
    assert [row.other_name for row in of_board.agreements] == ["North"]


def test_a_timeline_tells_when_agreements_began_and_ended() -> None:
    made = RecordedAgreementFactory(
        board__name="Care", board__ods_code=False, board__ons_code=False, valid=since(MERGER)
    )
    RecordedAgreementFactory(authority=made.authority, board=None, title="Older")
    RecordedAgreementFactory(
        authority=made.authority, board=None, title="Short", valid=between(OPENING, MERGER)
    )

    lines = told(made.authority)

    assert "Agreement Short ended; Partnership agreement (with Care) began" in lines
    assert "Agreement Older began; Short began" in lines


def test_a_council_tells_its_authority_and_the_boards_of_its_parts() -> None:
    council = CouncilFactory(name="Essex", name__valid=since(OPENING - timedelta(days=900)))
    council.codes.all().delete()
    CouncilMembershipFactory(council=council, authority__name="Greater", planned=True)
    parts = [
        AreaPartFactory(council=council, key=f"E10000012:{number}", population=1000 * number)
        for number in (1, 2)
    ]
    for part in parts:
        PartBoardFactory(part=part, board=BoardFactory(name=f"Board {part.key[-1]}"))

    found = told(council, parts=tuple(part.key for part in parts))

    assert found == [
        "Membership of Greater (planned) began",
        (
            "Integrated care board Board 1 (part E10000012:1, 1,000 people) began; "
            "Board 2 (part E10000012:2, 2,000 people) began"
        ),
        "Name ‘Essex’ began",
    ]


def test_a_first_day_that_only_counts_is_not_told_as_an_opening() -> None:
    council = CouncilFactory(name=False, ons_code=False)

    assert told(council) == []


@pytest.mark.parametrize("many", [1, 8])
def test_a_long_history_costs_no_more_than_a_short_one(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    authority = StrategicAuthorityFactory()
    for number in range(many):
        CouncilMembershipFactory(authority=authority)
        pair = PairFactory(authority=authority)
        SuccessionFactory(predecessor=authority, successor=StrategicAuthorityFactory())
        GovernanceSeatFactory(authority=authority, board=pair.board)
        RecordedAgreementFactory(authority=authority, board=pair.board, title=f"Agreement {number}")
        HeldFunctionFactory(
            authority=authority, function=list(DevolvedFunction.values)[number % 13]
        )
    stored = StrategicAuthority.objects.get(pk=authority.pk)

    with django_assert_num_queries(12):
        queries.body_history(body=stored, as_at=TODAY)


def test_a_plain_row_of_a_board_will_do() -> None:
    board = BoardFactory()

    as_body = queries.body_history(body=Body.objects.get(pk=board.pk), as_at=TODAY)
    as_board = queries.body_history(body=IntegratedCareBoard.objects.get(pk=board.pk), as_at=TODAY)

    assert as_body == as_board
