"""Invented reorganisations: one proposed that waits for approval, and one what-if."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from authorities.actions import reorganisations
from authorities.actions.reorganisations import Heading
from authorities.models import Certainty, Reorganisation, User
from authorities.reorganisation.facts import BOARD, BodyKey
from authorities.reorganisation.operations import Merge, Open

_PROPOSER = "analyst@dhsc.example"


@dataclass(frozen=True)
class _Merger:
    title: str
    sources: tuple[str, ...]
    slug: str
    short_name: str
    what_if: bool


_MERGERS = (
    _Merger(
        "Demonstration: two boards of the West Midlands merge",
        ("birmingham-and-solihull", "black-country"),
        "birmingham-and-the-black-country",
        "Birmingham and the Black Country",
        what_if=False,
    ),
    _Merger(
        "Demonstration: what if Yorkshire had one board?",
        ("humber-and-north-yorkshire", "south-yorkshire", "west-yorkshire"),
        "yorkshire",
        "Yorkshire",
        what_if=True,
    ),
)


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Propose the mergers for the next first of April; those that are there already stay."""
    for merger in _MERGERS:
        if not Reorganisation.objects.filter(title=merger.title).exists():
            with transaction.atomic():
                _propose(merger, by=people[_PROPOSER], at=at)


def _propose(merger: _Merger, *, by: User, at: datetime) -> None:
    made = reorganisations.draft(
        heading=Heading(
            title=merger.title,
            effective_date=_next_first_of_april(timezone.localdate(at)),
            source="Invented for the demonstration",
            certainty=Certainty.LOW,
            reason="Shows what a merger would change. Nobody has proposed it.",
            what_if=merger.what_if,
        ),
        by=by,
        at=at,
    )
    new = BodyKey(BOARD, merger.slug)
    reorganisations.add_operation(
        reorganisation=made,
        version=made.version,
        operations=(
            Open(
                body=new,
                name=f"NHS {merger.short_name} Integrated Care Board",
                short_name=merger.short_name,
            ),
            Merge(sources=tuple(BodyKey(BOARD, slug) for slug in merger.sources), target=new),
        ),
        by=by,
        at=at,
    )
    made.refresh_from_db()
    reorganisations.preview(reorganisation=made, version=made.version, by=by, at=at)


def _next_first_of_april(today: date) -> date:
    this_year = date(today.year, 4, 1)
    return this_year if this_year > today else date(today.year + 1, 4, 1)
