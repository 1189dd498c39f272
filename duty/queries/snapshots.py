"""A return as it is signed: every answer with the labels, options and names of the day.

Private notes stay out: a snapshot is for others to read.
"""

import hashlib
import json
from typing import Any

from authorities.models import User
from duty.differences import differences
from duty.models import Declaration, EvidenceFile, Submission
from duty.queries.loaded import LoadedReturn, StoredAnswer
from duty.queries.soft_warnings import Decisions, decisions_of
from duty.queries.standing import Standing
from duty.slots import Slot, show_slot

# Raised when the shape of a snapshot changes, so that old ones stay readable.
CONTENT_VERSION = 2


def snapshot(
    *,
    loaded: LoadedReturn,
    standing: Standing,
    declaration: Declaration | None,
    signed_by: User,
    signed_as: str,
) -> dict[str, Any]:
    """Return the content of a submission, as JSON that is stored and never changed."""
    return {
        **draft_content(loaded=loaded, standing=standing),
        "declaration": (
            None
            if declaration is None
            else {"version": declaration.version, "text": declaration.text}
        ),
        "signed": {"by": signed_by.full_name, "as": signed_as},
    }


def draft_content(*, loaded: LoadedReturn, standing: Standing) -> dict[str, Any]:
    """Return what a snapshot would hold but for the signature, for the authority's own people."""
    round_ = loaded.round
    decisions = decisions_of(loaded=loaded)
    return {
        "content_version": CONTENT_VERSION,
        "round": {
            "slug": round_.slug,
            "name": round_.name,
            "covers_from": round_.covers_from.isoformat(),
            "covers_to": round_.covers_to.isoformat(),
            "geography_date": round_.geography_date.isoformat(),
            "due_on": loaded.closing.due_on.isoformat(),
        },
        "authority": {
            "slug": loaded.facts.slug,
            "name": loaded.facts.name,
            "ons_code": loaded.facts.ons_code,
        },
        "boards": [
            {
                "slug": board.slug,
                "name": board.name,
                "share_of_authority": board.share_of_authority,
                "share_of_board": board.share_of_board,
            }
            for board in loaded.boards
        ],
        "specification": {
            "version": round_.specification.version,
            "title": round_.specification.title,
        },
        "sections": [
            _section(loaded, standing, decisions, code)
            for code in round_.specification.section_order
        ],
    }


def content_sha256(*, content: dict[str, Any]) -> str:
    """Return the hash of a snapshot, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differs(*, content: dict[str, Any], earlier: Submission | None) -> bool:
    """Return whether any answer differs from the last submission; False without one."""
    if earlier is None:
        return False
    return any(one.answers for one in differences(before=earlier.content, after=content))


def _section(
    loaded: LoadedReturn, standing: Standing, decisions: Decisions, code: str
) -> dict[str, Any]:
    return {
        "code": code,
        "title": loaded.title(code),
        "floor": standing.judgements[code].floor.value,
        "gaps_reason": loaded.gaps_reason(code),
        "questions": [
            {
                "code": question.code,
                "text": question.text,
                "theory_of_change": question.theory_of_change.value,
                "floor": question.counts_for_floor,
                **({"concurrent": True} if question.concurrent else {}),
                "answer_type": question.answer_type.value,
                "derived": question.derived,
                "options": [
                    {"code": option.code, "label": option.label} for option in question.options
                ],
                "answers": [
                    _answer(loaded, slot, decisions)
                    for slot in loaded.slots
                    if slot.question is question
                ],
            }
            for question in loaded.questions
            if question.specification == code
        ],
    }


def _answer(loaded: LoadedReturn, slot: Slot, decisions: Decisions) -> dict[str, Any]:
    board = loaded.board(slot.board)
    stored = loaded.answers.get(slot.key)
    if stored is not None and stored.given.needs_review:
        # The database refuses such a snapshot, too.
        stored = None
    given = loaded.given.get(slot.key) if slot.question.derived else stored and stored.given
    lines = show_slot(slot=slot, answer=given.answer if given else None)
    return {
        "board": slot.board,
        "board_name": board.name if board else "",
        "state": given.answer.state if given else "",
        "value": given.answer.value if given else None,
        "reason": (given.answer.reason or "") if given else "",
        "expected_on": given.answer.expected_date if given else None,
        "lines": [list(line) for line in lines],
        "public_note": stored.row.public_note if stored else "",
        "evidence": _evidence(stored),
        "confirmed": [
            {"rule": one.rule, "message": one.message, "reason": one.reason}
            for one in decisions.get(slot.key, {}).values()
        ],
    }


def _evidence(stored: StoredAnswer | None) -> list[dict[str, Any]]:
    return [
        {"kind": one.kind, "title": one.title, "url": one.url, "pages": one.pages} | _file(one.file)
        for one in (stored.evidence if stored else ())
    ]


def _file(file: EvidenceFile | None) -> dict[str, Any]:
    """Return what a file adds: its key in the store, its name, kind, size and checksum."""
    if file is None:
        return {}
    return {
        "file": str(file.pk),
        "name": file.file_name,
        "type": file.kind,
        "size": file.size,
        "sha256": file.sha256,
    }
