"""What the pages of partnership agreements show to their parties."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse

from duty.agreements import Answer, PartySaid, Standing, standing_words
from duty.models import AgreementSignature, PartnershipAgreement
from duty.presenters.evidence import file_facts
from duty.presenters.standing_records import ended_words
from duty.queries.agreements import (
    AgreementFacts,
    AgreementsPage,
    bodies_in,
    named,
    signing_of,
)
from duty.queries.standing_records import StoredRecord
from duty.record_words import content_lines
from duty.standing_records import RecordKind
from duty.ui.components import Cell, Column
from duty.words import london_date

_ANSWER_WORDS = {
    Answer.SIGNED: "Signed",
    Answer.DECLINED: "Declined",
    Answer.ASKED_AGAIN: "Asked to confirm it again",
    Answer.WAITS: "Not signed here",
}
PARTY_COLUMNS = (Column("Party"), Column("What it says"), Column("When"))
LIST_COLUMNS = (Column("Agreement"), Column("With"), Column("Signatures"))


@dataclass(frozen=True)
class DocumentLine:
    """The document of an agreement: where it is, its name, its kind, size and checksum."""

    id: UUID
    url: str
    name: str
    facts: str


@dataclass(frozen=True)
class AgreementView:
    """An agreement as a party reads it.

    changing: that the authority is changing what is shown here, in words; empty where it is not.
    asked: whether a party of the reader's is asked to sign; the addresses are empty where the
        reader may not.
    """

    title: str
    authority: str
    status: str
    ended: str
    changing: str
    renewed_by: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    parties: tuple[tuple[Cell, ...], ...]
    void: tuple[str, ...]
    document: DocumentLine | None = None
    document_change_url: str = ""
    commitments_url: str = ""
    sign_url: str = ""
    decline_url: str = ""
    change_url: str = ""
    history_url: str = ""


def agreement_view(
    *,
    facts: AgreementFacts,
    of_authority: bool,
    asked: frozenset[UUID],
    may_change: bool,
) -> AgreementView:
    """Return what a page says of an agreement.

    Args:
        facts: the agreement, as this reader may see it.
        of_authority: whether the reader is of the authority.
        asked: the bodies of the reader's that are asked to sign, where the reader may.
        may_change: whether the reader writes the authority's records.
    """
    row, standing, names = facts.row, facts.standing, facts.names
    authority_url = [row.authority.slug, RecordKind.AGREEMENT.value, row.pk]
    boards_asked = {key for key in asked - {row.authority_id} if standing.asks(key)}
    return AgreementView(
        title=facts.content.title,
        authority=names[row.authority_id],
        status=status_words(row=row, standing=standing, names=names)
        if of_authority
        else _read_by_others(row, standing, names),
        ended=ended_words(ending=row.ending, on=row.ended_on, reason=row.ending_reason),
        changing=_changing(facts),
        renewed_by=tuple(
            (one.title, reverse("agreements:page", args=[one.pk])) for one in facts.renewed_by
        ),
        lines=content_lines(
            kind=RecordKind.AGREEMENT,
            # It stands below with its address.
            content=replace(facts.content, document=None),
            board_names=facts.titles,
        ),
        parties=tuple(_party_row(one, names) for one in standing.parties),
        void=tuple(_void_words(one, names) for one in facts.void),
        document=document_line(facts=facts),
        commitments_url=reverse("commitments:agreement", args=[row.pk]),
        document_change_url=reverse("agreements:document", args=[row.pk])
        if may_change and not row.ending
        else "",
        sign_url=reverse("agreements:sign", args=[row.pk]) if asked else "",
        decline_url=reverse("agreements:decline", args=[row.pk]) if boards_asked else "",
        change_url=reverse("records:change", args=authority_url)
        if may_change and not row.ending
        else "",
        history_url=reverse("records:history", args=authority_url) if of_authority else "",
    )


def document_line(*, facts: AgreementFacts) -> DocumentLine | None:
    """Return the document of what the reader sees; None where there is none."""
    held = facts.content.document
    if held is None:
        return None
    return DocumentLine(
        id=held.id,
        url=reverse("agreements:document-file", args=[facts.row.pk, held.id]),
        name=held.name,
        facts=file_facts(name="", kind=held.kind, size=held.size, sha256=held.sha256),
    )


def status_words(
    *, row: PartnershipAgreement, standing: Standing, names: Mapping[UUID, str]
) -> str:
    """Return how far an agreement is signed."""
    return standing_words(
        standing=standing, status=row.status, signed_on=row.signed_on, names=names
    )


def signed_words(*, records: Collection[StoredRecord], on: date) -> dict[UUID, str]:
    """Return how far each agreement among an authority's records is signed, by key."""
    rows = [one.row for one in records if isinstance(one.row, PartnershipAgreement)]
    signing = signing_of(agreements=rows) if rows else {}
    names = named(bodies=bodies_in(signing=signing), on=on) if rows else {}
    return {
        row.pk: status_words(row=row, standing=signing[row.pk].standing, names=names)
        for row in rows
    }


def list_rows(*, found: AgreementsPage, names: Mapping[UUID, str]) -> tuple[tuple[Cell, ...], ...]:
    """Return the agreements of an ICB as rows of a table."""
    return tuple(
        (
            Cell(vars(row)["shown_title"], url=reverse("agreements:page", args=[row.pk])),
            Cell(names[row.authority_id]),
            Cell(
                _read_by_others(row, found.signing[row.pk].standing, names),
                note=ended_words(ending=row.ending, on=row.ended_on, reason=""),
            ),
        )
        for row in found.rows
    )


def sent_words(*, standing: Standing) -> str:
    """Return what to say to who has signed."""
    if standing.signed_at is not None:
        return "Signed. All parties have signed."
    return "Signed. The other parties have yet to sign."


def _read_by_others(
    row: PartnershipAgreement, standing: Standing, names: Mapping[UUID, str]
) -> str:
    """What an authority records of a draft is its own."""
    if standing.authority.answer == Answer.WAITS:
        return "The authority is changing it, and signatures are void"
    return status_words(row=row, standing=standing, names=names)


def _changing(facts: AgreementFacts) -> str:
    if facts.shown is None:
        return ""
    name = facts.names[facts.row.authority_id]
    signed = london_date(moment=facts.shown.given_at)
    return (
        f"{name} is changing this agreement. What stands here is what it signed on {signed}; "
        "signatures for it are void."
    )


def _party_row(said: PartySaid, names: Mapping[UUID, str]) -> tuple[Cell, ...]:
    note = f"“{said.decline_reason}”" if said.decline_reason else ""
    when = london_date(moment=said.at) if said.at is not None else ""
    if said.answer == Answer.ASKED_AGAIN and said.said_by is not None:
        note, when = f"{names[said.said_by]} signed it on {when}", ""
    if not when and said.asked_at is not None:
        when = f"Asked on {london_date(moment=said.asked_at)}"
    return (Cell(names[said.body_id]), Cell(_ANSWER_WORDS[said.answer], note=note), Cell(when))


def _void_words(given: AgreementSignature, names: Mapping[UUID, str]) -> str:
    did = "declined" if given.decline_reason else "signed"
    on, since = _day(given.given_at), _day(given.voided_at)
    return f"{names[given.body_id]} {did} it on {on}. Void since {since}."


def _day(moment: date | None) -> str:
    return london_date(moment=moment) if moment is not None else ""
