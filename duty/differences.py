"""What differs between two contents of a return, question by question.

Both are of the shape that a snapshot stores: a submission's, or a draft's as it would be signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# What of an answer somebody typed, and in words.
PARTS = {
    "state": "the answer",
    "value": "the answer",
    "reason": "the answer",
    "expected_on": "the answer",
    "public_note": "the note",
    "evidence": "the evidence",
}


class Kind(StrEnum):
    """How an answer differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class AnswerDifference:
    """One answer that differs; `before` and `after` are answers of the content, or None."""

    code: str
    text: str
    board_name: str
    kind: Kind
    parts: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class SectionDifference:
    """A section in which something differs, with its minimum floor and why it leaves gaps."""

    code: str
    title: str
    floor: tuple[str, str]
    gaps_reason: tuple[str, str]
    answers: tuple[AnswerDifference, ...]


def differences(
    *, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[SectionDifference, ...]:
    """Return the sections that differ, in the order of the later content.

    Args:
        before: the earlier content.
        after: the later content.

    Returns:
        Only sections with a difference in an answer, in the minimum floor or in the words on
        questions that were left out. Answers that are read from elsewhere are left out: they
        change without anybody changing the return.

    Source: the project's own rule.
    """
    earlier = {section["code"]: section for section in before["sections"]}
    found = (_section(earlier.get(section["code"], {}), section) for section in after["sections"])
    return tuple(
        one
        for one in found
        if one.answers or one.floor[0] != one.floor[1] or one.gaps_reason[0] != one.gaps_reason[1]
    )


def _section(before: Mapping[str, Any], after: Mapping[str, Any]) -> SectionDifference:
    was, now = _answers(before), _answers(after)
    keys = [*now, *(key for key in was if key not in now)]
    return SectionDifference(
        code=after["code"],
        title=after["title"],
        floor=(before.get("floor", after["floor"]), after["floor"]),
        gaps_reason=(before.get("gaps_reason", ""), after["gaps_reason"]),
        answers=tuple(
            one for key in keys if (one := _answer(was.get(key), now.get(key))) is not None
        ),
    )


_Found = tuple[Mapping[str, Any], Mapping[str, Any]]


def _answers(section: Mapping[str, Any]) -> dict[tuple[str, str], _Found]:
    """Return question and answer by code and board."""
    return {
        (question["code"], answer["board"] or ""): (question, answer)
        for question in section.get("questions", ())
        if not question["derived"]
        for answer in question["answers"]
    }


def _answer(before: _Found | None, after: _Found | None) -> AnswerDifference | None:
    was = before[1] if before else None
    now = after[1] if after else None
    parts = tuple(
        dict.fromkeys(words for key, words in PARTS.items() if _typed(was, key) != _typed(now, key))
    )
    shown = after or before
    if not parts or shown is None:
        return None
    if not _typed(was, "state"):
        kind = Kind.ADDED
    elif not _typed(now, "state"):
        kind = Kind.REMOVED
    else:
        kind = Kind.CHANGED
    question, answer = shown
    return AnswerDifference(
        code=question["code"],
        text=question["text"],
        board_name=answer["board_name"],
        kind=kind,
        parts=parts,
        before=was,
        after=now,
    )


def _typed(answer: Mapping[str, Any] | None, key: str) -> Any:
    found = (answer or {}).get(key) or None
    if key == "evidence" and found:
        # A file is what it holds, wherever it is kept: the same one sent again is no change.
        return [{name: one[name] for name in one if name != "file"} for one in found]
    return found
