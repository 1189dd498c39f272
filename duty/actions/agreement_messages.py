"""Tells the parties of a partnership agreement what waits for them, and what others said.

A message names no person and quotes no reason: both stand on the agreement's page.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from authorities.actions import messages
from authorities.models import WORKING_ROLES, Notice, Role
from authorities.notices import Letter, NoticeKind, people_at
from authorities.queries.dated import names_on
from duty.agreements import Answer, Standing
from duty.deadlines import london_date
from duty.models import AgreementSignature, PartnershipAgreement
from duty.queries.agreements import signing_of

WAITS = "agreement.waits"
SIGNED = "agreement.signed"
DECLINED = "agreement.declined"
# By kind: of which roles, the subject, the text.
_TOLD: dict[str, tuple[Sequence[str], str, str]] = {
    WAITS: (
        (Role.SIGNATORY,),
        "A partnership agreement waits for your signature",
        "{authority} has signed “{title}”. A signatory of {own} can sign or decline it here:",
    ),
    SIGNED: (
        tuple(sorted(WORKING_ROLES)),
        "A partnership agreement is signed by all parties",
        "All parties have signed “{title}”. Who signed when stands here:",
    ),
    DECLINED: (
        tuple(sorted(WORKING_ROLES)),
        "A partnership agreement was declined",
        "One of the ICBs of “{title}” has declined to sign it. The reason stands here:",
    ),
}


def tell_of_answer(*, given: AgreementSignature, standing: Standing, at: datetime) -> None:
    """Tell the other parties what one of them said, and those who are asked now that they are."""
    others = [one.body_id for one in standing.parties if one.body_id != given.body_id]
    if given.decline_reason:
        _tell(DECLINED, given, others, at)
    elif standing.signed_at is not None:
        _tell(SIGNED, given, others, at)
    elif given.body_id == standing.authority.body_id:
        _tell(WAITS, given, [key for key in others if standing.asks(key)], at)


def ask_again(*, agreement_id: UUID, board_id: UUID, at: datetime) -> None:
    """Tell a board that took over from a party that it is asked to go on."""
    messages.announce(
        kind=WAITS,
        key=f"{agreement_id} {board_id} took over",
        about=agreement_id,
        body_id=board_id,
        at=at,
    )


def _tell(kind: str, given: AgreementSignature, bodies: Sequence[UUID], at: datetime) -> None:
    for body_id in bodies:
        messages.announce(
            kind=kind,
            key=f"{given.pk} {body_id}",
            about=given.agreement_id,
            body_id=body_id,
            at=at,
        )


def _letters(kind: str) -> Callable[[Notice, datetime], Sequence[Letter]]:
    def letters(notice: Notice, at: datetime) -> Sequence[Letter]:
        row = PartnershipAgreement.objects.filter(pk=notice.about, ending="").first()
        if row is None or notice.body_id is None:
            return ()
        if not _still(kind, row, notice.body_id):
            return ()
        roles, subject, text = _TOLD[kind]
        names = names_on(day=london_date(now=at), bodies={notice.body_id, row.authority_id})
        said = text.format(
            title=row.title,
            own=names.name(notice.body_id),
            authority=names.name(row.authority_id),
        )
        path = reverse("agreements:page", args=[row.pk])
        people = people_at(body_id=notice.body_id, roles=roles)
        return tuple(Letter(person, subject, said, (("", path),)) for person in people)

    return letters


def _still(kind: str, row: PartnershipAgreement, body_id: UUID) -> bool:
    """Whether what a notice says is still so."""
    standing = signing_of(agreements=[row])[row.pk].standing
    if kind == WAITS:
        return standing.asks(body_id)
    if kind == SIGNED:
        return standing.signed_at is not None
    return any(one.answer == Answer.DECLINED for one in standing.boards)


KINDS = {
    WAITS: NoticeKind(
        label="Partnership agreement waits for a signature", letters=_letters(WAITS), daily=True
    ),
    SIGNED: NoticeKind(
        label="Partnership agreement signed by all", letters=_letters(SIGNED), daily=True
    ),
    DECLINED: NoticeKind(label="Partnership agreement declined", letters=_letters(DECLINED)),
}
