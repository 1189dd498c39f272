"""What stands in a version of a framework, as plain values: its digest, and what it lacks (pure).

Things are named by their lineage, so that the same content in two versions reads the same.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from authorities.frozen_json import from_plain


class ItemKind(StrEnum):
    """Where in the theory of change an item stands, in its order."""

    INPUT = "input"
    PROCESS = "process"
    OUTPUT = "output"
    OUTCOME = "outcome"


# What leads to what: earlier kinds to later ones, and within a kind by the order of its items.
ORDER_OF_KINDS = tuple(ItemKind)


@dataclass(frozen=True)
class Span:
    """A period with its label: first day, and first day after."""

    label: str
    start_date: date
    end_date: date


@dataclass(frozen=True)
class Item:
    """An input, process, output or outcome."""

    lineage: UUID
    kind: str
    order: int
    title: str
    text: str = ""
    assumption: str = ""


@dataclass(frozen=True)
class Link:
    """What leads to what, by lineage of the items."""

    cause: UUID
    effect: UUID
    assumption: str = ""


@dataclass(frozen=True)
class Milestone:
    """A value agreed for a period on the way."""

    period: Span
    value: float


@dataclass(frozen=True)
class Baseline:
    """Where the way begins, frozen with the release that said so."""

    period: Span
    value: float
    lower: float | None
    upper: float | None
    release_id: UUID


@dataclass(frozen=True)
class Target:
    """What is wanted; `kind` and `mode` are values of the model's choices."""

    kind: str
    mode: str
    value: float
    period: Span
    trajectory: str
    milestones: tuple[Milestone, ...] = ()
    tolerance: float | None = None


@dataclass(frozen=True)
class Place:
    """An indicator in the framework: which, of whom, from where to where, and whose.

    determinant: slug of the upstream determinant that it stands for; empty for none.
    adopted_set, set_name: slug and name of the set with which it came in; empty for none.
    places: digits after the point with which its values are shown.
    """

    lineage: UUID
    item: UUID
    order: int
    indicator: str
    name: str
    unit: str
    polarity: str
    area_id: UUID
    area: str
    breakdown_id: int
    people: str
    determinant: str = ""
    authority_role: str = ""
    authority_owner: str = ""
    board_owner: str = ""
    baseline: Baseline | None = None
    no_baseline_reason: str = ""
    target: Target | None = None
    no_target_reason: str = ""
    adopted_set: str = ""
    set_name: str = ""
    places: int = 0


@dataclass(frozen=True)
class CountTarget:
    """What a count shall be in a period."""

    period: Span
    value: float


@dataclass(frozen=True)
class Measure:
    """Something that an item is counted by; its choices are values of the model's."""

    lineage: UUID
    item: UUID
    order: int
    name: str
    unit: str
    aggregation: str
    direction: str
    margin_percent: float
    targets: tuple[CountTarget, ...] = ()


@dataclass(frozen=True)
class Content:
    """All that a version says.

    boards: keys of the ICBs that own it with the authority.
    """

    number: int
    boards: tuple[UUID, ...]
    summary: str = ""
    assumptions: str = ""
    prevention_spending: str = ""
    disinvestment: str = ""
    change_reason: str = ""
    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()
    places: tuple[Place, ...] = ()
    measures: tuple[Measure, ...] = ()

    def item(self, lineage: UUID) -> Item:
        """Return the item of a lineage."""
        return next(one for one in self.items if one.lineage == lineage)

    def of_kind(self, kind: ItemKind) -> tuple[Item, ...]:
        """Return the items of a kind in their order."""
        return tuple(
            sorted((one for one in self.items if one.kind == kind), key=lambda one: one.order)
        )


class Lacking(StrEnum):
    """What a version may lack, by the page on which it is entered."""

    OUTCOME = "outcome"
    CHANGE_REASON = "change_reason"
    BASELINE = "baseline"
    TARGET = "target"
    OWNERS = "owners"
    ROLE = "role"
    COUNT_TARGETS = "count_targets"


