"""What the standing records say to the questions of version 1."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from duty.known_records import Covered, Entry, JointMoney, Records
from duty.questions import Answer, AnswerType, QuestionSpec, RecordSource
from duty.record_answers import answer_from_records, financial_year, unknown_amounts
from duty.record_sources import SOURCES, source_of
from duty.slots import Given, Slot, check_slot, show_slot
from duty.standing_records import CommitteeRole, RecordKind
from tests.factories.duty import version_one
from tests.factories.standing_records import content

COVERED = Covered(first=date(2026, 4, 1), last=date(2026, 9, 30))


def question(code: str) -> QuestionSpec:
    return next(one for one in version_one() if one.code == code)


def entry(kind: RecordKind, *, ended_on: date | None = None, **changes: Any) -> Entry[Any]:
    return Entry(content(kind, **changes), ended_on)


def said(code: str, *, board: str | None = None, **records: Any) -> object:
    found = answer_from_records(
        question=question(code), board=board, records=Records(**records), covered=COVERED
    )
    return found and found.value


def test_every_source_is_read_by_a_question_of_version_1_of_its_type() -> None:
    sources = {q.record_source: q.answer_type for q in version_one() if q.record_source}

    assert sources == {source: answer_type for source, (_, answer_type) in SOURCES.items()}


def test_an_adopted_strategy_answers_with_its_title_dates_and_link() -> None:
    strategies = (
        entry(RecordKind.STRATEGY, title="An idea", status="in_development", adopted_on=None),
        entry(RecordKind.STRATEGY),
    )

    assert said("ST1", strategies=strategies) == {
        "option": "adopted",
        "title": "Healthier lives for all",
        "adopted_on": "2026-03-12",
        "strategy_link": "https://example.org/strategy",
        "review_on": "2029-03-12",
    }
    assert said("ST7", strategies=strategies) == {"date": "2029-03-12"}
    assert said("ST8", strategies=strategies) == {"link": "https://example.org/progress"}


@pytest.mark.parametrize(
    ("changes", "option"),
    [
        ({"status": "being_refreshed"}, "being_refreshed"),
        ({"adopted_on": date(2026, 10, 1)}, "in_development"),
    ],
)
def test_a_strategy_stands_where_it_stood_on_the_last_day(
    changes: dict[str, Any], option: str
) -> None:
    assert said("ST1", strategies=(entry(RecordKind.STRATEGY, **changes),)) == {"option": option}


def test_a_strategy_that_ended_before_the_last_day_says_nothing() -> None:
    ended = entry(RecordKind.STRATEGY, ended_on=date(2026, 9, 29))

    assert [said(code, strategies=(ended,)) for code in ("ST1", "ST7", "ST8")] == [None] * 3


def test_decisions_are_counted_within_the_days_covered_both_ends_included() -> None:
    assessments = tuple(
        entry(RecordKind.ASSESSMENT, decided_on=day, assessment=made)
        for day, made in [
            (date(2026, 3, 31), "both"),
            (date(2026, 4, 1), "none"),
            (date(2026, 9, 30), "inequalities"),
            (date(2026, 10, 1), "health"),
        ]
    )

    assert said("ST5", assessments=assessments) == {"decisions": "2", "assessed": "1"}
    assert said("ST5", assessments=assessments[:1]) is None


def test_posts_in_force_on_the_last_day_are_the_team_and_the_joint_ones_again() -> None:
    posts = (
        entry(RecordKind.POST),
        entry(RecordKind.POST, title="Analyst", fte=Decimal("1.00"), joint_with="", filled=False),
        entry(RecordKind.POST, title="Left", ended_on=date(2026, 9, 29)),
        entry(RecordKind.POST, title="Came later", since=date(2026, 10, 1)),
        entry(
            RecordKind.POST, title="Leaves", ended_on=date(2026, 9, 30), since=None, joint_with=""
        ),
    )

    team = said("HT2", posts=posts)
    joint = said("CO6", posts=posts)

    assert team["rows"][0] == {
        "post": "Director of health and inclusion",
        "fte": "0.6",
        "employer": "The authority",
        "joint_with": "The ICB",
        "filled": "yes",
    }
    assert [row["post"] for row in team["rows"]] == [
        "Director of health and inclusion",
        "Analyst",
        "Leaves",
    ]
    assert joint == {
        "rows": [
            {
                "post": "Director of health and inclusion",
                "employers": "The authority and The ICB",
                "fte": "0.6",
                "filled": "yes",
            }
        ]
    }


def test_funding_in_force_pays_for_the_team_and_joint_work_for_prevention() -> None:
    funding = (
        entry(RecordKind.FUNDING),
        entry(RecordKind.FUNDING, title="Own budget", joint_with="", ends_on=None),
        entry(RecordKind.FUNDING, title="Over", ends_on=date(2026, 9, 29)),
        entry(RecordKind.FUNDING, title="For something else", prevention="no"),
    )

    team = said("HT4", funding=funding)
    joint = said("CO7", funding=funding)

    assert [row["source"] for row in team["rows"]] == [
        "Set-up grant",
        "Own budget",
        "For something else",
    ]
    assert team["rows"][0] == {
        "source": "Set-up grant",
        "amount": "150000",
        "ends_on": "2027-03-31",
        "plan": "From the own budget",
    }
    assert joint == {
        "rows": [
            {
                "initiative": "Warm homes",
                "partner": "The ICB",
                "amount": "150000",
                "source": "Set-up grant",
                "year": "2026/27",
            }
        ]
    }


def test_an_agreement_answers_for_its_own_icbs_alone_and_a_signed_one_goes_first() -> None:
    agreements = (
        entry(RecordKind.AGREEMENT, boards=("north",), status="in_development", signed_on=None),
        entry(
            RecordKind.AGREEMENT, boards=("north", "south"), themes=("other",), other_theme="Food"
        ),
    )

    assert said("CO3", board="north", agreements=agreements) == {
        "option": "signed",
        "signed_on": "2026-05-01",
        "agreement_link": "https://example.org/memorandum",
    }
    assert said("CO3", board="north", agreements=agreements[:1]) == {"option": "in_development"}
    assert said("CO3", board="west", agreements=agreements) is None
    assert said("CO4", agreements=agreements) == {
        "options": ["work_and_health", "housing", "other"],
        "other_area": "Food",
    }


def test_an_agreement_signed_after_the_last_day_says_nothing() -> None:
    later = entry(RecordKind.AGREEMENT, boards=("north",), signed_on=date(2026, 10, 1))

    assert said("CO3", board="north", agreements=(later,)) is None
    assert said("CO4", agreements=(later,)) is None


@pytest.mark.parametrize("code", ["ST1", "ST5", "HT2", "HT4", "CO6", "CO7", "CO3"])
def test_what_the_records_say_passes_the_rules_of_the_question(code: str) -> None:
    records = Records(
        strategies=(entry(RecordKind.STRATEGY),),
        posts=(entry(RecordKind.POST),),
        assessments=(entry(RecordKind.ASSESSMENT),),
        agreements=(entry(RecordKind.AGREEMENT, boards=("north",)),),
        funding=(entry(RecordKind.FUNDING),),
    )
    asked = question(code)
    slot = Slot(asked, "north" if asked.per_pair else None)

    answer = answer_from_records(question=asked, board=slot.board, records=records, covered=COVERED)

    assert answer is not None
    assert check_slot(slot=slot, given=Given(answer=answer, evidence_count=1)) == ()


def test_columns_and_choices_that_a_later_version_lacks_are_left_out() -> None:
    posts = (entry(RecordKind.POST),)
    table = question("HT2")
    narrower = replace(table, columns=table.columns[:2])
    choice = question("ST1")
    fewer = replace(choice, options=choice.options[1:])

    row = answer_from_records(
        question=narrower, board=None, records=Records(posts=posts), covered=COVERED
    )
    gone = answer_from_records(
        question=fewer,
        board=None,
        records=Records(strategies=(entry(RecordKind.STRATEGY),)),
        covered=COVERED,
    )

    assert row.value == {"rows": [{"post": "Director of health and inclusion", "fte": "0.6"}]}
    assert gone is None


def test_a_question_without_a_source_or_of_another_type_is_not_answered() -> None:
    records = Records(posts=(entry(RecordKind.POST),))
    wrong = replace(question("CO8"), record_source=RecordSource.POSTS)

    for asked in (question("CO8"), wrong):
        assert (
            answer_from_records(question=asked, board=None, records=records, covered=COVERED)
            is None
        )


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 31), "2025/26"),
        (date(2026, 4, 1), "2026/27"),
        (date(1999, 12, 31), "1999/00"),
    ],
)
def test_a_financial_year_begins_in_april(day: date, year: str) -> None:
    assert financial_year(day=day) == year


def test_what_all_parties_signed_here_by_the_last_day_is_signed_and_later_is_not() -> None:
    on_its_way = {"boards": ("north",), "status": "in_development", "signed_on": None}

    def at(day: date) -> object:
        signed = replace(entry(RecordKind.AGREEMENT, **on_its_way), signed_here=day)
        return said("CO3", board="north", agreements=(signed,))

    assert at(date(2026, 9, 30)) == {
        "option": "signed",
        "signed_on": "2026-09-30",
        "agreement_link": "https://example.org/memorandum",
    }
    assert at(date(2026, 10, 1)) == {"option": "in_development"}


def test_roles_of_signed_agreements_in_force_answer_who_sits_where() -> None:
    roles = (
        CommitteeRole("north", "authority", "Director of health", "Integrated care board"),
        CommitteeRole("north", "board", "Director of strategy", "Skills committee"),
    )
    signed = entry(RecordKind.AGREEMENT, boards=("north",), roles=roles)
    drafted = entry(
        RecordKind.AGREEMENT,
        boards=("north",),
        status="in_development",
        signed_on=None,
        roles=(CommitteeRole("north", "board", "Chair", "Health board"),),
    )
    over = replace(signed, ended_on=date(2026, 9, 29))
    names = {"north": "NHS North"}

    found = said("CO5", agreements=(signed, signed, drafted), board_names=names)

    assert found == {
        "text": "Director of health of the authority, on Integrated care board of NHS North\n"
        "Director of strategy of NHS North, on Skills committee of the authority"
    }
    assert said("CO5", agreements=(over, drafted), board_names=names) is None


def test_a_version_that_was_published_before_is_answered_by_roles_too() -> None:
    before = replace(question("CO5"), record_source=None)

    assert source_of(question=before) == RecordSource.AGREEMENT_ROLES
    assert source_of(question=replace(before, answer_type=AnswerType.LINK)) is None


def money(**changes: Any) -> JointMoney:
    right = {
        "initiative": "Warm homes",
        "partner": "NHS North",
        "amount": Decimal("20000.00"),
        "source": "ICB prevention budget",
        "year": "2026/27",
        "changed_at": datetime(2026, 9, 1, tzinfo=UTC),
    }
    return JointMoney(**(right | changes))


def test_money_of_joint_commitments_stands_beside_the_records_and_unknown_is_not_nought() -> None:
    found = said(
        "CO7",
        funding=(entry(RecordKind.FUNDING),),
        joint_money=(money(), money(initiative="Walks", amount=None)),
    )

    assert isinstance(found, dict)
    assert [(row["initiative"], row["amount"]) for row in found["rows"]] == [
        ("Warm homes", "150000"),
        ("Warm homes", "20000"),
        ("Walks", ""),
    ]
    lines = show_slot(slot=Slot(question("CO7"), None), answer=Answer(value=found))
    assert ("Row 3: Amount in pounds", "not known") in lines
    assert unknown_amounts(question=question("CO7"), answer=Answer(value=found)) == ("Walks",)
    assert unknown_amounts(question=question("HT2"), answer=Answer(value=found)) == ()
