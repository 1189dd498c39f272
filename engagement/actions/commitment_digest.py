"""Tells a body's people once a week what commitments ask of them, with a link for each.

A message quotes nothing of a commitment and names no person: both stand on its page.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

from authorities.models import Notice, User
from authorities.notices import Draft, Letter, NoticeKind, people_at
from authorities.permissions import GRANTED_AT_OWN_BODY, Permission
from authorities.queries.dated import names_on
from duty.deadlines import london_date
from engagement.queries import commitment_needs, own_views
from engagement.queries.commitment_digest import Ask, DigestItem, asked_of_bodies
from engagement.queries.commitment_owners import owners_among

# The name is older than what it tells.
WEEKLY = "commitment.stale"
_WORDS = {
    Ask.RECONFIRM: "To confirm again, after a change of bodies: a commitment with {other}",
    Ask.ANSWER: "Waits for your answer: a commitment with {other}",
    Ask.STALE: "No update for six months: a commitment with {other}",
    Ask.OVERDUE: "Its date has passed: a commitment with {other}",
    Ask.UPDATE: "Your update is due: a commitment with {other}",
}
_OWNED = ", which you own"
_PAGES = {Ask.RECONFIRM: "commitments:reconfirm", Ask.ANSWER: "commitments:detail"}
_RIGHTS = {
    Ask.RECONFIRM: Permission.COMMITMENT_CONFIRM,
    Ask.ANSWER: Permission.COMMITMENT_CONFIRM,
}


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which bodies are told of their commitments, once in each week of the days."""
    asked: dict[str, list[DigestItem]] = {}
    for item in _items(on=first):
        asked.setdefault(str(item.body_id), []).append(item)
    weeks: dict[str, date] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        year, week, _ = day.isocalendar()
        weeks.setdefault(f"{year}-W{week:02}", day)
    return tuple(
        Draft(
            kind=WEEKLY,
            key=f"{body} {week}",
            day=day,
            about=items[0].body_id,
            body_id=items[0].body_id,
            roles=tuple(sorted({role for item in items for role in _roles(item.ask)})),
        )
        for body, items in sorted(asked.items())
        for week, day in weeks.items()
    )


def _letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    today = london_date(now=at)
    items = _items(on=today, body_ids=[notice.body_id])
    names = names_on(day=today, bodies={notice.body_id, *(item.other_id for item in items)})
    own = names.name(notice.body_id)
    signers = {person.pk for person in _people(notice.body_id, Ask.ANSWER)}
    owned = owners_among(body_id=notice.body_id, ids={item.id for item in items})
    letters: list[Letter] = []
    for person in _people(notice.body_id, Ask.UPDATE):
        theirs = [item for item in items if item.ask not in _RIGHTS or person.pk in signers]
        if not theirs:
            continue
        # What the person owns by name comes first.
        theirs.sort(key=lambda item: (person.pk, item.id) not in owned)
        one = len(theirs) == 1
        headline = "1 thing" if one else f"{len(theirs)} things"
        letters.append(
            Letter(
                recipient=person,
                subject=f"{own}: {headline} to do for commitments"[:200],
                text=f"Joint commitments ask {'this' if one else 'these'} of {own}:",
                links=tuple(
                    (
                        _WORDS[item.ask].format(other=names.name(item.other_id))
                        + (_OWNED if (person.pk, item.id) in owned else ""),
                        reverse(_PAGES.get(item.ask, "commitments:update"), args=[item.id]),
                    )
                    for item in theirs
                ),
            )
        )
    return tuple(letters)


def _items(*, on: date, body_ids: Collection[UUID] | None = None) -> tuple[DigestItem, ...]:
    since = commitment_needs.updates_since(round=own_views.round_for_views(), on=on)
    return asked_of_bodies(since=since, on=on, body_ids=body_ids)


def _roles(ask: Ask) -> list[str]:
    right = _RIGHTS.get(ask, Permission.COMMITMENT_EDIT)
    return [role for role, rights in GRANTED_AT_OWN_BODY.items() if right in rights]


def _people(body_id: UUID, ask: Ask) -> list[User]:
    return people_at(body_id=body_id, roles=_roles(ask))


KINDS = {WEEKLY: NoticeKind(label="Commitments of the week", letters=_letters, daily=True)}
