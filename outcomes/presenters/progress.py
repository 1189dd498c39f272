"""The dashboards of progress of an authority, a pair and a framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from authorities.presenters.words import day_text
from outcomes.models import PictureScope
from outcomes.people import sex_words
from outcomes.presenters.figures import Choice, TableCell, TableColumn
from outcomes.presenters.owner_notes import SaidNote, said_notes
from outcomes.presenters.progress_counts import COLUMNS as COUNTED_COLUMNS
from outcomes.presenters.progress_counts import CountedBlock, CountItem, counted_block
from outcomes.presenters.progress_multiples import Multiples, multiples
from outcomes.presenters.progress_rows import COLUMNS, row_cells
from outcomes.progress_labels import STATUS_WORDS
from outcomes.progress_picture import Counts, by_chance, counts_from_json
from outcomes.queries.progress_pages import DashboardFacts, ScopeFacts
from outcomes.stats import Comparison

# Everything is computed each night: what is older than that and some hours is out of date.
STALE_AFTER = timedelta(hours=26)
_MISSED = "Statuses are calculated every night, and last night’s are missing."
_FAILED = "The last calculation failed, and is tried again."
_KINDS = {"missed": "off", "off_track": "off", "inconclusive": "in", "not_assessed": "na"}


@dataclass(frozen=True)
class Link:
    """Where to go on."""

    label: str
    url: str


@dataclass(frozen=True)
class Summary:
    """The counts of a dashboard in words."""

    heading: str
    counts: tuple[CountItem, ...]
    why_heading: str
    reasons: tuple[str, ...]
    chance: str


@dataclass(frozen=True)
class Calculated:
    """When a picture was computed, why that is out of date if it is, and by which method."""

    at: datetime
    stale: str
    method: int


@dataclass(frozen=True)
class Dashboard:
    """All that a dashboard shows; without a summary nothing is agreed."""

    kind: str
    title: str
    lede: tuple[str, ...]
    data_up_to: str
    calculated: Calculated | None
    summary: Summary | None
    chips: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    filtered: str
    counted: CountedBlock | None
    counted_columns: tuple[TableColumn, ...]
    figure: Multiples | None
    sexes: tuple[Choice, ...]
    notes: tuple[SaidNote, ...]
    files: tuple[Link, ...]
    others: tuple[Link, ...]
    statuses: tuple[tuple[str, str], ...]
    drawn: tuple[tuple[str, str], ...]
    status: str


_SCOPES = {
    PictureScope.AUTHORITY: "Progress of a strategic authority",
    PictureScope.PAIR: "Progress of a pair",
    PictureScope.FRAMEWORK: "Progress of an outcomes framework",
}


def stale_words(*, computed_at: datetime, failed: bool, now: datetime) -> str:
    """Return why a picture is out of date; nothing where it is not."""
    if failed:
        return _FAILED
    return _MISSED if now - computed_at > STALE_AFTER else ""


def address(*, of: ScopeFacts, ending: str = "") -> str:
    """Return the address of a dashboard, or of one of its files."""
    if of.scope == PictureScope.AUTHORITY:
        return reverse(f"progress:authority{ending}", args=[of.authority_slug])
    if of.scope == PictureScope.PAIR:
        return reverse(f"progress:pair{ending}", args=[of.authority_slug, of.board_slug])
    return reverse(f"progress:framework{ending}", args=[of.subject])


def present(*, facts: DashboardFacts, status: str, sex: str, show: str, stale: str) -> Dashboard:
    """Return a dashboard as the address asks for it.

    Args:
        facts: what is kept.
        status: only indicators with this status in the list; any other text is all of them.
        sex: for whom areas are drawn.
        show: code of the indicator that is drawn, as it was asked for.
        stale: as `stale_words` gives it.
    """
    of = facts.of
    if facts.picture is None:
        return _nothing_agreed(of)
    content = facts.picture.content
    rows = content["rows"]
    wanted = status if status in STATUS_WORDS else ""
    listed = [row for row in rows if not wanted or row["status"] == wanted]
    figure = None
    if facts.shown is not None:
        breaks = next(row["breaks"] for row in rows if row["code"] == facts.shown.code)
        figure = multiples(
            page=facts.shown, sex=sex, breaks=[date.fromisoformat(one) for one in breaks]
        )
    state = {"status": wanted, "show": show if figure else "", "sex": sex if figure else ""}
    counts = counts_from_json(content=content["counts"])
    return Dashboard(
        kind=_SCOPES[of.scope],
        title=title(of=of),
        lede=tuple(_lede(one) for one in content["frameworks"]),
        data_up_to=_data_up_to(rows),
        calculated=Calculated(
            at=facts.picture.computed_at,
            stale=stale,
            method=facts.picture.method,
        ),
        summary=summary(
            counts=counts,
            chance=_chance(rows),
        ),
        chips=(
            STATUS_WORDS[wanted] if wanted else "All statuses",
            *((figure.heading,) if figure else ()),
        ),
        columns=COLUMNS,
        rows=tuple(
            row_cells(row=row, notes=facts.notes, to_confirm=row["key"] in facts.to_confirm)
            for row in listed
        ),
        filtered=(
            f"{len(listed)} of {len(rows)} indicators: {STATUS_WORDS[wanted].lower()}"
            if wanted
            else f"All {len(rows)} indicators, those that need help first"
        ),
        counted=counted_block(frameworks=content["frameworks"]),
        counted_columns=COUNTED_COLUMNS,
        figure=figure,
        sexes=()
        if figure is None
        else tuple(
            Choice(
                label=sex_words(sex=one).capitalize(),
                url=f"?{urlencode({**_said(state), 'sex': one.lower()})}#figure",
                current=one == figure.sex,
            )
            for one in figure.sexes
        ),
        notes=said_notes(notes=facts.notes, names={row["lineage"]: row["name"] for row in rows}),
        files=_files(of, len(rows), figure),
        others=_others(of, content),
        statuses=(
            ("", f"All {len(rows)}"),
            *((one.status, f"{one.words} ({one.number})") for one in counts.statuses if one.number),
        ),
        drawn=facts.drawn,
        status=wanted,
    )


def summary(*, counts: Counts, chance: str = "") -> Summary:
    """Return counts with their denominators, and why some are not assessed."""
    noun = "indicator" if counts.total == 1 else "indicators"
    verb = "is" if counts.not_assessed == 1 else "are"
    return Summary(
        heading=(
            f"{counts.total} {noun}: {counts.assessed} assessed, {counts.not_assessed} not assessed"
        ),
        counts=tuple(
            CountItem(
                str(one.number), str(one.of), one.words, _KINDS.get(one.status, ""), one.status
            )
            for one in counts.statuses
        ),
        why_heading=f"Why {counts.not_assessed} {verb} not assessed" if counts.reasons else "",
        reasons=tuple(f"{one.number}: {one.words}" for one in counts.reasons),
        chance=chance,
    )


def _nothing_agreed(of: ScopeFacts) -> Dashboard:
    return Dashboard(
        kind=_SCOPES[of.scope],
        title=title(of=of),
        lede=(),
        data_up_to="",
        calculated=None,
        summary=None,
        chips=(),
        columns=(),
        rows=(),
        filtered="",
        counted=None,
        counted_columns=(),
        figure=None,
        sexes=(),
        notes=(),
        files=(),
        others=_others(of, {"frameworks": []}),
        statuses=(),
        drawn=(),
        status="",
    )


def title(*, of: ScopeFacts) -> str:
    """Return whose progress a dashboard shows."""
    if of.scope == PictureScope.PAIR:
        return f"{of.authority_name} and {of.board_name}"
    return of.framework_name or of.authority_name


def _lede(framework: Mapping[str, Any]) -> str:
    names = [name for _, name in framework["partners"]]
    agreed = day_text(day=datetime.fromisoformat(framework["agreed_at"]).date())
    with_ = f" with {_listed(names)}" if names else ""
    return f"{framework['name']}, version {framework['version']}, agreed{with_} on {agreed}."


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _data_up_to(rows: Sequence[Mapping[str, Any]]) -> str:
    ends = [date.fromisoformat(row["end"]) for row in rows if row["end"]]
    return day_text(day=max(ends) - timedelta(days=1)) if ends else ""


def _chance(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say how many of the comparisons that were made would differ by chance."""
    made = [row for row in rows if row["england_label"] != Comparison.NOT_COMPARED]
    number = by_chance(rules=[row["rule"] for row in made])
    if not number:
        return ""
    return (
        f"Of {len(made)} comparisons with England in the list below, about {number} would differ "
        "by chance alone."
    )


