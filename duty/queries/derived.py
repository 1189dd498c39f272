"""Answers that nobody types: read from what the outcomes app holds."""

from collections.abc import Sequence
from datetime import date

from authorities.models import StrategicAuthority
from duty.framework_words import Derived, derived_words
from duty.models import Submission
from duty.queries.places import BoardFacts
from duty.questions import Answer, QuestionSpec
from duty.slots import Given, SlotKey
from outcomes.models import Breakdown, Indicator
from outcomes.queries.framework_answers import framework_facts


def derived_answers(
    *,
    authority: StrategicAuthority,
    boards: Sequence[BoardFacts],
    questions: Sequence[QuestionSpec],
    day: date,
) -> dict[SlotKey, Given]:
    """Return the derived answer to each question that has one, by slot, as things stand now.

    Asks the database seven times at most, whatever the number of questions.

    Args:
        authority: whose return it is.
        boards: the ICBs that the round asks about.
        questions: what is asked.
        day: the round's day of bodies and areas, as of which bodies are named.
    """
    wanted = {question.code for question in questions if question.derived}
    if not wanted:
        return {}
    said = derived_words(
        boards=[(board.id, board.name) for board in boards],
        facts=framework_facts(authority=authority, day=day),
    )
    published = {
        "OF3": _listed(_indicator_names(authority), "indicator"),
        "OF6": _listed(_breakdown_words(authority), "breakdown"),
    }
    found = {}
    for code in sorted(wanted):
        derived = said.get(code, Derived((("Answer", "Not read from this site"),), None))
        lines = [*derived.lines]
        if code in published:
            lines.append(("Published for this authority", published[code]))
        found[SlotKey(code)] = Given(
            Answer(
                value={
                    "lines": [{"label": label, "text": text} for label, text in lines],
                    "met": derived.met,
                }
            )
        )
    return found


def derived_then(*, submission: Submission) -> dict[SlotKey, Given]:
    """Return the derived answers as a submission keeps them: what was sent does not move on."""
    return {
        SlotKey(question["code"]): Given(Answer(value=answer["value"]))
        for section in submission.content["sections"]
        for question in section["questions"]
        if question["derived"]
        for answer in question["answers"]
        if answer["value"] is not None
    }


def _indicator_names(authority: StrategicAuthority) -> list[str]:
    return list(
        Indicator.objects.filter(
            observations__area=authority,
            observations__owner__isnull=True,
            observations__superseded_at__isnull=True,
        )
        .distinct()
        .order_by("name")
        .values_list("name", flat=True)
    )


def _breakdown_words(authority: StrategicAuthority) -> list[str]:
    found = (
        Breakdown.objects.filter(
            observations__area=authority,
            observations__owner__isnull=True,
            observations__superseded_at__isnull=True,
        )
        .distinct()
        .order_by("sex", "age", "category_type", "category", "pk")
    )
    return [", ".join(filter(None, (one.sex, one.age, one.category))) for one in found]


def _listed(names: Sequence[str], noun: str) -> str:
    if not names:
        return f"No {noun} is published for this authority’s area on this site"
    count = f"{len(names)} {noun}" if len(names) == 1 else f"{len(names)} {noun}s"
    shown = "; ".join(names[:10])
    return f"{count}: {shown}" + (f"; and {len(names) - 10} more" if len(names) > 10 else "")
