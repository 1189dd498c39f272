"""Figures of a drill, each beside its goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was counted or measured; one without a goal is told, and fails nothing."""

    name: str
    value: object
    goal: str = ""
    holds: bool = True
    # The first few of what was found, for whoever looks into it.
    found: Sequence[str] = ()


def failed(figures: Iterable[Figure]) -> bool:
    """Return whether a goal is missed."""
    return any(not one.holds for one in figures)


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of text."""
    lines = []
    for one in figures:
        said = "" if not one.goal else f"  (goal: {one.goal}) {'held' if one.holds else 'MISSED'}"
        lines.append(f"{one.name:<52} {one.value!s:>8}{said}")
        lines.extend(f"    {key}" for key in one.found[:5])
    return "\n".join(lines)
