"""England as it was before a day on which its boards changed."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from authorities.reorganisation.facts import Geography
from authorities.span import Span

DAY = date(2026, 4, 1)
EVE = date(2026, 3, 31)


def undone(geography: Geography, day: date) -> Geography:
    """The geography without everything that began or ended on the day."""
    return Geography(
        bodies=tuple(
            replace(body, closed=None) if body.closed == day else body
            for body in geography.bodies
            if body.opened != day
        ),
        successions=tuple(fact for fact in geography.successions if fact.on_date != day),
        parts=geography.parts,
        **{
            name: tuple(_reopened(fact, day) for fact in facts if fact.valid.start != day)
            for name, facts in _dated(geography).items()
        },
    )


def _dated(geography: Geography) -> dict[str, tuple[Any, ...]]:
    names = {field.name for field in fields(geography) if not field.name.startswith("_")}
    return {name: getattr(geography, name) for name in names - {"bodies", "successions", "parts"}}


def _reopened(fact: Any, day: date) -> Any:
    return replace(fact, valid=Span(fact.valid.start, None)) if fact.valid.end == day else fact
