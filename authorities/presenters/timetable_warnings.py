"""What the page 'Prevent misaligned geographies' shows: every timetable warning of a day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from authorities.presenters.files import write_csv
from authorities.presenters.fits import pair_name
from authorities.presenters.tables import Cell, Column, address
from authorities.presenters.words import day_text, warning_text
from authorities.queries import AuthorityFacts, BoardFacts, DayGeography, PairFacts
from authorities.timetable import DEFAULT_RULE, TimetableWarning, WarningKind

ROWS_A_PAGE = 50

HEADINGS = (
    "as_at",
    "warning_code",
    "warning",
    "on",
    "cluster",
    "about_kind",
    "about",
    "authority_slugs",
    "icb_slug",
    "sliver",
    "planned",
    "text",
)


@dataclass(frozen=True)
class KindWords:
    """What a kind of warning is called, why it matters and what can be done."""

    name: str
    why: str
    do: str


KINDS: dict[WarningKind, KindWords] = {
    WarningKind.ICB_CHANGE_BEFORE_SA_START: KindWords(
        name="ICB changes before the authority begins",
        why=(
            "The ICB merges, splits or gains area before the authority exists, so the authority "
            "has no voice in a change that it will live with."
        ),
        do=(
            "Ask the councils that will form the authority to speak for it, or ask whether both "
            "can begin on one day."
        ),
    ),
    WarningKind.ICB_CHANGE_WITHIN_12_MONTHS_OF_SA_START: KindWords(
        name="ICB changes within 12 months of the authority’s start",
        why=(
            "Both bodies are new to each other within a year: people, plans and data change on "
            "both sides at once, and levels of engagement cannot be compared with those before."
        ),
        do=(
            "Agree one timetable for both, and name one person on each side for the time of the "
            "change."
        ),
    ),
    WarningKind.PAIR_ENDS_ON: KindWords(
        name="Pair or body ends on a known day",
        why=(
            "Commitments and frameworks of a pair that ends need a new owner; a pair that follows "
            "starts without a level."
        ),
        do=(
            "Look at the commitments that are due after that day, and say in the reorganisation "
            "who takes them over."
        ),
    ),
    WarningKind.CLUSTER_MEMBER: KindWords(
        name="ICB shares its leaders in a cluster",
        why=(
            "A cluster is not a merger: the boards stay separate in law, but one set of leaders "
            "works with the authorities of all of them, and clusters often merge later."
        ),
        do=(
            "Ask which of the boards’ leaders answers for this authority, and look at the areas "
            "of the whole cluster before agreeing on areas."
        ),
    ),
    WarningKind.NO_COUNTERPART: KindWords(
        name="Body without a counterpart",
        why=(
            "No strategic authority covers any of the ICB’s people, or no ICB those of the "
            "authority: the health duty has nobody to be shared with there."
        ),
        do=(
            "Look at plans for new authorities around it before its area is changed, so that "
            "the two can fit each other."
        ),
    ),
}


@dataclass(frozen=True)
class WarningRow:
    """One warning of one pair or body; authorities are the slugs of all that it concerns."""

    warning: TimetableWarning
    about_kind: str
    about: str
    url: str
    authorities: tuple[str, ...]
    board: str
    sliver: bool
    planned: bool

    @property
    def note(self) -> str:
        """What else must be known of the pair or body."""
        states = [
            word for word, holds in (("planned", self.planned), ("sliver", self.sliver)) if holds
        ]
        return ", ".join([self.about_kind, *states])


@dataclass(frozen=True)
class KindCount:
    """How many of the warnings are of a kind, and the address that shows them alone."""

    name: str
    count: int
    of: int
    url: str
    current: bool


@dataclass(frozen=True)
class KindGroup:
    """The warnings of a kind on one page of the list."""

    id: str
    words: KindWords
    count: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class WarningsPage:
    """All facts of the page; `total` counts those that fit the filters."""

    day: str
    notice: str
    settled_months: int
    kinds: tuple[KindCount, ...]
    total: int
    groups: tuple[KindGroup, ...]
    page: int
    pages: int
    page_url: str
    csv_url: str
    geography_url: str


_COLUMNS = (Column("Pair or body"), Column("Day it speaks of"), Column("What it says"))


def rows_of(*, geography: DayGeography, authority: str, kind: str) -> tuple[WarningRow, ...]:
    """Return the warnings that concern an authority and are of a kind; empty texts mean all.

    In the order of the kinds, then by day and name.
    """
    found = [
        row
        for row in (
            *(row for pair in geography.pairs for row in _of_pair(pair)),
            *(row for one in geography.authorities for row in _of_authority(one)),
            *(row for one in geography.boards for row in _of_board(one, geography.as_at)),
        )
        if authority in ("", *row.authorities) and kind in ("", row.warning.kind.value)
    ]
    order = list(WarningKind)
    return tuple(
        sorted(
            found,
            key=lambda row: (
                order.index(row.warning.kind),
                row.warning.on or date.min,
                row.about.casefold(),
                row.about_kind,
            ),
        )
    )


def warnings_page(
    *, geography: DayGeography, authority: str, kind: str, page: int, today: date
) -> WarningsPage:
    """Return a page of the warnings of the day with the counts of each kind."""
    of_authority = rows_of(geography=geography, authority=authority, kind="")
    counts = Counter(row.warning.kind for row in of_authority)
    rows = [row for row in of_authority if kind in ("", row.warning.kind.value)]
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    asked = {"as_at": geography.as_at.isoformat(), "authority": authority}
    own = address("authorities:geography-warnings")
    query = urlencode({**asked, "kind": kind})
    return WarningsPage(
        day=day_text(day=geography.as_at),
        notice=_notice(geography, today),
        settled_months=DEFAULT_RULE.settled_after_months,
        kinds=tuple(
            KindCount(
                name=words.name,
                count=counts[each],
                of=len(of_authority),
                url=f"{own}?{urlencode({**asked, 'kind': each.value})}",
                current=each.value == kind,
            )
            for each, words in KINDS.items()
        ),
        total=len(rows),
        groups=tuple(
            _group(each, [row for row in shown if row.warning.kind is each], counts[each])
            for each in KINDS
            if any(row.warning.kind is each for row in shown)
        ),
        page=page,
        pages=pages,
        page_url=f"{own}?{query}&page=",
        csv_url=f"{address('authorities:geography-warnings-csv')}?{query}",
        geography_url=f"{address('authorities:geography')}?as_at={geography.as_at.isoformat()}",
    )


def warnings_csv(*, geography: DayGeography, rows: Sequence[WarningRow]) -> str:
    """Return the warnings as a file."""
    return write_csv(
        headings=HEADINGS,
        rows=(
            (
                geography.as_at.isoformat(),
                row.warning.kind.value,
                KINDS[row.warning.kind].name,
                row.warning.on.isoformat() if row.warning.on else None,
                row.warning.cluster,
                row.about_kind,
                row.about,
                " ".join(row.authorities),
                row.board,
                "true" if row.sliver else "false",
                "true" if row.planned else "false",
                warning_text(warning=row.warning),
            )
            for row in rows
        ),
    )


def _notice(geography: DayGeography, today: date) -> str:
    if geography.first_day is None or geography.as_at < geography.first_day:
        return "On this day there were no integrated care boards, so nothing can be out of step."
    if geography.as_at > today:
        return (
            "This day lies ahead. Scheduled changes after it warn; those up to it are not yet "
            "facts of the register."
        )
    return ""


def _of_pair(pair: PairFacts) -> list[WarningRow]:
    return [
        WarningRow(
            warning=warning,
            about_kind="Pair",
            about=pair_name(pair=pair),
            url="" if pair.sliver else address("engagement:pair", *pair.key.split("/")),
            authorities=(pair.authority_slug,),
            board=pair.board_slug,
            sliver=pair.sliver,
            planned=pair.planned,
        )
        for warning in pair.warnings
    ]


def _of_authority(authority: AuthorityFacts) -> list[WarningRow]:
    return [
        WarningRow(
            warning=warning,
            about_kind="Strategic authority",
            about=authority.short_name,
            url=address("outcomes:authority", authority.slug),
            authorities=(authority.slug,),
            board="",
            sliver=False,
            planned=authority.planned,
        )
        for warning in authority.warnings
    ]


def _of_board(board: BoardFacts, as_at: date) -> list[WarningRow]:
    return [
        WarningRow(
            warning=warning,
            about_kind="Integrated care board",
            about=board.short_name,
            url=f"{address('authorities:board', board.slug)}?as_at={as_at.isoformat()}",
            authorities=tuple(pair.authority_slug for pair in board.pairs),
            board=board.slug,
            sliver=False,
            planned=False,
        )
        for warning in board.warnings
    ]


def _group(kind: WarningKind, rows: Sequence[WarningRow], count: int) -> KindGroup:
    words = KINDS[kind]
    return KindGroup(
        id=kind.value,
        words=words,
        count=count,
        caption=f"{words.name}: {len(rows)} of {count}",
        columns=_COLUMNS,
        rows=tuple(
            (
                Cell(text=row.about, url=row.url, note=row.note),
                Cell(text=day_text(day=row.warning.on) if row.warning.on else "No day"),
                Cell(text=warning_text(warning=row.warning)),
            )
            for row in rows
        ),
    )
