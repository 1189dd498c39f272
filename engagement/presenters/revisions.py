"""What pages and files show of revisions: their rows in words, and what changed between two."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from authorities.csv_text import inert
from duty.queries.review import body_names
from duty.ui.looks import MatrixWords
from engagement import words
from engagement.models import Placement, Publication, PublishedPlacement, PublishedReturn
from engagement.picture import PictureRow
from engagement.presenters.matrix_words import words_by_version
from engagement.queries.placements import row_of
from engagement.revision_differences import Change, changes


@dataclass(frozen=True)
class RevisionLine:
    """A revision in the list of them."""

    number: int
    url: str
    published_at: datetime
    reason: str
    newest: bool
    difference_url: str


@dataclass(frozen=True)
class PairLine:
    """A pair as a revision has it."""

    name: str
    url: str
    authority_level: str | None
    board_level: str | None
    group: str | None
    movement: str


@dataclass(frozen=True)
class ReturnLine:
    """A return as a revision has it."""

    name: str
    state: str
    reference: str


@dataclass(frozen=True)
class Difference:
    """What changed between two revisions, of pairs and of returns."""

    pairs: tuple[Change, ...]
    returns: tuple[Change, ...]


def revision_lines(*, revisions: Sequence[Publication], slug: str) -> tuple[RevisionLine, ...]:
    """Return the revisions, the newest first, each with what it changed."""
    numbers = [one.number for one in revisions]
    return tuple(
        RevisionLine(
            number=one.number,
            url=reverse("publications:revision", args=[slug, one.number]),
            published_at=one.published_at,
            reason=one.reason,
            newest=one.number == numbers[0],
            difference_url=reverse(
                "publications:difference", args=[slug, one.number - 1, one.number]
            )
            if one.number - 1 in numbers
            else "",
        )
        for one in revisions
    )


def pair_lines(
    *, placements: Iterable[Placement | PublishedPlacement], slug: str
) -> tuple[PairLine, ...]:
    """Return the pairs of a revision, or of what would become one, by name."""
    rows = sorted((row_of(placement=one) for one in placements), key=lambda row: row.name)
    return tuple(
        PairLine(
            name=row.name,
            url=reverse("engagement:pair", args=[row.authority_slug, row.board_slug])
            + f"?round={slug}",
            authority_level=row.authority_level,
            board_level=row.board_level,
            group=row.group,
            movement=words.MOVEMENTS[row.movement],
        )
        for row in rows
    )


def return_lines(*, returns: Sequence[PublishedReturn]) -> tuple[ReturnLine, ...]:
    """Return the returns of a revision, by name."""
    names = body_names(bodies=[one.authority_id for one in returns])
    return tuple(
        sorted(
            (
                ReturnLine(
                    name=names.get(one.authority_id, one.authority.slug),
                    state=_state(one),
                    reference=one.submission.reference if one.submission else "",
                )
                for one in returns
            ),
            key=lambda line: line.name,
        )
    )


def difference(
    *,
    placements: tuple[
        Sequence[Placement | PublishedPlacement], Sequence[Placement | PublishedPlacement]
    ],
    returns: tuple[Sequence[PublishedReturn], Sequence[PublishedReturn]],
) -> Difference:
    """Return what changed from the first of each to the second."""
    before, after = (_pair_words(rows) for rows in placements)
    were, are = (
        {
            line.name: {"State": line.state, "Submission": line.reference or "None"}
            for line in return_lines(returns=rows)
        }
        for rows in returns
    )
    return Difference(
        pairs=changes(before=before, after=after), returns=changes(before=were, after=are)
    )


def difference_csv(*, found: Difference, note: str) -> str:
    """Return the changes as CSV, nothing of which a spreadsheet would run.

    note: what to know before use, on each line.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("kind", "name", "what", "before", "after", "note"))
    for kind, rows in (("pair", found.pairs), ("return", found.returns)):
        for row in rows:
            cells = (kind, row.of, row.what, row.before, row.after, note)
            writer.writerow([inert(cell) for cell in cells])
    return text.getvalue()


def _pair_words(
    placements: Sequence[Placement | PublishedPlacement],
) -> Mapping[str, Mapping[str, str]]:
    versions = words_by_version(versions=[one.content["group_map_version"] for one in placements])
    return {
        row.name: _facts(row, versions[one.content["group_map_version"]])
        for one, row in ((one, row_of(placement=one)) for one in placements)
    }


def _facts(row: PictureRow, said: MatrixWords) -> dict[str, str]:
    return {
        "Authority’s level": words.level(row.authority_level, said=said),
        "ICB’s level": words.level(row.board_level, said=said),
        "Support group": said.group(row.group).name,
        "Movement": words.MOVEMENTS[row.movement],
        "Share of authority’s people": f"{row.share_of_authority:.1%}",
        "Share of ICB’s people": f"{row.share_of_board:.1%}",
    }


def _state(one: PublishedReturn) -> str:
    if one.submission is None:
        return "Not submitted"
    return "Accepted" if one.accepted else "Submitted"
