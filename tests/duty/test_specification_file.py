from pathlib import Path

import pytest

from duty import specification_file
from duty.questions import (
    AnswerType,
    EvidenceNeed,
    EvidenceRule,
    FieldType,
    QuestionSpec,
    TheoryOfChange,
)
from duty.specification_file import HEADINGS, SpecificationFileError, read_specification

SHIPPED = Path(specification_file.__file__).parent / "configuration" / "specification_v1.csv"

# Specification version 1: type, stage, floor, written out from the policy.
VERSION_1 = """
CO1 per_pair_text    input   yes
CO2 per_pair_choice  input   yes
CO3 per_pair_choice  process yes
CO4 multi_choice     process no
CO5 text             process no
CO6 table            input   no
CO7 table            input   no
CO8 text             input   yes
ST1 choice           output  yes
ST2 text             output  yes
ST3 text             process no
ST4 per_pair_text    process no
ST5 two_integers     process yes
ST6 multi_choice     process no
ST7 date             output  no
ST8 link             output  no
HT1 person           input   yes
HT2 table            input   yes
HT3 decimal          input   yes
HT4 table            input   no
HT5 text             input   no
HT6 text             process no
OF1 derived_per_pair outcome yes
OF2 derived          outcome yes
OF3 derived          outcome no
OF4 text             outcome no
OF5 text             outcome no
OF6 derived          outcome no
OF7 review           process no
AB1 text             input   yes
AB2 text             process no
AB3 text             process no
AB4 multi_choice     process no
"""


def shipped() -> dict[str, QuestionSpec]:
    questions = read_specification(text=SHIPPED.read_text(encoding="utf-8"))
    return {question.code: question for question in questions}


def test_version_1_asks_what_the_policy_asks_in_its_order() -> None:
    questions = shipped().values()

    found = [(q.code, str(q.answer_type), str(q.theory_of_change), q.floor) for q in questions]

    assert found == [
        (code, answer_type, stage, floor == "yes")
        for code, answer_type, stage, floor in map(str.split, VERSION_1.strip().splitlines())
    ]
    assert {q.answer_type for q in questions} == set(AnswerType)
    assert {q.theory_of_change for q in questions} == set(TheoryOfChange)


def test_every_text_has_a_limit_of_200_to_500_words() -> None:
    texts = [field for q in shipped().values() for field in q.fields if field.word_limit]

    limits = {field.word_limit for field in texts}

    assert all(field.type == FieldType.LONG_TEXT for field in texts)
    assert limits == {200, 250, 300, 500}


def test_evidence_is_asked_by_rule() -> None:
    questions = shipped()

    found = {code: questions[code].evidence for code in ("CO2", "CO3", "CO7", "ST5", "ST8", "AB1")}

    assert found == {
        "CO2": EvidenceRule(EvidenceNeed.REQUIRED_IF, "yes"),
        "CO3": EvidenceRule(EvidenceNeed.REQUIRED_IF, "signed"),
        "CO7": EvidenceRule(EvidenceNeed.REQUIRED_IF_ANY),
        "ST5": EvidenceRule(EvidenceNeed.REQUIRED_IF_OVER_ZERO, "assessed"),
        "ST8": EvidenceRule(EvidenceNeed.REQUIRED_IF_ANSWERED),
        "AB1": EvidenceRule(EvidenceNeed.NONE),
    }


def test_options_bring_their_reasons_and_follow_ups() -> None:
    questions = shipped()

    reasons = [o.code for o in questions["CO2"].options if o.reason_required]
    signed, *_others = questions["CO3"].options
    adopted, *_rest = questions["ST1"].options

    assert reasons == ["not_yet", "no"]
    assert [(f.code, f.type) for f in signed.follow_ups] == [
        ("signed_on", FieldType.DATE),
        ("agreement_link", FieldType.LINK),
    ]
    assert [f.code for f in adopted.follow_ups] == [
        "title",
        "adopted_on",
        "strategy_link",
        "review_on",
    ]
    assert [o.code for o in questions["AB4"].options if o.exclusive] == ["none"]


def test_only_derived_questions_of_the_floor_are_not_required() -> None:
    not_required = [q.code for q in shipped().values() if q.floor and not q.required]

    assert not_required == ["OF1", "OF2"]


