"""The rules that every geography keeps, on every day."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar

from authorities.reorganisation.facts import CONSTITUENT, BodyKey, Geography
from authorities.span import FIRST_DAY, LAST_DAY, Span


class _Dated(Protocol):
    @property
    def valid(self) -> Span: ...


_Fact = TypeVar("_Fact", bound=_Dated)


def broken_rules(*, geography: Geography, on: date) -> tuple[str, ...]:
    """Return what is wrong with a geography, in words; empty for a good one.

    Args:
        geography: all dated facts.
        on: the day from which every part must have a council and a board.

    Source: the register's own rules, which the database keeps as constraints.
    """
    return (
        *_twice_a_day(geography.names, lambda f: f.body, "{key} has two names on one day."),
        *_twice_a_day(
            geography.codes,
            lambda f: (f.body, f.scheme),
            "{key} has two codes of one kind on one day.",
        ),
        *_twice_a_day(
            geography.codes, lambda f: (f.scheme, f.value), "The code {key} means two bodies."
        ),
        *_twice_a_day(geography.designations, lambda f: f.body, "{key} has two tiers on one day."),
        *_twice_a_day(
            [f for f in geography.members if f.role == CONSTITUENT],
            lambda f: f.council,
            "{key} is in two strategic authorities on one day.",
        ),
        *_twice_a_day(
            geography.members,
            lambda f: (f.council, f.authority),
            "The membership {key} is there twice on one day.",
        ),
        *_twice_a_day(
            geography.groups,
            lambda f: (f.member, f.group.kind),
            "{key}: in two groups of this kind on one day.",
        ),
        *_twice_a_day(
            geography.part_councils, lambda f: f.part, "{key} is in two councils on one day."
        ),
        *_twice_a_day(geography.part_boards, lambda f: f.part, "{key} is in two ICBs on one day."),
        *_left_without(geography, on),
        *_outlived(geography),
    )


def _twice_a_day(
    facts: Sequence[_Fact], key: Callable[[_Fact], Hashable], rule: str
) -> Iterator[str]:
    by_key: defaultdict[Hashable, list[Span]] = defaultdict(list)
    for fact in facts:
        by_key[key(fact)].append(fact.valid)
    for name, spans in by_key.items():
        ordered = sorted(spans, key=lambda span: span.start or FIRST_DAY)
        for earlier, later in pairwise(ordered):
            if earlier.overlaps(later):
                yield rule.format(key=_words(name))


def _words(key: Hashable) -> str:
    return " ".join(str(one) for one in key) if isinstance(key, tuple) else str(key)


def _left_without(geography: Geography, on: date) -> Iterator[str]:
    """Nobody may be left without a council or without an ICB."""
    people = {part.key: part.population for part in geography.parts}
    for what, facts in (
        ("a council", geography.part_councils),
        ("an ICB", geography.part_boards),
    ):
        covered: set[str] = {fact.part for fact in facts if _from_on(fact.valid, on)}
        left = sorted(people.keys() - covered)
        if left:
            yield (
                f"{sum(people[key] for key in left):,} people of {', '.join(left)} would be "
                f"without {what} from {on.day} {on:%B %Y}. Give their area to somebody in the "
                "same change."
            )


def _from_on(valid: Span, on: date) -> bool:
    return valid.holds_on(on)


def _outlived(geography: Geography) -> Iterator[str]:
    """No area stays with a body that no longer exists."""
    for fact in geography.part_boards:
        yield from _outlives(geography, fact.board, fact.valid)
    for council in geography.part_councils:
        yield from _outlives(geography, council.council, council.valid)
    for member in geography.members:
        yield from _outlives(geography, member.authority, member.valid)
        yield from _outlives(geography, member.council, member.valid)


def _outlives(geography: Geography, key: BodyKey, valid: Span) -> Iterator[str]:
    body = geography.body(key)
    closed = body.closed if body else None
    if closed is not None and (valid.end or LAST_DAY) > closed:
        yield (
            f"{geography.name_on(key, closed)} closes on {closed.day} {closed:%B %Y} and would "
            "still have area. Give its area to somebody in the same change."
        )
