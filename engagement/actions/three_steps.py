"""Writes a side's column of the three steps of its pair."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import Body, Pair, User
from duty import words
from duty.actions.clock import judged_at
from duty.models import Round
from engagement.actions.own_views import PairNotExpectedError, RoundClosedError
from engagement.models import Side, ThreeStepAnswer, ThreeStepColumn
from engagement.queries import own_views as view_queries
from engagement.queries import three_steps as queries
from engagement.three_steps import PRIORITIES, STEP_CODES, Standing

MOST_NOTE = 1000


@dataclass(frozen=True)
class Content:
    """What a side says, by priority, and its notes by step; what is left out is blank."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


class UnknownPriorityError(ValueError):
    """An answer or a note is about something that is not asked."""


class NoteTooLongError(ValueError):
    """A note is longer than it may be."""


class StaleColumnError(ValueError):
    """Somebody of the same body saved meanwhile. Holds both texts, so that nothing is lost."""

    def __init__(self, *, submitted: Content, stored: queries.Column) -> None:
        self.submitted, self.stored = submitted, stored
        super().__init__("Your copy has changed since you opened it. Compare both and save again.")


@transaction.atomic
def save_column(
    *,
    pair: Pair,
    round: Round,
    side: Side,
    content: Content,
    expected_version: int,
    by: User,
    at: datetime,
) -> queries.Column:
    """Store a side's whole column, as long as its own view may be written, and by the same clock.

    `expected_version` is 0 where nobody had started. Saving the same twice stores it once.

    Raises:
        RoundClosedError, PairNotExpectedError: not now, or not this pair.
        UnknownPriorityError, NoteTooLongError: what is sent cannot be.
        StaleColumnError: somebody saved something else meanwhile.
    """
    content = _checked(content)
    if not view_queries.is_expected(round=round, pair=pair):
        raise PairNotExpectedError("This pair is not assessed in this round.")
    ThreeStepColumn.objects.get_or_create(
        round=round, pair=pair, side=side, defaults={"updated_at": at, "updated_by": by}
    )
    row = (
        ThreeStepColumn.objects.select_for_update(of=("self",))
        .select_related("round", "pair__authority", "pair__board", "updated_by")
        .get(round=round, pair=pair, side=side)
    )
    _require_open(row=row, at=at)
    stored = queries.column_of(row=row, standings=queries.stored_standings(row=row))
    if row.version and (stored.standings, stored.notes) == (content.standings, content.notes):
        return stored
    if row.version != expected_version:
        raise StaleColumnError(submitted=content, stored=stored)
    _write_answers(row=row, before=stored.standings, after=content.standings)
    for code in STEP_CODES:
        setattr(row, code, content.notes.get(code, ""))
    row.version += 1
    row.updated_at, row.updated_by = at, by
    row.save()
    body: Body = row.pair.authority if side == Side.AUTHORITY else row.pair.board
    audit.record(
        action="three_steps.saved",
        target=row,
        by=by,
        at=at,
        body=body,
        round=row.round.slug,
        side=side.value,
        answered=len(content.standings),
    )
    return queries.column_of(row=row, standings=content.standings)


def _checked(content: Content) -> Content:
    unknown = sorted({*content.standings} - {*PRIORITIES} | {*content.notes} - {*STEP_CODES})
    if unknown:
        raise UnknownPriorityError(f"Nothing is asked about {', '.join(unknown)}.")
    notes = {code: note.strip() for code, note in content.notes.items() if note.strip()}
    if any(len(note) > MOST_NOTE for note in notes.values()):
        raise NoteTooLongError(f"A note may have up to {MOST_NOTE} characters. Shorten it.")
    return Content(standings=dict(content.standings), notes=notes)


def _require_open(*, row: ThreeStepColumn, at: datetime) -> None:
    closing = view_queries.closing_for(round=row.round, pair=row.pair, side=row.side)
    if not closing.is_open(now=judged_at(at=at)):
        raise RoundClosedError(
            f"{row.round.name} takes no answers to the three steps now: your last day for edits "
            f"was {words.london_date(moment=closing.edits_until)}. Ask the team that runs the "
            "round."
        )


def _write_answers(
    *, row: ThreeStepColumn, before: Mapping[str, Standing], after: Mapping[str, Standing]
) -> None:
    changed = [code for code, said in before.items() if after.get(code) != said]
    ThreeStepAnswer.objects.filter(column=row, priority__in=changed).delete()
    ThreeStepAnswer.objects.bulk_create(
        ThreeStepAnswer(column=row, priority=code, standing=said.value)
        for code, said in after.items()
        if before.get(code) != said
    )
