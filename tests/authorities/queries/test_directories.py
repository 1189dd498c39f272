"""Bodies and pairs as they were, are and will be on a day."""

from datetime import date
from itertools import pairwise

import pytest
from pytest_django import DjangoAssertNumQueries

from authorities import queries
from authorities.actions.directory import LoadReport
from authorities.models import Pair
from authorities.timetable import WarningKind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 11, 23)
EVE_OF_MERGERS = date(2026, 3, 31)


def test_an_authority_comes_with_its_tier_people_councils_and_pairs(
    register_loaded: LoadReport,
) -> None:
    found = queries.authority_facts(slug="york-and-north-yorkshire", as_at=TODAY)

    assert (found.name, found.short_name) == (
        "York and North Yorkshire Combined Authority",
        "York and North Yorkshire",
    )
    assert (found.tier_name, found.type_name) == ("Established mayoral", "Combined authority")
    assert found.population == 828_011
    assert [council.slug for council in found.councils] == ["north-yorkshire", "york"]
    assert [(pair.board_slug, pair.sliver) for pair in found.pairs] == [
        ("humber-and-north-yorkshire", False),
        ("lancashire-and-south-cumbria", True),
        ("west-yorkshire", False),
    ]
    assert found.coterminosity_name == "Mixed"


def test_members_without_a_vote_bring_no_people(register_loaded: LoadReport) -> None:
    found = queries.authority_facts(slug="west-midlands", as_at=TODAY)

    assert found.population == 2_948_513
    assert [c.name for c in found.councils if c.role == "non_constituent"] == [
        "Shropshire",
        "Telford and Wrekin",
        "Warwickshire",
    ]


def test_what_is_planned_is_known_from_the_day_of_the_register(
    register_loaded: LoadReport,
) -> None:
    before = queries.authority_directory(as_at=date(2026, 11, 22))
    after = queries.authority_directory(as_at=TODAY)

    assert [a.slug for a in before if a.planned] == []
    assert [a.slug for a in after if a.planned] == [
        "cornwall",
        "greater-essex",
        "norfolk-and-suffolk",
    ]


def test_a_board_says_its_region_cluster_codes_and_history(register_loaded: LoadReport) -> None:
    devon = queries.board_facts(slug="devon", as_at=TODAY)
    essex = queries.board_facts(slug="essex", as_at=TODAY)

    assert (devon.nhs_region, devon.ons_code, devon.ods_code) == ("South West", "E54000037", "QJK")
    assert devon.cluster is not None
    assert devon.cluster.name == "Cornwall and Isles of Scilly with Devon"
    assert {row.slug: row.share for row in essex.predecessors} == {
        "hertfordshire-and-west-essex": 0.213771,
        "mid-and-south-essex": 1.0,
        "suffolk-and-north-east-essex": 0.346772,
    }


def test_the_people_of_boards_are_those_of_england_on_any_day(register_loaded: LoadReport) -> None:
    totals = {
        sum(board.population for board in queries.board_directory(as_at=day))
        for day in (EVE_OF_MERGERS, TODAY)
    }

    assert len(totals) == 1
    assert abs(totals.pop() - 57_112_129) < 100


def test_a_pair_that_will_end_says_so(register_loaded: LoadReport) -> None:
    found = queries.pair_facts(
        authority_slug="greater-london", board_slug="north-west-london", as_at=EVE_OF_MERGERS
    )

    assert found.ends == date(2026, 4, 1)
    assert [(w.kind, w.on) for w in found.warnings] == [
        (WarningKind.PAIR_ENDS_ON, date(2026, 4, 1))
    ]


def test_a_pair_whose_shares_change_does_not_end(register_loaded: LoadReport) -> None:
    found = queries.pair_facts(
        authority_slug="north-east", board_slug="north-east-and-north-cumbria", as_at=EVE_OF_MERGERS
    )

    assert found.ends is None


def test_boards_without_an_authority_are_warned_of(register_loaded: LoadReport) -> None:
    alone = {
        board.slug
        for board in queries.board_directory(as_at=TODAY)
        if WarningKind.NO_COUNTERPART in {warning.kind for warning in board.warnings}
    }

    assert alone == {
        "dorset",
        "gloucestershire",
        "herefordshire-and-worcestershire",
        "kent-and-medway",
        "leicester-leicestershire-and-rutland",
        "northamptonshire",
        "shropshire-telford-and-wrekin",
        "somerset",
        "staffordshire-and-stoke-on-trent",
        "thames-valley",
    }


