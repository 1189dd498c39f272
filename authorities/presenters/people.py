"""What the pages of people of a body show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from authorities.leaver_words import is_of_leaver
from authorities.models import BodyKind, Role
from authorities.presenters.links import BackLink
from authorities.presenters.tables import Cell, Column, SummaryRow, body_address
from authorities.presenters.words import day_text
from authorities.queries.people import BodyPeople, HeldRole, LedPeople, OpenInvitation

_NOUNS = {
    Role.SIGNATORY: "a signatory",
    Role.PEOPLE_LEAD: "a people lead",
}
_LOSSES = {
    Role.SIGNATORY: (
        "This is the last signatory here. Without one, nothing can be signed or confirmed for the "
        "body: no return, no agreement, no commitment, no view. Invite another signatory first if "
        "you can. Its editors and the administrators at DHSC and MHCLG are told."
    ),
    Role.PEOPLE_LEAD: (
        "This is the last people lead here. Without one, only administrators at DHSC and MHCLG can "
        "invite people and end roles at this body. They are told. Invite another people lead first "
        "if you can."
    ),
}


@dataclass(frozen=True)
class RoleRow:
    """One role in the list; `url` leads to what can be done about it."""

    key: int
    name: str
    email: str
    role: str
    since: str
    until: str
    signed_in: str
    confirmed: str
    state: str
    colour: str
    url: str


@dataclass(frozen=True)
class InvitationRow:
    """One invitation that waits, with the addresses of what can be done about it."""

    email: str
    role: str
    until: str
    invited: str
    state: str
    colour: str
    send_again: str
    withdraw: str


@dataclass(frozen=True)
class PeoplePage:
    """The people of a body."""

    title: str
    back: BackLink | None
    lead: str
    may_manage: bool
    held_caption: str
    held: tuple[RoleRow, ...]
    invited: tuple[InvitationRow, ...]
    ended_caption: str
    ended_columns: tuple[Column, ...]
    ended: tuple[tuple[Cell, ...], ...]
    asked: int
    invite_url: str
    confirm_url: str


@dataclass(frozen=True)
class RolePage:
    """One role of a person: what is known of it, and what its end would mean."""

    title: str
    back: BackLink
    rows: tuple[SummaryRow, ...]
    loss: str
    is_over: bool
    may_confirm: bool
    confirm_url: str
    asked: str
    has_tokens: bool
    revoke_url: str


@dataclass(frozen=True)
class ConfirmPage:
    """The list that is confirmed as a whole."""

    title: str
    back: BackLink
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    read: str
    count: int


@dataclass(frozen=True)
class LedBody:
    """A body whose people somebody leads, as their home page shows it."""

    name: str
    url: str
    confirm_url: str
    to_confirm: str
    invited: str


def led(*, bodies: Sequence[LedPeople]) -> tuple[LedBody, ...]:
    """Return the bodies whose people somebody leads."""
    return tuple(
        LedBody(
            name=one.name,
            url=people_url(name="people", kind=one.kind, slug=one.slug),
            confirm_url=people_url(name="people-confirm", kind=one.kind, slug=one.slug),
            to_confirm=counted(one.to_confirm, "role to confirm", "roles to confirm")
            if one.to_confirm
            else "",
            invited=counted(one.invited, "invitation waits", "invitations wait")
            if one.invited
            else "",
        )
        for one in bodies
    )


def people_url(*, name: str, kind: BodyKind, slug: str, key: object = None) -> str:
    """Return the address of a page of a body's people."""
    rest = [] if key is None else [key]
    return reverse(f"authorities:{name}", args=[kind, slug, *rest])


def people_page(*, people: BodyPeople, kind: BodyKind, slug: str, may_manage: bool) -> PeoplePage:
    """Return the page of a body's people; without the right to manage there is nothing to do."""
    held, ended = people.held, people.ended
    more = f", the newest {len(ended)}" if people.ended_count > len(ended) else ""
    own = body_address(kind=kind, slug=slug)
    return PeoplePage(
        title=f"People of {people.name}",
        back=BackLink(people.name, own) if own else None,
        lead="Who holds which role, who is invited, and who has left. Each person has an account "
        "of their own.",
        may_manage=may_manage,
        held_caption=counted(len(held), "role is held", "roles are held"),
        held=tuple(_role_row(one, kind, slug, may_manage) for one in held),
        invited=tuple(_invitation_row(one, kind, slug) for one in people.invited),
        ended_caption=counted(people.ended_count, "role has ended", "roles have ended") + more,
        ended_columns=(Column("Person"), Column("Role"), Column("From"), Column("Until")),
        ended=tuple(
            (
                Cell(one.name, note=address_text(email=one.email)),
                Cell(str(one.role.label)),
                Cell(day_of(one.since)),
                Cell(day_of(one.until) if one.until else ""),
            )
            for one in ended
        ),
        asked=sum(1 for one in held if one.standing.is_asked),
        invite_url=people_url(name="people-invite", kind=kind, slug=slug),
        confirm_url=people_url(name="people-confirm", kind=kind, slug=slug),
    )


