"""What changed between two revisions of a round, pair by pair and return by return (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One thing that differs, in the words of before and after; "" where there was nothing."""

    of: str
    what: str
    before: str
    after: str


def changes(
    *, before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> tuple[Change, ...]:
    """Return what differs between two tables of words.

    Args:
        before: for each thing by its name, its facts in words by their headings.
        after: the same of the later revision.

    Returns:
        One row a fact that differs, in the order of the names; a thing that came or went has a
        row for each of its facts. Nothing where both say the same.

    Source: the project's own rule.
    """
    found = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, {}), after.get(name, {})
        for what in dict.fromkeys([*old, *new]):
            was, now = old.get(what, ""), new.get(what, "")
            if was != now:
                found.append(Change(of=name, what=what, before=was, after=now))
    return tuple(found)
