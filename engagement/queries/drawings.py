"""Drawings of the areas of a day, which `authorities` draws once and keeps."""

from datetime import date, datetime

from authorities.drawings import (
    AreaDrawing,
    NationalDrawing,
    NoBoundariesError,
    NothingToDrawError,
    area_drawing,
    national_drawing,
)
from authorities.models import Pair


def of_country(*, on: date, at: datetime) -> NationalDrawing | None:
    """Return the map and the tiles as at the day, None where no boundaries are loaded."""
    try:
        return national_drawing(as_at=on, at=at)
    except NoBoundariesError:
        return None


def of_pair(*, pair: Pair, on: date, at: datetime) -> AreaDrawing | None:
    """Return where the pair's land lies, None where there is nothing to draw it from."""
    try:
        return area_drawing(
            as_at=on, at=at, authority_slug=pair.authority.slug, board_slug=pair.board.slug
        )
    except (NoBoundariesError, NothingToDrawError):
        return None
