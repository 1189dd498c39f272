"""What the pages of an authority's standing records show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from authorities.models import StrategicAuthority, User
from duty.presenters.evidence import EvidenceLine, dead_inside
from duty.presenters.tasks import name_of
from duty.queries.links import LinkNote, links_of_record
from duty.queries.record_histories import RecordVersion
from duty.queries.standing_records import KindCount, RecordPage, StoredRecord
from duty.record_words import ENDING_WORDS, KIND_WORDS, KindWords, content_lines, label_of
from duty.standing_records import Ending, RecordKind
from duty.ui.components import Cell, Column
from duty.words import london_date, london_datetime

# The fields that a list shows beside the title.
_LISTED = {
    RecordKind.STRATEGY: ("status", "adopted_on", "review_on"),
    RecordKind.POST: ("fte", "employer", "joint_with", "filled"),
    RecordKind.ASSESSMENT: ("decided_on", "assessment"),
    RecordKind.AGREEMENT: ("boards", "status", "review_on"),
    RecordKind.FUNDING: ("amount", "starts_on", "ends_on", "prevention"),
}
_NUMERIC = frozenset({"fte", "amount"})
_NONE = "–"


@dataclass(frozen=True)
class RecordAddresses:
    """Where the pages of one authority's records of a kind are."""

    authority_slug: str
    kind: RecordKind

    @property
    def overview(self) -> str:
        """All kinds."""
        return reverse("records:overview", args=[self.authority_slug])

    @property
    def list(self) -> str:
        """The entries of the kind."""
        return self._of("list")

    @property
    def new(self) -> str:
        """Where one is added."""
        return self._of("new")

    def one(self, page: str, record: StoredRecord) -> str:
        """A page of one entry: change, end or history."""
        return self._of(page, record.row.pk)

    def _of(self, page: str, *more: object) -> str:
        return reverse(f"records:{page}", args=[self.authority_slug, self.kind.value, *more])


