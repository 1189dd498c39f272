"""What the pages of all people show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from authorities.leaver_words import is_of_leaver
from authorities.models import BodyKind
from authorities.presenters.links import BackLink
from authorities.presenters.people import address_text, counted, day_of, last_day_of, people_url
from authorities.presenters.tables import Cell, Column, Link, SummaryRow
from authorities.presenters.words import day_text
from authorities.queries.all_people import PeopleList, Person, RoleSomewhere


@dataclass(frozen=True)
class AllPeoplePage:
    """A page of people, with what it was asked for in the addresses of the others."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    page: int
    pages: int
    url: str
    bodies: tuple[Link, ...]


@dataclass(frozen=True)
class PersonPage:
    """One person."""

    title: str
    back: BackLink
    rows: tuple[SummaryRow, ...]
    columns: tuple[Column, ...]
    roles: tuple[tuple[Cell, ...], ...]
    is_open: bool
    # Name and address were taken out: nothing is left to do with the account.
    has_left: bool
    has_steps: bool
    has_tokens: bool
    is_own: bool
    steps: Mapping[str, str]


def all_people_page(
    *,
    people: PeopleList,
    asked: Mapping[str, str],
    bodies: Sequence[tuple[BodyKind, str, str]],
) -> AllPeoplePage:
    """Return a page of the list of all people."""
    kept = urlencode({name: value for name, value in asked.items() if value})
    return AllPeoplePage(
        caption=counted(people.count, "person", "people"),
        columns=(Column("Person"), Column("Roles"), Column("Last sign-in"), Column("Account")),
        rows=tuple(
            (
                Cell(
                    one.name,
                    url=reverse("authorities:person", args=[one.key]),
                    note=address_text(email=one.email),
                ),
                Cell("; ".join(_role_text(role) for role in one.roles) or "No role now"),
                Cell(day_of(one.signed_in_at) if one.signed_in_at else "Never"),
                Cell(_account_text(one)),
            )
            for one in people.rows
        ),
        page=people.page,
        pages=people.pages,
        url=f"?{kept}&page=" if kept else "?page=",
        bodies=tuple(
            Link(name, people_url(name="people", kind=kind, slug=slug))
            for kind, slug, name in bodies
        ),
    )


def person_page(*, person: Person, steps: int, tokens: int, is_own: bool) -> PersonPage:
    """Return the page of one person.

    steps: how many second steps of signing in they have. tokens: how many of theirs work.
    """
    return PersonPage(
        title=person.name,
        back=BackLink("All people", reverse("authorities:all-people")),
        rows=(
            SummaryRow("E-mail address", address_text(email=person.email)),
            SummaryRow("Account", _account_text(person)),
            SummaryRow("Since", day_of(person.joined_at)),
            SummaryRow(
                "Last sign-in", day_of(person.signed_in_at) if person.signed_in_at else "Never"
            ),
            SummaryRow("Two-step sign-in", "Set up" if steps else "Not set up"),
            SummaryRow("Tokens for programs", f"{tokens} in force" if tokens else "None in force"),
        ),
        columns=(Column("Body"), Column("Role"), Column("From"), Column("Until"), Column("State")),
        roles=tuple(
            (
                Cell(
                    one.body,
                    url=people_url(name="people-role", kind=one.kind, slug=one.slug, key=one.key),
                ),
                Cell(str(one.role.label)),
                Cell(day_of(one.since)),
                Cell(last_day_of(one.until) if one.until else "No end"),
                Cell(_state(one)),
            )
            for one in person.roles
        ),
        is_open=person.is_open,
        has_left=is_of_leaver(address=person.email),
        has_steps=bool(steps),
        has_tokens=bool(tokens),
        is_own=is_own,
        steps={
            step.replace("-", "_"): reverse("authorities:person-step", args=[person.key, step])
            for step in ("close", "open", "end-sessions", "remove-steps", "revoke-tokens")
        },
    )


def _account_text(person: Person) -> str:
    if is_of_leaver(address=person.email):
        return "Left"
    return "Open" if person.is_open else "Closed"


def _role_text(one: RoleSomewhere) -> str:
    overdue = ", not confirmed" if one.standing.is_overdue else ""
    return f"{one.role.label} at {one.body}{overdue}"


def _state(one: RoleSomewhere) -> str:
    if one.is_over:
        return "Ended"
    if one.standing.is_overdue:
        return f"Was to be confirmed by {day_text(day=one.standing.due_on)}"
    return f"To confirm by {day_text(day=one.standing.due_on)}"
