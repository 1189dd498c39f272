from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty import specification_file
from duty.answers import FloorMet, check_answer, display_answer, floor_met, is_answered
from duty.questions import Answer, AnswerState, QuestionSpec
from duty.specification_file import read_specification

SHIPPED = Path(specification_file.__file__).parent / "configuration" / "specification_v1.csv"
QUESTIONS = {q.code: q for q in read_specification(text=SHIPPED.read_text(encoding="utf-8"))}
PAIRS = ("icb-1", "icb-2")

SIGNED = {"option": "signed", "signed_on": "2026-01-31", "agreement_link": "https://example.org/a"}
ADOPTED = {
    "option": "adopted",
    "title": "Fairer lives",
    "adopted_on": "2025-06-01",
    "strategy_link": "https://example.org/strategy",
    "review_on": "2027-06-01",
}
POST = {"post": "Director", "fte": "1", "employer": "The authority", "filled": "yes"}
RIGHT: dict[str, object] = {
    "CO1": {"pairs": {"icb-1": {"text": "A board"}, "icb-2": {"text": "A forum"}}},
    "CO2": {"pairs": {"icb-1": {"option": "yes"}, "icb-2": {"option": "no", "reason": "New"}}},
    "CO3": {"pairs": {"icb-1": SIGNED, "icb-2": {"option": "in_development"}}},
    "CO4": {"options": ["housing", "other"], "other_area": "Sport"},
    "CO5": {"text": "The chair sits on our health committee."},
    "CO6": {"rows": [{"post": "A", "employers": "B and C", "fte": "0.5", "filled": "no"}]},
    "CO7": {
        "rows": [
            {
                "initiative": "Warm homes",
                "partner": "ICB",
                "amount": "250000",
                "source": "ICB",
                "year": "2026/27",
            }
        ]
    },
    "ST1": ADOPTED,
    "ST5": {"decisions": 12, "assessed": 4},
    "ST7": {"date": "2027-03-31"},
    "ST8": {"link": "https://example.org/progress"},
    "HT1": {"role_title": "Director of health", "since": "2025-09-01"},
    "HT2": {"rows": [POST, {}, None, {"post": "", "fte": None}]},
    "HT3": {"number": "2.5"},
    "OF7": {"date": "2026-05-01", "conclusion": "Keep all but two."},
    "AB4": {"options": ["none"]},
}


def fields_of(
    code: str, value: object, *, evidence: int = 1, pairs: tuple[str, ...] = PAIRS
) -> list[str]:
    found = check_answer(
        question=QUESTIONS[code], answer=Answer(value=value), evidence_count=evidence, pairs=pairs
    )
    return [problem.field for problem in found]


@pytest.mark.parametrize("code", sorted(RIGHT))
def test_a_right_answer_has_no_problem_and_is_answered(code: str) -> None:
    value = RIGHT[code]

    assert fields_of(code, value) == []
    assert is_answered(question=QUESTIONS[code], answer=Answer(value=value), pairs=PAIRS)


def blanks(question: QuestionSpec) -> list[object]:
    """The ways in which a page or a client may leave a question empty."""
    if question.derived:
        return [None]
    record = {field.code: " " for field in question.fields}
    if question.options:
        record = {"options" if question.answer_type == "multi_choice" else "option": ""}
    if question.answer_type == "table":
        return [None, {}, {"rows": []}, {"rows": [record, {}, None]}]
    if question.per_pair:
        return [None, {}, {"pairs": {}}, {"pairs": {"icb-1": record, "icb-2": None}}]
    return [None, {}, record]


@pytest.mark.parametrize("code", sorted(QUESTIONS))
def test_blank_is_unanswered_and_no_problem(code: str) -> None:
    question = QUESTIONS[code]

    for value in blanks(question):
        assert fields_of(code, value, evidence=0) == []
        assert not is_answered(question=question, answer=Answer(value=value), pairs=PAIRS)
    assert not is_answered(question=question, answer=None)


