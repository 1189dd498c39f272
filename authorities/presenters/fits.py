"""How the areas of pairs fit, in words and with the pattern that repeats the word."""

from dataclasses import dataclass

from authorities.models import Coterminosity
from authorities.presenters.words import share_text
from authorities.queries import PairFacts


@dataclass(frozen=True)
class Fit:
    """A class of fit; pattern is the ending of its pattern's name."""

    code: str
    name: str
    note: str
    pattern: str


def _fit(code: Coterminosity, note: str) -> Fit:
    return Fit(code=code.value, name=str(code.label), note=note, pattern=f"fit-{code.value}")


# In the order of the key.
FITS = (
    _fit(Coterminosity.COTERMINOUS, "One authority, one ICB, the same area"),
    _fit(
        Coterminosity.AUTHORITY_WITHIN_ONE_BOARD,
        "One authority and one ICB, but not the same area",
    ),
    _fit(
        Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS,
        "The authority has several ICBs, this ICB no other authority",
    ),
    _fit(
        Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES,
        "The ICB has several authorities, this authority no other ICB",
    ),
    _fit(Coterminosity.MIXED, "Several on both sides"),
)
PLANNED = Fit("planned", "Planned", "The authority is not yet established", "fit-planned")
SLIVER = Fit("sliver", "Sliver", "Too few people to be assessed as a pair", "fit-sliver")

_BY_CODE = {fit.code: fit for fit in FITS}


def fit_of(*, pair: PairFacts) -> Fit:
    """Return what a pair is on the map: a sliver, planned, or its class."""
    if pair.sliver or pair.coterminosity is None:
        return SLIVER
    return PLANNED if pair.planned else _BY_CODE[pair.coterminosity]


def fit_text(*, pair: PairFacts) -> str:
    """Return how a pair's areas fit, with the class that a planned one would have."""
    fit = fit_of(pair=pair)
    if fit is PLANNED and pair.coterminosity:
        return planned_text(name=_BY_CODE[pair.coterminosity].name)
    return fit.name


def planned_text(*, name: str) -> str:
    """Return the class that something planned would have."""
    first = name if name.startswith("ICB") else f"{name[0].lower()}{name[1:]}"
    return f"{PLANNED.name}: {first}"


def pair_name(*, pair: PairFacts) -> str:
    """Return both short names, or one where they are the same."""
    if pair.authority_short_name == pair.board_short_name:
        return pair.authority_short_name
    return f"{pair.authority_short_name} with {pair.board_short_name}"


def shares_text(*, pair: PairFacts) -> str:
    """Return both shares as a sentence."""
    return (
        f"{share_text(share=pair.share_of_authority)} of the authority’s people, "
        f"{share_text(share=pair.share_of_board)} of the ICB’s people"
    )
