"""What makes an entry of the standing records wrong, and how it reads."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from duty.record_words import KIND_WORDS, content_lines
from duty.standing_records import RecordKind, check_content, check_end
from tests.factories.standing_records import content

S, P, A, G, F = RecordKind
DAY = date(2026, 4, 1)


@pytest.mark.parametrize("kind", list(RecordKind))
def test_an_entry_that_is_right_has_no_problem(kind: RecordKind) -> None:
    changes = {"boards": ("north",)} if kind == G else {}

    assert check_content(content=content(kind, **changes)) == ()


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        (S, {"title": " "}, "title"),
        (S, {"status": "thought_of"}, "status"),
        (S, {"adopted_on": None}, "adopted_on"),
        (S, {"adopted_on": date(1066, 1, 1)}, "adopted_on"),
        (S, {"review_on": date(2026, 3, 12)}, "review_on"),
        (S, {"link": "ftp://example.org"}, "link"),
        (S, {"progress_link": "javascript:alert(1)"}, "progress_link"),
        (P, {"title": "Dr Ann Other"}, "title"),
        (P, {"title": "Ms. Other"}, "title"),
        (P, {"fte": Decimal("-0.1")}, "fte"),
        (P, {"employer": ""}, "employer"),
        (A, {"link": "example.org"}, "link"),
        (G, {"boards": ()}, "boards"),
        (G, {"status": "maybe"}, "status"),
        (G, {"signed_on": None}, "signed_on"),
        (G, {"status": "in_development"}, "signed_on"),
        (G, {"review_on": date(2026, 5, 1)}, "review_on"),
        (G, {"themes": ("golf",)}, "themes"),
        (G, {"themes": ("other",)}, "other_theme"),
        (F, {"amount": Decimal("-1")}, "amount"),
        (F, {"ends_on": date(2026, 3, 31)}, "ends_on"),
        (F, {"prevention": "perhaps"}, "prevention"),
        (F, {"pays_for": ""}, "pays_for"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    kind: RecordKind, changes: dict[str, Any], field: str
) -> None:
    boards = {"boards": ("north",)} if kind == G else {}

    problems = check_content(content=content(kind, **(boards | changes)))

    assert field in {one.field for one in problems}


@pytest.mark.parametrize(
    ("kind", "ending", "on", "reason", "field"),
    [
        (P, "ended", None, "", "ended_on"),
        (P, "ended", date(2026, 1, 4), "", "ended_on"),
        (P, "mistake", None, " ", "reason"),
        (P, "forgotten", DAY, "Why", "ending"),
        (A, "ended", DAY, "", "ending"),
    ],
)
def test_an_end_that_is_wrong_is_said_at_its_field(
    kind: RecordKind, ending: str, on: date | None, reason: str, field: str
) -> None:
    found = check_end(content=content(kind), ending=ending, on=on, reason=reason)

    assert found.field == field


@pytest.mark.parametrize(
    ("kind", "ending", "on", "reason"),
    [
        (P, "ended", date(2026, 1, 5), ""),
        (A, "mistake", None, "Twice"),
        (G, "ended", date(2027, 1, 1), ""),
    ],
)
def test_an_end_that_is_right_has_no_problem(
    kind: RecordKind, ending: str, on: date | None, reason: str
) -> None:
    assert check_end(content=content(kind), ending=ending, on=on, reason=reason) is None


def test_an_entry_reads_as_lines_and_says_nothing_of_what_is_empty() -> None:
    post = content_lines(kind=P, content=content(P, joint_with=""), board_names={})
    agreement = content_lines(
        kind=G, content=content(G, boards=("b", "a")), board_names={"a": "NHS A", "b": "NHS B"}
    )
    money = dict(content_lines(kind=F, content=content(F), board_names={}))

    assert post == (
        ("Role title", "Director of health and inclusion"),
        ("Full-time equivalent", "0.6"),
        ("Employer", "The authority"),
        ("Filled", "Yes"),
        ("Since", "5 January 2026"),
    )
    assert ("With", "NHS A, NHS B") in agreement
    assert ("Work plan covers", "Work and health, Housing") in agreement
    assert (money["Amount"], money["For prevention"]) == ("£150,000", "Yes")


def test_every_kind_reads_with_its_article() -> None:
    assert [words.any_one for words in KIND_WORDS.values()] == [
        "a strategy",
        "a post",
        "a decision",
        "an agreement",
        "a source of funding",
    ]
