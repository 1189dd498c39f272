"""What a fault of a file means for it: not identified, wrong, not yours, or only unusual."""

from enum import StrEnum
from typing import Final

from outcomes.soft_checks import SoftCheck

NOT_YOUR_BODY: Final = "not-your-body"
PERIOD_LOCKED: Final = "period-locked"


class ProblemKind(StrEnum):
    """The values of `Severity`."""

    SETUP = "setup"
    HARD = "hard"
    NOT_YOURS = "not_yours"
    SOFT = "soft"


# The row cannot be placed: which indicator, which area, which period?
_SETUP: Final = frozenset(
    {
        "area-missing",
        "area-unknown",
        "area-ended",
        "indicator-not",
        "indicator-missing",
        "indicator-unknown",
        "period",
    }
)
_SOFT: Final = frozenset(SoftCheck)


# More than is taken, packed or unpacked.
_TOO_LARGE: Final = frozenset({"too-large", "too-large-unpacked"})
# What is no file of figures, whatever it is called.
_WRONG_TYPE: Final = frozenset({"not-csv", "old-workbook", "macros", "damaged"})


def refusal_status(*, code: str) -> int:
    """Return the status of an answer that takes no file, by the code of its refusal.

    Args:
        code: of a `ReturnFileError`.

    Returns:
        413 for what is too large, 415 for what is of another type, 422 for the rest.

    Source: RFC 9110, sections 15.5.14, 15.5.16 and 15.5.21.
    """
    if code in _TOO_LARGE:
        return 413
    return 415 if code in _WRONG_TYPE else 422


def kind_of(*, code: str) -> ProblemKind:
    """Return what a fault means, by its code; what is not listed is an error.

    Args:
        code: of an error of the file, of a soft check, or `NOT_YOUR_BODY`.

    Returns:
        The kind.

    Source: workflows of the project, section 5, after MHCLG's submit service.
    """
    if code == NOT_YOUR_BODY:
        return ProblemKind.NOT_YOURS
    if code in _SOFT:
        return ProblemKind.SOFT
    return ProblemKind.SETUP if code in _SETUP else ProblemKind.HARD