@dataclass(frozen=True)
class OverviewPage:
    """All kinds with how many there are and what to do next."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class ListPage:
    """One page of the entries of a kind."""

    words: KindWords
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    count: int
    page: int
    pages: int
    ended: bool
    pagination_url: str
    addresses: RecordAddresses


@dataclass(frozen=True)
class RecordView:
    """One entry as lines, and where its other pages are."""

    title: str
    words: KindWords
    lines: tuple[tuple[str, str], ...]
    dead_links: tuple[EvidenceLine, ...]
    ended: str
    changed: str
    change_url: str
    end_url: str
    history_url: str
    addresses: RecordAddresses


@dataclass(frozen=True)
class HistoryLine:
    """What one writing changed, by whom and when."""

    when: str
    did: str
    lines: tuple[tuple[str, str], ...]


def overview_page(
    *, authority: StrategicAuthority, counts: tuple[KindCount, ...], today: date
) -> OverviewPage:
    """Return all kinds."""
    return OverviewPage(
        columns=(
            Column("What you keep"),
            Column("Now", numeric=True),
            Column("Last changed"),
            Column("Next step"),
        ),
        rows=tuple(_kind_row(authority, count, today) for count in counts),
    )


def list_page(
    *,
    addresses: RecordAddresses,
    found: RecordPage,
    board_names: Mapping[str, str],
    ended: bool,
    may_edit: bool,
    links: Mapping[str, LinkNote],
    signed: Mapping[UUID, str],
) -> ListPage:
    """Return one page of the entries of a kind; of agreements, how far each is signed."""
    kind = addresses.kind
    words = KIND_WORDS[kind]
    listed = _LISTED[kind]
    columns = [Column(label_of(kind=kind, field="title"))]
    columns += [Column(label_of(kind=kind, field=f), numeric=f in _NUMERIC) for f in listed]
    columns.append(Column("How it ended" if ended else "History"))
    return ListPage(
        words=words,
        columns=tuple(columns),
        rows=tuple(
            _record_row(addresses, one, board_names, links, signed, ended=ended, may_edit=may_edit)
            for one in found.records
        ),
        empty=f"No {words.one} has ended." if ended else f"No {words.one} is on record yet.",
        count=found.count,
        page=found.page,
        pages=found.pages,
        ended=ended,
        pagination_url="?show=ended&page=" if ended else "?page=",
        addresses=addresses,
    )


def record_view(
    *,
    addresses: RecordAddresses,
    record: StoredRecord,
    board_names: Mapping[str, str],
    reader: User,
    links: Mapping[str, LinkNote],
) -> RecordView:
    """Return one entry, with what is known of its links."""
    row = record.row
    who = name_of(person=row.changed_by, reader=reader)
    return RecordView(
        title=row.title,
        words=KIND_WORDS[addresses.kind],
        lines=content_lines(kind=record.kind, content=record.content, board_names=board_names),
        dead_links=dead_inside(urls=links_of_record(record=record), links=links),
        ended=ended_words(ending=row.ending, on=row.ended_on, reason=row.ending_reason),
        changed=f"Saved {london_datetime(moment=row.changed_at)} by {who}",
        change_url=addresses.one("change", record),
        end_url="" if row.ending else addresses.one("end", record),
        history_url=addresses.one("history", record),
        addresses=addresses,
    )


def history_lines(
    *,
    kind: RecordKind,
    versions: tuple[RecordVersion, ...],
    board_names: Mapping[str, str],
    reader: User,
) -> tuple[HistoryLine, ...]:
    """Return what each writing of an entry changed, newest first."""
    found = []
    before: dict[str, str] = {}
    for place, version in enumerate(versions):
        lines = dict(content_lines(kind=kind, content=version.content, board_names=board_names))
        ended = ended_words(
            ending=version.ending, on=version.ended_on, reason=version.ending_reason
        )
        who = "You" if version.by.pk == reader.pk else version.by.full_name
        found.append(
            HistoryLine(
                when=london_datetime(moment=version.at),
                did=f"{who} {_did(first=place == 0, ended=ended)}",
                lines=tuple(lines.items()) if place == 0 else _changes(before, lines),
            )
        )
        before = lines
    return tuple(reversed(found))


def ended_words(*, ending: str, on: date | None, reason: str) -> str:
    """Return how an entry ended, in words; empty while it holds."""
    if not ending:
        return ""
    said = ENDING_WORDS[Ending(ending)]
    if on is not None:
        said = f"{said} on {london_date(moment=on)}"
    return f"{said}: {reason}" if reason else said


def _did(*, first: bool, ended: str) -> str:
    if first:
        return "added it."
    return f"ended it. {ended}." if ended else "changed it."


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    labels = dict.fromkeys([*before, *after])
    return tuple(
        (label, f"{before.get(label, 'nothing')} became {after.get(label, 'nothing')}")
        for label in labels
        if before.get(label) != after.get(label)
    )


def _kind_row(authority: StrategicAuthority, count: KindCount, today: date) -> tuple[Cell, ...]:
    addresses = RecordAddresses(authority.slug, count.kind)
    words = KIND_WORDS[count.kind]
    changed = london_date(moment=count.changed_at) if count.changed_at else _NONE
    return (
        Cell(words.title, url=addresses.list, note=words.why),
        Cell(str(count.current)),
        Cell(changed),
        _next_step(count, words, addresses, today),
    )


def _next_step(count: KindCount, words: KindWords, addresses: RecordAddresses, today: date) -> Cell:
    if not count.current:
        return Cell(f"Add your first {words.one}", url=addresses.new)
    if count.day_ahead is None:
        return Cell("Check that it is up to date", url=addresses.list)
    day = london_date(moment=count.day_ahead)
    past = count.day_ahead < today
    if count.kind == RecordKind.FUNDING:
        said = f"Money ended on {day}: end it or write it anew" if past else f"Money ends on {day}"
    else:
        said = f"A review was due on {day}" if past else f"Next review on {day}"
    return Cell(said, url=addresses.list)


def _dead_words(count: int) -> str:
    return f"{'1 link' if count == 1 else f'{count} links'} did not answer when last asked."


def _record_row(
    addresses: RecordAddresses,
    record: StoredRecord,
    board_names: Mapping[str, str],
    links: Mapping[str, LinkNote],
    signed: Mapping[UUID, str],
    *,
    ended: bool,
    may_edit: bool,
) -> tuple[Cell, ...]:
    kind = record.kind
    row = record.row
    lines = dict(content_lines(kind=kind, content=record.content, board_names=board_names))
    url = addresses.one("change", record) if may_edit and not row.ending else ""
    if kind == RecordKind.AGREEMENT:
        url = reverse("agreements:page", args=[row.pk])
        lines["Status"] = signed[row.pk]
    dead = len(dead_inside(urls=links_of_record(record=record), links=links))
    first = Cell(
        row.title,
        url=url,
        note=_dead_words(dead) if dead else "",
    )
    told = f"Changed {london_date(moment=row.changed_at)}"
    if ended:
        told = ended_words(ending=row.ending, on=row.ended_on, reason=row.ending_reason)
    last = Cell(told, url=addresses.one("history", record))
    middle = (Cell(lines.get(label_of(kind=kind, field=f), _NONE)) for f in _LISTED[kind])
    return (first, *middle, last)
