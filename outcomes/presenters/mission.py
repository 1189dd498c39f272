"""What the page of the mission shows, from its read model alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.loader import render_to_string
from django.urls import reverse

from authorities.presenters.tables import Cell, Column, SummaryRow
from outcomes.area_drawings.gaps import GapBar, draw_gaps
from outcomes.mission import Gap, MissionPicture, Sensitivity, SexPicture
from outcomes.mission.words import (
    bottom_changed,
    change_text,
    movement_text,
    number_text,
    progress_text,
    sex_words,
    top_changed,
    years_text,
)
from outcomes.presenters.mission_words import (
    REASONS,
    STATUSES,
    definition_rows,
    ends_text,
    half_text,
    interval_text,
    month_text,
    title_of,
    waits_for_data,
    why_text,
)
from outcomes.queries.mission import ShownMission, Version

# A job draws the picture every night; older than this, something is wrong.
STALE_AFTER = timedelta(hours=26)
_GROUPS = {"Male": "men", "Female": "women"}
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class SexCard:
    """The newest gap for one sex, with where it stands."""

    anchor: str
    title: str
    gap: str
    ends: str
    interval: str
    half_words: str
    half: str
    status: str
    assessed: bool
    reason: str


@dataclass(frozen=True)
class Why:
    """Why the gap of some sexes is not assessed, and when it can be."""

    who: str
    text: str
    baseline: str
    first: str
    published: str


@dataclass(frozen=True)
class VersionLink:
    """A version of the definition with its page."""

    label: str
    url: str
    note: str
    current: bool


@dataclass(frozen=True)
class FloorTable:
    """What halving asks of every region, for one sex."""

    caption: str
    lead: str
    rows: Rows
    unknown: str


@dataclass(frozen=True)
class MissionPage:
    """All facts of the page."""

    released: str
    computed_at: datetime
    stale: bool
    earlier: str
    cards: tuple[SexCard, ...]
    whys: tuple[Why, ...]
    number: int
    words: str
    definition: tuple[SummaryRow, ...]
    source: str
    versions: tuple[VersionLink, ...]
    svg: str
    axis_note: str
    has_earlier: bool
    figure_columns: tuple[Column, ...]
    figures: Rows
    notes: tuple[str, ...]
    moves_caption: str
    move_columns: tuple[Column, ...]
    moves: Rows
    sensitivity_columns: tuple[Column, ...]
    sensitivity: Rows
    floor_columns: tuple[Column, ...]
    floors: tuple[FloorTable, ...]
    sources: tuple[str, ...]
    permanent: str
    csv: str
    dictionary: str
    api: str


def present(*, shown: ShownMission, now: datetime) -> MissionPage:
    """Return the page.

    Args:
        shown: the read model with its definition.
        now: to say whether the read model is out of date.
    """
    version, picture = shown.version, shown.picture
    state = f"?definition={version.number}"
    drawing = draw_gaps(bars=_bars(picture))
    return MissionPage(
        released=_released(picture),
        computed_at=shown.computed_at,
        stale=now - shown.computed_at > STALE_AFTER,
        earlier=_earlier(version),
        cards=tuple(_card(one) for one in picture.sexes),
        whys=_whys(picture),
        number=version.number,
        words=version.words,
        definition=tuple(
            SummaryRow(key, value)
            for key, value in definition_rows(
                definition=version.definition, baseline_reason=version.baseline_reason
            )
        ),
        source=version.source,
        versions=tuple(_version(one, version.number) for one in shown.versions),
        svg=""
        if drawing is None
        else render_to_string("outcomes/gaps_drawing.html", {"drawing": drawing}),
        axis_note=""
        if drawing is None
        else f"The axis starts at {drawing.starts_at}. 3-year rolling periods.",
        has_earlier=any(not gap.comparable for one in picture.sexes for gap in one.gaps),
        figure_columns=(
            Column("Period and sex"),
            Column("Highest"),
            Column("Lowest"),
            Column("Gap in years", numeric=True),
        ),
        figures=tuple(_figure(one, gap) for one in picture.sexes for gap in one.gaps),
        notes=_notes(picture),
        moves_caption=_moves_caption(picture),
        move_columns=(
            Column("Sex"),
            Column("Gap"),
            Column("Change at the top"),
            Column("Change at the bottom"),
            Column("In words"),
        ),
        moves=tuple(row for one in picture.sexes if (row := _move(one)) is not None),
        sensitivity_columns=(
            Column("Definition"),
            *(Column(sex_words(one.sex).capitalize()) for one in picture.sexes),
            Column("Note"),
        ),
        sensitivity=tuple(_sensitivity(row, version.number) for row in picture.sensitivity),
        floor_columns=(
            Column("Region"),
            Column("Years", numeric=True),
            Column("To the floor", numeric=True),
        ),
        floors=tuple(table for one in picture.sexes if (table := _floor(one)) is not None),
        sources=_sources(picture),
        permanent=f"{reverse('mission:page')}{state}",
        csv=f"{reverse('mission:figures-csv')}{state}",
        dictionary=reverse("mission:dictionary-csv"),
        api=f"{reverse('mission-detail')}{state}",
    )


def _released(picture: MissionPicture) -> str:
    newest = max((one.current.release.key for one in picture.sexes if one.current), default="")
    return month_text(key=newest) if newest else ""


def _earlier(version: Version) -> str:
    if version.replaced_at is None:
        return ""
    return f"You are reading the figures by version {version.number}, which was replaced."


def _card(one: SexPicture) -> SexCard:
    words, half = half_text(picture=one)
    return SexCard(
        anchor=sex_words(one.sex),
        title=title_of(picture=one),
        gap=years_text(one.current.value) if one.current else "No figure",
        ends=ends_text(gap=one.current) if one.current else "",
        interval=interval_text(gap=one.current) if one.current else "",
        half_words=words,
        half=half,
        status=STATUSES[one.status],
        assessed=one.reason is None,
        reason=REASONS[one.reason] if one.reason else "",
    )


def _whys(picture: MissionPicture) -> tuple[Why, ...]:
    """Return one text for each reason, not one for each sex."""
    found: dict[str, list[SexPicture]] = {}
    for one in picture.sexes:
        if text := why_text(picture=one):
            found.setdefault(text, []).append(one)
    return tuple(
        Why(
            who=""
            if len(group) == len(picture.sexes)
            else f"{sex_words(group[0].sex).capitalize()}: ",
            text=text,
            baseline=picture.definition.baseline.label,
            first=group[0].first_comparable.label if waits_for_data(picture=group[0]) else "",
            published=month_text(key=group[0].comparable_from) if group[0].comparable_from else "",
        )
        for text, group in found.items()
    )


def _version(one: Version, current: int) -> VersionLink:
    approved = f"approved by {one.approved_by}" if one.approved_by else "came with the site"
    why = f" {one.reason}" if one.reason else ""
    return VersionLink(
        label=f"Version {one.number}, {one.state_words.lower()}",
        url=f"{reverse('mission:page')}?definition={one.number}",
        note=f"{approved[0].upper()}{approved[1:]}.{why}",
        current=one.number == current,
    )


def _bars(picture: MissionPicture) -> tuple[GapBar, ...]:
    return tuple(
        GapBar(
            label=f"{sex_words(one.sex).capitalize()} {gap.period.label}",
            low=min(gap.worst.value, gap.best.value),
            high=max(gap.worst.value, gap.best.value),
            words=years_text(gap.value),
            group=_GROUPS.get(one.sex, "men"),
            earlier=not gap.comparable,
        )
        for one in picture.sexes
        for gap in one.gaps
    )


def _figure(one: SexPicture, gap: Gap) -> tuple[Cell, ...]:
    said = [] if gap.comparable else ["not comparable"]
    if gap.period == (one.baseline.period if one.baseline else None):
        said.append("baseline")
    interval = "" if gap.interval is None else interval_text(gap=gap).removesuffix(".")
    return (
        Cell(
            f"{sex_words(one.sex).capitalize()}, {gap.period.label}",
            note=", ".join([month_text(key=gap.release.key), *said]),
        ),
        Cell(f"{gap.best.name} {gap.best.value:.1f}"),
        Cell(f"{gap.worst.name} {gap.worst.value:.1f}"),
        Cell(number_text(gap.value), note=interval),
    )


def _notes(picture: MissionPicture) -> tuple[str, ...]:
    """Return what to bear in mind about the figures, each once."""
    notes: dict[str, None] = {}
    releases = {
        gap.period.label: gap.release
        for one in picture.sexes
        for gap in one.gaps
        if gap.release.note
    }
    for label, release in releases.items():
        notes[f"{label}, released {month_text(key=release.key)}: {release.note}"] = None
    pairs = [(one.baseline, one.current) for one in picture.sexes if not one.same_release]
    for before, now in pairs:
        if before is not None and now is not None and before.period != now.period:
            notes[
                f"The gap of {before.period.label} is from the release of "
                f"{month_text(key=before.release.key)}, that of {now.period.label} from "
                f"{month_text(key=now.release.key)}: the newer release gives no regions for "
                f"{before.period.label} here."
            ] = None
    for one in picture.sexes:
        if one.baseline and one.first_gap is not None and one.first_gap != one.baseline.value:
            notes[
                f"{sex_words(one.sex).capitalize()}: the gap of {one.baseline.period.label} was "
                f"{number_text(one.first_gap)} when first published, and is "
                f"{number_text(one.baseline.value)} as revised."
            ] = None
    return tuple(notes)


def _moves_caption(picture: MissionPicture) -> str:
    spans = {
        f"{one.baseline.period.label} to {one.current.period.label}"
        for one in picture.sexes
        if one.baseline and one.current
    }
    return f"{', '.join(sorted(spans))}, arithmetic only" if spans else "Arithmetic only"


def _move(one: SexPicture) -> tuple[Cell, ...] | None:
    before, now = one.baseline, one.current
    words = movement_text(one)
    if not words or before is None or now is None or one.progress is None:
        return None
    top = f"{before.best.name} {before.best.value:.1f}, then {now.best.name} {now.best.value:.1f}"
    bottom = (
        f"{before.worst.name} {before.worst.value:.1f}, then {now.worst.name} {now.worst.value:.1f}"
    )
    return (
        Cell(sex_words(one.sex).capitalize()),
        Cell(f"{number_text(before.value)} to {number_text(now.value)}"),
        Cell(
            f"{change_text(one.best_change or 0.0)} "
            f"({top if top_changed(before, now) else before.best.name})"
        ),
        Cell(
            f"{change_text(one.worst_change or 0.0)} "
            f"({bottom if bottom_changed(before, now) else before.worst.name})"
        ),
        Cell(words, note=f"{progress_text(one.progress)}, by these numbers alone."),
    )


def _sensitivity(row: Sensitivity, number: int) -> tuple[Cell, ...]:
    key = row.key.partition("-")[0]
    ours = f" (version {number}, in use)" if row.in_use else ""
    return (
        Cell(f"{key} {row.title}{ours}"),
        *(
            Cell("" if cell.value is None else f"{cell.value:.1f}", note=cell.words)
            for cell in row.cells
        ),
        Cell(row.note),
    )


def _floor(one: SexPicture) -> FloorTable | None:
    if one.floor is None or one.current is None or one.target is None:
        return None
    return FloorTable(
        caption=f"{sex_words(one.sex).capitalize()}, {one.current.period.label}",
        lead=(
            f"{one.current.best.name} {one.current.best.value:.1f} less "
            f"{number_text(one.target)} is {number_text(one.floor)} years."
        ),
        rows=tuple(
            (Cell(line.name), Cell(f"{line.value:.1f}"), Cell(change_text(line.to_floor)))
            for line in one.regions
            if line.value is not None and line.to_floor is not None
        ),
        unknown=", ".join(line.name for line in one.regions if line.value is None),
    )


def _sources(picture: MissionPicture) -> tuple[str, ...]:
    found = {
        gap.release.key: f"{gap.release.title}. {gap.release.source}."
        for one in picture.sexes
        for gap in one.gaps
    }
    return tuple(words for _, words in sorted(found.items(), reverse=True))
