"""What differs between two contents of a return."""

from typing import Any

import pytest

from duty.differences import Kind, differences


def given(
    value: Any = "A text", *, board: str | None = None, state: str = "value", **more: Any
) -> dict[str, Any]:
    """An answer as a snapshot stores it."""
    return {
        "board": board,
        "board_name": board or "",
        "state": state,
        "value": None if value is None else {"text": value},
        "reason": "",
        "expected_on": None,
        "lines": [["Answer", str(value)]],
        "public_note": "",
        "evidence": [],
    } | more


BLANK = given(None, state="")


def content(
    *answers: dict[str, Any], derived: bool = False, floor: str = "yes", gaps: str = ""
) -> dict[str, Any]:
    """The content of a return with one question."""
    question = {
        "code": "AB1",
        "text": "What is it for?",
        "derived": derived,
        "answers": list(answers),
    }
    section = {
        "code": "about",
        "title": "About",
        "floor": floor,
        "gaps_reason": gaps,
        "questions": [question],
    }
    return {"sections": [section]}


def test_the_same_content_does_not_differ() -> None:
    assert differences(before=content(given()), after=content(given())) == ()


def test_the_same_file_sent_again_is_no_difference() -> None:
    sent, again = ({"file": key, "name": "plan.pdf", "sha256": "1"} for key in "ab")

    found = differences(
        before=content(given(evidence=[sent])), after=content(given(evidence=[again]))
    )

    assert found == ()


@pytest.mark.parametrize(
    ("before", "after", "kind", "parts"),
    [
        (given("A"), given("B"), Kind.CHANGED, ("the answer",)),
        (BLANK, given("B"), Kind.ADDED, ("the answer",)),
        (given("A"), BLANK, Kind.REMOVED, ("the answer",)),
        (given(), given(public_note="Note"), Kind.CHANGED, ("the note",)),
        (
            given(),
            given(evidence=[{"url": "https://example.org"}]),
            Kind.CHANGED,
            ("the evidence",),
        ),
        (
            given(evidence=[{"file": "a", "sha256": "1"}]),
            given(evidence=[{"file": "a", "sha256": "2"}]),
            Kind.CHANGED,
            ("the evidence",),
        ),
        (
            given("A"),
            given("B", public_note="Note"),
            Kind.CHANGED,
            ("the answer", "the note"),
        ),
        (
            given(None, state="no_evidence", reason="Not yet"),
            given(None, state="not_applicable", reason="Not yet"),
            Kind.CHANGED,
            ("the answer",),
        ),
        (
            given(None, state="not_yet_known", expected_on="2027-01-01"),
            given(None, state="not_yet_known", expected_on="2027-02-01"),
            Kind.CHANGED,
            ("the answer",),
        ),
    ],
)
def test_an_answer_that_differs_says_how_and_in_what(
    before: dict[str, Any], after: dict[str, Any], kind: Kind, parts: tuple[str, ...]
) -> None:
    (section,) = differences(before=content(before), after=content(after))

    (answer,) = section.answers
    assert (answer.kind, answer.parts) == (kind, parts)
    assert (answer.before, answer.after) == (before, after)


def test_words_that_only_show_an_answer_make_no_difference() -> None:
    shown_otherwise = given(lines=[["Reply", "A text"]])

    assert differences(before=content(given()), after=content(shown_otherwise)) == ()


def test_what_is_read_from_elsewhere_makes_no_difference() -> None:
    before, after = (content(given(text), derived=True) for text in ("A", "B"))

    assert differences(before=before, after=after) == ()


def test_a_board_that_is_asked_about_no_more_or_anew_is_said() -> None:
    before = content(given("A", board="north"), given("B", board="south"))
    after = content(given("B", board="south"), given("C", board="west"))

    (section,) = differences(before=before, after=after)

    assert [(one.board_name, one.kind) for one in section.answers] == [
        ("west", Kind.ADDED),
        ("north", Kind.REMOVED),
    ]


def test_the_floor_and_the_words_on_gaps_are_said_beside_the_answers() -> None:
    before = content(given(), floor="no", gaps="Later")
    after = content(given(), floor="yes")

    (section,) = differences(before=before, after=after)

    assert section.floor == ("no", "yes")
    assert section.gaps_reason == ("Later", "")
    assert section.answers == ()
