"""What the centre's pages ask of rounds: the list, how far each authority is, what happened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from authorities.models import Membership, Role, StrategicAuthority
from authorities.queries.dated import Names, names_on
from duty.models import ExpectedReturn, Round, RoundHappening
from duty.queries.closings import SENT_STATES, with_closing

PAGE_SIZE = 25


class Show(StrEnum):
    """Which of the expected authorities a list has."""

    ALL = "all"
    NOT_STARTED = "not-started"
    STARTED = "started"
    AWAITING_SIGNATURE = "awaiting-signature"
    SUBMITTED = "submitted"
    OVERDUE = "overdue"
    EXTENDED = "extended"
    NO_SIGNATORY = "no-signatory"


_WHICH = {
    Show.ALL: Q(),
    Show.NOT_STARTED: Q(started=False),
    Show.STARTED: Q(started=True),
    Show.AWAITING_SIGNATURE: Q(return_state="awaiting_sign_off"),
    Show.SUBMITTED: Q(submitted=True),
    Show.OVERDUE: Q(overdue=True),
    Show.EXTENDED: Q(extended=True),
    Show.NO_SIGNATORY: Q(can_sign=False),
}


@dataclass(frozen=True)
class RoundRow:
    """A round of the list, with how many returns it expects and has."""

    round: Round
    expected: int
    submitted: int


@dataclass(frozen=True)
class RoundPage:
    """A page of rounds, the newest period first."""

    rows: tuple[RoundRow, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class ExpectedRow:
    """One authority that is expected. `state` is None until it starts; days are inclusive.

    can_sign: whether somebody holds the role of a signatory there now.
    """

    authority_id: UUID
    slug: str
    name: str
    state: str | None
    due_on: date
    edits_until: date
    submitted: bool
    overdue: bool
    takes_work: bool
    extended: bool
    extension_reason: str
    extended_by: str
    can_sign: bool


@dataclass(frozen=True)
class ExpectedPage:
    """A page of the authorities that are expected, by name in their address."""

    rows: tuple[ExpectedRow, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class Person:
    """Somebody to write to."""

    name: str
    email: str
    role: str
    never_signed_in: bool


@dataclass(frozen=True)
class ChaseRow:
    """An authority that has not submitted, and who works for it."""

    expected: ExpectedRow
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Happening:
    """One event of a round."""

    type: str
    at: datetime
    by: str
    role: str
    body_id: UUID | None
    reason: str
    payload: dict[str, object]


def rounds_page(*, page: int) -> RoundPage:
    """Return a page of all rounds, from two queries."""
    count = Round.objects.count()
    pages, page, first = _window(count, page)
    returned = Q(expected_returns__authority=F("returns__authority")) & Q(
        returns__state__in=SENT_STATES
    )
    rows = Round.objects.annotate(
        expected=Count("expected_returns", distinct=True),
        sent=Count("returns", filter=returned, distinct=True),
    ).order_by("-covers_to", "-opens_on", "slug")[first : first + PAGE_SIZE]
    return RoundPage(
        rows=tuple(RoundRow(row, getattr(row, "expected"), getattr(row, "sent")) for row in rows),  # noqa: B009
        page=page,
        pages=pages,
        count=count,
    )


def last_round() -> Round | None:
    """Return the real round whose period ended last, to be copied."""
    return Round.objects.counted().order_by("-covers_to", "-opens_on", "slug").first()


def counts_of(*, round_: Round, today: date) -> dict[Show, int]:
    """Return how many authorities each list has, from one query."""
    rows = _rows(round_, today)
    # Named apart from what the rows are annotated with.
    counted = rows.aggregate(
        **{
            f"count_{show.name.lower()}": Count("pk", filter=_WHICH[show] or Q(pk__isnull=False))
            for show in Show
        }
    )
    return {show: counted[f"count_{show.name.lower()}"] for show in Show}


def expected_page(*, round_: Round, show: Show, today: date, page: int) -> ExpectedPage:
    """Return a page of the authorities that are expected, from three queries."""
    rows = _rows(round_, today).filter(_WHICH[show])
    count = rows.count()
    pages, page, first = _window(count, page)
    found = list(
        rows.select_related("authority", "extended_by").order_by("authority__slug", "pk")[
            first : first + PAGE_SIZE
        ]
    )
    return ExpectedPage(rows=_expected(found, round_), page=page, pages=pages, count=count)


def all_expected(*, round_: Round, today: date) -> tuple[ExpectedRow, ...]:
    """Return every authority that is expected, from two queries."""
    rows = _rows(round_, today)
    found = list(rows.select_related("authority", "extended_by").order_by("authority__slug", "pk"))
    return _expected(found, round_)


def chase_list(*, round_: Round, today: date) -> tuple[ChaseRow, ...]:
    """Return who has not submitted with the people to write to, from three queries."""
    rows = [row for row in all_expected(round_=round_, today=today) if not row.submitted]
    people: defaultdict[UUID, list[Person]] = defaultdict(list)
    for body, role, name, email, last_login in (
        Membership.objects.current()
        .filter(
            body_id__in=[row.authority_id for row in rows],
            role__in=[Role.EDITOR, Role.SIGNATORY],
        )
        .order_by("role", "user__full_name", "pk")
        .values_list("body_id", "role", "user__full_name", "user__email", "user__last_login")
    ):
        people[body].append(
            Person(
                name=name,
                email=email,
                role=str(Role(role).label),
                never_signed_in=last_login is None,
            )
        )
    return tuple(ChaseRow(row, tuple(people[row.authority_id])) for row in rows)


def one_expected(*, round_: Round, slug: str, today: date) -> ExpectedRow | None:
    """Return one authority that is expected, None where it is not."""
    rows = _rows(round_, today).filter(authority__slug=slug)
    found = list(rows.select_related("authority", "extended_by"))
    return _expected(found, round_)[0] if found else None


def choices_of_expected(*, round_: Round) -> tuple[tuple[str, str], ...]:
    """Return slug and name of each authority that is or might be expected, by name."""
    present = ExpectedReturn.objects.filter(round=round_).values("authority_id")
    authorities = list(
        StrategicAuthority.objects.filter(
            Q(pk__in=present)
            | Q(opened_on__lte=round_.edits_until)
            & (Q(closed_on__isnull=True) | Q(closed_on__gt=round_.covers_from))
        )
    )
    names = names_on(day=round_.geography_date, bodies=[row.pk for row in authorities])
    found = [(row.slug, _name(names, row.pk, row.slug)) for row in authorities]
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


def expected_slugs(*, round_: Round) -> list[str]:
    """Return the authorities that are expected."""
    rows = ExpectedReturn.objects.filter(round=round_).order_by("authority__slug")
    return list(rows.values_list("authority__slug", flat=True))


def history_of(*, round_: Round) -> tuple[Happening, ...]:
    """Return what happened to a round, newest first, from one query."""
    rows = (
        RoundHappening.objects.filter(round=round_).select_related("actor").order_by("-at", "-pk")
    )
    return tuple(
        Happening(
            type=row.type,
            at=row.at,
            by=row.actor.full_name if row.actor else "",
            role=str(Role(row.actor_role).label) if row.actor_role else "",
            body_id=row.actor_body_id,
            reason=row.reason,
            payload=row.payload,
        )
        for row in rows
    )


def names_of(*, keys: set[str], day: date) -> dict[str, str]:
    """Return what bodies that events name by key were called on the day."""
    ids = [UUID(key) for key in keys]
    names = names_on(day=day, bodies=ids)
    return {str(key): _name(names, key, str(key)) for key in ids}


def _rows(round_: Round, today: date) -> QuerySet[Any]:
    signing = Membership.objects.current().filter(
        body=OuterRef("authority_id"), role=Role.SIGNATORY
    )
    rows = ExpectedReturn.objects.filter(round=round_).annotate(can_sign=Exists(signing))
    return with_closing(rows, today=today)


def _expected(rows: list[ExpectedReturn], round_: Round) -> tuple[ExpectedRow, ...]:
    names = names_on(day=round_.geography_date, bodies=[row.authority_id for row in rows])
    found = []
    for row in rows:
        said = vars(row)
        found.append(
            ExpectedRow(
                authority_id=row.authority_id,
                slug=row.authority.slug,
                name=_name(names, row.authority_id, row.authority.slug),
                state=said["return_state"],
                due_on=said["due"],
                edits_until=said["until"],
                submitted=said["submitted"],
                overdue=said["overdue"],
                takes_work=said["takes_work"],
                extended=said["extended"],
                extension_reason=row.extension_reason,
                extended_by=row.extended_by.full_name if row.extended_by else "",
                can_sign=said["can_sign"],
            )
        )
    return tuple(found)


def _name(names: Names, key: UUID, slug: str) -> str:
    return names.short_name(key) or names.name(key) or slug


def _window(count: int, page: int) -> tuple[int, int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    return pages, page, (page - 1) * PAGE_SIZE