def role_page(
    *,
    role: HeldRole,
    name: str,
    kind: BodyKind,
    slug: str,
    is_last: bool,
    is_own: bool,
    over: bool,
    tokens: int,
) -> RolePage:
    """Return the page of one role; `tokens` is how many of the person's work."""
    return RolePage(
        title=f"{role.name}: {str(role.role.label).lower()}",
        back=BackLink(f"People of {name}", people_url(name="people", kind=kind, slug=slug)),
        rows=(
            SummaryRow("Person", role.name),
            SummaryRow("E-mail address", address_text(email=role.email)),
            SummaryRow("Body", name),
            SummaryRow("Role", str(role.role.label)),
            SummaryRow("Since", day_of(role.since)),
            SummaryRow("Until", last_day_of(role.until) if role.until else "No end"),
            SummaryRow("Last sign-in", day_of(role.signed_in_at) if role.signed_in_at else "Never"),
            SummaryRow(
                "Last confirmed",
                day_of(role.confirmed_at) if role.confirmed_at else "Not since it began",
            ),
            SummaryRow("To confirm by", day_text(day=role.standing.due_on)),
        ),
        loss=_LOSSES.get(role.role, "") if is_last else "",
        is_over=over,
        may_confirm=not over and not is_own,
        confirm_url=people_url(name="people-confirm", kind=kind, slug=slug),
        asked=f"Confirm by {day_text(day=role.standing.due_on)} that this person still needs the "
        "role."
        if role.standing.is_asked and not over
        else "",
        has_tokens=tokens > 0,
        revoke_url=people_url(name="people-revoke-tokens", kind=kind, slug=slug, key=role.key),
    )


def confirm_page(*, roles: Sequence[HeldRole], name: str, kind: BodyKind, slug: str) -> ConfirmPage:
    """Return the list of roles that one person confirms, with what the form carries of it."""
    return ConfirmPage(
        title=f"Confirm the people of {name}",
        back=BackLink(f"People of {name}", people_url(name="people", kind=kind, slug=slug)),
        columns=(Column("Person"), Column("Role"), Column("Last sign-in"), Column("Confirmed")),
        rows=tuple(
            (
                Cell(
                    one.name,
                    url=people_url(name="people-role", kind=kind, slug=slug, key=one.key),
                    note=one.email,
                ),
                Cell(str(one.role.label)),
                Cell(day_of(one.signed_in_at) if one.signed_in_at else "Never"),
                Cell(day_of(one.confirmed_at) if one.confirmed_at else "Not since it began"),
            )
            for one in roles
        ),
        caption=counted(len(roles), "role to confirm", "roles to confirm"),
        read=",".join(str(one.key) for one in roles),
        count=len(roles),
    )


def address_text(*, email: str) -> str:
    """Return an address, or that it was taken out with the name: what stands for it is none."""
    return "Taken out with the name" if is_of_leaver(address=email) else email


def noun_of(*, role: Role) -> str:
    """Return what the last holder of a role is, as 'a signatory'."""
    return _NOUNS.get(role, f"in the role {str(role.label).lower()}")


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def day_of(moment: datetime) -> str:
    """Return the London day of an instant in words."""
    return day_text(day=timezone.localdate(moment))


def last_day_of(ends_at: datetime) -> str:
    """Return the last London day of something that ends at an instant, in words."""
    return day_text(day=timezone.localdate(ends_at - timedelta(microseconds=1)))


def _role_row(one: HeldRole, kind: BodyKind, slug: str, may_manage: bool) -> RoleRow:
    state, colour = _state(one)
    return RoleRow(
        key=one.key,
        name=one.name,
        email=one.email,
        role=str(one.role.label),
        since=day_of(one.since),
        until=last_day_of(one.until) if one.until else "No end",
        signed_in=day_of(one.signed_in_at) if one.signed_in_at else "Never",
        confirmed=day_of(one.confirmed_at) if one.confirmed_at else "Not since it began",
        state=state,
        colour=colour,
        url=people_url(name="people-role", kind=kind, slug=slug, key=one.key) if may_manage else "",
    )


def _state(one: HeldRole) -> tuple[str, str]:
    if not one.is_open:
        return "Account closed", "grey"
    if one.standing.is_overdue:
        return f"Was to be confirmed by {day_text(day=one.standing.due_on)}", "red"
    if one.standing.is_asked:
        return f"Confirm by {day_text(day=one.standing.due_on)}", "yellow"
    return "", ""


def _invitation_row(one: OpenInvitation, kind: BodyKind, slug: str) -> InvitationRow:
    return InvitationRow(
        email=one.email,
        role=str(one.role.label),
        until=f"Until {last_day_of(one.role_ends_at)}" if one.role_ends_at else "",
        invited=f"{day_of(one.sent_at)}, by {one.invited_by}",
        state="Expired" if one.is_expired else f"Waits until {day_of(one.expires_at)}",
        colour="red" if one.is_expired else "blue",
        send_again=people_url(name="people-send-again", kind=kind, slug=slug, key=one.key),
        withdraw=people_url(name="people-withdraw", kind=kind, slug=slug, key=one.key),
    )
