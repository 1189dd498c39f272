"""The rows taken from a file become a reorganisation, the one way to change geography."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.actions import reorganisations
from authorities.actions.register_feeds import open_feed
from authorities.actions.reorganisations import Heading, ReorganisationProblemsError
from authorities.feed_operations import Left, Plan, plan
from authorities.models import FeedDifference, RegisterFeed, Reorganisation, User
from authorities.queries.geography import load_geography
from authorities.queries.register_feeds import rows_to_change, taken_of

__all__ = ["FeedChangeError", "NothingTakenError", "RowProblem", "make_change"]


@dataclass(frozen=True)
class RowProblem:
    """What stands in the way of a row; `position` is None where it is the change as a whole."""

    position: int | None
    text: str


class NothingTakenError(ValueError):
    """No row is taken, or a change was made of all of them."""


class FeedChangeError(ValueError):
    """Guards of changes stand in the way; nothing is stored."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        """Keep each with its row."""
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.text for problem in problems))


@transaction.atomic
def make_change(*, feed: RegisterFeed, heading: Heading, by: User, at: datetime) -> Reorganisation:
    """Draft a change of the rows that are taken and in no change yet.

    What the file does not say, such as who takes over the people of a board that ends, is kept
    with its row as what is left to do.

    Raises:
        SettledFeedError, NothingTakenError, FeedChangeError: nothing is stored.
    """
    open_feed(feed.pk)
    rows = rows_to_change(feed=feed)
    if not rows:
        raise NothingTakenError("Take at least one row first.")
    made = plan(taken=taken_of(rows), geography=load_geography(), on=heading.effective_date)
    change = _draft(made, heading, by=by, at=at)
    _mark(rows, change, made.left)
    audit.record(
        action="register_feed.change_made",
        target=feed,
        by=by,
        at=at,
        reorganisation=str(change.pk),
        rows=[row.position for row in rows],
    )
    return change


def _draft(made: Plan, heading: Heading, *, by: User, at: datetime) -> Reorganisation:
    change = reorganisations.draft(heading=heading, by=by, at=at)
    if not made.steps:
        return change
    try:
        reorganisations.add_operation(
            reorganisation=change,
            version=change.version,
            operations=[step.operation for step in made.steps],
            by=by,
            at=at,
        )
    except ReorganisationProblemsError as error:
        raise FeedChangeError(
            [
                RowProblem(
                    position=(
                        None
                        if problem.operation is None
                        else made.steps[problem.operation].positions[0]
                    ),
                    text=problem.text,
                )
                for problem in error.problems
            ]
        ) from error
    return change


def _mark(rows: Sequence[FeedDifference], change: Reorganisation, left: Sequence[Left]) -> None:
    texts = {one.position: one.text for one in left}
    for row in rows:
        row.reorganisation = change
        row.to_complete = texts.get(row.position, "")
        row.version += 1
        row.save(update_fields=["reorganisation", "to_complete", "version"])