GOOD = {
    "specification": "strategy",
    "code": "Q1",
    "order": "10",
    "theory_of_change": "input",
    "floor": "yes",
    "answer_type": "choice",
    "text": "Is there one?",
    "options": "yes=Yes | no=No",
    "meets_floor": "yes",
    "evidence": "none",
}


def written(*rows: dict[str, str]) -> str:
    lines = [",".join(f'"{row.get(heading, "")}"' for heading in HEADINGS) for row in rows]
    return "\n".join([",".join(HEADINGS), *lines])


def test_a_good_row_is_read() -> None:
    (question,) = read_specification(text=written(GOOD))

    assert [option.label for option in question.options] == ["Yes", "No"]


TEXT = {"answer_type": "text", "options": "", "meets_floor": "", "word_limit": "300"}
TABLE = {"answer_type": "table", "options": "", "meets_floor": "", "columns": "post:text:Post"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": ""}, "column code: is empty"),
        ({"text": ""}, "column text: is empty"),
        ({"order": "first"}, "column order: 'first' is not a whole number"),
        ({"theory_of_change": "impact"}, "column theory_of_change: use one of input, process"),
        ({"floor": "maybe"}, "column floor: 'maybe' is neither yes nor no"),
        ({"answer_type": "essay"}, "column answer_type: 'essay' is not a type"),
        ({"options": "yes=Yes"}, "column options: a choice needs at least two"),
        ({"options": "yes=Yes | No"}, "column options: 'No' is not an option"),
        ({"options": "yes=Yes | no=No | no=No"}, "column options: no is there twice"),
        ({"reason_required": "perhaps"}, "column reason_required: 'perhaps' is not one"),
        ({"meets_floor": ""}, "column meets_floor: is empty"),
        ({"follow_ups": "maybe > why:text:Why"}, "column follow_ups: 'maybe' is not one"),
        ({"follow_ups": "yes > why"}, "column follow_ups: 'why' is not a column"),
        ({"follow_ups": "yes > reason:text:Why"}, "column follow_ups: the code reason is taken"),
        ({"columns": "post:text:Post"}, "column columns: an answer of type choice has no columns"),
        ({"evidence": "sometimes"}, "column evidence: 'sometimes' is not a rule"),
        ({"evidence": "required_if:perhaps"}, "column evidence: 'perhaps' is not one"),
        ({"evidence": "required_if_over_zero:n"}, "column evidence: 'n' is not a column of whole"),
        ({"evidence": "optional:yes"}, "column evidence: optional names nothing"),
        (TEXT | {"word_limit": ""}, "column word_limit: is empty"),
        (TEXT | {"word_limit": "0"}, "column word_limit: '0' is not a number of words"),
        (TEXT | {"options": "a=A"}, "column options: an answer of type text has no options"),
        (TABLE | {"columns": ""}, "column columns: an answer of type table needs columns"),
        (TABLE | {"columns": "post:essay:Post"}, "column columns: 'essay' is not a type"),
        (TABLE | {"columns": "p:text:P | p:text:P"}, "column columns: a column is there twice"),
        (
            TABLE | {"answer_type": "two_integers"},
            "column columns: two_integers needs two columns of type integer",
        ),
    ],
)
def test_a_fault_is_named_with_row_and_column(change: dict[str, str], message: str) -> None:
    text = written(GOOD | {"code": "Q0", "order": "5"}, GOOD | change)

    with pytest.raises(SpecificationFileError) as refused:
        read_specification(text=text)

    assert any(fault.startswith(f"Row 3, {message}") for fault in refused.value.faults)


def test_codes_and_places_may_not_repeat() -> None:
    with pytest.raises(SpecificationFileError) as refused:
        read_specification(text=written(GOOD, GOOD))

    assert refused.value.faults == (
        "Row 3, column code: Q1 is already in row 2.",
        "Row 3, column order: 10 is already taken in row 2.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Row 1: the headings must be"),
        (written(), "no questions"),
        (written() + "\na,b", "Row 2 has 2 values"),
        (written() + '\n"a', "cannot be read as CSV"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(text: str, message: str) -> None:
    with pytest.raises(SpecificationFileError, match=message):
        read_specification(text=text)