@pytest.mark.parametrize(
    ("code", "value", "fields"),
    [
        ("CO1", {"pairs": {"icb-1": {"text": "A"}}}, ["pairs.icb-2"]),
        ("CO1", {"pairs": {"icb-1": {"text": "A"}, "icb-2": {"text": " "}}}, ["pairs.icb-2"]),
        (
            "CO1",
            {"pairs": {"icb-1": {"text": "A"}, "icb-2": {"text": "B"}, "x": {"text": "C"}}},
            ["pairs.x"],
        ),
        ("CO1", {"pairs": ["A"]}, ["pairs"]),
        (
            "CO2",
            {"pairs": {"icb-1": {"option": "not_yet"}, "icb-2": {"option": "no", "reason": ""}}},
            ["pairs.icb-1.reason", "pairs.icb-2.reason"],
        ),
        (
            "CO3",
            {"pairs": {"icb-1": {"option": "signed"}, "icb-2": SIGNED}},
            ["pairs.icb-1.signed_on", "pairs.icb-1.agreement_link"],
        ),
        ("CO4", {"options": ["housing", "other"]}, ["other_area"]),
        ("CO4", {"options": ["castles"]}, ["options"]),
        ("CO4", {"options": "housing"}, []),
        ("CO4", {"options": [["housing"], {"a": 1}]}, ["options", "options"]),
        ("CO6", {"rows": [{"post": "A"}]}, ["rows.1.employers", "rows.1.fte", "rows.1.filled"]),
        ("CO6", {"rows": [{}, POST | {"employers": "B"}]}, ["rows.2.employer"]),
        ("CO6", {"rows": ["A", 1]}, ["rows.1", "rows.2"]),
        ("CO6", {"rows": [{}] * 201}, ["rows"]),
        ("ST1", {"option": "perhaps"}, ["option"]),
        (
            "ST1",
            {"option": "adopted"},
            ["title", "adopted_on", "strategy_link", "review_on"],
        ),
        ("ST1", ADOPTED | {"adopted_on": "2025-06-31"}, ["adopted_on"]),
        ("ST1", {"option": "not_started", "title": "hidden and left over"}, []),
        ("ST5", {"decisions": "4", "assessed": "5"}, ["assessed"]),
        ("ST5", {"decisions": "4"}, ["assessed"]),
        ("ST5", {"decisions": "-4", "assessed": "1"}, ["decisions"]),
        ("ST5", {"decisions": "0", "assessed": "0"}, []),
        ("ST7", {"date": "next year"}, ["date"]),
        ("ST8", {"link": "javascript:alert(1)"}, ["link"]),
        ("HT1", {"since": "2025-01-01"}, ["role_title"]),
        ("HT2", {"rows": [POST | {"fte": "-1"}]}, ["rows.1.fte"]),
        ("HT3", {"number": "two"}, ["number"]),
        ("HT4", {"rows": [{"source": "ICB", "amount": "1.005"}]}, ["rows.1.amount"]),
        ("OF7", {"conclusion": "Fine"}, ["date"]),
        ("AB1", {"text": "word " * 201}, ["text"]),
        ("AB1", {"text": "Fine", "author": "me"}, ["author"]),
        ("AB1", {"text": "Fine", "": ""}, ["(no name)"]),
        ("AB1", {f"x{number:02}": "" for number in range(50)}, [f"x{n:02}" for n in range(20)]),
        ("AB1", "Fine", ["answer"]),
        ("AB4", {"options": ["none", "peer_learning"]}, ["options"]),
        ("OF2", {"lines": []}, ["answer"]),
    ],
)
def test_a_wrong_answer_is_named_by_its_field(code: str, value: object, fields: list[str]) -> None:
    assert fields_of(code, value) == fields


def test_a_draft_may_answer_for_one_pair_only() -> None:
    value = {"pairs": {"icb-1": {"text": "A"}}}

    assert fields_of("CO1", value, pairs=()) == []
    assert not is_answered(question=QUESTIONS["CO1"], answer=Answer(value=value), pairs=PAIRS)


def test_a_problem_of_a_pair_is_found_by_the_pairs_whole_key() -> None:
    key = "york-and-north-yorkshire/humber-and-north-yorkshire"
    value = {"pairs": {key: {"option": "no"}}}

    assert fields_of("CO2", value, pairs=(key,)) == [f"pairs.{key}.reason"]


def test_messages_say_what_is_wrong_and_what_to_do() -> None:
    answer = Answer(value={"decisions": "4", "assessed": "5"})

    (problem,) = check_answer(question=QUESTIONS["ST5"], answer=answer, evidence_count=1)

    assert problem.message == "5 is more than the 4 of “Relevant decisions”."
    assert problem.fix == "Enter 4 or less, or correct “Relevant decisions”."


