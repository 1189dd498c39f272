"""What the lists of the assessment desk show: pairs of a round, and what waits for a moderator."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from duty.models import Round
from duty.ui.components import Count, TagColour
from engagement.assessment_lifecycle import STATE_LABELS, State
from engagement.presenters.commitment_lists import counted
from engagement.queries.desk import DeskLine

ROWS = 25
_DRAFTED = (State.NOT_STARTED, State.NATIONAL_DRAFT)
MINE, NOBODYS = "mine", "nobody"
COLOURS: dict[State, TagColour] = {
    State.NOT_STARTED: "grey",
    State.NATIONAL_DRAFT: "yellow",
    State.IN_MODERATION: "purple",
    State.MODERATED: "teal",
    State.SHARED: "blue",
    State.REPLIED: "orange",
    State.UNCHALLENGED: "blue",
    State.FINAL: "green",
    State.NOT_ASSESSED: "grey",
}


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class DeskRow:
    """One pair of the list."""

    id: str
    name: str
    url: str
    state: str
    colour: TagColour
    second_look: bool
    assigned: str
    views: str
    region: str
    can_be_allocated: bool
    # The first box that can be ticked is where an error of the form leads.
    box_id: str


@dataclass(frozen=True)
class DeskFilters:
    """What is asked for; empty for all."""

    state: str = ""
    assigned: str = ""
    region: str = ""


@dataclass(frozen=True)
class DeskPage:
    """The desk's list of one round."""

    round_name: str
    round_slug: str
    lead: str
    counts: tuple[Count, ...]
    rounds: tuple[Choice, ...]
    states: tuple[Choice, ...]
    assigned: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    rows: tuple[DeskRow, ...]
    shown: str
    page: int
    pages: int
    page_url: str


def pair_url(name: str, *, round_slug: str, line: DeskLine) -> str:
    """Return the address of a page of a pair's national view."""
    return reverse(f"assessments:{name}", args=[round_slug, line.authority_slug, line.board_slug])


