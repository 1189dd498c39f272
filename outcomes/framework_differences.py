"""What differs between two versions of a framework, thing by thing (pure).

Things are the same where their lineage is, whatever they are called by now.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from outcomes.area_figures import exact_words, number_words
from outcomes.framework_content import (
    ORDER_OF_KINDS,
    Baseline,
    Content,
    Item,
    Measure,
    Place,
)
from outcomes.indicator_series import with_unit
from outcomes.progress_labels import compact


class ChangeKind(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One fact of a thing on both sides; empty is what a side does not say."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A thing that differs, with the facts that do.

    part: 'texts', 'items', 'links', 'indicators' or 'counts'. of: the thing's lineage.
    """

    part: str
    kind: ChangeKind
    title: str
    fields: tuple[FieldChange, ...]
    of: UUID | None = None


TEXT_WORDS = {
    "summary": "Summary",
    "assumptions": "Assumptions",
    "prevention_spending": "Prevention spending",
    "disinvestment": "Disinvestment",
}
_TARGET_KINDS = {"reach": "Reach", "maintain": "Keep"}
_MODES = {
    "level": "the value stays",
    "change": "the change from the baseline stays",
    "percent": "the change in per cent stays",
}
_WAYS = {
    "linear": "the same amount each year",
    "compound": "the same percentage each year",
    "milestones": "through agreed values",
}
_AGGREGATIONS = {
    "non_cumulative": "each period for itself",
    "cumulative_sum": "periods are added up",
    "cumulative_latest": "each value is the total so far",
    "percentage": "percentage of those counted",
}
_Thing = TypeVar("_Thing", Item, Place, Measure)
Facts = Mapping[str, str]


def differences(*, before: Content, after: Content) -> tuple[Change, ...]:
    """Return everything that differs, in the order of a framework's page.

    Why the later version is proposed is no difference: each version says that for itself.
    """
    titles = {item.lineage: item.title for item in (*before.items, *after.items)}
    return (
        *_texts(before, after),
        *_things("items", before.items, after.items, _item_facts, _item_title, _item_place),
        *_links(before, after, titles),
        *_things(
            "indicators",
            before.places,
            after.places,
            lambda place: {**place_facts(place), "Belongs to": titles.get(place.item, "")},
            lambda place: f"{place.name}, {place.area}, {place.people}",
            lambda place: (0, place.order),
        ),
        *_things(
            "counts",
            before.measures,
            after.measures,
            lambda measure: {
                **_measure_fields(measure),
                "Belongs to": titles.get(measure.item, ""),
            },
            lambda measure: measure.name,
            lambda measure: (0, measure.order),
        ),
    )


def _texts(before: Content, after: Content) -> Iterable[Change]:
    for name, words in TEXT_WORDS.items():
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            fields = (FieldChange(words, one, other),)
            yield Change("texts", ChangeKind.CHANGED, words, fields)


def _item_title(item: Item) -> str:
    return f"{item.kind.capitalize()}: {item.title}"


def _item_place(item: Item) -> tuple[int, int]:
    return [kind.value for kind in ORDER_OF_KINDS].index(item.kind), item.order


def _item_facts(item: Item) -> Facts:
    return {"Title": item.title, "Text": item.text, "Assumption": item.assumption}


def _things(
    part: str,
    before: Iterable[_Thing],
    after: Iterable[_Thing],
    facts: Callable[[_Thing], Facts],
    title: Callable[[_Thing], str],
    place: Callable[[_Thing], tuple[int, int]],
) -> Iterable[Change]:
    one = {thing.lineage: thing for thing in before}
    other = {thing.lineage: thing for thing in after}
    for thing in sorted(other.values(), key=place):
        earlier = one.get(thing.lineage)
        fields = _fields({} if earlier is None else facts(earlier), facts(thing))
        if earlier is None:
            yield Change(part, ChangeKind.ADDED, title(thing), fields, thing.lineage)
        elif fields:
            yield Change(part, ChangeKind.CHANGED, title(thing), fields, thing.lineage)
    for thing in sorted(one.values(), key=place):
        if thing.lineage not in other:
            yield Change(
                part, ChangeKind.REMOVED, title(thing), _fields(facts(thing), {}), thing.lineage
            )


