"""Answers that nobody types: read from what the outcomes app holds."""

from collections.abc import Sequence

from authorities.models import StrategicAuthority
from duty.queries.places import BoardFacts
from duty.questions import Answer, QuestionSpec
from duty.slots import Given, SlotKey
from outcomes.models import Breakdown, Indicator

# No framework can be recorded yet, so none is recorded: that is not the same as having none, and
# leaves the minimum floor without an answer.
_NO_FRAMEWORK = "None recorded: no outcomes framework is recorded for this authority yet"


def derived_answers(
    *,
    authority: StrategicAuthority,
    boards: Sequence[BoardFacts],
    questions: Sequence[QuestionSpec],
) -> dict[SlotKey, Given]:
    """Return the derived answer to each question that has one, by slot.

    Asks the database twice, whatever the number of questions.
    """
    wanted = {question.code for question in questions if question.derived}
    if not wanted:
        return {}
    indicators = _indicator_names(authority)
    breakdowns = _breakdown_words(authority)
    lines = {
        "OF1": [(board.name, _NO_FRAMEWORK) for board in boards]
        or [("Boards", "No board overlaps with this authority on the round’s date")],
        "OF2": [("Indicators with a stated role", _NO_FRAMEWORK)],
        "OF3": [
            ("Outcomes in a framework", _NO_FRAMEWORK),
            ("Published for this authority", _listed(indicators, "indicator")),
        ],
        "OF6": [
            ("Breakdowns in a framework", _NO_FRAMEWORK),
            ("Published for this authority", _listed(breakdowns, "breakdown")),
        ],
    }
    return {
        SlotKey(code): Given(
            Answer(
                value={
                    "lines": [
                        {"label": label, "text": text}
                        for label, text in lines.get(code, [("Answer", _NO_FRAMEWORK)])
                    ],
                    "met": None,
                }
            )
        )
        for code in sorted(wanted)
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