def test_the_stretches_of_a_pair_follow_one_another(register_loaded: LoadReport) -> None:
    pair = Pair.objects.get(
        authority__slug="north-east", board__slug="north-east-and-north-cumbria"
    )

    days = queries.pair_days(pair=pair)

    assert days[-1][1] is None
    assert all(end == start for (_, end), (start, _) in pairwise(days))


@pytest.mark.parametrize(
    ("slug", "day"), [("nowhere", TODAY), ("frimley", TODAY), ("essex", EVE_OF_MERGERS)]
)
def test_a_board_that_does_not_exist_on_the_day_is_an_error(
    register_loaded: LoadReport, slug: str, day: date
) -> None:
    with pytest.raises(queries.NoSuchBodyError, match=f"no integrated care board {slug} on {day}"):
        queries.board_facts(slug=slug, as_at=day)


def test_other_things_that_do_not_exist_are_errors_too(register_loaded: LoadReport) -> None:
    with pytest.raises(queries.NoSuchBodyError):
        queries.authority_facts(slug="nowhere", as_at=TODAY)
    with pytest.raises(queries.NoSuchBodyError):
        queries.areas_of_authority(slug="nowhere", as_at=TODAY)
    with pytest.raises(queries.NoSuchPairError):
        queries.pair_facts(authority_slug="greater-london", board_slug="devon", as_at=TODAY)


def test_every_part_has_a_board_and_a_pair_where_there_is_an_authority(
    register_loaded: LoadReport,
) -> None:
    found = queries.places(as_at=TODAY)

    assert len(found) == 165
    assert all(place.board for place in found)
    assert {(p.authority, p.board) for p in found if p.authority and not p.pair} == {
        ("york-and-north-yorkshire", "lancashire-and-south-cumbria")
    }
    assert {p.authority for p in found if p.planned} == {
        "cornwall",
        "greater-essex",
        "norfolk-and-suffolk",
    }
    assert len({p.pair for p in found if p.pair}) == 33


def test_the_areas_of_an_authority_are_itself_and_its_councils(
    register_loaded: LoadReport,
) -> None:
    found = queries.areas_of_authority(slug="south-yorkshire", as_at=date(2024, 1, 1))

    assert [(area.name, area.ons_code) for area in found] == [
        ("South Yorkshire", "E47000002"),
        ("Barnsley", "E08000016"),
        ("Doncaster", "E08000017"),
        ("Rotherham", "E08000018"),
        ("Sheffield", "E08000019"),
    ]


@pytest.mark.parametrize(
    ("code", "slug", "ends", "successors"),
    [
        ("E92000001", "england", None, ()),
        ("E08000016", "barnsley", date(2025, 4, 1), ("E08000038",)),
        ("E54000042", "hampshire-and-isle-of-wight", date(2026, 4, 1), ("E54000067",)),
        ("E54000034", "frimley", date(2026, 4, 1), ("E54000067", "E54000069", "E54000070")),
        ("E47000001", "greater-manchester", None, ()),
        ("E06000052", "cornwall", None, ()),
    ],
)
def test_codes_lead_to_their_body_and_to_what_took_over(
    register_loaded: LoadReport,
    code: str,
    slug: str,
    ends: date | None,
    successors: tuple[str, ...],
) -> None:
    [span] = queries.known_codes()[code]

    assert (span.slug, span.ends, span.successor_codes) == (slug, ends, successors)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        (lambda: queries.pair_list(as_at=TODAY), 8),
        (lambda: queries.authority_directory(as_at=TODAY), 14),
        (lambda: queries.board_directory(as_at=TODAY), 17),
        (lambda: queries.authority_facts(slug="greater-london", as_at=TODAY), 14),
        (lambda: queries.board_facts(slug="essex", as_at=TODAY), 17),
        (lambda: queries.places(as_at=TODAY), 5),
        (lambda: queries.areas_of_authority(slug="greater-london", as_at=TODAY), 4),
        (lambda: queries.known_codes(), 3),
    ],
)
def test_each_question_costs_the_same_queries_always(
    register_loaded: LoadReport,
    django_assert_num_queries: DjangoAssertNumQueries,
    question: object,
    count: int,
) -> None:
    assert callable(question)

    with django_assert_num_queries(count):
        question()
