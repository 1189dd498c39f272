"""Reads an authority's standing records: for its pages, and as the rules know them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet

from authorities.models import PairOverlap, StrategicAuthority
from authorities.queries.dated import names_on
from duty.models import (
    AgreementParty,
    DutyFunding,
    ImpactAssessment,
    PartnershipAgreement,
    StandingRecord,
    Strategy,
    TeamPost,
)
from duty.record_answers import Entry, Records
from duty.standing_records import CONTENT_OF, Content, Ending, RecordKind

MODEL_OF: Mapping[RecordKind, type[StandingRecord]] = {
    RecordKind.STRATEGY: Strategy,
    RecordKind.POST: TeamPost,
    RecordKind.ASSESSMENT: ImpactAssessment,
    RecordKind.AGREEMENT: PartnershipAgreement,
    RecordKind.FUNDING: DutyFunding,
}
# The day by which entries of a kind are listed, newest first.
_FIRST_DAY = {
    RecordKind.STRATEGY: "adopted_on",
    RecordKind.POST: "since",
    RecordKind.ASSESSMENT: "decided_on",
    RecordKind.AGREEMENT: "signed_on",
    RecordKind.FUNDING: "starts_on",
}
# The day on which an entry of a kind asks for a look.
_DAY_AHEAD = {
    RecordKind.STRATEGY: "review_on",
    RecordKind.AGREEMENT: "review_on",
    RecordKind.FUNDING: "ends_on",
}
PER_PAGE = 25


@dataclass(frozen=True)
class StoredRecord:
    """An entry of the records as it is stored."""

    row: StandingRecord
    kind: RecordKind
    content: Content


@dataclass(frozen=True)
class RecordPage:
    """One page of the entries of a kind."""

    records: tuple[StoredRecord, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class KindCount:
    """How many entries of a kind hold, and when one of them was last written.

    day_ahead: the earliest day of a review, or of the end of money, among them.
    """

    kind: RecordKind
    current: int
    changed_at: datetime | None
    day_ahead: date | None


@dataclass(frozen=True)
class BoardChoice:
    """An ICB that may be party to an agreement."""

    id: UUID
    slug: str
    name: str


class NoSuchRecordError(LookupError):
    """The authority has no such entry."""


def record_of(*, authority: StrategicAuthority, kind: RecordKind, key: UUID) -> StoredRecord:
    """Return one entry of the authority's.

    Raises:
        NoSuchRecordError: it has none with this key.
    """
    row = _rows(authority, kind).filter(pk=key).first()
    if row is None:
        raise NoSuchRecordError("There is no such entry.")
    return stored(row=row, kind=kind)


def page_of_records(
    *, authority: StrategicAuthority, kind: RecordKind, page: int, ended: bool = False
) -> RecordPage:
    """Return one page of the entries that hold, or of those that ended or were mistakes."""
    rows = _rows(authority, kind).filter(~Q(ending="") if ended else Q(ending=""))
    pages = Paginator(rows.order_by(f"-{_FIRST_DAY[kind]}", "title", "pk"), PER_PAGE)
    found = pages.get_page(page)
    return RecordPage(
        records=tuple(stored(row=row, kind=kind) for row in found),
        page=found.number,
        pages=pages.num_pages,
        count=pages.count,
    )


def counts_of_records(*, authority: StrategicAuthority) -> tuple[KindCount, ...]:
    """Return what there is of each kind, from one query for each."""
    found = []
    for kind, model in MODEL_OF.items():
        held = model._default_manager.filter(authority=authority, ending="")
        day = _DAY_AHEAD.get(kind)
        counted = held.aggregate(
            current=Count("pk"), changed_at=Max("changed_at"), **({"day": Min(day)} if day else {})
        )
        found.append(
            KindCount(
                kind=kind,
                current=counted["current"],
                changed_at=counted["changed_at"],
                day_ahead=counted.get("day"),
            )
        )
    return tuple(found)


def records_of(*, authority: StrategicAuthority, kinds: Collection[RecordKind]) -> Records:
    """Return the records of some kinds as the rules know them: two queries for each kind at most.

    What was entered by mistake is left out, and its correction counts as a change.
    """
    entries: dict[RecordKind, tuple[Entry[Any], ...]] = {}
    changed: dict[RecordKind, datetime] = {}
    for kind in kinds:
        rows = list(_rows(authority, kind).order_by("title", "pk"))
        if rows:
            changed[kind] = max(row.changed_at for row in rows)
        entries[kind] = tuple(
            Entry(content=stored(row=row, kind=kind).content, ended_on=row.ended_on)
            for row in rows
            if row.ending != Ending.MISTAKE
        )
    return Records(
        strategies=entries.get(RecordKind.STRATEGY, ()),
        posts=entries.get(RecordKind.POST, ()),
        assessments=entries.get(RecordKind.ASSESSMENT, ()),
        agreements=entries.get(RecordKind.AGREEMENT, ()),
        funding=entries.get(RecordKind.FUNDING, ()),
        changed_at=changed,
    )


def stored(*, row: StandingRecord, kind: RecordKind) -> StoredRecord:
    """Return a stored row with its content as the rules know it."""
    return StoredRecord(row=row, kind=kind, content=content_of(row=row, kind=kind))


def content_of(*, row: Any, kind: RecordKind, boards: tuple[str, ...] | None = None) -> Content:
    """Return the content of a row, or of an earlier version of it whose boards are given."""
    held: dict[str, Any] = {}
    for field in fields(CONTENT_OF[kind]):
        if field.name == "boards":
            held["boards"] = boards if boards is not None else _boards_in(row)
        else:
            value = getattr(row, field.name)
            held[field.name] = tuple(value) if isinstance(value, list) else value
    return CONTENT_OF[kind](**held)


def boards_to_choose(
    *, authority: StrategicAuthority, on: date, keep: Collection[str] = ()
) -> tuple[BoardChoice, ...]:
    """Return the ICBs that serve some of the authority's people on a day, and those to keep."""
    pairs = (
        PairOverlap.objects.as_at(on)
        .filter(pair__authority=authority, planned=False)
        .values_list("pair__board_id", "pair__board__slug")
    )
    found = dict(pairs)
    kept = (
        AgreementParty.objects.filter(agreement__authority=authority, board__slug__in=keep)
        .values_list("board_id", "board__slug")
        .distinct()
    )
    found |= dict(kept)
    names = names_on(day=on, bodies=found)
    choices = [BoardChoice(key, slug, names.name(key) or slug) for key, slug in found.items()]
    return tuple(sorted(choices, key=lambda one: (one.name, one.slug)))