@pytest.mark.parametrize(
    ("code", "value", "needed"),
    [
        ("CO2", RIGHT["CO2"], True),
        ("CO2", {"pairs": {"icb-1": {"option": "no", "reason": "New"}}}, False),
        ("CO3", RIGHT["CO3"], True),
        ("CO5", RIGHT["CO5"], False),
        ("CO7", RIGHT["CO7"], True),
        ("CO7", {"rows": [{}]}, False),
        ("ST1", ADOPTED, True),
        ("ST1", {"option": "in_development"}, False),
        ("ST5", {"decisions": 4, "assessed": 0}, False),
        ("ST5", {"decisions": 4, "assessed": 1}, True),
        ("ST8", RIGHT["ST8"], True),
        ("AB1", {"text": "Fine"}, False),
    ],
)
def test_evidence_is_asked_for_by_the_rule(code: str, value: object, needed: bool) -> None:
    without = fields_of(code, value, evidence=0, pairs=())
    beside = fields_of(code, value, evidence=1, pairs=())

    assert ("evidence" in without) is needed
    assert beside == []


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (Answer("not_applicable"), ["reason"]),
        (Answer("not_applicable", reason="  "), ["reason"]),
        (Answer("not_applicable", reason="Councils hold it"), []),
        (Answer("not_applicable", reason="word " * 201), ["reason"]),
        (Answer("no_evidence"), []),
        (Answer("not_yet_known"), ["expected_date"]),
        (Answer("not_yet_known", expected_date="2027-02-29"), ["expected_date"]),
        (Answer("not_yet_known", expected_date="2027-02-28"), []),
        (Answer("zero"), ["answer"]),
    ],
)
def test_not_applicable_no_evidence_and_not_yet_known_are_different_answers(
    answer: Answer, fields: list[str]
) -> None:
    found = check_answer(question=QUESTIONS["ST8"], answer=answer, evidence_count=0)

    assert [problem.field for problem in found] == fields
    assert is_answered(question=QUESTIONS["ST8"], answer=answer) is (answer.state != "zero")


def questions_of(specification: str) -> list[QuestionSpec]:
    return [q for q in QUESTIONS.values() if q.specification == specification]


def answers(**values: object) -> dict[str, Answer]:
    return {
        code: value if isinstance(value, Answer) else Answer(value=value)
        for code, value in values.items()
    }


YES_TO_ALL = {"pairs": {"icb-1": {"option": "yes"}, "icb-2": {"option": "yes"}}}
ALL_SIGNED = {"pairs": {"icb-1": SIGNED, "icb-2": SIGNED}}
FULL = answers(CO1=RIGHT["CO1"], CO2=YES_TO_ALL, CO3=ALL_SIGNED, CO8={"text": "None"})


@pytest.mark.parametrize(
    ("change", "met"),
    [
        ({}, FloorMet.YES),
        ({"CO2": RIGHT["CO2"]}, FloorMet.NO),
        ({"CO3": {"pairs": {"icb-1": {"option": "no", "reason": "New"}}}}, FloorMet.NO),
        ({"CO3": {"pairs": {"icb-1": SIGNED}}}, FloorMet.NOT_ANSWERED),
        ({"CO8": {"text": ""}}, FloorMet.NOT_ANSWERED),
        ({"CO8": Answer("not_applicable", reason="No mayor")}, FloorMet.YES),
        ({"CO8": Answer("no_evidence")}, FloorMet.NO),
        ({"CO8": Answer("not_yet_known", expected_date="2027-01-01")}, FloorMet.NOT_ANSWERED),
        ({"CO8": {"text": ""}, "CO2": RIGHT["CO2"]}, FloorMet.NO),
        ({"CO8": {"text": "word " * 301}}, FloorMet.NOT_ANSWERED),
        ({"CO5": Answer("no_evidence")}, FloorMet.YES),
    ],
)
def test_the_floor_is_met_unmet_or_not_answered(change: dict[str, object], met: FloorMet) -> None:
    given_answers = FULL | answers(**change)

    found = floor_met(questions=questions_of("co-operation"), answers=given_answers, pairs=PAIRS)

    assert found == met


@pytest.mark.parametrize(
    ("first", "second", "met"),
    [
        (True, True, FloorMet.YES),
        (True, False, FloorMet.NO),
        (True, None, FloorMet.NOT_ANSWERED),
        (True, "yes", FloorMet.NOT_ANSWERED),
    ],
)
def test_derived_answers_say_themselves_whether_the_floor_is_met(
    first: object, second: object, met: FloorMet
) -> None:
    given_answers = answers(OF1={"met": first}, OF2={"met": second})

    found = floor_met(questions=questions_of("outcomes-framework"), answers=given_answers)

    assert found == met


def test_a_floor_without_an_answer_is_not_answered_and_not_unmet() -> None:
    for specification in {q.specification for q in QUESTIONS.values()}:
        found = floor_met(questions=questions_of(specification), answers={}, pairs=PAIRS)

        assert found == FloorMet.NOT_ANSWERED


