"""Lists of frameworks, differences of two versions, and the files of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from authorities.csv_text import write_csv
from authorities.presenters.tables import Cell, Column
from outcomes.framework_content import Content, Place, Span
from outcomes.framework_differences import Change, ChangeKind
from outcomes.presenters.framework_words import STATE_TAGS, moment_text, owners_text
from outcomes.queries.framework_lists import ListedFramework

COLUMNS = (Column("Framework"), Column("Owners"), Column("In force"), Column("On its way"))
_PARTS = {
    "texts": "Texts",
    "items": "Theory of change",
    "links": "What leads to what",
    "indicators": "Indicators",
    "counts": "Counts",
}
_KINDS = {
    ChangeKind.ADDED: "Added",
    ChangeKind.REMOVED: "Taken out",
    ChangeKind.CHANGED: "Changed",
}
_HEADINGS = (
    *("framework", "version", "kind", "item", "name", "indicator", "area", "people", "unit"),
    *("period", "period_start", "period_end", "value", "lower_95", "upper_95"),
    *("what", "trajectory", "determinant", "authority_owner", "icb_owner", "reason", "set"),
)


@dataclass(frozen=True)
class PartOfDifferences:
    """Changes of one part of a framework, under its heading."""

    heading: str
    changes: tuple["ShownChange", ...]


@dataclass(frozen=True)
class ShownChange:
    """One thing that differs, its facts side by side."""

    title: str
    kind: str
    fields: tuple[tuple[str, str, str], ...]
    reasons: tuple[str, ...] = ()


def rows(*, found: Sequence[ListedFramework]) -> tuple[tuple[Cell, ...], ...]:
    """Return frameworks as rows of a table."""
    return tuple(_row(one) for one in found)


def _row(one: ListedFramework) -> tuple[Cell, ...]:
    force, working = Cell("None yet"), Cell("Nothing")
    if one.in_force is not None:
        since = f"Since {moment_text(one.agreed_at)}" if one.agreed_at else ""
        waits = f"{owners_text(one.to_reconfirm)} has to stand by it" if one.to_reconfirm else ""
        lacks = "Nobody is chosen yet for an owner that ended" if one.lacks_an_owner else ""
        force = Cell(
            f"Version {one.in_force}",
            url=_version_url(one, one.in_force),
            note=". ".join(filter(None, (since, waits, lacks))),
        )
    elif one.ended is not None:
        force = Cell("Ended", url=_version_url(one, one.ended))
    if one.open is not None:
        working = Cell(
            f"Version {one.open}",
            url=_version_url(one, one.open),
            note=STATE_TAGS[one.open_state].text,
        )
    return (
        Cell(one.name, url=_version_url(one, one.in_force or one.ended or one.newest)),
        Cell(owners_text([owner.name for owner in one.owners])),
        force,
        working,
    )


def _version_url(one: ListedFramework, number: int) -> str:
    return reverse("outcomes:framework-version", args=[one.id, number])


def parts_of_differences(
    *, changes: Sequence[Change], reasons: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> tuple[PartOfDifferences, ...]:
    """Return changes under the heading of their part, in the order of a framework's page.

    Args:
        changes: what differs.
        reasons: why targets changed, by the lineage of what they are of.
    """
    found = []
    for part, heading in _PARTS.items():
        own = tuple(
            ShownChange(
                title=change.title,
                kind=_KINDS[change.kind],
                fields=tuple((one.label, one.before, one.after) for one in change.fields),
                reasons=reasons.get(str(change.of), ()),
            )
            for change in changes
            if change.part == part
        )
        if own:
            found.append(PartOfDifferences(heading=heading, changes=own))
    return tuple(found)


def targets_csv(*, name: str, content: Content) -> str:
    """Return baselines, milestones and targets of a version, and the targets of its counts."""
    found = []
    for place in sorted(content.places, key=lambda one: one.order):
        head = [
            *(name, str(content.number), "indicator", content.item(place.item).title, place.name),
            *(place.indicator, place.area, place.people, place.unit),
        ]
        found += [[*head, *line, place.adopted_set] for line in _lines(place)]
    for measure in sorted(content.measures, key=lambda one: one.order):
        head = [
            *(name, str(content.number), "count", content.item(measure.item).title, measure.name),
            *("", "", "", measure.unit),
        ]
        found += [
            [*head, *_period(one.period), f"{one.value:g}", "", "", "target", *[""] * 6]
            for one in measure.targets
        ]
    return write_csv(headings=_HEADINGS, rows=found)


def _lines(place: Place) -> list[list[str]]:
    owners = [place.determinant, place.authority_owner, place.board_owner]
    lines = []
    if place.baseline is None:
        nothing = ["", "", "", "", "", ""]
        lines.append([*nothing, "no baseline", "", *owners, place.no_baseline_reason])
    else:
        limits = (place.baseline.lower, place.baseline.upper)
        lines.append(
            [
                *_period(place.baseline.period),
                f"{place.baseline.value:.10g}",
                *("" if one is None else f"{one:.10g}" for one in limits),
                *("baseline", "", *owners, ""),
            ]
        )
    target = place.target
    if target is None:
        return [*lines, ["", "", "", "", "", "", "no target", "", *owners, place.no_target_reason]]
    steps = [("milestone", one.period, one.value) for one in target.milestones]
    for what, period, value in (*steps, (target.kind, target.period, target.value)):
        lines.append(
            [*_period(period), f"{value:.10g}", "", "", what, target.trajectory, *owners, ""]
        )
    return lines


def _period(span: Span) -> list[str]:
    return [span.label, span.start_date.isoformat(), span.end_date.isoformat()]