def board_names(*, slugs: Mapping[UUID, str], on: date) -> dict[str, str]:
    """Return the names of ICBs on a day by their slugs."""
    names = names_on(day=on, bodies=slugs)
    return {slug: names.name(key) or slug for key, slug in slugs.items()}


def boards_in_agreements(*, authority: StrategicAuthority) -> dict[UUID, str]:
    """Return the slugs of the ICBs that are or were party to an agreement of the authority's."""
    return dict(
        AgreementParty.objects.filter(agreement__authority=authority)
        .order_by("board_id")
        .values_list("board_id", "board__slug")
        .distinct()
    )


def _rows(authority: StrategicAuthority, kind: RecordKind) -> QuerySet[Any]:
    if kind == RecordKind.AGREEMENT:
        now = AgreementParty.objects.filter(left_at__isnull=True).select_related("board")
        return (
            PartnershipAgreement.objects.filter(authority=authority)
            .select_related("changed_by")
            .prefetch_related(Prefetch("parties", queryset=now.order_by("board__slug")))
        )
    rows = MODEL_OF[kind]._default_manager.filter(authority=authority)
    return rows.select_related("changed_by")


def _boards_in(row: Any) -> tuple[str, ...]:
    return tuple(sorted(p.board.slug for p in row.parties.all() if p.left_at is None))
