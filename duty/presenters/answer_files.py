"""The files of answers that people take away: what stands in each, and how it is called."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from authorities.workbook import DICTIONARY_COLUMNS, Cell, Column, Table, dictionary_rows
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
from duty.models import Round
from duty.presenters.progress import RETURN_WORDS
from duty.queries.answer_files import ReturnInFile
from duty.questions import QuestionSpec
from duty.words import LONDON

Returns = Callable[[], Iterator[ReturnInFile]]

_ABOUT_COLUMNS = (
    Column("what", "What is said."),
    Column("value", "What it is."),
)


@dataclass(frozen=True)
class AnswerTables:
    """The tables of a file of answers; rows are made while they are read."""

    title: str
    answers: Table
    evidence: Table
    wide: Table
    dictionary: Table
    about: Table

    @property
    def sheets(self) -> tuple[Table, ...]:
        """The sheets of the workbook, in their order."""
        return (self.answers, self.evidence, self.wide, self.dictionary, self.about)


def answer_tables(
    *,
    round_: Round,
    questions: tuple[QuestionSpec, ...],
    returns: Returns,
    holds: str,
    made_at: datetime,
    demonstration: bool,
) -> AnswerTables:
    """Return the tables of answers of a round.

    Args:
        round_: the round.
        questions: what it asks, in order.
        returns: gives the returns anew each time, since each table is written on its own.
        holds: which returns those are, in words.
        made_at: when the file is made.
        demonstration: whether the answers are invented.
    """
    # The parts of a return in their own order, not in that of their codes.
    order = {code: place for place, code in enumerate(round_.specification.section_order)}
    questions = tuple(sorted(questions, key=lambda one: (order[one.specification], one.order)))
    codes = {
        "section": round_.specification.section_choices,
        "return_state": tuple((state.value, said[0]) for state, said in RETURN_WORDS.items()),
    }
    answers = Table(
        "Returns",
        with_codes(columns=ANSWER_COLUMNS, codes=codes),
        (
            row
            for one in _each(returns)
            for row in answer_rows(
                head=_head(round_, one), content=one.content, questions=questions
            )
        ),
    )
    evidence = Table(
        "Evidence",
        with_codes(columns=EVIDENCE_COLUMNS, codes=codes),
        (
            row
            for one in _each(returns)
            for row in evidence_rows(head=_head(round_, one), content=one.content)
        ),
    )
    wide = Table(
        "By authority",
        wide_columns(questions=questions),
        (
            wide_row(head=_head(round_, one), content=one.content, questions=questions)
            for one in _each(returns)
        ),
    )
    described = [*dictionary_rows(tables=(answers, evidence)), *question_rows(questions=questions)]
    return AnswerTables(
        title=f"{round_.called}: returns of the health duty",
        answers=answers,
        evidence=evidence,
        wide=wide,
        dictionary=Table("Data dictionary", DICTIONARY_COLUMNS, described),
        about=Table(
            "About", _ABOUT_COLUMNS, _about(round_, holds, made_at, demonstration=demonstration)
        ),
    )


def _each(returns: Returns) -> Iterator[ReturnInFile]:
    # Asked for when the first row is, not when the table is described.
    yield from returns()


def _head(round_: Round, one: ReturnInFile) -> RowHead:
    sent = one.submission
    return RowHead(
        round_slug=round_.slug,
        round_name=round_.name,
        is_test=round_.is_test,
        authority=one.authority,
        authority_name=one.authority_name,
        ons_code=one.ons_code,
        state=one.state.value,
        state_label=RETURN_WORDS[one.state][0],
        reference=sent.reference if sent else "",
        number=sent.number if sent else None,
        submitted_at=sent.submitted_at.astimezone(LONDON) if sent else None,
        late=sent.late if sent else None,
    )


def _about(
    round_: Round, holds: str, made_at: datetime, *, demonstration: bool
) -> list[tuple[Cell, Cell]]:
    rows: list[tuple[Cell, Cell]] = [
        ("Title", f"{round_.called}: returns of the health duty"),
        ("Holds", holds),
        ("Covers from", round_.covers_from),
        ("Covers to", round_.covers_to),
        ("Bodies and areas as at", round_.geography_date),
        ("Questions", f"Version {round_.specification.version}"),
        ("Revision", "The newest submission of each authority at the time below."),
        ("Made at", made_at.astimezone(LONDON)),
        ("Licence", "Not published: for work on the health duty. Who takes it is logged."),
        ("Left out", "Notes that authorities keep for their own colleagues."),
    ]
    if demonstration:
        rows.insert(0, ("Demonstration", "The answers in this file are invented."))
    if round_.is_test:
        rows.append(("Test round", "These returns count nowhere."))
    return rows
