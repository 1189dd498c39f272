"""What a submitted return shows: the snapshot, never what was written since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duty.answers import FloorMet
from duty.models import ReturnEvent, Submission
from duty.presenters.addresses import ReturnAddresses
from duty.presenters.evidence import EvidenceLine, dead_inside, submitted
from duty.presenters.progress import who_of
from duty.presenters.tasks import FLOOR_WORDS
from duty.queries.links import LinkNote, submitted_links_inside
from duty.queries.returns import People
from duty.specification_words import CONCURRENT


@dataclass(frozen=True)
class SubmittedConfirmation:
    """What was unusual about an answer, and why the authority says that it is right."""

    message: str
    reason: str


@dataclass(frozen=True)
class SubmittedAnswer:
    """An answer as it was; `rests` says that the authority is not measured by it."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    note: str
    evidence: tuple[EvidenceLine, ...]
    dead_inside: tuple[EvidenceLine, ...]
    rests: str
    confirmed: tuple[SubmittedConfirmation, ...]


@dataclass(frozen=True)
class SubmittedSection:
    """A section as it was."""

    code: str
    title: str
    floor: str
    gaps_reason: str
    answers: tuple[SubmittedAnswer, ...]


@dataclass(frozen=True)
class Receipt:
    """A submitted return."""

    reference: str
    number: int
    round_name: str
    authority_name: str
    covers_from: date
    covers_to: date
    submitted_at: datetime
    signed_by: str
    signed_as: str
    declaration: str
    late: bool
    due_on: date
    sha256: str
    sections: tuple[SubmittedSection, ...]


def receipt(
    *,
    submission: Submission,
    links: Mapping[str, LinkNote] | None = None,
    gives_files: bool = True,
) -> Receipt:
    """Return a submission as its page shows it, with what is known of its links.

    Files are named and not linked for those who may read a return without taking its files away.
    """
    content: dict[str, Any] = submission.content
    addresses = addresses_of(content=content) if gives_files else None
    declaration = content["declaration"]
    return Receipt(
        reference=submission.reference,
        number=submission.number,
        round_name=content["round"]["name"],
        authority_name=content["authority"]["name"],
        covers_from=date.fromisoformat(content["round"]["covers_from"]),
        covers_to=date.fromisoformat(content["round"]["covers_to"]),
        submitted_at=submission.submitted_at,
        signed_by=content["signed"]["by"],
        signed_as=content["signed"]["as"],
        declaration=declaration["text"] if declaration else "",
        late=submission.late,
        due_on=date.fromisoformat(content["round"]["due_on"]),
        sha256=submission.content_sha256,
        sections=tuple(_section(section, addresses, links) for section in content["sections"]),
    )


@dataclass(frozen=True)
class Told:
    """Who is told of a submission: people of the authority, and who asked for its changes."""

    people: tuple[str, ...]
    asked_by: str


def told_of(*, people: People, asked: ReturnEvent | None) -> Told:
    """Return who is told of a submission, by name; who edits and signs is named once."""
    return Told(
        people=tuple(dict.fromkeys((*people.editors, *people.signatories))),
        asked_by=who_of(event=asked) if asked else "",
    )


def addresses_of(*, content: Mapping[str, Any]) -> ReturnAddresses:
    """Return the addresses of the return that a snapshot is of."""
    return ReturnAddresses(content["round"]["slug"], content["authority"]["slug"])


def _section(
    section: dict[str, Any], addresses: ReturnAddresses | None, links: Mapping[str, LinkNote] | None
) -> SubmittedSection:
    return SubmittedSection(
        code=section["code"],
        title=section["title"],
        floor=FLOOR_WORDS[FloorMet(section["floor"])],
        gaps_reason=section["gaps_reason"],
        answers=tuple(
            SubmittedAnswer(
                heading=submitted_heading(text=question["text"], board_name=answer["board_name"]),
                lines=tuple((label, text) for label, text in answer["lines"]),
                note=answer["public_note"],
                evidence=submitted(answer=answer, addresses=addresses, links=links),
                dead_inside=dead_inside(urls=submitted_links_inside(answer=answer), links=links),
                rests=CONCURRENT if question.get("concurrent") else "",
                confirmed=confirmed_of(answer=answer),
            )
            for question in section["questions"]
            for answer in question["answers"]
        ),
    )


def confirmed_of(*, answer: Mapping[str, Any]) -> tuple[SubmittedConfirmation, ...]:
    """Return what was confirmed of an answer of a snapshot; none in one of the first shape."""
    return tuple(
        SubmittedConfirmation(message=one["message"], reason=one["reason"])
        for one in answer.get("confirmed", ())
    )


def submitted_heading(*, text: str, board_name: str) -> str:
    """Return a question of a snapshot as it was asked, with the board that it was asked for."""
    if not board_name:
        return text
    if "this ICB" in text:
        return text.replace("this ICB", board_name)
    return f"{board_name}: {text}"
