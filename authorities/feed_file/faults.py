"""What is wrong with a file, and where."""

import unicodedata
from dataclasses import dataclass

LONGEST_GIVEN = 50
# A file with more than this is the wrong file, not one to correct cell by cell.
MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class RowError:
    """One wrong cell, or one wrong row where `column` is empty.

    row: as a spreadsheet counts it; the first row of the file is 1.
    column: the letter, or empty.
    given: what the cell holds, as plain text of at most 50 characters.
    """

    row: int
    column: str
    heading: str
    given: str
    message: str
    fix: str

    @property
    def where(self) -> str:
        """The place in words, such as 'Row 3, column B (ICB26NM)'."""
        heading = f" ({self.heading})" if self.heading else ""
        return (
            f"Row {self.row}, column {self.column}{heading}" if self.column else f"Row {self.row}"
        )

    def __str__(self) -> str:
        return f"{self.where}: {self.message} {self.fix}"


class FeedFileError(ValueError):
    """The file cannot be used; nothing of it is. `errors` names the cells where it is cells.

    The code is for callers that answer by kind: too-large, too-many-rows, empty, not-csv,
    unreadable, unknown-layout, headings, nothing-of-ours, rows.
    """

    def __init__(self, code: str, message: str, errors: tuple[RowError, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.errors = errors


class ErrorList:
    """The errors of a file in file order, up to a number that a person can read."""

    def __init__(self) -> None:
        self._kept: list[RowError] = []
        self._total = 0

    def add(self, error: RowError) -> None:
        """Count an error, and keep it while there is room."""
        self._total += 1
        if len(self._kept) < MOST_ERRORS:
            self._kept.append(error)

    def refuse(self) -> None:
        """Raise FeedFileError where there is an error."""
        if not self._total:
            return
        are = "is 1 problem" if self._total == 1 else f"are {self._total:,} problems"
        raise FeedFileError(
            "rows",
            f"There {are} in the file, so nothing of it is used. Correct the rows and upload it "
            "again.",
            tuple(self._kept),
        )


def column_letter(*, position: int) -> str:
    """Return the letter of a column as a spreadsheet writes it: 0 is A, 26 is AA."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain_text(text: str) -> str:
    """Return text of a file with nothing hidden in it, cut to 50 characters.

    It is still text, not markup: a page must escape it as it escapes any other.
    """
    cut = text[: LONGEST_GIVEN + 1]
    shown = "".join(f"U+{ord(letter):04X}" if is_hidden(letter) else letter for letter in cut)
    if len(text) <= LONGEST_GIVEN and len(shown) <= LONGEST_GIVEN:
        return shown
    return shown[: LONGEST_GIVEN - 1] + "…"


def is_hidden(letter: str) -> bool:
    """Return whether a character cannot be seen, or turns others round."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
