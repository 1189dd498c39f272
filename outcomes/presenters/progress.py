"""The dashboards of progress of an authority, a pair and a framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from authorities.presenters.words import day_text
from outcomes.models import PictureScope
from outcomes.presenters.figures import Choice, TableCell, TableColumn, sex_words
from outcomes.presenters.progress_counts import COLUMNS as COUNTED_COLUMNS
from outcomes.presenters.progress_counts import CountedBlock, CountItem, counted_block
from outcomes.presenters.progress_multiples import Multiples, multiples
from outcomes.progress_labels import STATUS_WORDS, amount
from outcomes.progress_picture import Counts, by_chance, counts_from_json
from outcomes.queries.owner_notes import NoteFacts
from outcomes.queries.progress_pages import DashboardFacts, ScopeFacts

# Everything is computed each night: what is older than that and some hours is out of date.
STALE_AFTER = timedelta(hours=26)
_KINDS = {"missed": "off", "off_track": "off", "inconclusive": "in", "not_assessed": "na"}
_NO_VALUE = {"suppressed": "suppressed", "missing": "missing", "withheld": "not published"}


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
    """When a picture was computed, whether that is too long ago, and by which method."""

    at: datetime
    stale: bool
    method: int


@dataclass(frozen=True)
class SaidNote:
    """A note of an owner beside a status."""

    text: str
    who: str
    at: datetime
    contested: bool
    about: str
    indicator: str


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


TO_CONFIRM = " · Revised baseline: to be confirmed by its owners"
_COLUMNS = (
    TableColumn("Indicator", numeric=False),
    TableColumn("Latest value", numeric=True),
    TableColumn("Against what was agreed", numeric=False),
    TableColumn("Recent trend", numeric=False),
    TableColumn("Beside England", numeric=False),
    TableColumn("Confidence in the data", numeric=False),
)
_SCOPES = {
    PictureScope.AUTHORITY: "Progress of a strategic authority",
    PictureScope.PAIR: "Progress of a pair",
    PictureScope.FRAMEWORK: "Progress of an outcomes framework",
}


def address(*, of: ScopeFacts, ending: str = "") -> str:
    """Return the address of a dashboard, or of one of its files."""
    if of.scope == PictureScope.AUTHORITY:
        return reverse(f"progress:authority{ending}", args=[of.authority_slug])
    if of.scope == PictureScope.PAIR:
        return reverse(f"progress:pair{ending}", args=[of.authority_slug, of.board_slug])
    return reverse(f"progress:framework{ending}", args=[of.subject])


def present(*, facts: DashboardFacts, status: str, sex: str, show: str, stale: bool) -> Dashboard:
    """Return a dashboard as the address asks for it.

    Args:
        facts: what is kept.
        status: only indicators with this status in the list; any other text is all of them.
        sex: for whom areas are drawn.
        show: code of the indicator that is drawn, as it was asked for.
        stale: the picture is older than it should be.
    """
    of = facts.of
    if facts.picture is None:
        return _nothing_agreed(of)
    content = facts.picture.content
    rows = content["rows"]
    wanted = status if status in STATUS_WORDS else ""
    listed = [row for row in rows if not wanted or row["status"] == wanted]
    figure = multiples(page=facts.shown, sex=sex) if facts.shown is not None else None
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
            chance=_chance(rows, content["councils"]),
        ),
        chips=(
            STATUS_WORDS[wanted] if wanted else "All statuses",
            *((figure.heading,) if figure else ()),
        ),
        columns=_COLUMNS,
        rows=tuple(_row(row, to_confirm=row["key"] in facts.to_confirm) for row in listed),
        filtered=(
            f"{len(listed)} of {len(rows)} indicators: {STATUS_WORDS[wanted].lower()}"
            if wanted
            else f"All {len(rows)} indicators, in the order of the framework"
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
        notes=tuple(_note(one, rows) for one in facts.notes),
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
            CountItem(str(one.number), str(one.of), one.words, _KINDS.get(one.status, ""))
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


def _chance(rows: Sequence[Mapping[str, Any]], councils: int) -> str:
    """Say how many comparisons would differ by chance; an indicator counts once for all areas."""
    rules = {(row["code"], row["sex"], row["age"], row["category"]): row["rule"] for row in rows}
    number = by_chance(rules=list(rules.values()), areas=councils)
    if not number:
        return ""
    return (
        f"With {len(rules)} indicators in {councils} districts, about {number} comparisons with "
        "England would differ by chance alone."
    )


def _row(row: Mapping[str, Any], *, to_confirm: bool) -> tuple[TableCell | str, ...]:
    url = reverse("progress:indicator", args=[row["framework"], row["lineage"]])
    return (
        TableCell(row["name"], f"{who(row=row)}, {row['area']}", url),
        TableCell(value_words(row=row), _limits(row)),
        TableCell(row["words"], f"{row['share'] or row['why']}{TO_CONFIRM if to_confirm else ''}"),
        TableCell(row["trend"], row["change"] if row["trend"].startswith("Trend cannot") else ""),
        TableCell(row["england"], row["gap"]),
        TableCell(row["confidence"].capitalize(), row["confidence_why"]),
    )


def who(*, row: Mapping[str, Any]) -> str:
    """Return whom an indicator's values are of: 'men', 'people, 16+ yrs'."""
    parts = [sex_words(sex=row["sex"])]
    if row["age"] not in ("", "All ages"):
        parts.append(row["age"])
    if row["category"]:
        parts.append(row["category"])
    return ", ".join(parts)


def value_words(*, row: Mapping[str, Any]) -> str:
    """Return the latest value with its unit, or why there is none: never a nought."""
    if row["value"] is None:
        return _NO_VALUE.get(row["note"], "no value").capitalize()
    return amount(value=row["value"], places=row["places"], unit=row["unit"])


def _limits(row: Mapping[str, Any]) -> str:
    said = [row["period"]] if row["period"] else []
    if row["lower"] is not None and row["upper"] is not None:
        low, high = (
            amount(value=one, places=row["places"], unit="") for one in (row["lower"], row["upper"])
        )
        said.append(f"95% limits {low} to {high}")
    if row["provisional"]:
        said.append("provisional")
    return ", ".join(said)


def _note(note: NoteFacts, rows: Sequence[Mapping[str, Any]]) -> SaidNote:
    names = {row["lineage"]: row["name"] for row in rows}
    return SaidNote(
        text=note.text,
        who=f"{note.role}, {note.body_name}",
        at=note.at,
        contested=note.contested,
        about=note.about,
        indicator=names.get(str(note.lineage), "an indicator of an earlier version"),
    )


def said_notes(*, notes: Sequence[NoteFacts], name: str) -> tuple[SaidNote, ...]:
    """Return notes beside one indicator's status."""
    return tuple(
        SaidNote(
            text=one.text,
            who=f"{one.role}, {one.body_name}",
            at=one.at,
            contested=one.contested,
            about=one.about,
            indicator=name,
        )
        for one in notes
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
