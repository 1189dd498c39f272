"""What the parties of agreements have said, and which agreements wait for whom."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from authorities.models import IntegratedCareBoard
from authorities.queries.dated import names_on
from duty.agreements import Answer, Given, Party, Standing, standing, thawed
from duty.models import (
    AgreementDocument,
    AgreementParty,
    AgreementRole,
    AgreementSignature,
    PartnershipAgreement,
)
from duty.standing_records import (
    AgreementContent,
    AgreementFile,
    AgreementStatus,
    CommitteeRole,
    Ending,
)


@dataclass(frozen=True)
class Signing:
    """How far an agreement is signed, and when anything about that last changed."""

    standing: Standing
    changed_at: datetime | None


def signing_of(*, agreements: Collection[PartnershipAgreement]) -> Mapping[UUID, Signing]:
    """Return what the parties of each agreement have said, by its key; from two queries."""
    keys = [one.pk for one in agreements]
    parties: defaultdict[UUID, list[AgreementParty]] = defaultdict(list)
    for row in (
        AgreementParty.objects.filter(agreement__in=keys)
        .select_related("board")
        .order_by("board__slug", "pk")
    ):
        parties[row.agreement_id].append(row)
    signatures: defaultdict[UUID, list[AgreementSignature]] = defaultdict(list)
    for given in AgreementSignature.objects.filter(agreement__in=keys).defer("content"):
        signatures[given.agreement_id].append(given)
    return {
        one.pk: _signing(one, parties.get(one.pk, []), signatures.get(one.pk, []))
        for one in agreements
    }


def shown_as(*, agreement: PartnershipAgreement) -> AgreementSignature | None:
    """Return the authority's newest signature, with what others read; None before there is one."""
    rows = AgreementSignature.objects.filter(agreement=agreement, body_id=agreement.authority_id)
    return rows.order_by("-given_at", "-pk").first()


def shown_to(
    *, agreement: PartnershipAgreement, shown_at: datetime
) -> tuple[IntegratedCareBoard, ...]:
    """Return the ICBs that were party to what the authority signed then, and who took over."""
    rows = AgreementParty.objects.filter(_read_by(shown_at), agreement=agreement)
    found = {row.board_id: row.board for row in rows.select_related("board").order_by("pk")}
    return tuple(found.values())


def _read_by(shown_at: datetime | OuterRef) -> Q:
    return (Q(left_at__isnull=True) | Q(left_at__gte=shown_at)) & (
        Q(added_at__lte=shown_at)
        | Q(took_over_from__added_at__lte=shown_at)
        | Q(took_over_from__took_over_from__added_at__lte=shown_at)
    )


PER_PAGE = 25
_MOST_VOID = 20


@dataclass(frozen=True)
class AgreementsPage:
    """One page of the agreements that an ICB may read, the newest first."""

    rows: tuple[PartnershipAgreement, ...]
    signing: Mapping[UUID, Signing]
    page: int
    pages: int
    count: int


def agreements_of_board(*, board: IntegratedCareBoard, page: int) -> AgreementsPage:
    """Return a page of the agreements that were shown to an ICB; four queries."""
    pages = Paginator(_shown_to_board(board.pk), PER_PAGE)
    found = pages.get_page(page)
    rows = tuple(found)
    return AgreementsPage(
        rows, signing_of(agreements=rows), found.number, pages.num_pages, pages.count
    )


def _shown_to_board(board_id: UUID) -> QuerySet[PartnershipAgreement]:
    first = AgreementSignature.objects.filter(
        agreement=OuterRef("pk"), body_id=OuterRef("authority_id")
    ).order_by("-given_at", "-pk")
    party = AgreementParty.objects.filter(
        _read_by(OuterRef("shown_at")), agreement=OuterRef("pk"), board_id=board_id
    )
    rows = PartnershipAgreement.objects.annotate(
        shown_at=Subquery(first.values("given_at")[:1]),
        # As it was signed: a draft's title is the authority's own.
        shown_title=Subquery(first.annotate(title=KT("content__title")).values("title")[:1]),
    )
    found = rows.filter(Exists(first), Exists(party)).select_related("authority")
    return found.order_by("-shown_at", "pk")


@dataclass(frozen=True)
class AgreementWait:
    """An agreement that asks a body for its signature, since when.

    again: what it had gone on with came to it anew. was_signed: the authority has signed it before.
    """

    agreement_id: UUID
    title: str
    since: datetime
    again: bool
    was_signed: bool