@dataclass(frozen=True)
class Missing:
    """Something that keeps a version from being proposed; `of` is the thing's lineage."""

    message: str
    what: Lacking
    of: UUID | None = None


# Names that follow from keys, and change without anybody having changed the framework.
_NAMES_ONLY = frozenset({"name", "unit", "polarity", "area", "people", "places", "set_name"})


def content_hash(*, content: Content) -> str:
    """Return a digest of all that a signature is for: the same content gives the same text.

    The order in which rows happen to be read is without effect, and so are names that follow from
    keys, such as an area's.
    """
    text = json.dumps(_plain(content), sort_keys=True, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()


def _plain(content: Content) -> dict[str, object]:
    whole = asdict(content)
    whole["boards"] = sorted(str(one) for one in content.boards)
    for name in ("items", "places", "measures"):
        whole[name] = sorted(whole[name], key=lambda one: str(one["lineage"]))
    whole["links"] = sorted(whole["links"], key=lambda one: (str(one["cause"]), str(one["effect"])))
    for place in whole["places"]:
        for name in _NAMES_ONLY:
            del place[name]
        # What was signed before sets were kept has the same digest as ever.
        if not place["adopted_set"]:
            del place["adopted_set"]
    return whole


def frozen(*, content: Content) -> dict[str, Any]:
    """Return all of a content as JSON can hold it, for `thawed`."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(content), default=str))
    return plain


def thawed(*, plain: object) -> Content:
    """Return the content that `frozen` took apart.

    Raises:
        NotThisKindError: it is none.
    """
    return from_plain(kind=Content, plain=plain)


def what_is_missing(*, content: Content) -> tuple[Missing, ...]:
    """Return what keeps the version from being proposed, in the order of the page.

    Source: the project's own table of a framework's life: at least one outcome with an indicator;
        a baseline, or none and why; a target, or none and why; an owner on both sides; the
        authority's own role for each wider determinant; of a later version, why it is changed.
    """
    found: list[Missing] = []
    outcomes = content.of_kind(ItemKind.OUTCOME)
    with_indicator = {place.item for place in content.places}
    if not any(one.lineage in with_indicator for one in outcomes):
        found.append(Missing("Add at least one outcome with an indicator.", Lacking.OUTCOME))
    if content.number > 1 and not content.change_reason.strip():
        found.append(Missing("Say why the agreed framework is to change.", Lacking.CHANGE_REASON))
    for place in sorted(content.places, key=lambda one: one.order):
        found.extend(Missing(text, what, place.lineage) for what, text in _lacks(place))
    found.extend(
        Missing(
            f"{measure.name}: enter a target for at least one period.",
            Lacking.COUNT_TARGETS,
            measure.lineage,
        )
        for measure in sorted(content.measures, key=lambda one: one.order)
        if not measure.targets
    )
    return tuple(found)


def _lacks(place: Place) -> Iterable[tuple[Lacking, str]]:
    named = f"{place.name}, {place.area}, {place.people}"
    if place.baseline is None and not place.no_baseline_reason.strip():
        yield Lacking.BASELINE, f"{named}: choose a baseline, or say why there is none."
    if place.target is None and not place.no_target_reason.strip():
        yield Lacking.TARGET, f"{named}: set a target, or say why there is none yet."
    if not place.authority_owner.strip():
        yield Lacking.OWNERS, f"{named}: name the role that owns it at the authority."
    if not place.board_owner.strip():
        yield Lacking.OWNERS, f"{named}: name the role that owns it at the ICB."
    if place.determinant and not place.authority_role.strip():
        yield Lacking.ROLE, f"{named}: say what the authority’s own role is for this determinant."


def leads_forward(*, cause: Item, effect: Item) -> bool:
    """Return whether a link from one item to the other leads on, so that no circle can arise."""
    before = ORDER_OF_KINDS.index(ItemKind(cause.kind)), cause.order
    after = ORDER_OF_KINDS.index(ItemKind(effect.kind)), effect.order
    return before < after
