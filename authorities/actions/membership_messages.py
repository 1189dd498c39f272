"""Tells a body and the centre that nobody is left who may sign for it."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from authorities.actions import messages
from authorities.models import Body, Membership, Notice, Role
from authorities.notices import TEST_MARK, Letter, NoticeKind, people_at, people_of_centre
from authorities.queries.dated import names_on

NO_SIGNATORY = "body.no_signatory"


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


def _has_signatory(body_id: UUID) -> bool:
    return Membership.objects.current().filter(body_id=body_id, role=Role.SIGNATORY).exists()


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
KINDS = {NO_SIGNATORY: NoticeKind(label="Nobody can sign", letters=_letters, daily=True)}
