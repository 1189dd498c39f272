"""The page of one indicator in a framework: four labels side by side, and the way to its target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from authorities.presenters.words import day_text
from outcomes.indicator_series import Point, independent
from outcomes.models import Note
from outcomes.presenters.figures import TableCell, TableColumn, sex_words
from outcomes.presenters.framework_words import owners_text
from outcomes.presenters.progress import Link, SaidNote, said_notes
from outcomes.progress_drawing import ProgressDrawing, Way, draw_progress
from outcomes.progress_labels import amount, compact
from outcomes.queries.progress_pages import IndicatorFacts

NOT_PUBLISHED = "not published"


@dataclass(frozen=True)
class LabelRow:
    """One label with its reason, for a list of questions and answers."""

    question: str
    label: str
    why: str


@dataclass(frozen=True)
class ProgressIndicatorPage:
    """All that the page shows."""

    title: str
    kind: str
    lede: str
    notice: str
    labels: tuple[LabelRow, ...]
    facts: tuple[LabelRow, ...]
    drawing: ProgressDrawing | None
    drawing_words: str
    has_overlapping: bool
    has_provisional: bool
    has_way: bool
    has_limits: bool
    has_breaks: bool
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    caption: str
    file: str
    rests_on: str
    computed_at: datetime
    source: str
    notes: tuple[SaidNote, ...]
    to_confirm: str
    confirmed: tuple[str, ...]
    back: Link
    others: tuple[Link, ...]
    permanent: Link


def points_of(*, kept: Sequence[Sequence[Any]]) -> tuple[Point, ...]:
    """Return a series as it is kept beside a status."""
    return tuple(
        Point(
            period=one[0],
            start_date=date.fromisoformat(one[1]),
            end_date=date.fromisoformat(one[2]),
            value=one[3],
            lower=one[4],
            upper=one[5],
            note=one[6],
        )
        for one in kept
    )


def present(*, facts: IndicatorFacts) -> ProgressIndicatorPage:
    """Return the page: nothing on it is computed but where lines are drawn."""
    content = facts.content
    points = points_of(kept=content["series"])
    england = points_of(kept=content["england_series"])
    provisional = frozenset(
        (one.start_date, one.end_date)
        for one, kept in zip(points, content["series"], strict=True)
        if kept[7]
    )
    way = _way(content["trajectory"])
    breaks = [date.fromisoformat(one) for one in content["breaks"]]
    drawing = draw_progress(
        points=points, england=england, way=way, provisional=provisional, breaks=breaks
    )
    title = f"{facts.name}, {_who(facts)}"
    places = content["places"]
    return ProgressIndicatorPage(
        title=title,
        kind=facts.area_name,
        lede=_lede(facts),
        notice=""
        if facts.in_force
        else "This version of the framework was replaced by a later one. Its statuses stay as they "
        "were.",
        labels=_label_rows(content),
        facts=_fact_rows(facts),
        drawing=drawing,
        drawing_words=_drawing_words(title, facts, points, places),
        has_overlapping=drawing is not None and any(one.kind == "over" for one in drawing.marks),
        has_provisional=bool(provisional),
        has_way=way is not None,
        has_limits=drawing is not None and bool(drawing.whiskers),
        has_breaks=drawing is not None and bool(drawing.breaks),
        columns=(
            TableColumn("Period", numeric=False),
            TableColumn("Value", numeric=True),
            TableColumn("95% limits", numeric=True),
            TableColumn("England", numeric=True),
            TableColumn("What to bear in mind", numeric=False),
        ),
        rows=_rows(facts, points, england, provisional),
        caption=f"{title}, in {facts.unit}" if facts.unit else title,
        file=reverse("progress:indicator-values", args=[facts.framework, facts.lineage])
        + f"?version={facts.version}&method={facts.method}",
        rests_on=_rests_on(facts),
        computed_at=facts.computed_at,
        source=f"Source: {facts.source}. {facts.licence}." if facts.source else "",
        notes=said_notes(notes=facts.notes, name=facts.name),
        to_confirm=_to_confirm(facts),
        confirmed=tuple(
            f"{one.body_name} confirmed {_plain(one.value, places)} as the revised baseline on "
            f"{day_text(day=timezone.localdate(one.at))}."
            for one in facts.confirmations.said
        ),
        back=Link("Back to the framework", reverse("progress:framework", args=[facts.framework])),
        others=_others(facts),
        permanent=Link(
            "Permanent link to this status",
            reverse("progress:indicator", args=[facts.framework, facts.lineage])
            + f"?version={facts.version}&method={facts.method}",
        ),
    )


def _to_confirm(facts: IndicatorFacts) -> str:
    """Say who has yet to confirm the revised baseline; empty for nobody."""
    asked = facts.confirmations
    if asked.revised is None or not asked.waits_for:
        return ""
    waits = owners_text(list(asked.waits_for.values()))
    return (
        "The baseline was revised by more than half of the agreed change. It is "
        f"{_plain(asked.revised, facts.content['places'])} now, and {waits} "
        f"{'has' if len(asked.waits_for) == 1 else 'have'} yet to confirm it, or to propose a "
        "change to the framework."
    )


def _who(facts: IndicatorFacts) -> str:
    parts = [sex_words(sex=facts.sex)]
    if facts.age not in ("", "All ages"):
        parts.append(facts.age)
    if facts.category:
        parts.append(facts.category)
    return ", ".join(parts)


def _lede(facts: IndicatorFacts) -> str:
    agreed = f", agreed on {day_text(day=facts.agreed_at.date())}" if facts.agreed_at else ""
    return f"In {facts.framework_name}, version {facts.version}{agreed}."


def _way(trajectory: Mapping[str, Any]) -> Way | None:
    if not trajectory["line"]:
        return None
    return Way(
        points=tuple((time, value) for time, value in trajectory["line"]),
        baseline=trajectory["baseline_period"],
        target=trajectory["target_period"],
    )


def _label_rows(content: Mapping[str, Any]) -> tuple[LabelRow, ...]:
    trajectory, trend, england = content["trajectory"], content["trend"], content["england"]
    share = f" {trajectory['share_words'].capitalize()}." if trajectory["share_words"] else ""
    rows = [
        LabelRow("Against what was agreed", trajectory["words"], f"{trajectory['why']}{share}"),
        LabelRow("Recent trend", trend["words"], trend["why"]),
        LabelRow(
            "Change since the last independent period",
            trend["since_independent"]["words"],
            trend["since_independent"]["why"],
        ),
        LabelRow(
            "Change since the baseline",
            trend["since_baseline"]["words"],
            trend["since_baseline"]["why"],
        ),
        LabelRow("Beside England", england["words"], england["why"]),
    ]
    if england["gap_words"]:
        rows.append(LabelRow("Gap to England", england["gap_words"], _relative(england)))
    if england["change"] is not None:
        rows.append(
            LabelRow("Change of the gap", england["change"]["words"], england["change"]["why"])
        )
    confidence = content["confidence"]
    rows.append(
        LabelRow("Confidence in the data", confidence["level"].capitalize(), confidence["why"])
    )
    return tuple(
        LabelRow(one.question, one.label, f"{one.why[:1].upper()}{one.why[1:]}") for one in rows
    )


def _relative(england: Mapping[str, Any]) -> str:
    percent = england["relative_percent"]
    return "" if percent is None else f"{percent:+.1f}% of England’s value".replace("-", "−")


def _fact_rows(facts: IndicatorFacts) -> tuple[LabelRow, ...]:
    trajectory, places = facts.content["trajectory"], facts.content["places"]
    rows = []
    if trajectory["baseline_agreed"] is not None:
        now = ""
        if trajectory["revised"]:
            now = f"{_plain(trajectory['baseline'], places)} as revised"
        rows.append(
            LabelRow(
                "Baseline when agreed",
                f"{amount(value=trajectory['baseline_agreed'], places=places, unit=facts.unit)} in "
                f"{trajectory['baseline_period']}",
                now,
            )
        )
    elif facts.no_baseline:
        rows.append(LabelRow("Baseline", "None", facts.no_baseline))
    if trajectory["target_agreed"] is not None:
        said = []
        if trajectory["target"] is not None and trajectory["target"] != trajectory["target_agreed"]:
            said.append(f"{_plain(trajectory['target'], places)} after the baseline’s revision")
        if trajectory["target_published"]:
            said.append(f"Its figures are published about {trajectory['target_published']}")
        rows.append(
            LabelRow(
                "Target",
                f"{amount(value=trajectory['target_agreed'], places=places, unit=facts.unit)} in "
                f"{trajectory['target_period']}",
                ". ".join(said),
            )
        )
    elif facts.no_target:
        rows.append(LabelRow("Target", "None", facts.no_target))
    rows += [
        LabelRow(f"Milestone {compact(label=label)}", _plain(value, places), "")
        for label, _, _, value in facts.milestones
        if trajectory["target_agreed"] is not None
    ]
    if facts.owners:
        rows.append(LabelRow("Owners", "; ".join(facts.owners), ""))
    if facts.role:
        rows.append(LabelRow("What the authority itself does", facts.role, ""))
    return tuple(rows)


def _drawing_words(title: str, facts: IndicatorFacts, points: Sequence[Point], places: int) -> str:
    said = [f"{title}, {facts.area_name}"]
    known = [one for one in points if one.value is not None]
    if known:
        first, last = known[0], known[-1]
        said.append(
            f"{_plain(first.value, places)} in {compact(label=first.period)}, "
            f"{_plain(last.value, places)} in {compact(label=last.period)}"
        )
    trajectory = facts.content["trajectory"]
    if trajectory["target"] is not None:
        said.append(
            f"the line leads from {_plain(trajectory['baseline'], places)} in "
            f"{trajectory['baseline_period']} to {_plain(trajectory['target'], places)} in "
            f"{trajectory['target_period']}"
        )
    return f"{'; '.join(said)}. The table below has the same numbers."


def _rows(
    facts: IndicatorFacts,
    points: Sequence[Point],
    england: Sequence[Point],
    provisional: frozenset[tuple[date, date]],
) -> tuple[tuple[TableCell | str, ...], ...]:
    content, places = facts.content, facts.content["places"]
    theirs = {(one.start_date, one.end_date): one for one in england}
    kept = independent(points=[one for one in points if one.value is not None])
    baseline = content["trajectory"]["baseline_days"]
    breaks = [date.fromisoformat(one) for one in content["breaks"]]
    rows = []
    earlier: Point | None = None
    for one in points:
        key = (one.start_date, one.end_date)
        said = []
        if baseline is not None and baseline == [day.isoformat() for day in key]:
            said.append("the baseline")
        if one.value is not None and one.period not in kept:
            said.append("overlaps with a later period that counts")
        if key in provisional:
            said.append("provisional")
        if one.note not in (Note.OK, Note.REMARKED) and one.value is not None:
            said.append(str(Note(one.note).label).lower())
        if earlier is not None and any(
            earlier.start_date < day <= one.start_date for day in breaks
        ):
            said.append("not comparable with earlier periods")
        rows.append(
            (
                compact(label=one.period),
                _value(one, places),
                _limits(one, places),
                _value(theirs.get(key), places),
                "; ".join(said).capitalize(),
            )
        )
        earlier = one
    return tuple(rows)


def _value(one: Point | None, places: int) -> str:
    if one is None:
        return NOT_PUBLISHED
    if one.value is None:
        return str(Note(one.note).label).lower()
    return _plain(one.value, places)


def _limits(one: Point, places: int) -> str:
    if one.value is None:
        return "none"
    if one.lower is None or one.upper is None:
        return NOT_PUBLISHED
    return f"{_plain(one.lower, places)} to {_plain(one.upper, places)}"


def _plain(value: float | None, places: int) -> str:
    return "" if value is None else amount(value=value, places=places, unit="")


def _rests_on(facts: IndicatorFacts) -> str:
    content = facts.content
    latest = content["latest"]
    parts = [
        f"version {facts.version} of the framework",
        f"method {facts.method}",
        f"version {content['definition_version']} of the indicator’s definition",
    ]
    if latest is not None and latest["observation"] is not None:
        parts.append(f"observation {latest['observation']}")
    return f"This status rests on {', '.join(parts)}."


def _others(facts: IndicatorFacts) -> tuple[Link, ...]:
    found = []
    if not facts.draft:
        if facts.area_code:
            found.append(
                Link(
                    f"{facts.name} in {facts.area_name}: every figure",
                    reverse("outcomes:indicator-area", args=[facts.code, facts.area_code]),
                )
            )
        found.append(
            Link(
                f"{facts.name}: what it is and how it is read",
                reverse("catalogue:indicator", args=[facts.code]),
            )
        )
    found.append(
        Link(
            f"All progress of {facts.authority_name}",
            reverse("progress:authority", args=[facts.authority_slug]),
        )
    )
    return tuple(found)
