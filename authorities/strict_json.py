"""Reads JSON of strangers: one meaning or a refusal, and never an error of our own."""

import json
import math
import re
from collections.abc import Iterable
from typing import NoReturn

MOST_BYTES = 1_000_000
MOST_LEVELS = 20
MOST_DIGITS = 20

# Each kind of repeat keeps what it took, so that no text makes the search run twice over itself.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.?)*+"?|[\[\]{}]', re.DOTALL)


class UnreadableJsonError(ValueError):
    """A text is not JSON that can have one meaning only; `fix` says what to do."""

    def __init__(self, message: str, *, code: str, fix: str) -> None:
        self.message = message
        self.code = code
        self.fix = fix
        super().__init__(f"{message} {fix}")


def read_json(*, raw: bytes) -> object:
    """Return what a text says.

    Args:
        raw: the text as it was sent, at most `MOST_BYTES` long; a byte order mark is passed over.

    Returns:
        Dictionaries, lists, texts, numbers, true, false and None. Every number is finite and has
        at most `MOST_DIGITS` digits, and every text can be stored.

    Raises:
        UnreadableJsonError: it is no UTF-8 or no JSON, is nested deeper than `MOST_LEVELS`, names
            a thing twice, or holds a number or a character that nothing could store.

    Source: RFC 8259, sections 4, 6, 8 and 9: what it leaves to each reader is refused.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            "The body is not UTF-8 text.", "not-utf-8", "Save and send it as UTF-8."
        ) from error
    _refuse_depth(text)
    try:
        found: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise _refused(
            f"The body is not JSON: line {error.lineno}, character {error.colno}.",
            "not-json",
            "Check quotation marks, commas and brackets there.",
        ) from error
    _refuse_characters([found])
    return found


def _refuse_depth(text: str) -> None:
    level = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        found = match.group()
        if found in ("[", "{"):
            level += 1
        elif found in ("]", "}"):
            level -= 1
        if level > MOST_LEVELS:
            raise _refused(
                f"The body is nested more than {MOST_LEVELS} levels deep.",
                "too-deep",
                "Send it as the documentation shows.",
            )


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _refused(
                f"The body names “{_shown(name)}” twice.", "named-twice", "Name each field once."
            )
        found[name] = value
    return found


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise _too_long()
    return int(digits)


def _float(digits: str) -> float:
    if len(digits) > 2 * MOST_DIGITS:
        raise _too_long()
    number = float(digits)
    if not math.isfinite(number):
        raise _too_long()
    return number


def _too_long() -> UnreadableJsonError:
    return _refused(
        "The body holds a number that is too large.",
        "number-too-large",
        f"Send numbers of at most {MOST_DIGITS} digits.",
    )


def _constant(name: str) -> NoReturn:
    raise _refused(
        f"The body holds {name}, which is not JSON.",
        "not-a-number",
        "Send a number, or null where there is none.",
    )


def _refuse_characters(values: Iterable[object]) -> None:
    """Refuse NUL, which the database cannot hold, and half a character, which no file can."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            hidden = next((c for c in value if c == "\x00" or "\ud800" <= c <= "\udfff"), None)
            if hidden is not None:
                raise _refused(
                    f"A text holds a hidden character (U+{ord(hidden):04X}).",
                    "hidden-character",
                    "Remove it.",
                )


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in name[:50])


def _refused(message: str, code: str, fix: str) -> UnreadableJsonError:
    return UnreadableJsonError(message, code=code, fix=fix)
