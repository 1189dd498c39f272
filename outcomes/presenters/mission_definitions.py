"""Definitions of the mission for the centre: the list, one of them, and what a draft changes."""

from dataclasses import dataclass

from django.urls import reverse

from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column, SummaryRow
from outcomes.mission import MissionPicture, SexPicture
from outcomes.mission.words import number_text, progress_text, sex_words
from outcomes.presenters.mission_words import REASONS, STATUSES, definition_rows
from outcomes.queries.mission import Version

LIST_COLUMNS = (Column("Version"), Column("State"), Column("Baseline"), Column("Why"))


@dataclass(frozen=True)
class DefinitionPage:
    """One version; `changes` compares a draft with what is in use."""

    number: int
    title: str
    state: str
    words: str
    rows: tuple[SummaryRow, ...]
    is_draft: bool
    may_change: bool
    may_approve: bool
    own: bool
    columns: tuple[Column, ...]
    changes: tuple[tuple[Cell, ...], ...]


def list_rows(*, versions: tuple[Version, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each version, the newest first."""
    return tuple(
        (
            Cell(f"Version {one.number}", url=reverse("mission:definition", args=[one.number])),
            Cell(one.state_words, note=_decided(one)),
            Cell(one.definition.baseline.label),
            Cell(one.reason or "It is the first", note=one.discarded_reason),
        )
        for one in versions
    )


def definition_page(
    *,
    version: Version,
    would_be: MissionPicture | None,
    now: MissionPicture | None,
    may_change: bool,
    may_approve: bool,
    own: bool,
) -> DefinitionPage:
    """Return the page of one version.

    Args:
        version: in any state.
        would_be: the picture by a draft; None for other states.
        now: the picture by the definition in use; None where none is.
        may_change: whether the visitor may draft.
        may_approve: whether the visitor may approve what others wrote.
        own: whether the visitor wrote it.
    """
    facts = definition_rows(definition=version.definition, baseline_reason=version.baseline_reason)
    return DefinitionPage(
        number=version.number,
        title=f"Version {version.number} of the definition",
        state=version.state_words,
        words=version.words,
        rows=(
            *(SummaryRow(key, value) for key, value in facts),
            SummaryRow("Source", version.source),
            SummaryRow("Why there is a new version", version.reason or "It is the first"),
            SummaryRow("Written", _written(version)),
            *([SummaryRow("Decided", _decided(version))] if _decided(version) else []),
            *(
                [SummaryRow("Why it was discarded", version.discarded_reason)]
                if version.discarded_reason
                else []
            ),
        ),
        is_draft=version.is_draft,
        may_change=may_change and version.is_draft,
        may_approve=may_approve and version.is_draft and not own,
        own=own and version.is_draft,
        columns=(
            Column("What"),
            Column(f"By version {now.definition.number}, in use" if now else "In use now"),
            Column(f"By version {version.number}"),
        ),
        changes=_changes(now, would_be) if would_be else (),
    )


def _written(version: Version) -> str:
    who = version.made_by or "Came with the site"
    return f"{who}, {moment_text(moment=version.made_at)}"


def _decided(version: Version) -> str:
    said = []
    if version.approved_at and version.approved_by:
        said.append(f"Approved by {version.approved_by}, {moment_text(moment=version.approved_at)}")
    if version.replaced_at:
        said.append(f"Replaced on {moment_text(moment=version.replaced_at)}")
    return ". ".join(said)


def _changes(now: MissionPicture | None, would_be: MissionPicture) -> tuple[tuple[Cell, ...], ...]:
    before = {one.sex: one for one in now.sexes} if now else {}
    after = {one.sex: one for one in would_be.sexes}
    rows = []
    for sex in dict.fromkeys([*before, *after]):
        old, new = before.get(sex), after.get(sex)
        for words, of in _FACTS:
            rows.append(
                (
                    Cell(f"{sex_words(sex).capitalize()}: {words}"),
                    Cell(of(old) if old else "Not measured"),
                    Cell(of(new) if new else "Not measured"),
                )
            )
    return tuple(rows)


def _baseline(one: SexPicture) -> str:
    if one.baseline is None:
        return "No figure"
    ends = f"{one.baseline.best.name} less {one.baseline.worst.name}"
    return f"{number_text(one.baseline.value)} ({one.baseline.period.label}: {ends})"


def _newest(one: SexPicture) -> str:
    if one.current is None:
        return "No figure"
    return f"{number_text(one.current.value)} ({one.current.period.label})"


def _half(one: SexPicture) -> str:
    return "Not known" if one.target is None else number_text(one.target)


def _progress(one: SexPicture) -> str:
    return "Not known" if one.progress is None else progress_text(one.progress)


def _status(one: SexPicture) -> str:
    reason = f", {REASONS[one.reason]}" if one.reason else ""
    return f"{STATUSES[one.status]}{reason}"


def _first(one: SexPicture) -> str:
    return one.first_comparable.label


_FACTS = (
    ("gap at the baseline", _baseline),
    ("half of it", _half),
    ("newest gap", _newest),
    ("progress by arithmetic", _progress),
    ("status", _status),
    ("first period to compare", _first),
)
