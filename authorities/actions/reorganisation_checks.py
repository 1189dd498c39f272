"""What stands in the way of a change before anything is stored, and who took its files away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from authorities import audit
from authorities.actions.reorganisation_application import problems_of
from authorities.models import Reorganisation, User
from authorities.queries.geography import load_geography
from authorities.queries.reorganisations import change_of
from authorities.reorganisation.guards import Problem
from authorities.reorganisation.operations import Operation


@dataclass(frozen=True)
class Standing:
    """The problems of a change as a whole, and those of each operation by its place from 0."""

    whole: tuple[Problem, ...]
    by_operation: dict[int, tuple[Problem, ...]]


def standing_problems(*, reorganisation: Reorganisation, today: date) -> Standing:
    """Return what stands in the way of a change as it is stored."""
    found = problems_of(
        reorganisation=reorganisation,
        change=change_of(reorganisation),
        geography=load_geography(),
        today=today,
    )
    places = {problem.operation for problem in found if problem.operation is not None}
    return Standing(
        whole=tuple(problem for problem in found if problem.operation is None),
        by_operation={
            place: tuple(problem for problem in found if problem.operation == place)
            for place in places
        },
    )


def problems_of_more(
    *, reorganisation: Reorganisation, operations: Sequence[Operation], today: date
) -> tuple[Problem, ...]:
    """Return what would stand in the way of more operations; nothing is stored."""
    change = change_of(reorganisation)
    first = len(change.operations)
    found = problems_of(
        reorganisation=reorganisation,
        change=replace(change, operations=(*change.operations, *operations)),
        geography=load_geography(),
        today=today,
    )
    return tuple(
        problem for problem in found if problem.operation is None or problem.operation >= first
    )


@transaction.atomic
def note_download(*, reorganisation: Reorganisation, what: str, by: User, at: datetime) -> None:
    """Record that somebody took a file of a preview away."""
    audit.record(action="reorganisation.downloaded", target=reorganisation, by=by, at=at, what=what)
