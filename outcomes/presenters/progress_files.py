"""Progress to take away: indicators with status and reason, figures, and what columns mean."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from authorities.csv_text import write_csv
from outcomes.indicator_series import Point
from outcomes.models import Note
from outcomes.presenters.owner_notes import notes_on, notes_text
from outcomes.presenters.progress_multiples import Multiples
from outcomes.presenters.progress_values import points_of
from outcomes.progress_labels import STATUS_WORDS
from outcomes.progress_picture import counts_from_json
from outcomes.queries.owner_notes import NoteFacts
from outcomes.queries.progress import StoredPicture
from outcomes.queries.progress_pages import IndicatorFacts

# Heading, and what stands under it.
_INDICATORS: tuple[tuple[str, str], ...] = (
    ("authority", "Slug of the strategic authority"),
    ("framework", "Name of the outcomes framework"),
    ("framework_id", "Key of the framework, as in its address"),
    ("framework_version", "Number of the version in force, which was agreed by all its owners"),
    ("agreed_on", "Day on which that version was agreed, in ISO form"),
    ("indicator_id", "Key of the indicator in the framework, the same in every version"),
    ("target_version", "Key of the indicator in this version: what target and baseline stand in"),
    ("indicator_code", "Code of the indicator in the catalogue"),
    ("indicator", "Name of the indicator"),
    ("definition_version", "Version of the indicator’s definition that its values are read by"),
    ("area_kind", "Kind of the area that the values are of"),
    ("area", "Name of the area"),
    ("sex", "Whom the values are of, as published"),
    ("age", "Age of whom the values are of, as published"),
    ("category", "Group of whom the values are of, as published; empty for all"),
    ("unit", "Unit of value and limits"),
    ("period", "Label of the latest period"),
    ("value", "Latest value; empty where the note says why there is none, which is not zero"),
    ("lower_95", "Lower 95% limit; empty where none was published"),
    ("upper_95", "Upper 95% limit; empty where none was published"),
    ("note", "What the value is: value, missing, suppressed and so on"),
    ("provisional", "Whether the publisher expects to change the value: yes or no"),
    ("observation", "Key of the stored value that the status rests on"),
    ("status", "Where it stands against what was agreed: a code"),
    ("status_words", "The same in words"),
    ("reason", "Why it is not assessed: a code; empty where it is"),
    ("status_reason", "The numbers behind the status, or why there is none, in words"),
    ("contested", "Whether an owner contests the status: yes or no"),
    ("owners_notes", "What owners say beside the status, the newest first; it changes no label"),
    ("baseline", "Value of the baseline, as the status is held against it"),
    ("target", "Value of the target, as the status is held against it"),
    ("expected", "What the agreed line gives for the latest period; empty where not assessed"),
    (
        "share_of_the_way",
        "How much of the agreed change is gone: 1 is all, negative is moving away",
    ),
    ("share_words", "The same in words"),
    ("recent_trend", "Trend of the latest five independent periods"),
    ("trend_reason", "Why there is no trend, or what it rests on"),
    ("change", "Change since the last period that shares no day with the latest"),
    ("since_baseline", "Change since the baseline, and whether it is more than chance"),
    ("since_baseline_reason", "The numbers behind it, or why it is not tested"),
    (
        "beside_england",
        "Comparison with England by the indicator’s own rule, or the publisher’s own",
    ),
    ("beside_england_reason", "The numbers behind it, or why there is none"),
    (
        "beside_england_by",
        "Whose comparison it is: of this site, or of the publisher where limits allow none here",
    ),
    ("gap", "Gap to England in the indicator’s unit: negative is worse than England"),
    ("gap_words", "The same in words, with its 95% limits"),
    (
        "gap_change",
        "What became of the gap since the last period that shares no day with the latest",
    ),
    ("gap_change_reason", "What the area did and what England did, or why that is not known"),
    ("confidence", "Confidence in the data: high, medium, low or none"),
    ("confidence_reason", "Why"),
    ("method", "Number of the method by which all of this was computed"),
    ("calculated_at", "When it was last calculated, in ISO form"),
)
_CHARTS: tuple[tuple[str, str], ...] = (
    ("indicator_code", "Code of the indicator in the catalogue"),
    ("indicator", "Name of the indicator"),
    ("unit", "Unit of value and limits"),
    ("area_code", "ONS code of the area"),
    ("area", "Name of the area"),
    ("area_kind", "Kind of the area"),
    ("sex", "Whom the values are of, as published"),
    ("age", "Age of whom the values are of, as published"),
    ("period", "Label of the period"),
    ("period_first_day", "First day of the period, in ISO form"),
    ("period_last_day", "Last day of the period, in ISO form"),
    ("value", "The value; empty where the note says why there is none, which is not zero"),
    ("lower_95", "Lower 95% limit; empty where none was published"),
    ("upper_95", "Upper 95% limit; empty where none was published"),
    ("note", "What the value is: value, missing, suppressed and so on"),
    (
        "publishers_comparison",
        "With England, as the publisher says it: better, similar, worse, higher, lower or nothing",
    ),
)
_VALUES: tuple[tuple[str, str], ...] = (
    ("series", "What the row is of: area, England, baseline, milestone or target"),
    *_CHARTS[8:],
    ("provisional", "Whether the publisher expects to change the value: yes or no"),
    ("framework_version", "Number of the framework’s version"),
    ("method", "Number of the method"),
)
_AUTHORITIES: tuple[tuple[str, str], ...] = (
    ("authority", "Slug of the strategic authority"),
    ("name", "Its name"),
    ("indicators", "How many indicators its frameworks in force hold"),
    ("assessed", "How many of them are assessed"),
    *((status, f"How many read ‘{words}’") for status, words in STATUS_WORDS.items()),
    ("method", "Number of the method by which all of this was computed"),
    ("calculated_at", "When it was last calculated, in ISO form"),
)
DICTIONARY: Mapping[str, tuple[tuple[str, str], ...]] = {
    "indicators.csv": _INDICATORS,
    "charts.csv": _CHARTS,
    "values.csv": _VALUES,
    "authorities.csv": _AUTHORITIES,
}


def _headings(columns: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(name for name, _ in columns)


def dictionary_csv() -> str:
    """Return what each column of each file means."""
    return write_csv(
        headings=("file", "column", "meaning"),
        rows=(
            (file, name, meaning)
            for file, columns in DICTIONARY.items()
            for name, meaning in columns
        ),
    )


def indicators_csv(
    *, pictures: Sequence[tuple[str, StoredPicture]], notes: Sequence[NoteFacts]
) -> str:
    """Return every indicator of some pictures with its four labels, reasons and versions.

    Args:
        pictures: each with the slug of its authority.
        notes: what owners say beside any of them.
    """
    return write_csv(
        headings=_headings(_INDICATORS),
        rows=(row for slug, picture in pictures for row in _indicators(slug, picture, notes)),
    )


def _indicators(
    slug: str, picture: StoredPicture, notes: Sequence[NoteFacts]
) -> Iterator[tuple[str, ...]]:
    frameworks = {one["id"]: one for one in picture.content["frameworks"]}
    for row in picture.content["rows"]:
        framework = frameworks[row["framework"]]
        said = notes_on(row=row, notes=notes)
        yield (
            slug,
            framework["name"],
            framework["id"],
            str(framework["version"]),
            framework["agreed_at"][:10],
            row["lineage"],
            str(row["key"]),
            row["code"],
            row["name"],
            str(row["definition"]),
            row["area_kind"],
            row["area"],
            row["sex"],
            row["age"],
            row["category"],
            row["unit"],
            row["period"],
            _number(row["value"]),
            _number(row["lower"]),
            _number(row["upper"]),
            str(Note(row["note"]).label).lower(),
            "yes" if row["provisional"] else "no",
            "" if row["observation"] is None else str(row["observation"]),
            row["status"],
            row["words"],
            row["reason"],
            row["why"],
            "yes" if any(one.contested for one in said) else "no",
            notes_text(notes=said),
            _number(row["baseline"]),
            _number(row["target"]),
            _number(row["expected"]),
            _number(row["share_of_the_way"]),
            row["share"],
            row["trend"],
            row["trend_why"],
            row["change"],
            # A picture from before this was kept in it has none, until the next recompute.
            row.get("since_baseline", ""),
            row.get("since_baseline_why", ""),
            row["england"],
            row["england_why"],
            "publisher" if row["england_by_publisher"] else "site",
            _number(row["gap_number"]),
            row["gap"],
            row.get("gap_change", ""),
            row.get("gap_change_why", ""),
            row["confidence"],
            row["confidence_why"],
            str(picture.method),
            picture.computed_at.isoformat(),
        )


def authorities_csv(*, picture: StoredPicture | None) -> str:
    """Return the counts of every authority, by name; the headings alone where nothing is agreed."""
    return write_csv(
        headings=_headings(_AUTHORITIES),
        rows=()
        if picture is None
        else map(partial(_authority, picture), picture.content["authorities"]),
    )


def _authority(picture: StoredPicture, one: Mapping[str, Any]) -> tuple[str, ...]:
    counts = counts_from_json(content=one["counts"])
    return (
        one["slug"],
        one["name"],
        str(counts.total),
        str(counts.assessed),
        *(str(each.number) for each in counts.statuses),
        str(picture.method),
        picture.computed_at.isoformat(),
    )


def charts_csv(*, figure: Multiples | None, unit: str) -> str:
    """Return the numbers of the areas' drawings; the headings alone where nothing is drawn."""
    series = () if figure is None else figure.series
    return write_csv(
        headings=_headings(_CHARTS),
        rows=(
            (
                figure.code if figure else "",
                figure.name if figure else "",
                unit,
                one.area_code,
                one.area_name,
                one.area_kind,
                one.sex,
                one.age,
                *_point(point),
            )
            for one in series
            for point in one.points
        ),
    )


