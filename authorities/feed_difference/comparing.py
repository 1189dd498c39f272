"""The whole comparison, and what ought to be known before anything is decided."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from authorities.feed_difference.bodies import BodyComparing
from authorities.feed_difference.differences import (
    NOUNS,
    PLURALS,
    Comparison,
    Difference,
    DifferenceKind,
)
from authorities.feed_difference.links import link_differences
from authorities.feed_difference.register_day import RegisterDay
from authorities.feed_file import Feed
from authorities.reorganisation.facts import Geography


def compare(*, feed: Feed, geography: Geography, day: date) -> Comparison:
    """Return how a file differs from the register on the day that it describes.

    Args:
        feed: what the file says.
        geography: the register, on every day.
        day: the day that the file describes.

    Returns:
        Added, changed, closed and unknown, in that order, each by name. A body counts as absent
        only where the file lists its kind in full and has codes that begin as its code does: a
        file of combined authorities says nothing of the Greater London Authority.
    """
    register = RegisterDay(geography=geography, day=day)
    bodies = BodyComparing(feed=feed, register=register)
    found = [*bodies.of_rows(), *bodies.absent()]
    found += link_differences(feed=feed, register=register, bodies=bodies)
    order = list(DifferenceKind)
    return Comparison(
        differences=tuple(
            sorted(
                found,
                key=lambda d: (order.index(d.kind), d.name.casefold(), d.code, d.aspect, d.value),
            )
        ),
        same=len(set(bodies.seen.values()) - {one.body for one in found}),
        over=bodies.over,
        notices=tuple(_notices(feed, register, found)),
    )


def _notices(feed: Feed, register: RegisterDay, found: Sequence[Difference]) -> Iterator[str]:
    if feed.vintage is not None and feed.vintage != register.day.year:
        yield (
            f"The headings are of {feed.vintage}, the day is in {register.day.year}. Check that "
            "the day is right."
        )
    absent = Counter(
        one.body_kind for one in found if one.kind == DifferenceKind.CLOSED and one.row is None
    )
    for kind in sorted(feed.covers):
        ours = [
            body.key
            for body in register.geography.bodies
            if body.key.kind == kind and body.exists_on(register.day)
        ]
        without = sum(not register.key_of(key, feed.scheme) for key in ours)
        if without:
            yield (
                f"{without} {NOUNS[kind] if without == 1 else PLURALS[kind]} of ours "
                f"{'has' if without == 1 else 'have'} no {feed.scheme.upper()} code, and could "
                "not be looked for."
            )
        if absent[kind] * 2 > len(ours):
            yield (
                f"The file lacks {absent[kind]} of our {len(ours)} {PLURALS[kind]}. Check that it "
                "is the whole file."
            )
