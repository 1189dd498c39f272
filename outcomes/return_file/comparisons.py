"""The publisher's own comparison of a value with England, as a file gives it."""

from functools import lru_cache
from typing import Final

# A level of confidence may stand behind the word: 'Better 95%'.
_LEVELS: Final = ("95%", "99.8%")
_WORDS: Final = frozenset({"better", "similar", "worse", "higher", "lower"})


# A file says the same few words in every row.
@lru_cache(maxsize=1_000)
def publishers_comparison(*, text: str) -> str | None:
    """Return how the publisher says a value compares with England; None where it does not say so.

    Fifths ('2nd highest quintile') and 'Not compared' compare nothing with England's value.

    Source: the column 'Compared to England value or percentiles' of the Fingertips download.
    """
    words = text.casefold().split()
    if len(words) == 2 and words[1] in _LEVELS:
        del words[1]
    return words[0] if len(words) == 1 and words[0] in _WORDS else None
