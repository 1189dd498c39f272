"""Reads an authority's standing records: for its pages, and as the rules know them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet

from authorities.models import IntegratedCareBoard, PairOverlap, StrategicAuthority
from authorities.queries.dated import names_on
from duty import words
from duty.deadlines import london_date
from duty.known_records import Entry, Records
from duty.models import (
    AgreementParty,
    AgreementRole,
    DutyFunding,
    ImpactAssessment,
    PartnershipAgreement,
    StandingRecord,
    Strategy,
    TeamPost,
)
from duty.queries.agreements import Signing, file_of, signing_of
from duty.queries.agreements import content_of as agreement_content
from duty.standing_records import (
    CONTENT_OF,
    AgreementContent,
    CommitteeRole,
    Content,
    Ending,
    RecordKind,
)

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
        if kind == RecordKind.AGREEMENT:
            signing = signing_of(agreements=rows)
            times = [one.changed_at for one in signing.values() if one.changed_at is not None]
            if times:
                changed[kind] = max(changed[kind], *times)
            entries[kind] = _agreements(rows, signing)
            continue
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


def content_of(
    *,
    row: Any,
    kind: RecordKind,
    boards: tuple[str, ...] = (),
    roles: tuple[CommitteeRole, ...] = (),
) -> Content:
    """Return the content of a row, or of an earlier version of it whose boards are given."""
    if isinstance(row, PartnershipAgreement):
        return agreement_content(row=row)
    held: dict[str, Any] = {}
    for field in fields(CONTENT_OF[kind]):
        if field.name == "boards":
            held["boards"] = boards
        elif field.name == "roles":
            held["roles"] = roles
        elif field.name == "renews":
            held["renews"] = row.renews_id
        elif field.name == "document":
            held["document"] = file_of(document=row.document)
        else:
            value = getattr(row, field.name)
            held[field.name] = tuple(value) if isinstance(value, list) else value
    return CONTENT_OF[kind](**held)


def boards_to_choose(
    *, authority: StrategicAuthority, on: date, keep: Collection[str] = ()
) -> tuple[BoardChoice, ...]:
    """Return the ICBs that serve some of the authority's people by a day, and those to keep.

    One that served them before is there, too: an agreement may be older than a change of bodies.
    """
    pairs = (
        PairOverlap.objects.filter(
            valid__startswith__lte=on, pair__authority=authority, planned=False
        )
        .values_list("pair__board_id", "pair__board__slug")
        .distinct()
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


def boards_named(
    *, authority: StrategicAuthority, slugs: Collection[str], signed_on: date | None
) -> tuple[tuple[IntegratedCareBoard, ...], str]:
    """Return the ICBs that an agreement names, and why one of them cannot be; empty where all can.

    Args:
        authority: whose agreement it is.
        slugs: of the ICBs.
        signed_on: the day of signature, if it is signed.
    """
    found = IntegratedCareBoard.objects.filter(slug__in=slugs).order_by("slug")
    boards = tuple(found.with_facts(signed_on) if signed_on else found)
    if len(boards) < len(set(slugs)):
        return boards, "Select ICBs from the list"
    if signed_on is not None:
        for board in boards:
            if board.closed_on is not None and board.closed_on <= signed_on:
                closed = words.london_date(moment=board.closed_on)
                name = vars(board)["name"] or board.slug
                return boards, f"{name} closed on {closed}, so it did not sign on that day or later"
    paired = PairOverlap.objects.filter(pair__authority=authority, pair__board__in=boards)
    served = set(paired.values_list("pair__board_id", flat=True).distinct())
    strangers = [board.pk for board in boards if board.pk not in served]
    if strangers:
        slug_of = {board.pk: board.slug for board in boards if board.pk in strangers}
        names = board_names(slugs=slug_of, on=signed_on or date.max)
        return boards, f"{min(names.values())} serves none of the authority’s people"
    return boards, ""


def titles_of_agreements(*, authority: StrategicAuthority) -> dict[UUID, str]:
    """Return the titles of the authority's agreements by key, but of those that were mistakes."""
    rows = PartnershipAgreement.objects.filter(authority=authority).exclude(ending=Ending.MISTAKE)
    return dict(rows.order_by("title", "pk").values_list("pk", "title"))


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
        roles = AgreementRole.objects.filter(left_at__isnull=True).select_related("board")
        return (
            PartnershipAgreement.objects.filter(authority=authority)
            .select_related("changed_by", "document")
            .prefetch_related(
                Prefetch("parties", queryset=now.order_by("board__slug")),
                Prefetch("roles", queryset=roles.order_by("board__slug", "title", "pk")),
            )
        )
    rows = MODEL_OF[kind]._default_manager.filter(authority=authority)
    return rows.select_related("changed_by")


def _agreements(
    rows: list[PartnershipAgreement], signing: Mapping[UUID, Signing]
) -> tuple[Entry[AgreementContent], ...]:
    """Return agreements with the day on which all had signed; one that was renewed has ended."""
    held = [row for row in rows if row.ending != Ending.MISTAKE]
    signed = {
        row.pk: london_date(now=at)
        for row in held
        if (at := signing[row.pk].standing.signed_at) is not None
    }
    renewed = {
        row.renews_id: day - timedelta(days=1)
        for row in held
        if (day := row.signed_on or signed.get(row.pk)) is not None
    }
    return tuple(
        Entry(
            content=agreement_content(row=row),
            ended_on=min(filter(None, (row.ended_on, renewed.get(row.pk))), default=None),
            signed_here=signed.get(row.pk),
        )
        for row in held
    )