def _point(point: Point) -> tuple[str, ...]:
    return (
        point.period,
        point.start_date.isoformat(),
        (point.end_date - timedelta(days=1)).isoformat(),
        _number(point.value),
        _number(point.lower if point.value is not None else None),
        _number(point.upper if point.value is not None else None),
        str(Note(point.note).label).lower(),
        point.publishers_comparison or "",
    )


def values_csv(*, facts: IndicatorFacts) -> str:
    """Return the numbers of one indicator's chart: values, England's, and what was agreed."""
    content = facts.content
    version = (str(facts.version), str(facts.method))
    rows: list[tuple[str, ...]] = []
    for name, kept in (("area", content["series"]), ("England", content["england_series"])):
        for point, one in zip(points_of(kept=kept), kept, strict=True):
            rows.append((name, *_point(point), "yes" if one[7] else "no", *version))
    trajectory = content["trajectory"]
    for name, value in (("baseline", "baseline"), ("target", "target")):
        days, number = trajectory[f"{name}_days"], trajectory[value]
        if days is not None and number is not None:
            rows.append(_agreed(name, trajectory[f"{name}_period"], days, number, version))
    if trajectory["target"] is not None:
        # Milestones as the line leads through them, revised as the target was.
        for (label, start, end, _), (_, number) in zip(
            facts.milestones, trajectory["line"][1:-1], strict=False
        ):
            days = [start.isoformat(), end.isoformat()]
            rows.append(_agreed("milestone", label, days, number, version))
    return write_csv(headings=_headings(_VALUES), rows=rows)


def _agreed(
    name: str, label: str, days: Sequence[str], number: float, version: Sequence[str]
) -> tuple[str, ...]:
    [point] = points_of(kept=[[label, *days, number, None, None, Note.OK.value, False, None]])
    return (name, *_point(point), "no", *version)


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))
