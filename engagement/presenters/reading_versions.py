"""Pages of versions of how engagement is read: the list, one version, a draft, two compared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from authorities.presenters.tables import Cell, Column, Link, SummaryRow
from duty.ui.components import Download
from duty.words import london_date
from engagement.actions.reading_drafts import faults_of
from engagement.models import DraftState
from engagement.presenters.version_texts import FILES, KIND_WORDS, VersionText, version_text
from engagement.queries.reading_versions import Draft, Listed, Version
from engagement.version_differences import Difference, differences
from engagement.version_lifecycle import STATE_WORDS, State

LIST_COLUMNS = (
    Column("Version"),
    Column("Since"),
    Column("Why"),
    Column("Rounds read by it"),
)
DRAFT_COLUMNS = (Column("Draft"), Column("State"), Column("Why"), Column("Last changed"))


@dataclass(frozen=True)
class KindList:
    """The versions of one kind, and for the centre the drafts."""

    kind: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    drafts: tuple[tuple[Cell, ...], ...]
    new_url: str


@dataclass(frozen=True)
class VersionPage:
    """An approved version."""

    title: str
    kind: str
    facts: tuple[SummaryRow, ...]
    text: VersionText
    downloads: tuple[Download, ...]
    compare: tuple[Link, ...]


@dataclass(frozen=True)
class DraftPage:
    """A draft of the next version, with what may be done with it."""

    id: UUID
    title: str
    kind: str
    state: str
    revision: int
    facts: tuple[SummaryRow, ...]
    text: VersionText
    faults: int
    declined_reason: str
    is_open: bool
    may_change: bool
    may_propose: bool
    may_decide: bool
    own: bool
    differences: tuple[tuple[Cell, ...], ...]
    origin: int


def kind_list(
    *, kind: str, versions: tuple[Listed, ...], drafts: tuple[Draft, ...], may_draft: bool
) -> KindList:
    """Return the list of one kind; drafts are given for the centre alone."""
    is_open = any(draft.state in (DraftState.DRAFT, DraftState.PROPOSED) for draft in drafts)
    return KindList(
        kind=kind,
        title=KIND_WORDS[kind],
        rows=tuple(
            (
                Cell(
                    f"{KIND_WORDS[kind]}, version {one.number}",
                    url=reverse("readings:version", args=[kind, one.number]),
                    note="For rounds that are scheduled from now on" if one.newest else "",
                ),
                Cell(_since(one.approved_at)),
                Cell(one.reason or "It came with the site"),
                Cell(", ".join(one.rounds) or "None yet"),
            )
            for one in versions
        ),
        drafts=tuple(
            (
                Cell(draft_name(draft=one), url=reverse("readings:draft", args=[one.id])),
                Cell(_state(one)),
                Cell(one.reason, note=one.discarded_reason),
                Cell(f"{one.changed_by}, {london_date(moment=one.changed_at)}"),
            )
            for one in drafts
        ),
        new_url=reverse("readings:draft-new", args=[kind])
        if may_draft and versions and not is_open
        else "",
    )


def version_page(*, version: Version, newest: int, for_centre: bool) -> VersionPage:
    """Return the page of an approved version; who stands behind it is named to the centre."""
    kind, number = version.kind, version.number
    facts = [
        SummaryRow("Since", _since(version.approved_at)),
        SummaryRow("Why there is a new version", version.reason or "It came with the site"),
    ]
    if version.keeps_meaning is not None:
        means = "mean the same as" if version.keeps_meaning else "do not compare with"
        facts.append(
            SummaryRow(
                "What levels mean",
                f"Levels {means} those of version {number - 1}. {version.meaning_reason}",
            )
        )
    if for_centre and version.approved_by:
        facts.append(
            SummaryRow(
                "Behind it", f"Proposed by {version.proposed_by}, approved by {version.approved_by}"
            )
        )
    return VersionPage(
        title=f"{KIND_WORDS[kind]}, version {number}",
        kind=kind,
        facts=tuple(facts),
        text=version_text(content=version.content),
        downloads=tuple(
            Download(label, reverse("readings:version-csv", args=[kind, number, name]), "CSV")
            for name, label in FILES[kind].items()
        ),
        compare=tuple(
            Link(
                f"What is different from version {other}",
                reverse("readings:difference", args=[kind, *sorted((other, number))]),
            )
            for other in (number - 1, number + 1)
            if 1 <= other <= newest
        ),
    )


def draft_page(
    *, draft: Draft, origin: Version, may_draft: bool, may_approve: bool, person: UUID
) -> DraftPage:
    """Return the page of a draft.

    Args:
        draft: in any state.
        origin: the version that it was copied from.
        may_draft: whether the visitor may change drafts.
        may_approve: whether the visitor may approve what others wrote.
        person: the visitor.
    """
    faults = faults_of(content=draft.content)
    own = person in draft.authors
    is_open = draft.state in (DraftState.DRAFT, DraftState.PROPOSED)
    proposed = draft.state == DraftState.PROPOSED
    return DraftPage(
        id=draft.id,
        title=draft_name(draft=draft),
        kind=draft.kind,
        state=_state(draft),
        revision=draft.revision,
        facts=_draft_facts(draft),
        text=version_text(content=draft.content, faults=faults),
        faults=len(faults),
        declined_reason=draft.declined_reason,
        is_open=is_open,
        may_change=may_draft and is_open,
        may_propose=may_draft and draft.state == DraftState.DRAFT and not faults,
        may_decide=may_approve and proposed and not own,
        own=own and proposed and may_approve,
        differences=difference_rows(found=differences(before=origin.content, after=draft.content)),
        origin=draft.origin,
    )


def difference_rows(*, found: tuple[Difference, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Return what is different as rows of a table."""
    return tuple(
        (
            Cell(one.part),
            Cell(one.what),
            Cell(one.before or "Not there"),
            Cell(one.after or "Not there"),
        )
        for one in found
    )


def draft_name(*, draft: Draft) -> str:
    """Return what a draft is called."""
    if draft.version:
        return f"{KIND_WORDS[draft.kind]}: draft of version {draft.version}"
    return f"{KIND_WORDS[draft.kind]}: draft after version {draft.origin}"


def _draft_facts(draft: Draft) -> tuple[SummaryRow, ...]:
    rows = [
        SummaryRow("Copied from", f"Version {draft.origin}"),
        SummaryRow("Why there is a new version", draft.reason),
        SummaryRow("Last changed", f"{draft.changed_by}, {london_date(moment=draft.changed_at)}"),
    ]
    if draft.decided_at is not None:
        decided = f"{_state(draft)} by {draft.decided_by}, {london_date(moment=draft.decided_at)}"
        rows.append(SummaryRow("Decided", decided))
    if draft.discarded_reason:
        rows.append(SummaryRow("Why it was discarded", draft.discarded_reason))
    return tuple(rows)


def _state(draft: Draft) -> str:
    return STATE_WORDS[State(draft.state)]


def _since(moment: datetime | None) -> str:
    return london_date(moment=moment) if moment else "The beginning"
