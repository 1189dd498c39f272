"""One field of an answer: what may stand in it, and how it is shown."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from duty.questions import AnswerField, FieldType, Problem

# More than this many characters a word is no text that people write, and would pass any count.
CHARACTERS_PER_WORD = 15
SHORT_TEXT_CHARACTERS = 300
LINK_CHARACTERS = 2000
DEFAULT_WORD_LIMIT = 200
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
# Largest figures that an answer may hold; anything above is a slip of the keyboard.
LARGEST_INTEGER = 999_999_999
LARGEST_MONEY = 99_999_999_999
MOST_DIGITS = 20

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEAR = re.compile(r"([0-9]{4})/([0-9]{2})")
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_DASHES = re.compile(r"[\u2012-\u2015]|--+")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class FieldText:
    """What stands in a field: its text without spaces around, and a problem if there is one."""

    field: AnswerField
    text: str
    problem: Problem | None

    @property
    def blank(self) -> bool:
        """Whether nothing was entered; a problem is never blank."""
        return not self.text and self.problem is None


def count_words(*, text: str) -> int:
    """Return the number of words as people count them.

    Args:
        text: any text.

    Returns:
        Runs of characters between spaces or dashes that hold a letter or a digit: 'well-being' and
        'and/or' are one word each, 'cost—benefit' is two, '-' and '&' are none.

    Source: the project's own rule, close to that of word processors.
    """
    return sum(
        any(character.isalnum() for character in run) for run in _DASHES.sub(" ", text).split()
    )


def read_field(*, field: AnswerField, value: object, path: str) -> FieldText:
    """Read one field from untrusted JSON.

    Args:
        field: what is asked.
        value: any JSON value; text, a number and, for yes or no, true and false are read.
        path: where the field stands in the answer, for the problem.

    Returns:
        The text as typed, without spaces around, and the problem if it cannot be accepted. A
        blank field has neither: whether it may be blank is for the caller.

    Source: the project's own rules.
    """
    text, problem = _as_text(field, value, path)
    if problem is None and text:
        problem = _problem(field, text, path)
    return FieldText(field=field, text=text, problem=problem)


def missing(*, field: AnswerField, path: str) -> Problem:
    """Return the problem of a field that must be filled in and is not.

    Args:
        field: what is asked.
        path: where the field stands in the answer.

    Returns:
        The problem, named by the field's label.

    Source: GOV.UK Design System, error message template for an empty field.
    """
    verb = "Select" if field.type == FieldType.YES_NO else "Enter"
    return Problem(path, f"{field.label} is missing.", f"{verb} {_lower_first(field.label)}.")


def show_field(*, found: FieldText) -> str:
    """Return a field as people read it: dates and money in words, the rest as typed.

    Args:
        found: a field that was read; one with a problem is shown as typed.

    Returns:
        Text without markup; empty when the field is blank.

    Source: GOV.UK style guide, dates and money.
    """
    text = found.text
    if not text or found.problem is not None:
        return _revealed(text)
    if found.field.type == FieldType.DATE:
        return show_date(text=text)
    if found.field.type == FieldType.MONEY:
        whole, _, pence = text.partition(".")
        return f"£{int(whole):,}" + (f".{pence:0<2}" if pence else "")
    if found.field.type == FieldType.INTEGER:
        return f"{int(text):,}"
    if found.field.type == FieldType.YES_NO:
        return text.capitalize()
    return text


def show_date(*, text: str) -> str:
    """Return a date such as 2026-11-23 as 23 November 2026.

    Args:
        text: a real date in ISO form; anything else comes back unchanged.

    Returns:
        Day, month and year.

    Source: GOV.UK style guide, dates.
    """
    day = read_date(text=text)
    return text if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def read_date(*, text: str) -> date | None:
    """Return the day that a text such as 2026-11-23 names, or None when there is no such day.

    Args:
        text: any text.

    Returns:
        The day, from 1900 to 2100; None for every other text.

    Source: ISO 8601, the extended calendar date alone.
    """
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if not _is_near(year=year):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def cut(*, text: str, most: int = 50) -> str:
    """Return a text fit for a message: not long, and none of its characters hidden.

    Args:
        text: any text, trusted or not.
        most: characters to keep, 1 or more.

    Returns:
        The text, with control characters as U+XXXX and an ellipsis where it was cut.

    Source: the project's own rule.
    """
    shown = _revealed(text[:most])
    return shown if len(text) <= most else f"{shown}…"


def _as_text(field: AnswerField, value: object, path: str) -> tuple[str, Problem | None]:
    if value is None:
        return "", None
    if isinstance(value, str):
        return value.strip(), None
    if isinstance(value, bool):
        if field.type == FieldType.YES_NO:
            return ("yes" if value else "no"), None
    elif isinstance(value, int):
        # Writing a number of thousands of digits as text is refused by Python.
        if abs(value) > LARGEST_MONEY:
            return "", _too_large(field, path, LARGEST_MONEY)
        return str(value), None
    elif isinstance(value, float):
        return repr(value).removesuffix(".0"), None
    return "", Problem(
        path, f"{field.label} cannot be read.", f"Enter {_lower_first(field.label)} as text."
    )


def _problem(field: AnswerField, text: str, path: str) -> Problem | None:
    hidden = next((character for character in text if _is_hidden(character)), None)
    if hidden is not None:
        return Problem(
            path,
            f"{field.label} contains a hidden character (U+{ord(hidden):04X}).",
            "Retype the text.",
        )
    match field.type:
        case FieldType.TEXT:
            return _too_long(field, text, path, SHORT_TEXT_CHARACTERS)
        case FieldType.LONG_TEXT:
            return _long_text_problem(field, text, path)
        case FieldType.INTEGER:
            return _number_problem(field, text, path, decimals=0, largest=LARGEST_INTEGER)
        case FieldType.DECIMAL:
            return _number_problem(field, text, path, decimals=2, largest=LARGEST_INTEGER)
        case FieldType.MONEY:
            return _number_problem(field, text, path, decimals=2, largest=LARGEST_MONEY)
        case FieldType.DATE:
            return _date_problem(field, text, path)
        case FieldType.LINK:
            return _link_problem(field, text, path)
        case FieldType.YES_NO:
            if text in ("yes", "no"):
                return None
            return Problem(path, f"{field.label} must be yes or no.", "Select yes or no.")
        case FieldType.YEAR:
            return _year_problem(field, text, path)


def _too_long(field: AnswerField, text: str, path: str, most: int) -> Problem | None:
    if len(text) <= most:
        return None
    return Problem(
        path,
        f"{field.label} is {len(text):,} characters long.",
        f"Shorten it to {most:,} characters or fewer.",
    )


def _long_text_problem(field: AnswerField, text: str, path: str) -> Problem | None:
    limit = field.word_limit or DEFAULT_WORD_LIMIT
    words = count_words(text=text)
    if words > limit:
        return Problem(
            path,
            f"{field.label} has {words:,} words.",
            f"Shorten it to {limit:,} words or fewer.",
        )
    return _too_long(field, text, path, limit * CHARACTERS_PER_WORD)


def _number_problem(
    field: AnswerField, text: str, path: str, *, decimals: int, largest: int
) -> Problem | None:
    example = "12" if decimals == 0 else "12.5"
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Problem(path, *_not_a_number(field, text, example))
    whole, fraction = match.group(1), match.group(2) or ""
    if decimals == 0 and fraction:
        return Problem(path, f"{field.label} must be a whole number.", "Enter it like 12.")
    if len(fraction) > decimals:
        return Problem(
            path,
            f"{field.label} has more than {decimals} decimal places.",
            f"Enter it with {decimals} or fewer, for example {example}.",
        )
    # Length first: converting thousands of digits is refused by Python, leading zeros included.
    if len(whole) > MOST_DIGITS or int(whole) > largest:
        return _too_large(field, path, largest)
    return None


def _not_a_number(field: AnswerField, text: str, example: str) -> tuple[str, str]:
    if re.fullmatch(r"[-\u2212][0-9.]+", text):
        return f"{field.label} cannot be less than 0.", "Enter 0 or more."
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        return (
            f"{field.label} has a comma in it.",
            f"Enter {cut(text=text.replace(',', ''))} without the comma.",
        )
    if text.startswith("£"):
        return f"{field.label} has a pound sign in it.", "Enter the amount without the £ sign."
    return (
        f"{field.label} must be a number; “{cut(text=text)}” is not.",
        f"Use the digits 0 to 9 only, for example {example}.",
    )


def _too_large(field: AnswerField, path: str, largest: int) -> Problem:
    return Problem(path, f"{field.label} is too large.", f"Enter {largest:,} or less.")


def _date_problem(field: AnswerField, text: str, path: str) -> Problem | None:
    if read_date(text=text) is not None:
        return None
    # A day of another century may be a real one.
    is_far = _ISO_DATE.fullmatch(text) and not _is_near(year=int(text[:4]))
    what = "is too far away" if is_far else f"must be a real date; “{cut(text=text)}” is not"
    return Problem(
        path,
        f"{field.label} {what}.",
        f"Enter a day from {EARLIEST_YEAR} to {LATEST_YEAR} as year, month and day, "
        "for example 2027-03-31.",
    )


def _is_near(*, year: int) -> bool:
    return EARLIEST_YEAR <= year <= LATEST_YEAR


def _year_problem(field: AnswerField, text: str, path: str) -> Problem | None:
    match = _YEAR.fullmatch(text)
    if match is not None and (int(match.group(1)) + 1) % 100 == int(match.group(2)):
        return None
    return Problem(
        path,
        f"{field.label} must be a financial year; “{cut(text=text)}” is not.",
        "Enter it as 2026/27.",
    )


def _link_problem(field: AnswerField, text: str, path: str) -> Problem | None:
    if (problem := _too_long(field, text, path, LINK_CHARACTERS)) is not None:
        return problem
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, None
    if parts is None or parts.scheme not in ("http", "https") or not _is_public(host):
        return Problem(
            path,
            f"{field.label} must be a web address; “{cut(text=text)}” is not.",
            "Enter the whole address, starting with https://",
        )
    if any(character.isspace() for character in text):
        return Problem(
            path, f"{field.label} has a space in it.", "Copy the address from your browser again."
        )
    if parts.username is not None or parts.password is not None:
        return Problem(
            path,
            f"{field.label} holds a user name or password.",
            "Remove everything before the @ sign.",
        )
    return None


def _is_public(host: str | None) -> bool:
    # A name without a dot is one of an office network; nobody else can open it.
    return host is not None and "." in host.strip(".")


def _revealed(text: str) -> str:
    return "".join(f"U+{ord(c):04X}" if _is_hidden(c) else c for c in text)


def _is_hidden(character: str) -> bool:
    # Control characters and lone surrogates: the database or a file cannot hold them.
    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t"


def _lower_first(label: str) -> str:
    if "," in label:
        # 'Of these, decisions with an assessment' is no part of another sentence.
        return f"“{label}”"
    # 'ICB role' keeps its capitals, 'Date it was signed' does not.
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
