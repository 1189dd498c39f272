"""Answers as tables: every question has a row, and blank, refused and unknown are different."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from duty.answer_tables import (
    ANSWER_COLUMNS,
    EVIDENCE_COLUMNS,
    RowHead,
    answer_rows,
    evidence_rows,
    question_rows,
    wide_columns,
    wide_row,
    with_codes,
)
from tests.factories.duty import version_one

_HEAD = RowHead(
    round_slug="autumn-2026",
    round_name="Autumn 2026",
    is_test=False,
    authority="south-testshire",
    authority_name="South Testshire",
    ons_code="E47000099",
    state="submitted",
    state_label="Submitted",
    reference="HDT-2026A-TES-0001",
    number=1,
    submitted_at=datetime(2026, 11, 23, 17, 2, tzinfo=UTC),
    late=False,
)
_BOARD = ("a-board", "NHS A ICB")


def answer(state: str = "value", value: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "board": None,
        "board_name": "",
        "state": state,
        "value": value,
        "reason": "",
        "expected_on": None,
        "lines": [["Answer", "Shown"]],
        "public_note": "",
        "evidence": [],
        **more,
    }


def content(answers: dict[str, list[dict[str, Any]]], **labels: str) -> dict[str, Any]:
    """A snapshot in which these questions are answered, and all others are not."""
    sections: dict[str, Any] = {}
    for one in version_one():
        section = sections.setdefault(
            one.specification,
            {"code": one.specification, "title": one.specification.title(), "floor": "no"},
        )
        section.setdefault("questions", []).append(
            {
                "code": one.code,
                "text": one.text,
                "options": [
                    {"code": o.code, "label": labels.get(o.code, o.label)} for o in one.options
                ],
                "answers": answers.get(one.code, [answer(state="")]),
            }
        )
    return {"sections": list(sections.values())}


def rows_of(code: str, *answers: dict[str, Any], **labels: str) -> list[dict[str, Any]]:
    found = answer_rows(
        head=_HEAD, content=content({code: list(answers)}, **labels), questions=version_one()
    )
    rows = [
        dict(zip([column.name for column in ANSWER_COLUMNS], row, strict=True)) for row in found
    ]
    return [row for row in rows if row["question"] == code]


def column(rows: list[Any], name: str) -> list[Any]:
    place = [one.name for one in ANSWER_COLUMNS].index(name)
    return [row[place] for row in rows]


def code_of(answer_type: str) -> str:
    return next(one.code for one in version_one() if one.answer_type == answer_type)


def test_every_question_has_a_row_though_nothing_is_answered():
    rows = list(answer_rows(head=_HEAD, content=content({}), questions=version_one()))

    assert column(rows, "question") == [one.code for one in version_one()]
    assert {len(row) for row in rows} == {len(ANSWER_COLUMNS)}
    assert set(column(rows, "answer_state")) == {"unanswered"}


def test_what_was_never_asked_is_not_called_unanswered():
    found = content({})
    # No ICB to answer for, or hidden by another answer; and one that is for other authorities.
    found["sections"][0]["questions"][0]["answers"] = []
    gone = found["sections"][1]["questions"].pop()
    empty = found["sections"][0]["questions"][0]

    rows = list(answer_rows(head=_HEAD, content=found, questions=version_one()))

    states = dict(zip(column(rows, "question"), column(rows, "answer_state"), strict=True))
    assert {code for code, state in states.items() if state == "not_asked"} == {
        gone["code"],
        empty["code"],
    }
    assert set(states.values()) == {"not_asked", "unanswered"}


def test_what_rests_with_others_and_what_was_confirmed_have_columns():
    confirmed = [{"rule": "far", "message": "It was 4.", "reason": "We grew"}]
    (row,) = rows_of("CO4", answer(value={"options": ["housing"]}, confirmed=confirmed))
    (plain,) = rows_of("CO4", answer(value={"options": ["housing"]}))

    assert row["concurrent"] == next(one for one in version_one() if one.code == "CO4").concurrent
    assert (row["confirmed_code"], row["confirmed"]) == ("far", "It was 4. “We grew”")
    assert (plain["confirmed_code"], plain["confirmed"]) == ("", "")


def test_columns_take_codes_that_only_the_round_knows():
    made = with_codes(columns=ANSWER_COLUMNS, codes={"section": [("about", "Our own words")]})

    named = {one.name: one for one in made}
    assert named["section"].codes == (("about", "Our own words"),)
    assert ("input", "Input") in named["stage"].codes
    assert ("text", "Text") in named["answer_type"].codes
    assert ("not_asked" in dict(named["answer_state"].codes)) is True
    assert [one.name for one in made] == [one.name for one in ANSWER_COLUMNS]


def test_of_what_was_not_submitted_nothing_is_said():
    rows = list(answer_rows(head=_HEAD, content=None, questions=version_one()))

    assert len(rows) == len(version_one())
    assert set(column(rows, "answer_state")) == {"not_submitted"}
    for name in ("answer_code", "answer", "answer_number", "answer_date"):
        assert set(column(rows, name)) <= {"", None}


def test_a_choice_has_code_and_label_as_they_were():
    (row,) = rows_of(
        "CO2",
        answer(value={"option": "yes"}, board=_BOARD[0], board_name=_BOARD[1]),
        yes="Yes, as it was called then",
    )

    assert (row["board"], row["board_name"]) == _BOARD
    assert (row["answer_code"], row["answer"]) == ("yes", "Yes, as it was called then")
    assert (row["answer_state"], row["answer_state_label"]) == ("value", "Answered")
    assert row["section_floor"] == "no"


def test_what_follows_a_choice_has_rows_of_its_own():
    value = {"option": "signed", "signed_on": "2026-06-12", "agreement_link": "https://a.example"}

    rows = rows_of("CO3", answer(value=value, board=_BOARD[0], board_name=_BOARD[1]))

    assert [(row["field"], row["answer"], row["answer_date"]) for row in rows] == [
        ("", "Signed", None),
        ("signed_on", "12 June 2026", date(2026, 6, 12)),
        ("agreement_link", "https://a.example", None),
    ]


def test_several_choices_stand_in_one_cell():
    (row,) = rows_of("CO4", answer(value={"options": ["housing", "climate"]}))

    assert (row["answer_code"], row["answer"]) == ("climate | housing", "Climate | Housing")


def test_each_row_of_a_table_has_its_number():
    table = next(one for one in version_one() if one.answer_type == "table")
    first = table.columns[0].code

    rows = rows_of(table.code, answer(value={"rows": [{first: "A"}, {first: "B"}]}))

    named = [(row["record"], row["answer"]) for row in rows if row["field"] == first]
    assert named == [(1, "A"), (2, "B")]
    assert len(rows) == 2 * len(table.columns)


def test_numbers_are_numbers():
    question = next(one for one in version_one() if one.answer_type == "two_integers")
    whole, part = (column.code for column in question.columns)

    rows = rows_of(question.code, answer(value={whole: "1200", part: "4"}))

    assert [row["answer_number"] for row in rows] == [Decimal(1200), Decimal(4)]
    assert rows[0]["answer"] == "1,200"


def test_a_derived_answer_has_a_row_a_line():
    value = {"lines": [{"label": "Indicators", "text": "5"}], "met": True}

    rows = rows_of(code_of("derived"), answer(value=value))

    assert [(row["record"], row["field"], row["answer"]) for row in rows] == [
        (1, "line", "5"),
        (None, "met", "Yes"),
    ]


def test_the_four_states_are_different_and_say_why():
    code = code_of("text")
    rows = [
        *rows_of(code, answer(state="not_applicable", reason="No plan")),
        *rows_of(code, answer(state="not_yet_known", expected_on="2027-03-01")),
        *rows_of(code, answer(state="no_evidence", public_note="See last year")),
        *rows_of(code, answer(value={"text": "Words"}, evidence=[{}])),
    ]

    assert [row["answer_state"] for row in rows] == [
        "not_applicable",
        "not_yet_known",
        "no_evidence",
        "value",
    ]
    assert rows[0]["reason"] == "No plan"
    assert rows[1]["expected_on"] == date(2027, 3, 1)
    assert rows[2]["public_note"] == "See last year"
    assert (rows[3]["answer"], rows[3]["evidence_count"]) == ("Words", 1)


def test_evidence_has_a_row_a_piece():
    link = {"kind": "link", "title": "Terms", "url": "https://a.example", "pages": "3"}
    file = {"kind": "file", "title": "Plan", "url": "", "pages": ""}
    file |= {"name": "plan.pdf", "sha256": "ab12"}
    code = code_of("text")

    rows = list(evidence_rows(head=_HEAD, content=content({code: [answer(evidence=[link, file])]})))

    assert [row[len(_HEAD.cells) :] for row in rows] == [
        (code, "", "link", "Terms", "https://a.example", "3", "", ""),
        (code, "", "file", "Plan", "", "", "plan.pdf", "ab12"),
    ]
    assert {len(row) for row in rows} == {len(EVIDENCE_COLUMNS)}
    assert list(evidence_rows(head=_HEAD, content=None)) == []


def test_a_wide_row_has_a_cell_for_each_question():
    signed = {"option": "signed", "signed_on": "2026-06-12", "agreement_link": ""}
    numbers = next(one for one in version_one() if one.answer_type == "two_integers")
    whole, part = numbers.columns
    found = content(
        {
            "CO3": [
                answer(value=signed, board="a", board_name="NHS A ICB"),
                answer(
                    state="not_yet_known",
                    expected_on="2027-03-01",
                    board="b",
                    board_name="NHS B ICB",
                ),
            ],
            "CO4": [answer(state="")],
            numbers.code: [answer(value={whole.code: "1200", part.code: "4"})],
        }
    )

    row = wide_row(head=_HEAD, content=found, questions=version_one())
    nothing = wide_row(head=_HEAD, content=None, questions=version_one())

    cells = dict(
        zip([column.name for column in wide_columns(questions=version_one())], row, strict=True)
    )
    assert cells["CO3"] == (
        "NHS A ICB: Signed\nNHS A ICB: Date it was signed: 2026-06-12\n"
        "NHS B ICB: Not yet known; 2027-03-01"
    )
    assert cells["CO3_code"] == "a: signed"
    assert (cells["CO4"], cells["CO4_code"]) == ("", "")
    assert cells[numbers.code] == f"{whole.label}: 1200\n{part.label}: 4"
    assert set(nothing[len(_HEAD.cells) :]) == {""}


def test_the_dictionary_names_each_question_with_its_codes():
    rows = {row[1]: row for row in question_rows(questions=version_one())}

    assert len(rows) == len(version_one())
    assert rows["CO2"][4] == "yes = Yes | not_yet = Not yet | no = No"
    assert "signed_on = Date it was signed (date)" in rows["CO3"][4]
