"""Who holds which role at a body, who is invited, and who held one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from authorities.confirmations import Standing, standing_of
from authorities.models import Body, BodyKind, Invitation, Membership, Role, User
from authorities.queries.dated import names_on

# So many ended roles of a body are shown on its page, the newest.
ENDED_SHOWN = 50


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody holds, or held.

    until: when it ends or ended; None for one that lasts.
    signed_in_at: when the person was last here; None for never.
    is_open: whether the account can sign in.
    """

    key: int
    person_id: UUID
    name: str
    email: str
    role: Role
    since: datetime
    until: datetime | None
    signed_in_at: datetime | None
    confirmed_at: datetime | None
    standing: Standing
    is_open: bool


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that nobody has answered."""

    key: UUID
    email: str
    role: Role
    invited_at: datetime
    invited_by: str
    sent_at: datetime
    expires_at: datetime
    role_ends_at: datetime | None
    is_expired: bool


@dataclass(frozen=True)
class LedPeople:
    """A body whose people somebody leads: roles to confirm now, and invitations that wait."""

    kind: BodyKind
    slug: str
    name: str
    to_confirm: int
    invited: int


@dataclass(frozen=True)
class BodyPeople:
    """All people of a body: with a role now, invited, and those who left, newest first."""

    name: str
    held: tuple[HeldRole, ...]
    invited: tuple[OpenInvitation, ...]
    ended: tuple[HeldRole, ...]
    ended_count: int


def body_name(*, body: Body, today: date) -> str:
    """Return what a body is called today."""
    return names_on(day=today, bodies=[body.pk]).name(body.pk) or body.slug


def body_people(*, body: Body, at: datetime, today: date) -> BodyPeople:
    """Return the people of a body, from five queries."""
    roles = Membership.objects.filter(body_id=body.pk).select_related("user")
    held = roles.at(at).order_by("user__full_name", "role", "pk")
    ended = roles.filter(ended_at__lte=at).order_by("-ended_at", "-pk")
    invited = (
        Invitation.objects.waiting()
        .filter(body_id=body.pk)
        .select_related("invited_by")
        .order_by("expires_at", "pk")
    )
    return BodyPeople(
        name=body_name(body=body, today=today),
        held=tuple(_held(row, today) for row in held),
        invited=tuple(_invited(row, at) for row in invited),
        ended=tuple(_held(row, today) for row in ended[:ENDED_SHOWN]),
        ended_count=ended.count(),
    )


def role_of(*, body: Body, key: int, today: date) -> HeldRole | None:
    """Return one role at a body, an ended one too."""
    row = Membership.objects.filter(body_id=body.pk, pk=key).select_related("user").first()
    return _held(row, today) if row is not None else None


def roles_to_confirm(*, body: Body, by: User, today: date) -> tuple[HeldRole, ...]:
    """Return the roles at a body that a person may confirm, from one query."""
    rows = (
        Membership.objects.to_confirm_by(by)
        .filter(body_id=body.pk)
        .select_related("user")
        .order_by("user__full_name", "role", "pk")
    )
    return tuple(_held(row, today) for row in rows)


def led_bodies(*, person: User, today: date) -> tuple[LedPeople, ...]:
    """Return the bodies whose people somebody leads, from four queries."""
    rows = list(
        Membership.objects.current()
        .filter(user=person, role=Role.PEOPLE_LEAD)
        .select_related("body")
        .order_by("started_at", "pk")
    )
    bodies = {row.body_id: row.body for row in rows}
    names = names_on(day=today, bodies=list(bodies)) if bodies else None
    due = _count_due(bodies, person, today)
    waiting = _count_invited(bodies)
    return tuple(
        LedPeople(
            kind=BodyKind(body.kind),
            slug=body.slug,
            name=(names.name(key) if names is not None else "") or body.slug,
            to_confirm=due.get(key, 0),
            invited=waiting.get(key, 0),
        )
        for key, body in bodies.items()
    )


def _count_due(bodies: Collection[UUID], person: User, today: date) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    rows = Membership.objects.to_confirm_by(person).filter(body_id__in=list(bodies))
    for row in rows:
        if standing_of_role(row=row, today=today).is_asked:
            found[row.body_id] = found.get(row.body_id, 0) + 1
    return found


def _count_invited(bodies: Collection[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for key in (
        Invitation.objects.waiting()
        .filter(body_id__in=list(bodies))
        .values_list("body_id", flat=True)
    ):
        found[key] = found.get(key, 0) + 1
    return found


def standing_of_role(*, row: Membership, today: date) -> Standing:
    """Return how a role stands on a day."""
    return standing_of(confirmed_on=row.confirmed_on, today=today)


def _held(row: Membership, today: date) -> HeldRole:
    return HeldRole(
        key=row.pk,
        person_id=row.user_id,
        name=row.user.full_name,
        email=row.user.email,
        role=Role(row.role),
        since=row.started_at,
        until=row.ended_at,
        signed_in_at=row.user.last_login,
        confirmed_at=row.confirmed_at,
        standing=standing_of_role(row=row, today=today),
        is_open=row.user.is_active,
    )


def _invited(row: Invitation, at: datetime) -> OpenInvitation:
    return OpenInvitation(
        key=row.pk,
        email=row.email,
        role=Role(row.role),
        invited_at=row.invited_at,
        invited_by=row.invited_by.full_name if row.invited_by else "The command",
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        role_ends_at=row.role_ends_at,
        is_expired=row.expires_at <= at,
    )
