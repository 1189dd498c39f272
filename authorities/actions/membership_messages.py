"""Tells a body and the centre that nobody is left who may sign for it, or who leads its people."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from authorities.actions import messages
from authorities.models import Body, Membership, Notice, Role
from authorities.notices import TEST_MARK, Letter, NoticeKind, people_at, people_of_centre
from authorities.queries.dated import names_on

NO_SIGNATORY = "body.no_signatory"
NO_PEOPLE_LEAD = "body.no_people_lead"


def tell_if_none_can_sign(
    *, body: Body, step: UUID | int, is_test: bool = False, at: datetime
) -> None:
    """Tell of a body without a signatory, once for each step that left it so.

    step: the membership that ended, the reorganisation that moved roles, or the round that opened,
    which may be a test.
    """
    if not _has_signatory(body.pk):
        messages.announce(
            kind=NO_SIGNATORY,
            key=f"{body.pk} {step}",
            about=body.pk,
            body_id=body.pk,
            occasion=step if isinstance(step, UUID) else None,
            details={"is_test": is_test},
            at=at,
        )


def tell_of_loss(*, member: Membership, at: datetime) -> None:
    """Tell if a role that has just ended left the body without a signatory or a people lead."""
    if member.role == Role.SIGNATORY:
        tell_if_none_can_sign(body=member.body, step=member.pk, at=at)
    if member.role == Role.PEOPLE_LEAD and not _has(member.body_id, Role.PEOPLE_LEAD):
        messages.announce(
            kind=NO_PEOPLE_LEAD,
            key=f"{member.body_id} {member.pk}",
            about=member.body_id,
            body_id=member.body_id,
            at=at,
        )


def _has(body_id: UUID, role: Role) -> bool:
    return Membership.objects.current().filter(body_id=body_id, role=role).exists()


def _has_signatory(body_id: UUID) -> bool:
    return _has(body_id, Role.SIGNATORY)


def _letters_of_lead(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    body = Body.objects.get(pk=notice.about)
    today = timezone.localdate(at)
    ended = body.closed_on is not None and body.closed_on <= today
    if ended or _has(body.pk, Role.PEOPLE_LEAD):
        return ()
    name = names_on(day=today, bodies=[body.pk]).name(body.pk) or body.slug
    return tuple(
        Letter(
            person,
            f"{name}: nobody leads its people",
            f"No person holds the role of a people lead at {name} now, so nobody there can invite "
            "colleagues or confirm who still needs a role. Until somebody does, administrators "
            "are asked instead. Your home page is here:",
            (("", "/"),),
        )
        for person in people_of_centre(roles=[Role.ADMINISTRATOR])
    )


def _letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    body = Body.objects.get(pk=notice.about)
    today = timezone.localdate(at)
    ended = body.closed_on is not None and body.closed_on <= today
    if ended or _has_signatory(body.pk):
        return ()
    name = names_on(day=today, bodies=[body.pk]).name(body.pk) or body.slug
    mark = TEST_MARK if notice.details["is_test"] else ""
    subject = f"{mark}{name}: nobody can sign"
    text = (
        f"No person holds the role of a signatory at {name} now, so nothing can be signed or "
        "confirmed for it. "
    )
    own = "Ask an administrator at DHSC or MHCLG to give somebody the role. Your home page is here:"
    centre = "Its editors were told, too. Your home page is here:"
    return tuple(
        Letter(person, subject, text + words, (("", "/"),))
        for people, words in (
            (people_at(body_id=body.pk), own),
            (people_of_centre(roles=[Role.ADMINISTRATOR]), centre),
        )
        for person in people
    )


# An administrator may be told of many bodies when a round opens: in one mail.
KINDS = {
    NO_SIGNATORY: NoticeKind(label="Nobody can sign", letters=_letters, daily=True),
    NO_PEOPLE_LEAD: NoticeKind(label="No people lead", letters=_letters_of_lead, daily=True),
}
