"""All people of the site, for who looks after them: a list to search, and one person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from authorities.confirmations import YEAR, Standing
from authorities.models import Body, BodyKind, Invitation, Membership, Role, User
from authorities.queries.dated import names_on
from authorities.queries.people import standing_of_role

PAGE_SIZE = 25
KINDS_WITH_ROLES = (
    BodyKind.STRATEGIC_AUTHORITY,
    BodyKind.INTEGRATED_CARE_BOARD,
    BodyKind.NATIONAL,
)


class Show(StrEnum):
    """Which people a list keeps."""

    EVERYBODY = ""
    NEVER = "never"
    OVERDUE = "overdue"
    WITHOUT = "without"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wanted:
    """What a list of people is asked for; empty parts leave nobody out."""

    words: str = ""
    body_id: UUID | None = None
    role: str = ""
    show: Show = Show.EVERYBODY
    page: int = 1


@dataclass(frozen=True)
class RoleSomewhere:
    """A role of a person, with the body."""

    key: int
    role: Role
    kind: BodyKind
    slug: str
    body: str
    since: datetime
    until: datetime | None
    standing: Standing
    is_over: bool


@dataclass(frozen=True)
class Person:
    """One person of the site."""

    key: UUID
    name: str
    email: str
    is_open: bool
    joined_at: datetime
    signed_in_at: datetime | None
    roles: tuple[RoleSomewhere, ...]


@dataclass(frozen=True)
class PeopleList:
    """One page of people; `count` is of all that were asked for."""

    rows: tuple[Person, ...]
    page: int
    pages: int
    count: int


def people_list(*, wanted: Wanted, at: datetime, today: date) -> PeopleList:
    """Return a page of people by name, from four queries; a page beyond the end is the last."""
    held = Membership.objects.at(at).filter(user=OuterRef("pk"))
    people = User.objects.order_by("full_name", "email", "pk")
    for word in wanted.words.split():
        people = people.filter(Q(full_name__icontains=word) | Q(email__icontains=word))
    narrowed = held
    if wanted.body_id is not None:
        narrowed = narrowed.filter(body_id=wanted.body_id)
    if wanted.role:
        narrowed = narrowed.filter(role=wanted.role)
    if wanted.show == Show.OVERDUE:
        last = timezone.make_aware(datetime.combine(today - YEAR, datetime.min.time()))
        narrowed = narrowed.alias(known=Coalesce("confirmed_at", "started_at")).filter(
            known__lt=last
        )
    if narrowed is not held:
        people = people.filter(Exists(narrowed))
    if wanted.show == Show.WITHOUT:
        people = people.filter(~Exists(held))
    if wanted.show == Show.NEVER:
        people = people.filter(last_login__isnull=True)
    if wanted.show == Show.CLOSED:
        people = people.filter(is_active=False)
    count = people.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    rows = list(people[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    roles = _roles([row.pk for row in rows], at, today, ended=False)
    return PeopleList(
        rows=tuple(_person(row, roles[row.pk]) for row in rows),
        page=page,
        pages=pages,
        count=count,
    )


def person_of(*, key: UUID, at: datetime, today: date) -> Person | None:
    """Return one person with all roles, the ended ones too, from three queries."""
    row = User.objects.filter(pk=key).first()
    if row is None:
        return None
    return _person(row, _roles([row.pk], at, today, ended=True)[row.pk])


def second_steps(*, key: UUID) -> int:
    """Return how many second steps a person has, recovery codes among them."""
    return int(Authenticator.objects.filter(user_id=key).count())


def bodies_with_roles(*, today: date) -> tuple[tuple[UUID, str], ...]:
    """Return the bodies at which somebody holds, or held, a role or is invited, by name."""
    rows = list(
        Body.objects.filter(
            Exists(Membership.objects.filter(body_id=OuterRef("pk")))
            | Exists(Invitation.objects.filter(body_id=OuterRef("pk")))
        ).order_by("pk")
    )
    names = names_on(day=today, bodies=[row.pk for row in rows]) if rows else None
    named = [(row.pk, (names.name(row.pk) if names else "") or row.slug) for row in rows]
    return tuple(sorted(named, key=lambda one: (one[1], str(one[0]))))


def open_bodies(*, today: date) -> tuple[tuple[BodyKind, str, str], ...]:
    """Return the bodies that people may be invited to: kind, slug and name, by name."""
    rows = list(
        Body.objects.filter(kind__in=KINDS_WITH_ROLES)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today))
        .order_by("pk")
    )
    names = names_on(day=today, bodies=[row.pk for row in rows]) if rows else None
    found = [
        (BodyKind(row.kind), row.slug, (names.name(row.pk) if names else "") or row.slug)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one[2], one[1])))


def _roles(
    people: Collection[UUID], at: datetime, today: date, *, ended: bool
) -> defaultdict[UUID, list[RoleSomewhere]]:
    roles = Membership.objects.filter(user_id__in=people)
    if not ended:
        roles = roles.at(at)
    rows = list(roles.select_related("body").order_by("-started_at", "-pk"))
    bodies = {row.body_id for row in rows}
    names = names_on(day=today, bodies=list(bodies)) if bodies else None
    found: defaultdict[UUID, list[RoleSomewhere]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(
            RoleSomewhere(
                key=row.pk,
                role=Role(row.role),
                kind=BodyKind(row.body.kind),
                slug=row.body.slug,
                body=(names.name(row.body_id) if names else "") or row.body.slug,
                since=row.started_at,
                until=row.ended_at,
                standing=standing_of_role(row=row, today=today),
                is_over=row.ended_at is not None and row.ended_at <= at,
            )
        )
    return found


def _person(row: User, roles: list[RoleSomewhere]) -> Person:
    return Person(
        key=row.pk,
        name=row.full_name,
        email=row.email,
        is_open=row.is_active,
        joined_at=row.joined_at,
        signed_in_at=row.last_login,
        roles=tuple(roles),
    )
