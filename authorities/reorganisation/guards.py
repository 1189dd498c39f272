"""What stands in the way of a change, each with its own message that says what to do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from authorities.reorganisation.area_guards import (
    area_problems,
    areas_moved_twice,
    unclear_memberships,
)
from authorities.reorganisation.body_guards import body_problems
from authorities.reorganisation.cases import About, Case, Field, Found, Guard, Problem, in_words
from authorities.reorganisation.change import apply_change
from authorities.reorganisation.checks import broken_rules
from authorities.reorganisation.cluster_guards import cluster_problems
from authorities.reorganisation.facts import BodyKey, Geography
from authorities.reorganisation.operations import Change, closing_bodies, structural_bodies
from authorities.timetable import months_after

MOST_MONTHS_AHEAD = 12

__all__ = ["MOST_MONTHS_AHEAD", "About", "Field", "Guard", "Problem", "problems"]


def problems(
    *,
    change: Change,
    geography: Geography,
    today: date,
    busy: Mapping[BodyKey, str],
) -> tuple[Problem, ...]:
    """Return everything that stands in the way of a change, in the order of its operations.

    Args:
        change: what is to happen.
        geography: who exists and what belongs to whom, on every day.
        today: the day on which the change is entered or checked.
        busy: bodies in other changes that are not yet applied, with the title of that change.

    Returns:
        No problem means that `apply_change` gives a geography that keeps every rule.

    Source: the client's guards for organisation changes; DHIS2 names those of merges and splits
        E1500 to E1516.
    """
    case = Case(change=change, geography=geography)
    found = list(_of_the_whole(case, today, busy))
    for index, operation in enumerate(change.operations):
        found += [
            replace(problem, operation=index)
            for problem in (
                *body_problems(operation=operation, case=case),
                *cluster_problems(operation=operation, case=case),
                *area_problems(operation=operation, case=case),
            )
        ]
    if found:
        return tuple(sorted(found, key=lambda p: -1 if p.operation is None else p.operation))
    after = apply_change(geography=geography, change=change)
    return tuple(
        Problem(Guard.PEOPLE_LEFT, text, About(Field.WHOLE))
        for text in broken_rules(geography=after, on=change.on)
    )


def _of_the_whole(case: Case, today: date, busy: Mapping[BodyKey, str]) -> Found:
    if not case.change.operations:
        yield Problem(Guard.NO_OPERATION, "Add at least one operation.", About(Field.WHOLE))
    latest = months_after(day=today, months=MOST_MONTHS_AHEAD)
    if case.on > latest:
        yield Problem(
            Guard.TOO_FAR_AHEAD,
            f"The change takes effect on {in_words(case.on)}. Enter a day up to "
            f"{in_words(latest)}: at most {MOST_MONTHS_AHEAD} months ahead.",
            About(Field.DAY),
        )
    for body in structural_bodies(case.change):
        if body in busy:
            yield Problem(
                Guard.BUSY,
                f"{case.name(body)} is already part of the change "
                f"“{busy[body]}”. Apply or cancel that one first, or add this to it.",
                About(Field.WHOLE, body=body),
            )
    ends = Counter(
        body
        for operation in case.change.operations
        for body in closing_bodies(Change(on=case.on, operations=(operation,)))
    )
    for body, times in ends.items():
        if times > 1:
            yield Problem(
                Guard.ENDS_TWICE,
                f"{case.name(body)} ends in {times} operations. Keep one of them.",
                About(Field.WHOLE, body=body),
            )
    yield from areas_moved_twice(case=case)
    yield from unclear_memberships(case=case)
