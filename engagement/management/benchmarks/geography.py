"""Pairs, shares and classes of all of England, from its small areas, against reading them."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from authorities.geography import (
    DEFAULT_SLIVER_THRESHOLD,
    CoterminosityClasses,
    CoterminosityRule,
    Pair,
    PartOverlap,
    coterminosity,
    overlaps,
    pairs,
)
from authorities.models import AreaPart
from authorities.queries import Place, places
from engagement.management.benchmarks.rows import Measured, seconds_in_turn

# England's lower layer super output areas of 2021.
SMALL_AREAS = 33_755
# The limit reads the rows of the file and keeps none. Rebuilding reads them too, keeps each as a
# block and adds up, which alone takes as long as reading. Measured at 5.8 to 7.0, and at up to 8.5
# with four times as much work on the machine as it has cores.
GOAL = 10.0
_HEADINGS = ("small_area", "part", "council", "authority", "board", "people")


@dataclass(frozen=True)
class Geography:
    """What is rebuilt: the pairs with their shares, and the classes of pairs and bodies."""

    pairs: tuple[Pair, ...]
    classes: CoterminosityClasses


class WrongGeographyError(RuntimeError):
    """The small areas do not give what the parts give, or are not England's."""


def rebuild(*, parts: Sequence[PartOverlap]) -> Geography:
    """Return the pairs and classes of a country from its blocks, whatever their size."""
    found = pairs(overlaps=overlaps(parts=parts), sliver_threshold=DEFAULT_SLIVER_THRESHOLD)
    return Geography(
        pairs=found,
        classes=coterminosity(
            pairs=found, rule=CoterminosityRule(whole_share=settings.COTERMINOSITY_WHOLE_SHARE)
        ),
    )


def small_areas(*, of: Iterable[Place], counts: dict[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield the small areas of each part; their people add up to the part's exactly."""
    for place in of:
        count = counts[place.part]
        for number in range(count):
            people = place.population * (number + 1) // count - place.population * number // count
            yield (
                f"{place.part}:{number}",
                place.part,
                place.council,
                place.authority or "",
                place.board or "",
                str(people),
            )


def read_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a file of small areas as text."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def count_rows(path: Path) -> int:
    """Read all rows and keep none of them."""
    return sum(1 for _ in read_rows(path))


def read_parts(path: Path) -> list[PartOverlap]:
    """Return the small areas of a file as blocks."""
    return [
        PartOverlap(
            part=name, authority=authority or None, board=board or None, population=int(people)
        )
        for name, _, _, authority, board, people in read_rows(path)
    ]


def all_of_england(*, times: int = 15) -> Measured:
    """Measure reading a file of all small areas of today and rebuilding from it, in one run.

    Raises:
        WrongGeographyError: what is rebuilt is not what the parts of the register give.
    """
    found = places(as_at=timezone.localdate())
    expected = rebuild(
        parts=[
            PartOverlap(
                part=place.part,
                authority=place.authority,
                board=place.board,
                population=place.population,
            )
            for place in found
        ]
    )
    counts = dict(AreaPart.objects.values_list("key", "small_areas"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small_areas.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADINGS)
            writer.writerows(small_areas(of=found, counts=counts))
        if (rows := count_rows(path)) != SMALL_AREAS:
            raise WrongGeographyError(f"There are {rows} small areas, not {SMALL_AREAS}.")
        if rebuild(parts=read_parts(path)) != expected:
            raise WrongGeographyError("The small areas give other pairs or classes than the parts.")
        value, limit = seconds_in_turn(
            lambda: rebuild(parts=read_parts(path)), lambda: count_rows(path), times=times
        )
    return Measured(
        name=f"geography_of_{SMALL_AREAS}_small_areas",
        value=value,
        unit="s",
        limit=limit,
        goal=GOAL,
    )
