"""Which indicator a row names, by its number at Fingertips or by its code here."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from outcomes.return_file import layouts as headings
from outcomes.return_file.areas import TOTAL_WORDS, IndicatorFacts, KnownCodes
from outcomes.return_file.columns import Columns
from outcomes.return_file.faults import Fault, plain_text

_INTEGER = re.compile(r"[0-9]{1,9}")
# A draft that comes with a number is given a code like fingertips-90362.
_CODE = re.compile(r"(?!fingertips-)[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE = 60
# Finding a near code means comparing with all of them: a hostile file has many that are wrong.
_MOST_GUESSES = 50


class Identity(NamedTuple):
    """An indicator as a row names it.

    Args:
        fingertips_id: its number, or 0 where it has none.
        code: its code, where it has no number.
        name: its name in the file; empty where the file has none.
        facts: what is known of it.
        faults: what is wrong, by column.
    """

    fingertips_id: int
    code: str
    name: str
    facts: IndicatorFacts
    faults: tuple[tuple[str, Fault], ...]


class IdentityReader:
    """Reads the cells that say which indicator a row is about."""

    def __init__(self, *, codes: KnownCodes, columns: Columns) -> None:
        self._codes = codes
        self._needs_name = headings.INDICATOR_NAME in columns.layout.required
        self._has_codes = not self._needs_name
        self._guesses = 0

    def read(self, *, identity: str, name: str) -> Identity:
        """Return which indicator the trimmed cells of its identity and its name mean."""
        if _INTEGER.fullmatch(identity):
            return self._by_number(int(identity), identity, name)
        if self._has_codes and identity.casefold() not in TOTAL_WORDS:
            return self._by_code(identity, name)
        fault = (headings.INDICATOR_ID, _not_number(identity))
        return Identity(0, "", name, IndicatorFacts(), (fault, *self._missing_name(name)))

    def _by_number(self, number: int, text: str, name: str) -> Identity:
        listed = self._codes.indicators
        faults = self._missing_name(name)
        if listed is not None:
            if number not in listed:
                fault = (headings.INDICATOR_ID, _unknown_number(text))
                return Identity(number, "", name, IndicatorFacts(), (fault, *faults))
            return Identity(number, "", name, listed[number], faults)
        facts = self._codes.by_fingertips_id.get(number, IndicatorFacts())
        if not name and not facts.code and not faults:
            fault = (headings.INDICATOR_ID, self._unknown(text))
            return Identity(number, "", name, facts, (fault,))
        return Identity(number, "", name, facts, faults)

    def _by_code(self, code: str, name: str) -> Identity:
        facts = self._codes.by_code.get(code)
        if facts is not None:
            number = facts.fingertips_id or 0
            return Identity(number, "" if number else code, name, facts, ())
        is_new = name and _CODE.fullmatch(code) and len(code) <= _LONGEST_CODE
        if is_new and self._codes.indicators is None:
            return Identity(0, code, name, IndicatorFacts(), ())
        fault = _not_code(code) if not code else self._unknown(code)
        return Identity(0, code, name, IndicatorFacts(), ((headings.INDICATOR_ID, fault),))

    def _unknown(self, text: str) -> Fault:
        near: list[str] = []
        if len(text) <= _LONGEST_CODE and self._guesses < _MOST_GUESSES:
            self._guesses += 1
            near = get_close_matches(text.casefold(), self._codes.by_code, n=1, cutoff=0.8)
        given = plain_text(text)
        message = f"{given} is not an indicator we know."
        if near:
            return Fault("indicator-unknown", given, message, f"Did you mean {near[0]}?")
        fix = "Check it in the list of indicators."
        if self._codes.indicators is None:
            fix = (
                "Check it in the list of indicators, or give its name in the column "
                "indicator_name to bring in a new one."
            )
        return Fault("indicator-unknown", given, message, fix)

    def _missing_name(self, name: str) -> tuple[tuple[str, Fault], ...]:
        if name or not self._needs_name:
            return ()
        return (
            (headings.INDICATOR_NAME, empty("indicator name", "Healthy life expectancy at birth")),
        )


def empty(what: str, example: str) -> Fault:
    """Return the fault of a cell that may not be empty."""
    return Fault(
        "text-missing", "", f"There is no {what}.", f"Enter the {what}, for example {example}."
    )


def _not_number(text: str) -> Fault:
    given = plain_text(text)
    if text.casefold() in TOTAL_WORDS:
        message = f"{given} is not an indicator ID."
        return Fault("indicator-total", given, message, "Remove total rows.")
    message = f"{given} is not a whole number." if text else "There is no indicator ID."
    return Fault("indicator-not", given, message, "Enter the indicator ID, for example 90362.")


def _not_code(text: str) -> Fault:
    return Fault(
        "indicator-not",
        plain_text(text),
        "There is no indicator.",
        "Enter its code or its number at Fingertips, for example 90362.",
    )


def _unknown_number(text: str) -> Fault:
    return Fault(
        "indicator-unknown",
        text,
        f"{text} is not an indicator we know.",
        "Check it in the list of indicators.",
    )
