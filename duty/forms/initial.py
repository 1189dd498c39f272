"""What a question's form shows of what is stored."""

from collections.abc import Mapping
from typing import Any

from duty.actions.answers import EvidenceLink
from duty.forms.answer_controls import control_name, shown_record, shown_value
from duty.models import EvidenceKind
from duty.queries.loaded import StoredAnswer
from duty.questions import AnswerField, AnswerState, AnswerType, FieldType
from duty.slots import Given, Slot

OTHER_LINKS = "other_links"


def initial_of_stored(*, slot: Slot, stored: StoredAnswer | None) -> dict[str, Any]:
    """Return what the form shows of a stored answer with its evidence and notes."""
    if stored is None:
        return {"version": 0}
    shown = initial_of(slot=slot, given=stored.given)
    shown |= {
        "version": stored.row.version,
        "public_note": stored.row.public_note,
        "private_note": stored.row.private_note,
    }
    links = [
        EvidenceLink(url=one.url, title=one.title, pages=one.pages)
        for one in stored.evidence
        if one.kind == EvidenceKind.LINK
    ]
    if links:
        shown |= {
            "evidence_link": links[0].url,
            "evidence_title": links[0].title,
            "evidence_pages": links[0].pages,
            # Shown and removed beside the form: a save of the form leaves them alone.
            OTHER_LINKS: tuple(links[1:]),
        }
    return shown


def initial_of(*, slot: Slot, given: Given | None) -> dict[str, Any]:
    """Return what the form shows of a stored answer, notes and evidence aside."""
    if given is None:
        return {}
    answer = given.answer
    question = slot.question
    if answer.state != AnswerState.VALUE:
        field = AnswerField("expected_date", "", FieldType.DATE)
        return {
            "option": answer.state,
            "instead": answer.state,
            f"reason_{answer.state}": answer.reason or "",
            "expected_date": shown_value(field=field, stored=answer.expected_date),
        }
    value = answer.value if isinstance(answer.value, Mapping) else {}
    if question.answer_type == AnswerType.TABLE:
        rows = value.get("rows")
        return {
            "rows": [
                shown_record(fields=question.columns, stored=row)
                for row in (rows if isinstance(rows, list) else [])
            ]
        }
    fields = question.fields or tuple(f for o in question.options for f in o.follow_ups)
    shown = {
        control_name(code=code): text
        for code, text in shown_record(fields=fields, stored=value).items()
    }
    if question.options:
        shown |= {"option": value.get("option"), "options": value.get("options")}
        shown[f"reason_{value.get('option')}"] = value.get("reason", "")
    return shown
