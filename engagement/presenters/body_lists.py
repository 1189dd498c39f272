"""The rows of the table of a body's commitments."""

from dataclasses import dataclass, replace

from django.urls import reverse

from duty import words
from duty.record_words import THEME_WORDS
from duty.standing_records import Theme
from duty.ui.components import Tag
from engagement.models import CommitmentState, Side
from engagement.presenters.commitment_words import STATE_TAGS, STATUS_TAGS, other_side
from engagement.queries.body_lists import BodyList, ListedCommitment, Word
from outcomes.models import ItemKind

OVERDUE = Tag("Overdue", "red")
DIFFER = Tag("Views differ", "yellow")
TO_CONFIRM = Tag("To confirm again", "yellow")
NO_PAIR = Tag("No pair yet", "yellow")
_THEMES = {one.value: text for one, text in THEME_WORDS.items()}
_STAGES = {code: str(label) for code, label in ItemKind.choices}
# Whose words are shown: both sides speak of these alone.
_SPOKEN_OF = (CommitmentState.AGREED, CommitmentState.CLOSING, CommitmentState.CLOSED)


@dataclass(frozen=True)
class WordCell:
    """A side's latest word. note: since when, and whether it is stale or was sent back."""

    status: Tag | None
    note: str


@dataclass(frozen=True)
class CommitmentRow:
    """A row. about: its theme and stage. marks: its state, and what stands out."""

    title: str
    url: str
    about: str
    partner: str
    marks: tuple[Tag, ...]
    day: str
    own: WordCell
    theirs: WordCell


@dataclass(frozen=True)
class CommitmentTable:
    """The page. own, theirs: the headings of both sides' words. count: how many fit."""

    lede: str
    count: str
    own: str
    theirs: str
    rows: tuple[CommitmentRow, ...]
    page: int
    pages: int


def table_of(
    *, name: str, found: BodyList, side: Side, is_own: bool, asked: bool
) -> CommitmentTable:
    """Return the table of a body's commitments.

    Args:
        name: what the body is called.
        found: a page of them.
        side: which side the body is.
        is_own: whether the reader is of the body.
        asked: whether any were chosen from all.
    """
    whose = {Side.AUTHORITY: "Authority", Side.BOARD: "ICB"}
    noun = "commitment" if found.count == 1 else "commitments"
    place = ""
    if found.pages > 1:
        place = f", page {found.page} of {found.pages}"
    return CommitmentTable(
        lede=f"All that {name} promises together with its partners, and how each side "
        "says it stands. What was declined or closed is here too.",
        count=f"{words.number(value=found.count)} {noun}{' chosen' if asked else ''}{place}",
        own="We said last" if is_own else f"{whose[side]} said last",
        theirs=f"{whose[other_side(side)]} said last",
        rows=tuple(_row(one, side=side) for one in found.rows),
        page=found.page,
        pages=found.pages,
    )


def _row(one: ListedCommitment, *, side: Side) -> CommitmentRow:
    both = f"{one.authority} and {one.board}"
    spoken = one.state in _SPOKEN_OF
    return CommitmentRow(
        title=one.title,
        url=reverse("commitments:detail", args=[one.id]),
        about=". ".join(
            text
            for text in (
                _THEMES[Theme(one.theme)] if one.theme else "",
                _STAGES[one.stage] if one.stage else "",
            )
            if text
        ),
        # One without a pair stands between two bodies that ended.
        partner=both if one.unassigned else one.board if side == Side.AUTHORITY else one.authority,
        marks=tuple(
            mark
            for mark, shown in (
                (_state(one), True),
                (OVERDUE, one.is_overdue),
                (DIFFER, spoken and one.views_differ),
                (NO_PAIR, one.unassigned),
                (TO_CONFIRM, one.needs_reconfirmation and not one.unassigned),
            )
            if shown
        ),
        day=words.london_date(moment=one.target_date) if one.target_date else "No date",
        own=_word(one.words[side], spoken=spoken),
        theirs=_word(one.words[other_side(side)], spoken=spoken),
    )


def _state(one: ListedCommitment) -> Tag:
    tag = STATE_TAGS[one.state]
    if one.final_status is None:
        return tag
    return replace(tag, text=f"{tag.text} as {one.final_status.label}")


def _word(word: Word, *, spoken: bool) -> WordCell:
    if not spoken:
        return WordCell(status=None, note="Not agreed")
    if word.status is None or word.at is None:
        return WordCell(status=None, note="No update yet. Stale." if word.is_stale else "None yet")
    day = words.london_date(moment=word.at)
    if word.sent_back:
        day = f"{day}. Sent back."
    elif word.is_stale:
        day = f"{day}. Stale."
    return WordCell(status=STATUS_TAGS[word.status], note=day)
