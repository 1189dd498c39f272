"""How like two names of bodies are: to offer a match to a person, never to make one."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

# What half of all names have says nothing about which body it is.
_SAYS_NOTHING = frozenset(
    {
        *("and", "of", "the", "nhs", "icb", "integrated", "care", "board", "council", "city"),
        *("combined", "county", "authority", "mayoral", "strategic", "single", "foundation"),
    }
)
LIKE_ENOUGH = 0.75
MOST_OFFERED = 3
_INVERTED = re.compile(r"(.+), (city of|county of)")


def same_name(*, one: str, other: str) -> bool:
    """Return whether two spellings are of one name.

    Capitals, spaces, full stops, apostrophes, an ampersand and 'Bristol, City of' make no other
    name: files of the health service are in capitals throughout.
    """
    return _folded(one) == _folded(other)


def likeness(*, one: str, other: str) -> float:
    """Return how like two names are in the words that tell bodies apart, 0 to 1."""
    first, second = _telling_words(one), _telling_words(other)
    if not first or not second:
        return 0.0
    return SequenceMatcher(a=" ".join(first), b=" ".join(second), autojunk=False).ratio()


def most_like(*, name: str, others: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the keys of the names that are like enough to be looked at, the likest first.

    Args:
        name: what is looked for.
        others: a key and the names that go with it.

    Returns:
        At most three keys.
    """
    found = [
        (max((likeness(one=name, other=other) for other in names), default=0.0), key)
        for key, names in others
    ]
    near = sorted((-ratio, key) for ratio, key in found if ratio >= LIKE_ENOUGH)
    return tuple(key for _, key in near[:MOST_OFFERED])


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    plain = re.sub(r"[.'’`]", "", plain)
    words = " ".join(re.sub(r"[\s\-–]+", " ", plain).split())
    if inverted := _INVERTED.fullmatch(words):
        words = f"{inverted[2]} {inverted[1]}"
    return words


def _telling_words(name: str) -> tuple[str, ...]:
    words = re.sub(r"[^\w ]", " ", _folded(name)).split()
    return tuple(sorted(word for word in words if word not in _SAYS_NOTHING))
