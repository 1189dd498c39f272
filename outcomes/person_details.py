"""Whether a text looks as if it names a person: an e-mail address, a phone or an NHS number.

A look, not a proof: whoever sends the text is asked, and nothing is refused.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_EMAIL: Final = re.compile(r"[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Not inside a word, a code or a decimal, and not before more of one.
_BEFORE: Final = r"(?<!\w)(?<!\w-)(?<!\d[.,])"
_AFTER: Final = r"(?!\w)(?![.,-]\d)"
# 9 or 10 digits after the 0 or +44, in the ranges that are in use, perhaps with an extension.
# Source: Ofcom, The National Telephone Numbering Plan, part A.
_PHONE: Final = re.compile(
    rf"{_BEFORE}(?:(?:\+|00)44[ .-]?(?:\(0\))?[ .-]?|\(?0)(?=[1235789])[0-9]"
    rf"(?:\)?[ .-]?[0-9]){{8,9}}(?:{_AFTER}|(?= ?(?:x|ext)\.? ?[0-9]))",
    re.IGNORECASE,
)
# A number is written in a few groups, and not in pairs to its end: that is a row of figures.
_MOST_GROUPS: Final = 5
_SHORTEST_LAST: Final = 3
_NHS_NUMBER: Final = re.compile(
    rf"(?:{_BEFORE}|(?<=\bNHS))([0-9]{{3}})([ -]?)([0-9]{{3}})\2([0-9]{{4}}){_AFTER}",
    re.IGNORECASE,
)
# A day reads as the start of a number: 01-04-2025.
_DAYS: Final = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}([./-])[0-9]{2}\2[0-9]{2})"
    r"(?![0-9])"
)
# The weights of the first nine digits.
_WEIGHTS: Final = range(10, 1, -1)


@lru_cache(maxsize=1_024)
def looks_like_a_person(*, text: str) -> bool:
    """Return whether a text holds what looks like a person's details.

    Args:
        text: of any kind. Digits of every script and width count as digits.

    Returns:
        True for an e-mail address, a UK phone number, or ten digits that may be an NHS number.
        Dates, periods, and codes of areas and indicators are none of these.

    Source: docs/methods/indicator-file.md, "What is unusual".
    """
    plain = "".join(map(_plain, " ".join(unicodedata.normalize("NFKC", text).split())))
    if _EMAIL.search(plain):
        return True
    plain = _DAYS.sub("/", plain)
    groups = (re.findall(r"[0-9]+", found[0]) for found in _PHONE.finditer(plain))
    if any(len(each) <= _MOST_GROUPS and len(each[-1]) >= _SHORTEST_LAST for each in groups):
        return True
    found = (match[1] + match[3] + match[4] for match in _NHS_NUMBER.finditer(plain))
    return any(is_nhs_number(digits=digits) for digits in found)


def is_nhs_number(*, digits: str) -> bool:
    """Return whether ten digits may be an NHS number.

    Args:
        digits: 0 to 9, without spaces.

    Returns:
        Whether the tenth digit is the check of the others. False also where all are the same:
        such a number is given to nobody.

    Source: NHS Data Model and Dictionary, "NHS Number": the Modulus 11 algorithm.
    """
    if not re.fullmatch("[0-9]{10}", digits) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    # A remainder of 1 would ask for 10, which is no digit: such a number is given to nobody.
    return (11 - total % 11) % 11 == int(digits[9])


def _plain(letter: str) -> str:
    """Return a digit as one of 0 to 9, a dash as a hyphen, anything else as it is."""
    if letter.isascii():
        return letter
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return "-" if unicodedata.category(letter) == "Pd" or letter == "\u2212" else letter
