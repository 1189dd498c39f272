"""The groups of an area's people for one period, with slope and relative index."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from authorities.presenters.tables import SummaryRow
from outcomes.area_drawings import draw_rows
from outcomes.area_figures import Inequality, decimals, inequality, inequality_since, number_words
from outcomes.presenters.figures import Choice, TableCell, TableColumn
from outcomes.presenters.series_words import (
    area_address,
    limits_words,
    people_words,
    value_words,
)
from outcomes.queries.area_pages import AreaPageFacts
from outcomes.stats.inequality import SlopeIndex

NO_INDEX = "Not calculated"


@dataclass(frozen=True)
class InequalityBlock:
    """Drawing, indices and table of the groups, all from the same numbers."""

    heading: str
    period: str
    choices: tuple[Choice, ...]
    summary: tuple[SummaryRow, ...]
    svg: str
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    file: str


def groups_of(*, facts: AreaPageFacts, period: str) -> tuple[str, Inequality] | None:
    """Return the label of a period with its groups, or None where the area has none.

    Args:
        period: as published; an unknown or empty one is the newest.
    """
    labels = {key: next(iter(row.values())).period for key, row in facts.categories.items()}
    if not labels:
        return None
    asked = next((key for key, label in labels.items() if label == period), None)
    key = asked or max(labels, key=lambda one: (one[1], one[0]))
    found = inequality(definition=facts.indicator.definition, values=facts.categories[key])
    return labels[key], found


def inequality_block(
    *, facts: AreaPageFacts, period: str, asked: Mapping[str, str], places: int
) -> InequalityBlock | None:
    """Return the block, or None where no groups are published for the area."""
    groups = groups_of(facts=facts, period=period)
    if groups is None:
        return None
    label, found = groups
    values = [value for _, value in found.groups]
    places = max(
        places,
        decimals(values=values, scale=facts.indicator.definition.scale),
    )
    kind = facts.choices.category_type
    who = people_words(choices=facts.choices)
    unit = f", in {facts.indicator.unit}" if facts.indicator.unit else ""
    title = f"{facts.indicator.name}, {facts.area.name}, {who}, by {kind}, {label}"
    drawing = draw_rows(
        values=[
            (name, value, value_words(value=value, places=places)) for name, value in found.groups
        ],
        reference=next((one.value for one in facts.values if one.key == values[0].key), None),
        places=places,
    )
    code, area_code = facts.indicator.code, facts.area.code
    return InequalityBlock(
        heading=f"By {kind}",
        period=label,
        choices=tuple(
            Choice(
                label=one,
                url=area_address(
                    code=code, area_code=area_code, asked={**asked, "breakdown_period": one}
                )
                + "#inequality",
                current=one == label,
            )
            for one in _labels(facts)
        ),
        summary=_summary(found, facts, places),
        svg=""
        if drawing is None
        else render_to_string(
            "outcomes/rows_drawing.html",
            {"drawing": drawing, "label": f"{title}. The table below has the same numbers."},
        ),
        caption=f"{title}{unit}",
        columns=(
            TableColumn("Group", numeric=False),
            TableColumn("Value", numeric=True),
            TableColumn("95% limits", numeric=True),
            TableColumn("People", numeric=True),
        ),
        rows=tuple(
            (
                TableCell(name, "Provisional" if value.provisional else ""),
                value_words(value=value, places=places),
                limits_words(value=value, places=places),
                "not published"
                if value.denominator is None
                else number_words(value=value.denominator, places=0),
            )
            for name, value in found.groups
        ),
        file=area_address(
            code=code,
            area_code=area_code,
            asked={**asked, "breakdown_period": label},
            name="indicator-area-groups-csv",
        ),
    )


def slope_words(*, index: SlopeIndex, unit: str, places: int) -> tuple[str, str]:
    """Return the slope and the relative index in words, with their limits."""
    slope, low, high = (
        number_words(value=one, places=places)
        for one in (index.slope, index.slope_lower, index.slope_upper)
    )
    ratio, ratio_low, ratio_high = (
        number_words(value=one, places=2)
        for one in (index.relative, index.relative_lower, index.relative_upper)
    )
    # A difference of percentages is counted in points.
    difference = f"{slope} {'percentage points' if unit.startswith('%') else unit}".strip()
    return (
        f"{difference} from the most to the least deprived (95% limits {low} to {high})",
        f"{ratio}, the least deprived over the most (95% limits {ratio_low} to {ratio_high})",
    )


def _summary(found: Inequality, facts: AreaPageFacts, places: int) -> tuple[SummaryRow, ...]:
    if found.index is None:
        words = (f"{NO_INDEX}: {found.reason}",) * 2
    else:
        words = slope_words(index=found.index, unit=facts.indicator.unit, places=max(places, 1))
    definition = facts.indicator.definition
    since = inequality_since(
        definition=definition,
        now=found,
        earlier=[
            inequality(definition=definition, values=values) for values in facts.categories.values()
        ],
        places=max(places, 1),
    )
    return (
        SummaryRow("Slope index of inequality", words[0]),
        SummaryRow("Relative index of inequality", words[1]),
        SummaryRow("Change of inequality", since.words),
    )


def _labels(facts: AreaPageFacts) -> tuple[str, ...]:
    ordered = sorted(facts.categories, key=lambda key: (key[1], key[0]), reverse=True)
    return tuple(next(iter(facts.categories[key].values())).period for key in ordered)
