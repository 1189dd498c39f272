"""The page of one indicator in a framework: four labels side by side, and the way to its target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from authorities.presenters.words import day_text
from outcomes.indicator_series import Point, covid_words, rolling_words
from outcomes.people import people_words
from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.presenters.framework_words import owners_text
from outcomes.presenters.owner_notes import SaidNote, flag_of, said_notes
from outcomes.presenters.progress import Link
from outcomes.presenters.progress_rows import confidence_words
from outcomes.presenters.progress_values import COLUMNS, plain, points_of, value_rows
from outcomes.progress_drawing import NARROW, WIDE, ProgressDrawing, Way, draw_progress
from outcomes.progress_labels import amount, compact
from outcomes.queries.progress_pages import IndicatorFacts


@dataclass(frozen=True)
class LabelRow:
    """One label with its reason, for a list of questions and answers.

    status: code of a progress status, for its sign. flag: what an owner says beside it.
    """

    question: str
    label: str
    why: str
    status: str = ""
    flag: str = ""


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
    phone_drawing: ProgressDrawing | None
    heading: str
    area_words: str
    covid_words: str
    drawing_words: str
    has_overlapping: bool
    has_provisional: bool
    has_way: bool
    has_milestones: bool
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
    way = _way(facts)
    breaks = [date.fromisoformat(one) for one in content["breaks"]]
    drawing, phone_drawing = (
        draw_progress(
            points=points,
            england=england,
            way=way,
            provisional=provisional,
            breaks=breaks,
            width=width,
        )
        for width in (WIDE, NARROW)
    )
    title = f"{facts.name}, {people_words(sex=facts.sex, age=facts.age, category=facts.category)}"
    places = content["places"]
    return ProgressIndicatorPage(
        title=title,
        kind=facts.area_name,
        lede=_lede(facts),
        notice=""
        if facts.in_force
        else "This version of the framework was replaced by a later one. Its statuses stay as they "
        "were.",
        labels=label_rows(content=content, flag=flag_of(notes=facts.notes)),
        facts=_fact_rows(facts),
        drawing=drawing,
        phone_drawing=phone_drawing,
        heading="The way to the target" if way is not None else "Values",
        area_words=", ".join(filter(None, (facts.area_name, rolling_words(points=points)))),
        covid_words=covid_words(points=points),
        drawing_words=_drawing_words(title, facts, points, places),
        has_overlapping=drawing is not None and any(one.kind == "over" for one in drawing.marks),
        has_provisional=bool(provisional),
        has_way=way is not None,
        has_milestones=drawing is not None and bool(drawing.milestones),
        has_limits=drawing is not None and bool(drawing.whiskers),
        has_breaks=drawing is not None and bool(drawing.breaks),
        columns=COLUMNS,
        rows=value_rows(facts=facts, points=points, england=england, provisional=provisional),
        caption=f"{title}, in {facts.unit}" if facts.unit else title,
        file=reverse("progress:indicator-values", args=[facts.framework, facts.lineage])
        + f"?version={facts.version}&method={facts.method}",
        rests_on=_rests_on(facts),
        computed_at=facts.computed_at,
        source=f"Source: {facts.source}. {facts.licence}." if facts.source else "",
        notes=said_notes(notes=facts.notes, names={str(facts.lineage): facts.name}),
        to_confirm=_to_confirm(facts),
        confirmed=tuple(
            f"{one.body_name} confirmed {plain(value=one.value, places=places)} as the revised "
            f"baseline on {day_text(day=timezone.localdate(one.at))}."
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
    now = plain(value=asked.revised, places=facts.content["places"])
    return (
        "The baseline was revised by more than half of the agreed change. It is "
        f"{now} now, and {waits} "
        f"{'has' if len(asked.waits_for) == 1 else 'have'} yet to confirm it, or to propose a "
        "change to the framework."
    )


def _lede(facts: IndicatorFacts) -> str:
    agreed = f", agreed on {day_text(day=facts.agreed_at.date())}" if facts.agreed_at else ""
    return f"In {facts.framework_name}, version {facts.version}{agreed}."


def _way(facts: IndicatorFacts) -> Way | None:
    trajectory = facts.content["trajectory"]
    if not trajectory["line"]:
        return None
    return Way(
        points=tuple((time, value) for time, value in trajectory["line"]),
        baseline=trajectory["baseline_period"],
        target=trajectory["target_period"],
        has_milestones=bool(facts.milestones),
    )


def label_rows(*, content: Mapping[str, Any], flag: str = "") -> tuple[LabelRow, ...]:
    """Return the four labels with the changes beside them, each with what it rests on.

    Args:
        content: as it is stored.
        flag: what the owners say beside the first label; nothing where they say nothing.
    """
    trajectory, trend, england = content["trajectory"], content["trend"], content["england"]
    words = trajectory["share_words"]
    share = f" {words[:1].upper()}{words[1:]}." if words else ""
    rows = [
        LabelRow(
            "Against what was agreed",
            trajectory["words"],
            f"{trajectory['why']}{share}",
            status=trajectory["status"],
            flag=flag,
        ),
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
        LabelRow(
            "Confidence in the data",
            confidence_words(level=confidence["level"]),
            confidence["why"],
        )
    )
    return tuple(replace(one, why=f"{one.why[:1].upper()}{one.why[1:]}") for one in rows)


def _relative(england: Mapping[str, Any]) -> str:
    percent = england["relative_percent"]
    return "" if percent is None else f"{percent:+.1f}% of England’s value".replace("-", "−")


def _fact_rows(facts: IndicatorFacts) -> tuple[LabelRow, ...]:
    trajectory, places = facts.content["trajectory"], facts.content["places"]
    rows = []
    if trajectory["baseline_agreed"] is not None:
        now = ""
        if trajectory["revised"]:
            now = f"{plain(value=trajectory['baseline'], places=places)} as revised"
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
            said.append(
                f"{plain(value=trajectory['target'], places=places)} after the baseline’s revision"
            )
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
        LabelRow(f"Milestone {compact(label=label)}", plain(value=value, places=places), "")
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
            f"{plain(value=first.value, places=places)} in {compact(label=first.period)}, "
            f"{plain(value=last.value, places=places)} in {compact(label=last.period)}"
        )
    trajectory = facts.content["trajectory"]
    if trajectory["target"] is not None:
        start, end = (plain(value=trajectory[one], places=places) for one in ("baseline", "target"))
        said.append(
            f"the line leads from {start} in {trajectory['baseline_period']} to {end} in "
            f"{trajectory['target_period']}"
        )
    return f"{'; '.join(said)}. The table below has the same numbers."


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