@pytest.mark.parametrize(
    ("code", "answer", "lines"),
    [
        ("CO5", None, (("Answer", "Not answered"),)),
        ("CO5", Answer(value={"text": " "}), (("Answer", "Not answered"),)),
        ("CO5", Answer(value={"text": "The chair"}), (("Answer", "The chair"),)),
        (
            "CO1",
            Answer(value=RIGHT["CO1"]),
            (("NHS One ICB", "A board"), ("icb-2", "A forum")),
        ),
        (
            "CO2",
            Answer(value=RIGHT["CO2"]),
            (("NHS One ICB", "Yes"), ("icb-2", "No"), ("icb-2: Reason", "New")),
        ),
        (
            "CO4",
            Answer(value=RIGHT["CO4"]),
            (("Answer", "Housing, Other"), ("What else it covers", "Sport")),
        ),
        (
            "HT2",
            Answer(value={"rows": [{}, POST]}),
            (
                ("Row 1: Post", "Director"),
                ("Row 1: Full-time equivalent", "1"),
                ("Row 1: Employer", "The authority"),
                ("Row 1: Filled", "Yes"),
            ),
        ),
        (
            "ST5",
            Answer(value={"decisions": "1200", "assessed": 0}),
            (
                ("Relevant decisions", "1,200"),
                ("Of these, decisions with an impact assessment", "0"),
            ),
        ),
        ("ST7", Answer(value={"date": "2027-03-31"}), (("Date", "31 March 2027"),)),
        ("ST7", Answer(value={"date": "spring"}), (("Date", "spring"),)),
        (
            "ST7",
            Answer("not_applicable", reason="No strategy yet"),
            (("Answer", "Not applicable"), ("Reason", "No strategy yet")),
        ),
        (
            "ST7",
            Answer("not_yet_known", expected_date="2027-01-01"),
            (("Answer", "Not yet known"), ("Date by which it will be known", "1 January 2027")),
        ),
        (
            "OF2",
            Answer(value={"lines": [{"label": "With a stated role", "text": "4 of 9"}]}),
            (("With a stated role", "4 of 9"),),
        ),
        ("OF2", Answer(value={"lines": "4"}), (("Answer", "Not available"),)),
    ],
)
def test_an_answer_is_shown_as_lines(
    code: str, answer: Answer | None, lines: tuple[tuple[str, str], ...]
) -> None:
    found = display_answer(
        question=QUESTIONS[code], answer=answer, pair_names={"icb-1": "NHS One ICB"}
    )

    assert found == lines


# Keys and codes that questions know, so that the odd values reach the depths.
KEYS = sorted(
    {field.code for q in QUESTIONS.values() for field in q.fields}
    | {f.code for q in QUESTIONS.values() for o in q.options for f in o.follow_ups}
    | {"option", "options", "reason", "rows", "pairs", "lines", "met", "icb-1", "icb-2", "x\x00"}
)
CODES = sorted({option.code for q in QUESTIONS.values() for option in q.options})
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text(st.characters(categories=("Cs", "Cc", "Nd", "Zs")))
    | st.sampled_from([*CODES, "2026-02-30", "http://[", "9" * 5000, "0" * 5000, "1" * 20, "-1"])
    | st.just(10**400)
)
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=12,
)


def shaped(question: QuestionSpec) -> st.SearchStrategy[object]:
    """Values with the question's own shape outside and anything within."""
    codes = [field.code for field in question.fields]
    codes += [f.code for option in question.options for f in option.follow_ups]
    record = st.dictionaries(
        st.sampled_from([*codes, "option", "options", "reason"]),
        scalars | st.lists(scalars, max_size=3),
    )
    return (
        record
        | st.fixed_dictionaries({"rows": st.lists(record | scalars, max_size=3)})
        | st.fixed_dictionaries(
            {"pairs": st.dictionaries(st.sampled_from([*PAIRS, "y"]), record | scalars)}
        )
    )


@st.composite
def questions_with_values(draw: st.DrawFn) -> tuple[QuestionSpec, Answer, int]:
    question = draw(st.sampled_from(list(QUESTIONS.values())))
    state = draw(st.sampled_from([*AnswerState, AnswerState.VALUE, AnswerState.VALUE, "other"]))
    value = draw(shaped(question) | json_values)
    reason, expected = draw(st.none() | st.text()), draw(st.none() | st.text())
    answer = Answer(state=state, value=value, reason=reason, expected_date=expected)
    return question, answer, draw(st.integers(0, 2))


@pytest.mark.slow
@given(questions_with_values())
def test_no_json_value_makes_the_rules_raise(case: tuple[QuestionSpec, Answer, int]) -> None:
    question, answer, evidence_count = case

    for pairs in ((), PAIRS):
        problems = check_answer(
            question=question, answer=answer, evidence_count=evidence_count, pairs=pairs
        )
        met = floor_met(questions=[question], answers={question.code: answer}, pairs=pairs)
        lines = display_answer(question=question, answer=answer)

        said = [text for p in problems for text in (p.field, p.message, p.fix)]
        said += [text for line in lines for text in line]
        assert all(p.message and p.fix and p.field for p in problems)
        assert lines
        assert met in FloorMet
        # Everything said can be stored and sent: no lone surrogates, no NUL.
        assert "\x00" not in "".join(said)
        "".join(said).encode("utf-8")