def desk_page(
    *,
    rounds: Sequence[Round],
    round_: Round,
    lines: Sequence[DeskLine],
    filters: DeskFilters,
    person_id: UUID,
    page: int,
) -> DeskPage:
    """Return the list of a round. Counts are of all its pairs, rows of those asked for."""
    kept = [line for line in lines if _fits(line, filters, person_id)]
    pages = max(1, -(-len(kept) // ROWS))
    page = min(max(page, 1), pages)
    states = Counter(line.state for line in lines)
    query = urlencode(
        {
            "round": round_.slug,
            "state": filters.state,
            "assigned": filters.assigned,
            "region": filters.region,
        }
    )
    return DeskPage(
        round_name=round_.name,
        round_slug=round_.slug,
        lead=(
            f"{round_.name} expects {counted(len(lines), 'pair', 'pairs')}. The centre drafts a "
            "national view of each, another person agrees to it, and both bodies may reply."
        ),
        counts=tuple(
            Count(
                number=str(states[state]),
                of=str(len(lines)),
                label=STATE_LABELS[state],
                kind="na" if state in (State.NOT_STARTED, State.NOT_ASSESSED) else "",
            )
            for state in State
            if states[state]
        ),
        rounds=tuple(Choice(one.slug, one.name, one.slug == round_.slug) for one in rounds),
        states=(
            Choice("", "Any state", not filters.state),
            *(Choice(s.value, STATE_LABELS[s], s.value == filters.state) for s in State),
        ),
        assigned=(
            Choice("", "Anybody", not filters.assigned),
            Choice(MINE, "Me", filters.assigned == MINE),
            Choice(NOBODYS, "Nobody yet", filters.assigned == NOBODYS),
        ),
        regions=(
            Choice("", "Any NHS region", not filters.region),
            *(
                Choice(name, name, name == filters.region)
                for name in sorted({line.region for line in lines if line.region})
            ),
        ),
        rows=_rows(kept[(page - 1) * ROWS : page * ROWS], round_slug=round_.slug),
        shown=f"{len(kept)} of {counted(len(lines), 'pair', 'pairs')}",
        page=page,
        pages=pages,
        page_url=f"?{query}&page=",
    )


def _rows(lines: Sequence[DeskLine], *, round_slug: str) -> tuple[DeskRow, ...]:
    first = next((line.pair_id for line in lines if line.state in _DRAFTED), None)
    return tuple(
        _row(
            line,
            round_slug,
            box_id="id_pairs" if line.pair_id == first else f"pair-{line.pair_id}",
        )
        for line in lines
    )


def _row(line: DeskLine, round_slug: str, *, box_id: str) -> DeskRow:
    return DeskRow(
        id=str(line.pair_id),
        name=line.name,
        url=pair_url("pair", round_slug=round_slug, line=line),
        state=STATE_LABELS[line.state],
        colour=COLOURS[line.state],
        second_look=line.second_look_since is not None,
        assigned=line.assigned_name or "Nobody yet",
        views=f"{line.views} of 2",
        region=line.region or "None",
        can_be_allocated=line.state in _DRAFTED,
        box_id=box_id,
    )


def _fits(line: DeskLine, filters: DeskFilters, person_id: UUID) -> bool:
    assigned = {
        "": True,
        MINE: line.assigned_id == person_id,
        NOBODYS: line.assigned_id is None,
    }.get(filters.assigned, True)
    return (
        assigned and filters.state in ("", line.state.value) and filters.region in ("", line.region)
    )


@dataclass(frozen=True)
class ModerationRow:
    """A national view that waits for a decision; `why_not` says what bars the person."""

    id: str
    name: str
    url: str
    note: str
    why_not: str


@dataclass(frozen=True)
class ModerationRows:
    """One page of one list. part: the id of its heading, and the name of its page's parameter."""

    part: str
    rows: tuple[ModerationRow, ...]
    total: int
    page: int
    pages: int
    page_url: str


@dataclass(frozen=True)
class ModerationPage:
    """What waits for a moderator in one round, by what is to be done."""

    round_name: str
    round_slug: str
    rounds: tuple[Choice, ...]
    drafts: ModerationRows
    to_share: ModerationRows
    challenged: ModerationRows
    unchallenged: ModerationRows
    second_looks: ModerationRows
    corrections: ModerationRows
    shares_now: bool


# The lists of the page, each with pages of its own.
MODERATION_PARTS = ("drafts", "looks", "share", "challenged", "final", "corrections")
OWN_DRAFT = "You drafted it, so another person decides."
OWN_CORRECTION = "You proposed it, so another person decides."
INTEREST = "You work for a body of it, or have declared an interest in one."


def moderation_page(
    *,
    rounds: Sequence[Round],
    round_: Round,
    lines: Sequence[DeskLine],
    person_id: UUID,
    interested: Collection[str],
    shares_now: bool,
    pages: Mapping[str, int],
) -> ModerationPage:
    """Return what waits.

    Args:
        rounds: to choose from.
        round_: the one of the lists.
        lines: its pairs.
        person_id: who looks.
        interested: slugs of bodies that the person may not judge.
        shares_now: whether what is moderated may be shared.
        pages: which page of each list is asked for, by its part.
    """

    def barred(line: DeskLine) -> str:
        sides = {f"sa/{line.authority_slug}", f"icb/{line.board_slug}"}
        return INTEREST if sides & set(interested) else ""

    def row(line: DeskLine) -> ModerationRow:
        why = barred(line)
        if line.drafted_id == person_id and line.state != State.UNCHALLENGED:
            why = OWN_DRAFT
        return ModerationRow(
            id=str(line.pair_id),
            name=line.name,
            url=pair_url("pair", round_slug=round_.slug, line=line),
            note=f"Drafted by {line.assigned_name}" if line.assigned_name else "",
            why_not=why,
        )

    def correction(line: DeskLine) -> ModerationRow:
        slugs = [round_.slug, line.authority_slug, line.board_slug]
        return ModerationRow(
            id=str(line.pair_id),
            name=line.name,
            url=reverse("assessments:correction", args=[*slugs, line.correction_id]),
            note="",
            why_not=OWN_CORRECTION if line.correction_by == person_id else barred(line),
        )

    def listed(
        part: str,
        kept: list[DeskLine],
        row_of: Callable[[DeskLine], ModerationRow] = row,
    ) -> ModerationRows:
        count = max(1, -(-len(kept) // ROWS))
        page = min(max(pages.get(part, 1), 1), count)
        others = {name: number for name, number in pages.items() if name != part and number > 1}
        query = urlencode({"round": round_.slug, **others})
        return ModerationRows(
            part=part,
            rows=tuple(row_of(line) for line in kept[(page - 1) * ROWS : page * ROWS]),
            total=len(kept),
            page=page,
            pages=count,
            page_url=f"?{query}&{part}=",
        )

    def of(state: State) -> list[DeskLine]:
        return [line for line in lines if line.state == state]

    return ModerationPage(
        round_name=round_.name,
        round_slug=round_.slug,
        rounds=tuple(Choice(one.slug, one.name, one.slug == round_.slug) for one in rounds),
        drafts=listed("drafts", of(State.IN_MODERATION)),
        to_share=listed("share", of(State.MODERATED)),
        challenged=listed("challenged", of(State.REPLIED)),
        unchallenged=listed("final", of(State.UNCHALLENGED)),
        second_looks=listed("looks", [line for line in lines if line.second_look_since]),
        corrections=listed(
            "corrections", [line for line in lines if line.correction_id], correction
        ),
        shares_now=shares_now,
    )
