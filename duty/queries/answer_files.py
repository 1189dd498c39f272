"""The answers of a round for files: one authority at a time, so that few are held at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from authorities.models import CodeScheme
from authorities.queries.dated import codes_on
from duty.lifecycle import ReturnState
from duty.models import Question, Round, Submission
from duty.queries.asked import spec_of
from duty.queries.loaded import LoadedReturn
from duty.queries.review import ReturnLine, returns_of
from duty.queries.snapshots import draft_content
from duty.queries.standing import Standing
from duty.questions import QuestionSpec

# Snapshots held at once.
_AT_ONCE = 4
_SENT = (ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES, ReturnState.ACCEPTED)


@dataclass(frozen=True)
class ReturnInFile:
    """A return as a file has it; without content where nothing may be read."""

    authority: str
    authority_name: str
    ons_code: str
    state: ReturnState
    submission: Submission | None
    content: Mapping[str, Any] | None


@dataclass(frozen=True)
class AnswersOfRound:
    """What a round asked, and whom. The answers are read by `returns_in`."""

    round: Round
    questions: tuple[QuestionSpec, ...]
    lines: tuple[ReturnLine, ...]
    ons_codes: Mapping[str, str]


def answers_of(*, round_: Round, now: datetime) -> AnswersOfRound:
    """Return whom a round asked what, and the newest submission of each; from seven queries."""
    lines = returns_of(round_=round_, now=now)
    ids = {line.authority_id: line.authority_slug for line in lines}
    codes = codes_on(day=round_.geography_date, bodies=ids)
    return AnswersOfRound(
        round=round_,
        questions=questions_of(round_=round_),
        lines=lines,
        ons_codes={
            ids[body]: value
            for (body, scheme), value in codes.items()
            if scheme == CodeScheme.ONS.value
        },
    )


def questions_of(*, round_: Round) -> tuple[QuestionSpec, ...]:
    """Return what a round asks, in order."""
    rows = Question.objects.filter(specification_id=round_.specification_id)
    return tuple(spec_of(row=row) for row in rows.order_by("section", "order", "pk"))


def returns_in(*, answers: AnswersOfRound) -> Iterator[ReturnInFile]:
    """Give the returns of a round by name, with what was last submitted of each; one query."""
    keys = [line.submission.pk for line in answers.lines if line.submission is not None]
    # In the order of the lines, so that each snapshot is read when its line comes.
    in_order = Case(
        *(When(pk=key, then=Value(place)) for place, key in enumerate(keys)),
        default=Value(len(keys)),
        output_field=IntegerField(),
    )
    contents = (
        Submission.objects.filter(pk__in=keys)
        .order_by(in_order, "pk")
        .values_list("content", flat=True)
        .iterator(chunk_size=_AT_ONCE)
    )
    for line in answers.lines:
        yield _in_file(line, answers, content=next(contents) if line.submission else None)


def own_return(
    *, loaded: LoadedReturn, standing: Standing, submission: Submission | None
) -> ReturnInFile:
    """Return an authority's own return: as submitted while it is so, else as it now is.

    For its own people only: a draft is nobody else's.
    """
    sent = standing.state in _SENT
    content: Mapping[str, Any] | None = None
    if sent and submission is not None:
        content = submission.content
    elif loaded.duty_return is not None:
        content = draft_content(loaded=loaded, standing=standing)
    return ReturnInFile(
        authority=loaded.facts.slug,
        authority_name=loaded.facts.name,
        ons_code=loaded.facts.ons_code,
        state=standing.state,
        submission=submission if sent else None,
        content=content,
    )


def _in_file(
    line: ReturnLine, answers: AnswersOfRound, *, content: Mapping[str, Any] | None
) -> ReturnInFile:
    return ReturnInFile(
        authority=line.authority_slug,
        authority_name=line.name,
        ons_code=answers.ons_codes.get(line.authority_slug, ""),
        state=line.state,
        submission=line.submission,
        content=content,
    )
