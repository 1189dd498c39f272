"""Counts of statuses for a dashboard of a framework, a pair, an authority or the nation (pure).

Statuses are counted with what they are counts of. They are never added up, averaged or ranked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outcomes.progress_labels import REASON_WORDS, STATUS_WORDS

# Raise it when the same statuses would be kept in another form.
FORMAT = 3
NOT_ASSESSED = "not_assessed"
# How often a comparison with a fixed value differs by chance, by the rule's level.
# Source: the definition of a confidence level.
CHANCE: Mapping[str, float] = {"limits_95": 0.05, "limits_both": 0.05, "limits_998": 0.002}


@dataclass(frozen=True)
class StatusCount:
    """How many of how many have a status; of all where it is 'not assessed'."""

    status: str
    words: str
    number: int
    of: int


@dataclass(frozen=True)
class ReasonCount:
    """How many are not assessed for a reason, in words."""

    reason: str
    words: str
    number: int


@dataclass(frozen=True)
class Counts:
    """Every status with its denominator, in the order in which help is needed."""

    total: int
    assessed: int
    statuses: tuple[StatusCount, ...]
    reasons: tuple[ReasonCount, ...]

    @property
    def not_assessed(self) -> int:
        """How many are not assessed."""
        return self.total - self.assessed


@dataclass(frozen=True)
class Told:
    """A status with its reason, as it is counted."""

    status: str
    reason: str = ""


def count(*, statuses: Sequence[Told]) -> Counts:
    """Count statuses and, of what is not assessed, the reasons.

    Args:
        statuses: one an indicator of a framework.

    Returns:
        Every status, those that nobody has as well; each assessed one of all that are assessed.
        Reasons by number, and with the same number in the order in which they are asked.
    """
    found = Counter(one.status for one in statuses)
    reasons = Counter(one.reason for one in statuses if one.status == NOT_ASSESSED)
    return counts_of(numbers=found, reasons=reasons)


def counts_of(*, numbers: Mapping[str, int], reasons: Mapping[str, int]) -> Counts:
    """Return counts from numbers by status and by reason, as they are kept."""
    total = sum(numbers.values())
    assessed = total - numbers.get(NOT_ASSESSED, 0)
    order = list(REASON_WORDS)
    return Counts(
        total=total,
        assessed=assessed,
        statuses=tuple(
            StatusCount(
                status=status,
                words=words,
                number=numbers.get(status, 0),
                of=total if status == NOT_ASSESSED else assessed,
            )
            for status, words in STATUS_WORDS.items()
        ),
        reasons=tuple(
            ReasonCount(reason=reason, words=REASON_WORDS[reason], number=number)
            for reason, number in sorted(
                reasons.items(), key=lambda one: (-one[1], order.index(one[0]))
            )
            if number
        ),
    )


def add(*, parts: Sequence[Counts]) -> Counts:
    """Return the counts of several pictures together."""
    numbers: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for part in parts:
        numbers.update({one.status: one.number for one in part.statuses})
        reasons.update({one.reason: one.number for one in part.reasons})
    return counts_of(numbers=numbers, reasons=reasons)


def counts_to_json(*, counts: Counts) -> dict[str, Any]:
    """Return what `counts_from_json` reads."""
    return {
        "statuses": {one.status: one.number for one in counts.statuses if one.number},
        "reasons": {one.reason: one.number for one in counts.reasons},
    }


def counts_from_json(*, content: Mapping[str, Any]) -> Counts:
    """Return the counts that were kept."""
    return counts_of(numbers=content["statuses"], reasons=content["reasons"])


def by_chance(*, rules: Sequence[str]) -> int:
    """Return how many comparisons with England would differ by chance alone, as a whole number.

    Args:
        rules: of each comparison, as the catalogue has them; others count for nothing.

    Source: the project's own rule; twenty-four indicators in ten areas at 95% make twelve.
    """
    return round(sum(CHANCE.get(rule, 0.0) for rule in rules))


def row_of(
    *,
    key: int,
    lineage: str,
    framework: str,
    code: str,
    name: str,
    sex: str,
    age: str,
    category: str,
    area: str,
    area_slug: str,
    area_kind: str,
    unit: str,
    rule: str,
    content: Mapping[str, Any],
) -> dict[str, Any]:
    """Return what a dashboard's list shows of one indicator, out of its stored labels."""
    trajectory, trend, england = content["trajectory"], content["trend"], content["england"]
    latest = content["latest"]
    gap = england["change"] or {"movement": "", "words": "", "why": ""}
    return {
        "key": key,
        "lineage": lineage,
        "framework": framework,
        "code": code,
        "name": name,
        "sex": sex,
        "age": age,
        "category": category,
        "area": area,
        "area_slug": area_slug,
        "area_kind": area_kind,
        "unit": unit,
        "rule": rule,
        "breaks": content["breaks"],
        "places": content["places"],
        "status": trajectory["status"],
        "reason": trajectory["reason"],
        "words": trajectory["words"],
        "why": trajectory["why"],
        "share": trajectory["share_words"],
        "share_of_the_way": trajectory["share"],
        "baseline": trajectory["baseline"],
        "target": trajectory["target"],
        "expected": trajectory["expected"],
        "trend": trend["words"],
        "trend_label": trend["label"],
        "trend_why": trend["why"],
        "change": trend["since_independent"]["words"],
        "since_baseline": trend["since_baseline"]["words"],
        "since_baseline_label": trend["since_baseline"]["label"],
        "since_baseline_why": trend["since_baseline"]["why"],
        "england": england["words"],
        "england_label": england["label"],
        "england_why": england["why"],
        "england_by_publisher": england["by_publisher"],
        "gap": england["gap_words"],
        "gap_number": england["gap"],
        "gap_movement": gap["movement"],
        "gap_change": gap["words"],
        "gap_change_why": gap["why"],
        "confidence": content["confidence"]["level"],
        "confidence_why": content["confidence"]["why"],
        "period": latest["period"] if latest else "",
        "end": latest["days"][1] if latest else "",
        "note": latest["note"] if latest else "missing",
        "value": latest["value"] if latest else None,
        "lower": latest["lower"] if latest else None,
        "upper": latest["upper"] if latest else None,
        "provisional": latest["provisional"] if latest else False,
        "definition": content["definition_version"],
        "observation": latest["observation"] if latest else None,
    }


def picture(
    *,
    rows: Sequence[Mapping[str, Any]],
    frameworks: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what is kept for a dashboard of a framework, a pair or an authority.

    Args:
        rows: as `row_of` gives them, in the order of the frameworks. They are kept in the order in
            which help is needed, each with its place in the other.
        frameworks: in force, with name, version, day and partners.
    """
    order = list(STATUS_WORDS)
    counted = count(statuses=[Told(row["status"], row["reason"]) for row in rows])
    return {
        "format": FORMAT,
        "counts": counts_to_json(counts=counted),
        "frameworks": list(frameworks),
        "rows": sorted(
            ({**row, "place": place} for place, row in enumerate(rows)),
            key=lambda row: (order.index(row["status"]), row["place"]),
        ),
    }


def nation(*, authorities: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what is kept for the nation's dashboard.

    Args:
        authorities: slug, name and counts of each, by name.
    """
    together = add(parts=[counts_from_json(content=one["counts"]) for one in authorities])
    return {
        "format": FORMAT,
        "counts": counts_to_json(counts=together),
        "authorities": list(authorities),
    }