def _fields(before: Facts, after: Facts) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(label, before.get(label, ""), after.get(label, ""))
        for label in dict.fromkeys((*before, *after))
        if before.get(label, "") != after.get(label, "")
    )


def _links(before: Content, after: Content, titles: Mapping[UUID, str]) -> Iterable[Change]:
    one = {(link.cause, link.effect): link.assumption for link in before.links}
    other = {(link.cause, link.effect): link.assumption for link in after.links}
    for key in dict.fromkeys((*other, *one)):
        if key in one and key in other and one[key] == other[key]:
            continue
        kind = ChangeKind.CHANGED
        if key not in one or key not in other:
            kind = ChangeKind.ADDED if key in other else ChangeKind.REMOVED
        title = f"“{titles.get(key[0], '')}” leads to “{titles.get(key[1], '')}”"
        fields = _fields({"Assumption": one.get(key, "")}, {"Assumption": other.get(key, "")})
        yield Change("links", kind, title, fields)


def place_facts(place: Place) -> dict[str, str]:
    """Return what is said of an indicator in a framework, by label."""
    return {
        "Baseline": baseline_words(place, place.baseline) or place.no_baseline_reason,
        "Target": target_words(place) or place.no_target_reason,
        "Way": way_words(place),
        "Determinant": place.determinant,
        "The authority’s role": place.authority_role,
        "Came in with": place.set_name,
        "Owner at the authority": place.authority_owner,
        "Owner at the ICB": place.board_owner,
    }


def baseline_words(place: Place, baseline: Baseline | None) -> str:
    """Return a baseline as '60.0 years in 2019-21 (59.0 to 61.0)'; empty for none."""
    if baseline is None:
        return ""
    value, *limits = (
        "" if one is None else number_words(value=one, places=place.places)
        for one in (baseline.value, baseline.lower, baseline.upper)
    )
    words = f"{with_unit(words=value, unit=place.unit)} in {compact(label=baseline.period.label)}"
    return f"{words} ({limits[0]} to {limits[1]})" if all(limits) else words


def target_words(place: Place) -> str:
    """Return a target as 'Reach 62.0 years in 2028-30'; empty for none."""
    target = place.target
    if target is None:
        return ""
    kind = _TARGET_KINDS.get(target.kind, target.kind)
    value = with_unit(words=_exact(target.value, place), unit=place.unit)
    return f"{kind} {value} in {compact(label=target.period.label)}"


def way_words(place: Place) -> str:
    """Return how a target is to be reached, and what of it stays when its baseline is revised."""
    target = place.target
    if target is None:
        return ""
    parts = [_WAYS.get(target.trajectory, target.trajectory)]
    parts += [
        f"{_exact(one.value, place)} in {compact(label=one.period.label)}"
        for one in target.milestones
    ]
    if target.kind == "reach":
        parts.append(f"when the baseline is revised, {_MODES.get(target.mode, target.mode)}")
    if target.tolerance is not None:
        margin = with_unit(words=exact_words(value=target.tolerance), unit=place.unit)
        parts.append(f"margin {margin}")
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]


def _exact(value: float, place: Place) -> str:
    return exact_words(value=value, places=place.places)


def value_words(*, value: float, label: str) -> str:
    """Return a number that was agreed for a period, as '1,200 in 2026/27'."""
    return f"{exact_words(value=value)} in {compact(label=label)}"


def measure_facts(measure: Measure) -> dict[str, str]:
    """Return what is said of a count, by label."""
    return {
        "Name": measure.name,
        "Unit": measure.unit,
        "Put together": _AGGREGATIONS.get(measure.aggregation, measure.aggregation),
        "Good is": measure.direction,
        "Margin": f"{measure.margin_percent:g}%",
        "Targets": "; ".join(
            value_words(value=one.value, label=one.period.label) for one in measure.targets
        ),
    }


def _measure_fields(measure: Measure) -> dict[str, str]:
    """Return the facts of a count for a comparison: each period apart, so that what moved shows."""
    facts = measure_facts(measure)
    del facts["Targets"]
    return facts | {
        f"Target for {compact(label=one.period.label)}": exact_words(value=one.value)
        for one in measure.targets
    }
