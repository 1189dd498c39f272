"""A submitted return as a tagged PDF: a snapshot in, the same bytes out each time.

What people wrote goes to the template as data and never as its language: see `return.typ`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from duty.documents.typeset import typeset
from duty.specification_words import CONCURRENT
from duty.words import london_date, london_datetime, page_numbers

# Raised when the same snapshot would give another document.
METHOD_VERSION = 3
_TEMPLATE = Path(__file__).with_name("return.typ")
_FLOOR = {"yes": "Met", "no": "Not met", "not answered": "Not answered yet"}
_DEMONSTRATION = "Demonstration: the answers in this document are invented."
_TEST_ROUND = "Test round: this return counts nowhere."


@dataclass(frozen=True)
class SubmittedReturn:
    """What a document says of a return: its snapshot, and what stands beside it."""

    content: Mapping[str, Any]
    reference: str
    number: int
    submitted_at: datetime
    late: bool
    sha256: str
    is_test: bool
    demonstration: bool


def return_pdf(*, submitted: SubmittedReturn) -> bytes:
    """Return a submitted return as PDF/UA-1.

    Args:
        submitted: a snapshot as `duty.queries.snapshots` stores it, with its facts.

    Returns:
        The document; the same bytes for the same snapshot, whatever the day or the machine.

    Raises:
        DocumentError: the typesetter refuses it.

    Source: ISO 14289-1 (PDF/UA-1); the layout is the project's own.
    """
    return typeset(template=_TEMPLATE, content=_page(submitted), at=submitted.submitted_at)


def _page(submitted: SubmittedReturn) -> dict[str, Any]:
    content = submitted.content
    authority, round_ = content["authority"]["name"], content["round"]["name"]
    notices = [_TEST_ROUND] if submitted.is_test else []
    return {
        "title": f"{authority}: {round_} return",
        "authority": authority,
        "round": round_,
        "reference": submitted.reference,
        "notices": [*([_DEMONSTRATION] if submitted.demonstration else []), *notices],
        "facts": [list(fact) for fact in _facts(submitted)],
        "declaration": content["declaration"],
        "sections": [_section(section) for section in content["sections"]],
        "fingerprint": submitted.sha256,
    }


def _facts(submitted: SubmittedReturn) -> list[tuple[str, str]]:
    content = submitted.content
    round_, signed = content["round"], content["signed"]
    late = ""
    if submitted.late:
        late = f". Late: it was due on {_day(round_['due_on'])}"
    boards = [board["name"] for board in content["boards"]]
    code = content["authority"]["ons_code"]
    return [
        ("Authority", content["authority"]["name"] + (f" ({code})" if code else "")),
        ("Integrated care boards asked about", "; ".join(boards) or "None"),
        (
            "Round",
            f"{round_['name']}, {_day(round_['covers_from'])} to {_day(round_['covers_to'])}",
        ),
        ("Bodies and areas as at", _day(round_["geography_date"])),
        ("Questions", f"Version {content['specification']['version']}"),
        ("Reference", f"{submitted.reference}, submission {submitted.number}"),
        ("Submitted", f"{london_datetime(moment=submitted.submitted_at)}, London time{late}"),
        (
            "Signed by" if content["declaration"] else "Submitted by",
            f"{signed['by']}, {signed['as']}",
        ),
    ]


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": section["title"],
        "floor": _FLOOR.get(section["floor"], section["floor"]),
        "gaps": section["gaps_reason"],
        "questions": [
            {
                "code": question["code"],
                "text": question["text"],
                "floor": question["floor"],
                # Snapshots of the first shape hold neither this nor what was confirmed.
                "concurrent": CONCURRENT if question.get("concurrent") else "",
                "answers": [_answer(answer) for answer in question["answers"]],
            }
            for question in section["questions"]
        ],
    }


def _answer(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "board": answer["board_name"],
        "lines": [list(line) for line in answer["lines"]],
        "given": bool(answer["state"]),
        "note": answer["public_note"],
        "confirmed": [
            {"message": one["message"], "reason": one["reason"]}
            for one in answer.get("confirmed", ())
        ],
        "evidence": [_evidence(one) for one in answer["evidence"]],
    }


def _evidence(one: Mapping[str, Any]) -> dict[str, str]:
    is_link = one["url"].startswith(("https://", "http://"))
    return {
        "title": one["title"] or one["url"] or one.get("name", ""),
        "address": one["url"] if is_link else "",
        "shown": _shown(one, is_link=is_link),
        "pages": page_numbers(pages=one["pages"]),
    }


def _shown(one: Mapping[str, Any], *, is_link: bool) -> str:
    if is_link:
        return str(one["url"]) if one["title"] else ""
    return f"File {one['name']}, SHA-256 {one['sha256']}" if "sha256" in one else ""


def _day(text: str) -> str:
    return london_date(moment=date.fromisoformat(text))
