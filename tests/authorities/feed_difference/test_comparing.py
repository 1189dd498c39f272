"""A file beside a small register: what differs, and what only seems to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from authorities.feed_difference import Aspect, Comparison, DifferenceKind, compare
from authorities.feed_file import Feed, FeedLink, FeedRow, Layout, Scheme
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    COUNCIL,
    BodyFact,
    BodyKey,
    CodeFact,
    Geography,
    MemberFact,
    NameFact,
    PartBoardFact,
    PartCouncilFact,
    PartFact,
)
from authorities.span import Span

OPENED, DAY = date(2022, 7, 1), date(2026, 4, 1)
ALWAYS = Span(start=OPENED, end=None)
NORTH, SOUTH = BodyKey(BOARD, "north"), BodyKey(BOARD, "south")
GREATER_X, LONDON = BodyKey(AUTHORITY, "greater-x"), BodyKey(AUTHORITY, "greater-london")
PLANNED = BodyKey(AUTHORITY, "sussex-and-brighton")
ONE, TWO, COUNTY = (BodyKey(COUNCIL, slug) for slug in ("one", "two", "county"))
CODES = {
    NORTH: "E54000001",
    SOUTH: "E54000002",
    GREATER_X: "E47000001",
    LONDON: "E12000007",
    ONE: "E06000001",
    TWO: "E06000002",
    COUNTY: "E10000001",
}


def register() -> Geography:
    return Geography(
        bodies=(
            *(BodyFact(key, OPENED) for key in CODES),
            BodyFact(PLANNED, None, planned=True),
        ),
        names=(
            *(NameFact(key, f"The {key.slug} body", key.slug.title(), ALWAYS) for key in CODES),
            NameFact(PLANNED, "Sussex and Brighton Combined", "Sussex and Brighton", ALWAYS),
        ),
        codes=(
            *(CodeFact(key, "ons", code, ALWAYS) for key, code in CODES.items()),
            CodeFact(NORTH, "ods", "QAA", ALWAYS),
            CodeFact(SOUTH, "ods", "QBB", ALWAYS),
        ),
        members=(
            MemberFact(ONE, GREATER_X, "constituent", False, ALWAYS),
            MemberFact(COUNTY, GREATER_X, "constituent", False, ALWAYS),
        ),
        part_councils=(PartCouncilFact("1", ONE, ALWAYS), PartCouncilFact("2", TWO, ALWAYS)),
        part_boards=(PartBoardFact("1", NORTH, ALWAYS), PartBoardFact("2", SOUTH, ALWAYS)),
        parts=(PartFact("1", 100, 1), PartFact("2", 100, 1)),
    )


def row(key: BodyKey, **changed: object) -> FeedRow:
    code = CODES.get(key, "E54000009")
    made = FeedRow(2, Scheme.ONS, code, key.slug, key.kind)
    return replace(made, **changed)


def feed(
    *rows: FeedRow,
    covers: Sequence[str] = (BOARD,),
    links: Sequence[FeedLink] = (),
    linked: Sequence[str] = (),
    scheme: Scheme = Scheme.ONS,
) -> Feed:
    return Feed(
        layout=Layout.ONS_NAMES,
        scheme=scheme,
        rows=rows,
        links=tuple(links),
        covers=frozenset(covers),
        linked=frozenset(linked),
    )


def differences(made: Feed, geography: Geography | None = None, day: date = DAY) -> Comparison:
    return compare(feed=made, geography=geography or register(), day=day)


def kinds(found: Comparison) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.aspect.value, one.code) for one in found.differences]


def test_a_file_that_says_what_the_register_says_has_no_difference() -> None:
    found = differences(feed(row(NORTH), row(SOUTH, name="The south body")))

    assert found.differences == ()
    assert found.same == 2
    assert found.notices == ()


def test_a_code_that_is_unknown_is_added_and_never_matched_by_its_name() -> None:
    copied = FeedRow(4, "ons", "E54000003", "The north body", BOARD)

    found = differences(feed(row(SOUTH), copied))

    assert kinds(found) == [("added", "body", "E54000003"), ("closed", "body", "E54000001")]
    assert found.differences[0].body is None
    assert found.differences[0].offers == (NORTH,)


def test_a_planned_authority_without_a_code_is_offered_for_a_new_one() -> None:
    new = FeedRow(3, "ons", "E47000018", "Sussex and Brighton", AUTHORITY)

    found = differences(feed(row(GREATER_X), new, covers=(AUTHORITY,)))

    assert kinds(found) == [("added", "body", "E47000018")]
    assert found.differences[0].offers == (PLANNED,)


def test_another_name_of_the_same_code_is_a_change() -> None:
    found = differences(feed(row(NORTH, name="NHS Far North"), row(SOUTH)))

    assert kinds(found) == [("changed", "name", "E54000001")]
    assert found.differences[0].body == NORTH
    assert found.same == 1


def test_another_code_of_the_other_scheme_is_a_change() -> None:
    found = differences(feed(row(NORTH, other_codes=(("ods", "QZZ"),)), row(SOUTH)))

    [one] = found.differences
    assert (one.aspect, one.scheme, one.value) == (Aspect.CODE, "ods", "QZZ")
    assert one.detail == "ODS code in the file: QZZ. Here: QAA."


def test_an_open_body_that_the_file_lacks_is_closed() -> None:
    found = differences(feed(row(NORTH)))

    [one] = found.differences
    assert (one.kind, one.body, one.row) == (DifferenceKind.CLOSED, SOUTH, None)


def test_a_body_that_the_file_closes_by_the_day_is_closed() -> None:
    made = feed(row(NORTH), row(SOUTH, opened=OPENED, closed=DAY))

    [one] = differences(made).differences

    assert (one.kind, one.body, one.row) == (DifferenceKind.CLOSED, SOUTH, 2)
    assert one.detail == "In the file until 31 March 2026."
    assert differences(made, day=date(2026, 3, 31)).differences == ()


def test_a_file_says_nothing_of_kinds_of_code_that_it_lacks() -> None:
    # The Greater London Authority has the code of a region, the county one of a county.
    authorities = differences(feed(row(GREATER_X), covers=(AUTHORITY,)))
    councils = differences(feed(row(ONE), row(TWO), covers=(COUNCIL,)))

    assert authorities.differences == councils.differences == ()


def test_a_body_without_a_code_is_not_looked_for_and_that_is_said() -> None:
    geography = register()
    bare = replace(geography, codes=tuple(c for c in geography.codes if c.body != SOUTH))

    found = differences(feed(row(NORTH)), bare)

    assert found.differences == ()
    assert found.notices == ("1 ICB of ours has no ONS code, and could not be looked for.",)


def test_a_row_of_another_country_or_of_a_district_cannot_be_placed() -> None:
    welsh = FeedRow(4, "ons", "W06000001", "Isle of Anglesey", COUNCIL)
    district = FeedRow(5, "ons", "E07000008", "Cambridge", COUNCIL)

    found = differences(feed(row(ONE), row(TWO), welsh, district, covers=(COUNCIL,)))

    assert kinds(found) == [("unknown", "body", "E07000008"), ("unknown", "body", "W06000001")]


def test_an_organisation_of_another_kind_cannot_be_placed_and_a_closed_one_is_only_counted() -> (
    None
):
    other = FeedRow(4, "ods", "X26", "NHS ENGLAND", "", opened=OPENED)
    over = FeedRow(5, "ods", "X99", "NHS GONE", "", opened=OPENED, closed=DAY)
    boards = [FeedRow(2, "ods", "QAA", "NORTH", BOARD), FeedRow(3, "ods", "QBB", "SOUTH", "")]

    found = differences(feed(*boards, other, over, scheme=Scheme.ODS))

    assert kinds(found) == [("unknown", "body", "X26")]
    assert (found.same, found.over) == (2, 1)


def test_a_code_of_a_body_that_ended_here_cannot_be_placed() -> None:
    geography = register()
    ended = replace(
        geography,
        bodies=tuple(
            replace(b, closed=date(2025, 4, 1)) if b.key == SOUTH else b for b in geography.bodies
        ),
        codes=tuple(
            replace(c, valid=Span(OPENED, date(2025, 4, 1))) if c.body == SOUTH else c
            for c in geography.codes
        ),
    )

    found = differences(feed(row(NORTH), row(SOUTH)), ended)

    [one] = found.differences
    assert one.kind == DifferenceKind.UNKNOWN
    assert one.detail == "The code is that of South until 1 April 2025."


def test_a_code_of_a_body_of_another_kind_cannot_be_placed() -> None:
    found = differences(feed(row(NORTH), row(SOUTH), row(NORTH, code=CODES[ONE])))

    [one] = found.differences
    assert (one.kind, one.detail) == (
        DifferenceKind.UNKNOWN,
        "The code is that of One, a council.",
    )


def test_a_planned_body_that_the_file_has_begins() -> None:
    geography = register()
    coded = replace(
        geography, codes=(*geography.codes, CodeFact(PLANNED, "ons", "E47000018", ALWAYS))
    )
    new = FeedRow(3, "ons", "E47000018", "Sussex and Brighton", AUTHORITY)

    found = differences(feed(row(GREATER_X), new, covers=(AUTHORITY,)), coded)

    assert kinds(found) == [("changed", "opening", "E47000018")]


def membership(*pairs: tuple[BodyKey, BodyKey]) -> Feed:
    councils = {council for council, _ in pairs}
    return feed(
        row(GREATER_X),
        *(row(council) for council in sorted(councils)),
        covers=(AUTHORITY,),
        links=[FeedLink(2, AUTHORITY, CODES[c], CODES[a]) for c, a in pairs],
        linked=(AUTHORITY,),
    )


def test_a_council_that_joins_in_the_file_is_a_change_of_its_authority() -> None:
    found = differences(membership((ONE, GREATER_X), (TWO, GREATER_X)))

    [one] = found.differences
    assert (one.aspect, one.body, one.group) == (Aspect.AUTHORITY, TWO, GREATER_X)
    assert one.detail == "In the file: Greater-X. Here: in no strategic authority."


def test_a_council_that_the_file_leaves_out_has_left_but_not_one_of_another_kind_of_code() -> None:
    # The county is not in a lookup of districts and unitary councils.
    geography = replace(
        register(),
        members=(
            *register().members,
            MemberFact(TWO, GREATER_X, "constituent", False, ALWAYS),
        ),
    )

    found = differences(membership((ONE, GREATER_X)), geography)

    [one] = found.differences
    assert (one.body, one.group) == (TWO, None)
    assert one.detail == "In the file: in no combined authority. Here: Greater-X."


def test_a_council_with_another_set_of_boards_is_a_change() -> None:
    links = [
        FeedLink(2, BOARD, CODES[ONE], CODES[NORTH]),
        FeedLink(3, BOARD, CODES[ONE], CODES[SOUTH]),
        FeedLink(4, BOARD, CODES[TWO], CODES[SOUTH]),
    ]
    rows = [row(key) for key in (NORTH, SOUTH, ONE, TWO)]

    found = differences(feed(*rows, covers=(BOARD, COUNCIL), links=links, linked=(BOARD,)))

    [one] = found.differences
    assert (one.aspect, one.body) == (Aspect.BOARDS, ONE)
    assert one.detail == "ICBs in the file: North, South. Here: North."


def test_a_file_of_the_register_itself_is_matched_by_address() -> None:
    rows = [
        FeedRow(2, Scheme.OWN, "north", "The north body", BOARD, OPENED),
        FeedRow(3, Scheme.OWN, "south", "The south body", BOARD, OPENED, DAY),
        FeedRow(4, Scheme.OWN, "west", "The west body", BOARD, DAY),
    ]

    found = differences(feed(*rows, scheme=Scheme.OWN))

    assert kinds(found) == [("added", "body", "west"), ("closed", "body", "south")]


def test_codes_that_follow_one_another_are_compared_on_the_day() -> None:
    rows = [
        FeedRow(2, "own", "north", "", BOARD, OPENED, DAY, (("ons", "E54000008"),)),
        FeedRow(3, "own", "north", "", BOARD, DAY, None, (("ons", "E54000001"),)),
    ]

    made = feed(*rows, covers=(), scheme=Scheme.OWN)

    assert differences(made).differences == ()
    assert kinds(differences(made, day=OPENED)) == [("changed", "code", "north")]


def test_a_file_of_another_year_or_of_half_the_bodies_is_said() -> None:
    geography = register()
    third = BodyKey(BOARD, "third")
    wider = replace(
        geography,
        bodies=(*geography.bodies, BodyFact(third, OPENED)),
        codes=(*geography.codes, CodeFact(third, "ons", "E54000003", ALWAYS)),
    )

    found = differences(replace(feed(row(NORTH)), vintage=2023), wider)

    assert found.notices == (
        "The headings are of 2023, the day is in 2026. Check that the day is right.",
        "The file lacks 2 of our 3 ICBs. Check that it is the whole file.",
    )
