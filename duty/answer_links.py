"""Finds the links in what people wrote: alone in a field, or within a text. (Pure: no Django.)"""

import re
from collections.abc import Iterator, Mapping

# A longer address is left alone: the table of results holds no more.
MOST_CHARACTERS = 500
# As deep as the value of an answer nests, with room to spare.
_DEEPEST = 6
_ALONE = re.compile(r"https?://\S+", re.IGNORECASE)
_WITHIN = re.compile(r"https?://[^\s<>\"“”‘’]+", re.IGNORECASE)
_ENDS_A_SENTENCE = ".,;:!?'…*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def links_in(*, value: object) -> tuple[str, ...]:
    """Return the links in a value, each once, in their order.

    Args:
        value: any JSON, or a tuple of such; it is not trusted.

    Returns:
        Addresses that start with http:// or https://, of at most 500 characters. What stands alone
        is taken as typed; within a text, what ends the sentence or closes a bracket around the
        address is no part of it.

    Source: the project's own rule.
    """
    found = dict.fromkeys(link for text in _texts(value, _DEEPEST) for link in _links(text.strip()))
    return tuple(link for link in found if len(link) <= MOST_CHARACTERS)


def _texts(value: object, deeper: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif deeper and isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one, deeper - 1)
    elif deeper and isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, deeper - 1)


def _links(text: str) -> Iterator[str]:
    if _ALONE.fullmatch(text):
        yield text
        return
    for match in _WITHIN.finditer(text):
        link = _trimmed(match[0])
        if not link.endswith("://"):
            yield link


def _trimmed(link: str) -> str:
    while link:
        last = link[-1]
        opening = _BRACKETS.get(last)
        closes_nothing = opening is not None and link.count(last) > link.count(opening)
        if last not in _ENDS_A_SENTENCE and not closes_nothing:
            break
        link = link[:-1]
    return link
