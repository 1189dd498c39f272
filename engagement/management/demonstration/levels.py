"""Invented statements, from a fixed seed: who is how engaged is nobody's to say here."""

import random
from collections.abc import Sequence

from engagement.matrix import Level, Theme

SEED = 20260914

# What a side aimed at a level picks, out of ten.
_MIX = {
    Level.HIGH: (Level.HIGH,) * 8 + (Level.PARTIAL,) * 2,
    Level.PARTIAL: (Level.HIGH,) * 2 + (Level.PARTIAL,) * 6 + (Level.LOW,) * 2,
    Level.LOW: (Level.LOW,) * 7 + (Level.PARTIAL,) * 3,
}


def aimed_level(*, key: str, side: str) -> Level:
    """Return the level that a side of a pair is drawn towards: the same each time."""
    return random.Random(f"{SEED} {key} {side}").choices(  # noqa: S311
        (Level.HIGH, Level.PARTIAL, Level.LOW), weights=(4, 4, 2)
    )[0]


def picks(*, key: str, side: str, themes: Sequence[Theme], aim: Level) -> dict[str, Level]:
    """Return a statement for each theme, drawn towards the level: the same each time.

    Core themes are given the level itself, since they decide it.
    """
    draw = random.Random(f"{SEED} {key} {side} {aim}")  # noqa: S311
    return {theme.code: aim if theme.core else draw.choice(_MIX[aim]) for theme in themes}