def _said(state: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in state.items() if value}


def _files(of: ScopeFacts, rows: int, figure: Multiples | None) -> tuple[Link, ...]:
    noun = "indicator" if rows == 1 else "indicators"
    found = [
        Link(
            f"All {rows} {noun} with status and reason (CSV)", address(of=of, ending="-indicators")
        )
    ]
    if figure is not None:
        state = urlencode({"show": figure.code, "sex": figure.sex.lower()})
        found.append(
            Link("These charts as figures (CSV)", f"{address(of=of, ending='-charts')}?{state}")
        )
    found.append(Link("What the columns mean (CSV)", reverse("progress:dictionary")))
    return tuple(found)


def _others(of: ScopeFacts, content: Mapping[str, Any]) -> tuple[Link, ...]:
    found = []
    frameworks = content["frameworks"]
    if of.scope != PictureScope.FRAMEWORK:
        found += [
            Link(
                f"{one['name']}: this framework alone",
                reverse("progress:framework", args=[one["id"]]),
            )
            for one in frameworks
            if of.scope == PictureScope.PAIR or len(frameworks) > 1
        ]
    if of.scope != PictureScope.AUTHORITY:
        found.append(
            Link(
                f"All progress of {of.authority_name}",
                reverse("progress:authority", args=[of.authority_slug]),
            )
        )
    if of.scope != PictureScope.PAIR:
        found += [
            Link(f"With {name}", reverse("progress:pair", args=[of.authority_slug, slug]))
            for slug, name in dict.fromkeys(
                (slug, name) for one in frameworks for slug, name in one["partners"]
            )
        ]
    found.append(
        Link(
            f"{of.authority_name}: all figures",
            reverse("outcomes:authority", args=[of.authority_slug]),
        )
    )
    found.append(Link("Progress in England", reverse("progress:nation")))
    return tuple(found)
