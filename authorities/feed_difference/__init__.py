"""What is different between a file of others and the register on the file's day.

Bodies are matched by code only: matching by name has put records to the wrong place in every
system that tried. Where a new code has a name like one of ours, a person is offered the match.
"""

from authorities.feed_difference.comparing import compare
from authorities.feed_difference.differences import (
    NOUNS,
    PLURALS,
    Aspect,
    Comparison,
    Difference,
    DifferenceKind,
)

__all__ = [
    "NOUNS",
    "PLURALS",
    "Aspect",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "compare",
]
