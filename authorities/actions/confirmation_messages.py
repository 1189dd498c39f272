"""Asks who leads people to confirm roles, and tells of those that ended unconfirmed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from authorities.actions import messages
from authorities.actions.invitation_messages import name_of
from authorities.confirmations import ENDS_AFTER, Standing, standing_of
from authorities.models import Body, BodyKind, Membership, Notice, Role, User
from authorities.notices import Letter, NoticeKind, people_at, people_of_centre

ASKED = "people.to_confirm"
ENDED = "people.ended_unconfirmed"


def announce_asked(*, body: Body, today: date, at: datetime) -> None:
    """Ask for the roles of a body that are to be confirmed, once a day."""
    messages.announce(kind=ASKED, key=f"{body.pk} {today}", about=body.pk, body_id=body.pk, at=at)


def announce_ended(*, member: Membership, at: datetime) -> None:
    """Tell the person and who leads the people of the body that a role ended unconfirmed."""
    messages.announce(
        kind=ENDED,
        key=f"{member.pk} {timezone.localdate(at)}",
        about=member.body_id,
        body_id=member.body_id,
        details={"membership": member.pk},
        at=at,
    )


def who_confirms(*, body_id: UUID) -> Sequence[User]:
    """Return the people leads of a body, or the administrators where it has none."""
    return people_at(body_id=body_id, roles=[Role.PEOPLE_LEAD]) or people_of_centre(
        roles=[Role.ADMINISTRATOR]
    )


def _standing(row: Membership, today: date) -> Standing:
    return standing_of(confirmed_on=row.confirmed_on, today=today)


def _asked_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    body = Body.objects.get(pk=notice.about)
    today = timezone.localdate(at)
    rows = [
        row
        for row in Membership.objects.current().filter(body_id=body.pk).order_by("pk")
        if _standing(row, today).is_asked
    ]
    name = name_of(body_id=body.pk, slug=body.slug, at=at)
    leads = who_confirms(body_id=body.pk)
    administrators = people_of_centre(roles=[Role.ADMINISTRATOR])
    found = []
    # Nobody confirms their own role: where a lead is alone, administrators are asked for theirs.
    for person in {one.pk: one for one in (*leads, *administrators)}.values():
        others = [row for row in rows if row.user_id != person.pk]
        if person not in leads:
            others = [row for row in others if [one.pk for one in leads] == [row.user_id]]
        if others:
            found.append(_asked_letter(person, others, name, body, today))
    return tuple(found)


def _asked_letter(
    person: User, rows: Sequence[Membership], name: str, body: Body, today: date
) -> Letter:
    first = min(_standing(row, today).due_on for row in rows)
    count = "1 role" if len(rows) == 1 else f"{len(rows)} roles"
    return Letter(
        person,
        f"{name}: confirm who still needs a role",
        f"Once a year somebody says of each role that the person still works there. {count} at "
        f"{name} {'is' if len(rows) == 1 else 'are'} to be confirmed, the first by {first.day} "
        f"{first:%B %Y}. What nobody confirms ends {ENDS_AFTER.days} days after its day. The list "
        "is here:",
        (
            (
                "",
                reverse("authorities:people-confirm", args=[BodyKind(body.kind), body.slug]),
            ),
        ),
    )


def _ended_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = (
        Membership.objects.select_related("user", "body")
        .filter(pk=notice.details["membership"], ended_at__lte=at)
        .first()
    )
    if row is None:
        return ()
    role = row.get_role_display().lower()
    name = name_of(body_id=row.body_id, slug=row.body.slug, at=at)
    list_url = reverse("authorities:people", args=[BodyKind(row.body.kind), row.body.slug])
    leads = [
        Letter(
            person,
            f"{name}: a role ended that nobody confirmed",
            f"The role of {_a(role)} at {name} has ended, since nobody confirmed it within a year "
            "and 14 days. If the person still needs it, invite them again. Who it was stands in "
            "the list of people, below the roles that are held:",
            (("", list_url),),
        )
        for person in who_confirms(body_id=row.body_id)
        if person.pk != row.user_id
    ]
    if not row.user.is_active:
        return tuple(leads)
    own = Letter(
        row.user,
        f"Your role as {role} of {name} has ended",
        f"Nobody confirmed within a year and 14 days that you still need the role of {_a(role)} at "
        f"{name}, so it has ended. What you did stays on record. If you still need it, ask the "
        "people lead of your body, or an administrator at DHSC or MHCLG, to invite you again. "
        "Your home page is here:",
        (("", "/"),),
    )
    return (own, *leads)


def _a(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


KINDS = {
    ASKED: NoticeKind(label="Roles to confirm", letters=_asked_letters, daily=True),
    ENDED: NoticeKind(label="Role ended unconfirmed", letters=_ended_letters),
}
