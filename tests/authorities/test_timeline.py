"""A body's facts are told in the order of their days, newest first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorities.timeline import (
    DateOrderError,
    Event,
    Spell,
    Subject,
    lowest_certainty,
    timeline,
)

MERGER = date(2026, 4, 1)
OPENING = date(2022, 7, 1)
TODAY = date(2026, 11, 23)


def code(value: str, start: date | None, end: date | None, **facts: str) -> Spell:
    return Spell(subject=Subject.ONS_CODE, value=value, start=start, end=end, **facts)


def texts(*spells: Spell, events: tuple[Event, ...] = (), on: date = TODAY) -> list[str]:
    return [entry.text for entry in timeline(spells=spells, events=events, on=on)]


def test_what_ends_and_begins_on_a_day_is_one_sentence() -> None:
    told = timeline(
        spells=[
            code("E54000042", OPENING, MERGER, source="ONS 2022", certainty="high"),
            code("E54000068", MERGER, None, source="ONS 2026", certainty="medium"),
        ],
        events=[],
        on=TODAY,
    )

    assert [(entry.on, entry.text) for entry in told] == [
        (MERGER, "ONS code E54000042 ended; E54000068 began"),
        (OPENING, "ONS code E54000042 began"),
    ]
    assert told[0].sources == ("ONS 2022", "ONS 2026")
    assert told[0].certainty == "medium"


def test_what_is_to_come_is_told_as_to_come() -> None:
    told = timeline(
        spells=[code("A", OPENING, MERGER), code("B", MERGER, None)],
        events=[Event(on=MERGER, past="closed", coming="closes")],
        on=date(2026, 3, 31),
    )

    assert [(entry.text, entry.to_come) for entry in told] == [
        ("Closes", True),
        ("ONS code A ends; B begins", True),
        ("ONS code A began", False),
    ]


def test_a_day_itself_is_past() -> None:
    assert texts(code("A", MERGER, None), on=MERGER) == ["ONS code A began"]


def test_members_join_and_leave() -> None:
    found = texts(
        Spell(Subject.COUNCIL, "Ashby", OPENING, MERGER),
        Spell(Subject.COUNCIL, "Cole", MERGER, None),
        Spell(Subject.COUNCIL, "Barrow", MERGER, None),
    )

    assert found == ["Council Ashby left; Barrow joined; Cole joined", "Council Ashby joined"]


def test_a_row_that_goes_on_as_another_did_not_change() -> None:
    found = timeline(
        spells=[
            code("A", MERGER, None, certainty="low"),
            code("A", OPENING, MERGER, certainty="high"),
        ],
        events=[],
        on=TODAY,
    )

    assert [(entry.on, entry.text, entry.certainty) for entry in found] == [
        (OPENING, "ONS code A began", "low")
    ]


def test_a_fact_that_comes_back_after_a_gap_ended_and_began() -> None:
    later = MERGER + timedelta(days=1)

    assert texts(code("A", OPENING, MERGER), code("A", later, None)) == [
        "ONS code A began",
        "ONS code A ended",
        "ONS code A began",
    ]


def test_what_has_no_first_day_comes_last_and_says_so() -> None:
    found = timeline(
        spells=[
            code("E06000001", None, None),
            Spell(Subject.NAME, "‘Ashby’", None, MERGER),
            Spell(Subject.NAME, "‘Greater Ashby’", MERGER, None),
        ],
        events=[],
        on=TODAY,
    )

    assert [(entry.on, entry.text) for entry in found] == [
        (MERGER, "Name ‘Ashby’ ended; ‘Greater Ashby’ began"),
        (None, "Name ‘Ashby’: first day not recorded"),
        (None, "ONS code E06000001: first day not recorded"),
    ]


def test_one_day_is_told_body_first() -> None:
    found = texts(
        Spell(Subject.PAIR, "X", OPENING, None),
        Spell(Subject.NAME, "‘A’", OPENING, None),
        events=(Event(on=OPENING, past="opened", coming="opens"),),
    )

    assert found == ["Opened", "Name ‘A’ began", "Pair with X began"]


def test_nothing_makes_an_empty_timeline() -> None:
    assert timeline(spells=[], events=[], on=TODAY) == ()


@pytest.mark.parametrize("end", [OPENING, OPENING - timedelta(days=1)])
def test_a_fact_of_no_day_is_refused(end: date) -> None:
    with pytest.raises(DateOrderError, match="Check both dates"):
        timeline(spells=[code("A", OPENING, end)], events=[], on=TODAY)


@pytest.mark.parametrize(
    ("given", "lowest"),
    [
        (("high", "low", "medium"), "low"),
        (("high", ""), "high"),
        (("", ""), ""),
        ((), ""),
    ],
)
def test_the_lowest_certainty_stands(given: tuple[str, ...], lowest: str) -> None:
    assert lowest_certainty(of=given) == lowest


_DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1))


@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ABC"), st.none() | _DAYS, st.none() | st.integers(1, 900)),
        max_size=8,
    ),
    on=_DAYS,
)
def test_days_never_rise_down_the_page_and_the_order_of_rows_is_nothing(
    rows: list[tuple[str, date | None, int | None]], on: date
) -> None:
    spells = [
        code(
            f"{value}{number}", start, start + timedelta(days=length) if start and length else None
        )
        for number, (value, start, length) in enumerate(rows)
    ]

    told = timeline(spells=spells, events=[], on=on)

    days = [entry.on or date.min for entry in told]
    assert days == sorted(days, reverse=True)
    assert told == timeline(spells=spells[::-1], events=[], on=on)
    assert all(entry.to_come == (entry.on is not None and entry.on > on) for entry in told)
