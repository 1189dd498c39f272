"""Examples are found by their words and filters, marked where they were found, listed by title."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.presenters import practice as presenter
from engagement.queries import practice as queries
from engagement.queries.practice import MARK_BEGINS, MARK_ENDS, Asked
from tests.factories import practice as make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def titles(**said: str) -> list[str]:
    found = queries.search(asked=Asked(**said), page=1, on=TODAY)
    assert found.count == len(found.rows)
    return [one.title for one in found.rows]


def test_words_are_found_by_their_stems_phrases_and_what_is_not_wanted() -> None:
    make.published(title="A bus for clinics", what_was_done="Buses ran to clinics each hour.")
    make.published(title="B cycling", what_was_done="Lanes for cycling to clinics were built.")
    make.VersionFactory(title="C draft of a bus")

    assert titles(words="bus") == ["A bus for clinics"]
    assert titles(words="clinic") == ["A bus for clinics", "B cycling"]
    assert titles(words="clinic -cycling") == ["A bus for clinics"]
    assert titles(words='"ran to clinics"') == ["A bus for clinics"]
    assert titles(words="bus or cycle") == ["A bus for clinics", "B cycling"]
    assert titles(words="nothing like it") == []
    assert len(titles()) == 2


def test_what_was_looked_for_is_marked_and_markup_stays_text() -> None:
    make.published(what_came="<b>Bold</b> claims about <mark>buses</mark>.")

    found = queries.search(asked=Asked(words="claim"), page=1, on=TODAY).rows[0]
    pieces = queries.pieces(text=found.found)

    assert ("claims", True) in pieces
    assert [marked for text, marked in pieces if "mark>" in text] == [False] * sum(
        "mark>" in text for text, _ in pieces
    )
    assert not any(sign in text for text, _ in pieces for sign in (MARK_BEGINS, MARK_ENDS))


def test_filters_go_together() -> None:
    make.published(title="A", themes=["S1", "I1"], function="housing", determinants=["homes"])
    make.published(title="B", themes=["S1"], function="transport")

    assert titles(theme="S1") == ["A", "B"]
    assert titles(theme="I1") == ["A"]
    assert titles(function="transport") == ["B"]
    assert titles(theme="S1", determinant="homes") == ["A"]
    assert titles(theme="S9") == []


def test_pages_are_by_title() -> None:
    for number in range(queries.PAGE_SIZE + 2):
        make.published(title=f"Example {number:02}")

    first = queries.search(asked=Asked(), page=1, on=TODAY)
    last = queries.search(asked=Asked(), page=99, on=TODAY)

    assert (first.pages, first.count, last.page) == (2, queries.PAGE_SIZE + 2, 2)
    shown = [one.title for one in (*first.rows, *last.rows)]
    assert shown == sorted(shown)


def test_examples_for_themes_are_those_that_share_one() -> None:
    make.published(title="A", themes=["S1"])
    make.published(title="B", themes=["I8"])
    make.VersionFactory(title="C", themes=["S1"])

    found = queries.sharing_themes(themes=["S1", "S2"], limit=5, on=TODAY)

    assert [one.title for one in found] == ["A"]
    assert queries.sharing_themes(themes=[], limit=5, on=TODAY) == ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet=st.characters(exclude_characters="\x00", codec="utf-8"), max_size=60))
def test_no_words_break_the_search(words: str) -> None:
    queries.search(asked=Asked(words=words), page=1, on=TODAY)


@given(
    parts=st.lists(
        st.text(
            alphabet=st.characters(exclude_characters="\x00\ue000\ue001", codec="utf-8"), min_size=1
        )
    )
)
def test_pieces_hold_the_whole_text(parts: list[str]) -> None:
    text = "".join(
        f"{MARK_BEGINS}{part}{MARK_ENDS}" if number % 2 else part
        for number, part in enumerate(parts)
    )

    assert "".join(part for part, _ in queries.pieces(text=text)) == "".join(parts)


def test_the_file_is_inert_and_has_codes_and_labels() -> None:
    make.published(title="=1+1", themes=["S1"], function="housing")

    text = presenter.csv_text(
        examples=queries.every_published(on=TODAY), themes={"S1": "Purpose"}, determinants={}
    )

    line = text.splitlines()[1]
    assert ",'=1+1," in line
    assert ",S1,Purpose,housing,Housing," in line
