"""Figures in cells: what is a number, and what to enter where it is not one."""

import re
from typing import Final

from outcomes.return_file.faults import Fault, plain_text

# England's population counted over ten years is about 600 million; this leaves room above it.
LARGEST: Final = 999_999_999
LONGEST_NUMBER: Final = 20

# Published values carry up to 15 significant digits, so 20 characters hold any of them.
is_plain_number = re.compile(
    rf"(?=.{{1,{LONGEST_NUMBER}}}\Z)-?[0-9]{{1,9}}(?:\.[0-9]{{1,18}})?", re.ASCII
).fullmatch

_MINUS_SIGNS = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_WITHHELD = frozenset(
    {"suppressed", "-", "--", "–", "—", "..", "...", "n/a", "na", "n.a.", "null", "none", ":", "x"}
    | {"z", "nil", "not available", "missing", "#"}
)
_NOT_NUMBERS = frozenset({"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity"})

_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ?%")
_DECIMAL = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_EXPONENT = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
_SMALL_COUNT = re.compile(r"[<>≤≥~] ?[0-9.]+")


def number_fault(*, text: str, heading: str) -> Fault:
    """Return what is wrong with a cell, already trimmed, that is not a plain number.

    Args:
        text: the cell, not empty and not accepted by is_plain_number.
        heading: the heading of its column.
    """
    given = plain_text(text)
    lower = text.casefold() if len(text) <= LONGEST_NUMBER else ""
    if lower in _WITHHELD or _SMALL_COUNT.fullmatch(lower):
        return Fault(
            "number-withheld",
            given,
            f"{given} is not a number.",
            "If the value is withheld enter [c]; if it does not exist enter [z]; "
            "if not available enter [x].",
        )
    if text.startswith("#"):
        return Fault(
            "number-excel", given, f"{given} is an Excel error.", "Correct the formula in Excel."
        )
    if lower in _NOT_NUMBERS:
        return Fault("number-not", given, f"{given} is not a number.", "Enter a number.")
    if text[0] in _MINUS_SIGNS and text[1:2].isdigit():
        return Fault(
            "number-minus",
            given,
            f"{given} uses a typographic minus sign.",
            "Type - instead, for example -1.5.",
        )
    return _shape_fault(text, given, heading)


def _shape_fault(text: str, given: str, heading: str) -> Fault:
    # A cell of thousands of digits is cut before any pattern sees it.
    short = text[:64]
    if len(text) <= 64 and _THOUSANDS.fullmatch(short):
        entry = short.replace(",", "")
        return Fault(
            "number-thousands", given, f"{given} has a comma.", f"Enter {entry} without the comma."
        )
    if len(text) <= 64 and _DECIMAL_COMMA.fullmatch(short):
        return Fault(
            "number-decimal-comma",
            given,
            f"{given} has a comma.",
            f"Use a full stop for decimals, for example {plain_text(short.replace(',', '.'))}.",
        )
    if len(text) <= 64 and (match := _PERCENT.fullmatch(short)):
        return Fault(
            "number-percent",
            given,
            f"{given} has a % sign.",
            f"Enter {match[1]} without the % sign.",
        )
    if _DECIMAL.fullmatch(text):
        return _size_fault(text, given, heading)
    if _EXPONENT.fullmatch(short) and not _is_huge(short):
        return Fault(
            "number-digits",
            given,
            f"{given} is not written out.",
            "Use the digits 0 to 9 only, for example 1000 and not 1e3.",
        )
    if any(letter.isdigit() for letter in short if not letter.isascii()) or re.fullmatch(
        r"[-+]?(?:0[xX][0-9a-fA-F]+|[0-9]+(?:_[0-9]+)+)", short
    ):
        return Fault(
            "number-digits",
            given,
            f"{given} is not written in plain digits.",
            "Use the digits 0 to 9 only.",
        )
    return Fault("number-not", given, f"{given} is not a number.", "Enter a number.")


def _is_huge(text: str) -> bool:
    """Return whether a number with an exponent is beyond what a computer holds, as 1e400."""
    exponent = re.split("[eE]", text)[1]
    return len(exponent) > 3 or int(exponent) > 300


def _size_fault(text: str, given: str, heading: str) -> Fault:
    if text.startswith("+"):
        return Fault("number-plus", given, f"{given} has a plus sign.", "Leave the + sign out.")
    whole, _, decimals = text.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > len(str(LARGEST)):
        return Fault(
            "number-large",
            given,
            f"{given} is too large (the most is {LARGEST:,}).",
            "Check the number of digits.",
        )
    if len(whole) > len(str(LARGEST)):
        return Fault(
            "number-zeros", given, f"{given} starts with zeros.", "Leave the leading zeros out."
        )
    room = LONGEST_NUMBER - len(text) + len(decimals)
    return Fault(
        "number-decimals",
        given,
        f"{given} has {len(decimals)} decimal places.",
        f"Give {heading} in at most {LONGEST_NUMBER} characters, "
        f"here with at most {min(room, 18)} decimal places.",
    )
