"""The mail by which a person is invited, and the word to whoever invited them."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from authorities.actions import messages
from authorities.invitation_links import address_of
from authorities.models import Invitation, Notice
from authorities.notices import Letter, NoticeKind
from authorities.queries.dated import names_on

INVITED = "invitation.sent"


def tell_invited(*, invitation: Invitation, at: datetime) -> None:
    """Write to the address of an invitation, once for each time that it is sent."""
    messages.announce(
        kind=INVITED,
        key=f"{invitation.pk} {invitation.times_sent}",
        about=invitation.pk,
        body_id=invitation.body_id,
        details={"times_sent": invitation.times_sent},
        at=at,
    )


def name_of(*, body_id: UUID, slug: str, at: datetime) -> str:
    """Return what a body is called on the day of an instant."""
    return names_on(day=timezone.localdate(at), bodies=[body_id]).name(body_id) or slug


def _letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = (
        Invitation.objects.waiting()
        .select_related("body")
        .filter(pk=notice.about, times_sent=notice.details["times_sent"], expires_at__gt=at)
        .first()
    )
    if row is None:
        return ()
    name = name_of(body_id=row.body_id, slug=row.body.slug, at=at)
    role = row.get_role_display().lower()
    until = timezone.localtime(row.expires_at)
    article = "an" if role[0] in "aeiou" else "a"
    return (
        Letter(
            recipient=None,
            address=row.email,
            subject=f"You are invited to the Health Duty Tracker as {role} of {name}",
            text=(
                f"You are invited to be {article} {role} of {name} on the Health Duty Tracker, "
                "where the health duty of strategic authorities is reported.\n\n"
                f"Open the link below to accept, until {until.day} {until:%B %Y}. It works once "
                "and is for you alone: do not pass it on. Nobody will ask you for your password "
                "by mail.\n\nIf you did not expect this mail, you need do nothing.\n\nAccept here:"
            ),
            links=(),
        ),
    )


def _ends(notice: Notice) -> str:
    return address_of(invitation=Invitation.objects.get(pk=notice.about))


KINDS = {INVITED: NoticeKind(label="Invitation", letters=_letters, ends=_ends)}