def bodies_in(*, signing: Mapping[UUID, Signing]) -> set[UUID]:
    """Return the bodies that words on signatures name."""
    return {body for one in signing.values() for body in _bodies_of(one.standing)}


def named(*, bodies: Collection[UUID], on: date) -> dict[UUID, str]:
    """Return the names of bodies on a day; one query."""
    names = names_on(day=on, bodies=bodies)
    return {key: names.name(key) for key in bodies}


def _bodies_of(standing: Standing) -> set[UUID]:
    said = {one.body_id for one in standing.parties}
    return said | {one.said_by for one in standing.parties if one.said_by is not None}


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement as one reader may see it.

    shown: the signature whose content is shown, where the authority is changing it meanwhile.
    titles: names of ICBs by slug, and titles of agreements by key, as `content_lines` takes them.
    """

    row: PartnershipAgreement
    content: AgreementContent
    standing: Standing
    shown: AgreementSignature | None
    renewed_by: tuple[PartnershipAgreement, ...]
    void: tuple[AgreementSignature, ...]
    names: Mapping[UUID, str]
    titles: Mapping[str, str]


def facts_of(
    *,
    agreement: PartnershipAgreement,
    shown: AgreementSignature | None,
    to_authority: bool,
    on: date,
) -> AgreementFacts:
    """Return what a page says of an agreement; a fixed number of queries.

    Args:
        agreement: which one.
        shown: the authority's newest signature.
        to_authority: whether its own people read it, who see what is not signed, too.
        on: the day, for names.
    """
    row = (
        PartnershipAgreement.objects.select_related("authority", "document")
        .prefetch_related("parties__board", "roles__board")
        .get(pk=agreement.pk)
    )
    content = content_of(row=row)
    standing = signing_of(agreements=[row])[row.pk].standing
    changing = shown is not None and standing.authority.answer == Answer.WAITS
    if changing and not to_authority and shown is not None:
        content = thawed(content=shown.content)
    void = AgreementSignature.objects.filter(agreement=row, voided_at__isnull=False)
    void_rows = tuple(void.defer("content").order_by("-given_at", "-pk")[:_MOST_VOID])
    renewals = row.renewals.exclude(ending=Ending.MISTAKE).order_by("pk")
    if not to_authority:
        # A draft that takes its place is the authority's own until it signs it.
        signed = AgreementSignature.objects.filter(
            agreement=OuterRef("pk"), body_id=OuterRef("authority_id"), voided_at__isnull=True
        )
        renewals = renewals.filter(Exists(signed))
    slugs = {one.board_id: one.board.slug for one in row.parties.all()}
    slugs |= {one.board_id: one.board.slug for one in row.roles.all()}
    bodies = {*slugs, *_bodies_of(standing), *(one.body_id for one in void_rows)}
    names = named(bodies=bodies, on=on)
    titles = {slug: names[key] or slug for key, slug in slugs.items()}
    if content.renews is not None:
        before = PartnershipAgreement.objects.get(pk=content.renews)
        titles[str(before.pk)] = before.title
    return AgreementFacts(
        row=row,
        content=content,
        standing=standing,
        shown=shown if changing and not to_authority else None,
        renewed_by=tuple(renewals),
        void=void_rows,
        names=names,
        titles=titles,
    )


def content_of(*, row: PartnershipAgreement) -> AgreementContent:
    """Return what stands in an agreement, whose parties and roles are prefetched with boards."""
    return AgreementContent(
        title=row.title,
        boards=tuple(sorted(p.board.slug for p in row.parties.all() if p.left_at is None)),
        status=row.status,
        signed_on=row.signed_on,
        review_on=row.review_on,
        link=row.link,
        themes=tuple(row.themes),
        other_theme=row.other_theme,
        work_plan=row.work_plan,
        work_plan_link=row.work_plan_link,
        roles=tuple(sorted(role_of(row=one) for one in row.roles.all() if one.left_at is None)),
        renews=row.renews_id,
        document=file_of(document=row.document),
    )


def document_of(*, agreement: PartnershipAgreement, document_id: UUID) -> AgreementDocument | None:
    """Return a document of an agreement whose file is kept; None where it has none of this key."""
    rows = AgreementDocument.objects.filter(agreement=agreement, erased_at__isnull=True)
    return rows.select_related("agreement__authority").filter(pk=document_id).first()


def file_of(*, document: AgreementDocument | None) -> AgreementFile | None:
    """Return a stored document as the rules know it."""
    if document is None:
        return None
    return AgreementFile(
        id=document.pk,
        name=document.file_name,
        kind=document.kind,
        size=document.size,
        sha256=document.sha256,
    )


def role_of(*, row: AgreementRole) -> CommitteeRole:
    """Return a stored role as the rules know it."""
    return CommitteeRole(row.board.slug, row.of, row.title, row.committee)


def waits_at(*, bodies: Collection[UUID]) -> dict[UUID, tuple[AgreementWait, ...]]:
    """Return which agreements ask which of the bodies to sign, by body; three queries.

    The authority is asked for what it says was signed, and again where a change made its signature
    void. Nobody else is asked before it has signed.
    """
    given = AgreementSignature.objects.filter(agreement=OuterRef("pk"))
    of_authority = given.filter(body_id=OuterRef("authority_id"))
    party = AgreementParty.objects.filter(
        agreement=OuterRef("pk"), board__in=bodies, left_at__isnull=True
    )
    rows = list(
        PartnershipAgreement.objects.annotate(was_signed=Exists(of_authority))
        .filter(
            Q(authority__in=bodies) & (Q(was_signed=True) | Q(status=AgreementStatus.SIGNED))
            | Q(Exists(party), was_signed=True),
            ending="",
        )
        .order_by("title", "pk")
    )
    found: defaultdict[UUID, list[AgreementWait]] = defaultdict(list)
    for row, signing in zip(rows, signing_of(agreements=rows).values(), strict=True):
        for body_id in bodies:
            said = signing.standing.of(body_id)
            if said is None:
                continue
            since = said.asked_at
            if body_id == row.authority_id and said.answer == Answer.WAITS:
                since = row.changed_at
            if since is not None:
                again = said.answer == Answer.ASKED_AGAIN
                found[body_id].append(
                    AgreementWait(row.pk, row.title, since, again, row.was_signed)
                )
    return {key: tuple(waits) for key, waits in found.items()}


@dataclass(frozen=True)
class TakenOver:
    """An agreement that came to an ICB from one that ended, and whether it has gone on with it."""

    agreement_id: UUID
    title: str
    authority_id: UUID
    before_id: UUID
    at: datetime
    waits: bool


def taken_over_by(*, board_id: UUID) -> tuple[TakenOver, ...]:
    """Return the signed agreements that came to an ICB by a change of bodies; three queries."""
    parties = list(
        AgreementParty.objects.filter(
            board_id=board_id, took_over=True, left_at__isnull=True, agreement__ending=""
        )
        .select_related("agreement")
        .prefetch_related("took_over_from")
        .order_by("agreement__title", "pk")
    )
    signing = signing_of(agreements=[one.agreement for one in parties])
    found = []
    for party in parties:
        standing = signing[party.agreement_id].standing
        said = standing.of(board_id)
        if standing.authority.answer != Answer.SIGNED or said is None or said.decline_reason:
            continue
        before = min(party.took_over_from.all(), key=lambda one: one.pk)
        found.append(
            TakenOver(
                agreement_id=party.agreement_id,
                title=party.agreement.title,
                authority_id=party.agreement.authority_id,
                before_id=before.board_id,
                at=party.added_at,
                waits=said.asked_at is not None,
            )
        )
    return tuple(found)


def _signing(
    agreement: PartnershipAgreement,
    parties: list[AgreementParty],
    signatures: list[AgreementSignature],
) -> Signing:
    said = standing(
        authority=agreement.authority_id,
        boards=[
            Party(row.board_id, row.added_at, before=_before(row, parties))
            for row in parties
            if row.left_at is None
        ],
        given=[
            Given(row.body_id, row.given_at, row.decline_reason)
            for row in signatures
            if row.voided_at is None
        ],
    )
    times: list[Any] = [time for row in signatures for time in (row.given_at, row.voided_at)]
    times += [row.added_at for row in parties if row.took_over]
    return Signing(said, max(filter(None, times), default=None))


def _before(party: AgreementParty, parties: list[AgreementParty]) -> tuple[UUID, ...]:
    """Return the boards that a party took over from, and those before them."""
    found: list[UUID] = []
    ahead = [party.pk]
    while ahead:
        follows = ahead.pop()
        for row in parties:
            if row.followed_by_id == follows:
                found.append(row.board_id)
                ahead.append(row.pk)
    return tuple(found)
