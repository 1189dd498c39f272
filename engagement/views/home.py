"""The first page: what waits for whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import may, rights_of
from authorities.models import WORKING_ROLES, BodyKind, Role, StrategicAuthority, User
from authorities.permissions import Permission
from authorities.presenters import people as people_home
from authorities.queries.messages import message_counts
from authorities.queries.people import led_bodies
from duty.deadlines import london_date
from duty.models import Round, RoundState
from duty.presenters.home import Receipt, ReturnHome, receipt_of, return_home
from duty.queries import agreements
from duty.queries.due_rounds import turns_ahead
from duty.queries.silent_people import never_signed_in
from engagement.models import Side
from engagement.presenters import centre_home
from engagement.presenters import home as presenter
from engagement.presenters.home_changes import (
    CENTRE_ROUND_EVENTS,
    PUBLIC_EVENTS,
    RETURN_WORDS,
    ROUND_EVENTS,
    centre_changes,
)
from engagement.presenters.home_waits import BodyFacts
from engagement.queries import (
    bodies,
    centre,
    commitment_needs,
    enrolments,
    home_changes,
    own_views,
    peers,
    people,
    practice,
)
from engagement.queries import home as queries
from engagement.queries.body_names import BodyName
from engagement.queries.desk import desk_counts
from engagement.queries.finding_replies import without_reply
from engagement.queries.placements import working_rounds
from engagement.queries.publications import waiting_proposals
from engagement.queries.support_successions import to_go_on_with
from outcomes.models import Release
from outcomes.queries.framework_lists import waits_at

_SIDES = {
    BodyKind.STRATEGIC_AUTHORITY: Side.AUTHORITY,
    BodyKind.INTEGRATED_CARE_BOARD: Side.BOARD,
}
# A week covers what happened while somebody was away over a weekend and its bank holidays.
_CHANGES_OF = timedelta(days=7)


class Home(TemplateView):
    """The person's own page; the national page for everybody who is not signed in."""

    permission = Permission.REGISTER_READ
    template_name = "engagement/home.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send visitors on."""
        if not request.user.is_authenticated:
            return redirect("engagement:national")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a block for each body, and the centre's part where the person is of it."""
        now = timezone.now()
        person = self.request.user
        assert isinstance(person, User)  # noqa: S101 - `dispatch` has sent others on
        roles = people.roles_of(person, on=london_date(now=now))
        blocks = _blocks(person=person, roles=roles, now=now)
        central = [role for role in roles if role.kind not in _SIDES]
        return {
            **super().get_context_data(**kwargs),
            "greeting": presenter.greeting(now=now),
            "today": london_date(now=now),
            "blocks": blocks,
            "centre": _centre(person=person, now=now) if central else None,
            "has_roles": bool(roles),
            "led": people_home.led(bodies=led_bodies(person=person, today=london_date(now=now)))
            if any(role.role == Role.PEOPLE_LEAD for role in roles)
            else (),
        }


def _blocks(
    *, person: User, roles: tuple[people.HeldRole, ...], now: datetime
) -> tuple[presenter.BodyHome, ...]:
    """One block for each authority or ICB; all bodies of a side share their queries."""
    today = london_date(now=now)
    # Who only leads the people of a body has no part in its work.
    held = {role.body_id: role for role in roles if role.role in WORKING_ROLES}
    if not held:
        return ()
    names_of_held = {
        role.body_id: BodyName(slug=role.slug, name=role.name, short_name=role.name)
        for role in held.values()
    }
    signing = {role.body_id for role in roles if role.role == Role.SIGNATORY}
    last = own_views.round_for_views()
    authorities = [key for key, role in held.items() if _SIDES[role.kind] == Side.AUTHORITY]
    closings = (
        own_views.closings_of(round=last, body_ids=list(held), authority_ids=authorities)
        if last
        else {}
    )
    open_for = {key: one for key, one in closings.items() if one.is_open(now=now)}
    # Nothing is asked, and nothing is open, once the last round takes no views any more.
    round = last if open_for else None
    extended = own_views.extended_without_views(authority_ids=authorities, besides=round, on=today)
    since = commitment_needs.updates_since(round=last, on=today)
    changes = queries.changes_at(
        body_ids=list(held), actions=list(presenter.CHANGE_WORDS), since=now - _CHANGES_OF
    )
    since_week = now - _CHANGES_OF
    rounds = home_changes.round_changes(since=since_week, events=ROUND_EVENTS)
    announced = home_changes.announced_changes(since=since_week)
    silent = never_signed_in(body_ids=signing) if signing else {}
    uploads = {row.body_id: row for row in queries.unsolved_uploads(body_ids=list(held))}
    framework_waits = waits_at(bodies=list(held))
    agreement_waits = agreements.waits_at(bodies=list(held))
    support = enrolments.standing_of_bodies(body_ids=list(held), on=today)
    links = peers.links_of_bodies(body_ids=list(held), on=today)
    going_on = to_go_on_with(body_ids=list(held), on=today)
    partners: dict[UUID, tuple[bodies.Partner, ...]] = {}
    asked_about: dict[UUID, tuple[bodies.Partner, ...]] = {}
    # A round asks about the pairs of its own day, whatever was reorganised since.
    asks_others = round is not None and bodies.partners_differ(
        body_ids=list(held), days=(round.geography_date, today)
    )
    needs: dict[UUID, commitment_needs.Needs] = {}
    targets: dict[UUID, tuple[commitment_needs.Target, ...]] = {}
    for side in Side:
        ids = [role.body_id for role in held.values() if _SIDES[role.kind] == side]
        found = bodies.partners_of_bodies(body_ids=ids, side=side, on=today) if ids else ()
        asked = (
            bodies.partners_of_bodies(body_ids=ids, side=side, on=round.geography_date)
            if ids and round is not None and asks_others
            else found
        )
        for body_id in ids:
            partners[body_id] = tuple(one for one in found if one.own_id == body_id)
            asked_about[body_id] = tuple(one for one in asked if one.own_id == body_id)
        if ids:
            needs |= commitment_needs.needs_of(body_ids=ids, side=side, since=since, on=today)
            targets |= commitment_needs.targets_of(
                body_ids=ids, side=side, first=today, last=today + presenter.DUE_WITHIN
            )
    every = [one for known in (partners, asked_about) for own in known.values() for one in own]
    states = queries.own_view_states(round=round, pair_ids=[one.pair_id for one in every])
    planned = queries.partner_changes(body_ids={*held, *(one.body_id for one in every)}, on=today)
    to_reply = without_reply(on=today, body_ids=list(held))
    names = bodies.names_of(
        body_ids={
            *(body for change in planned for body in (change.body_id, change.other_id)),
            *(one.other_id for one in to_reply),
            *(pair.board_id for one in extended for pair in one.pairs),
        },
        on=today,
    )
    returns = {
        body_id: _return(role=role, person=person, may_sign=body_id in signing, now=now)
        for body_id, role in held.items()
    }
    return tuple(
        presenter.body_home(
            facts=BodyFacts(
                id=body_id,
                kind=role.kind,
                name=names_of_held[body_id],
                side=_SIDES[role.kind],
                may_sign=body_id in signing,
                return_home=returns[body_id][0],
                receipt=returns[body_id][1],
                round=round if body_id in open_for else None,
                view_due_on=open_for[body_id].due_on if body_id in open_for else None,
                partners=partners[body_id],
                asked_about=asked_about[body_id],
                view_states=states,
                needs=needs[body_id],
                targets=targets.get(body_id, ()),
                upload=uploads.get(body_id),
                frameworks=framework_waits.get(body_id, ()),
                agreements=agreement_waits.get(body_id, ()),
                enrolments=support,
                links=links,
                going_on=going_on,
                changes=tuple(change for change in changes if change.body_id == body_id),
                partner_changes=planned,
                other_names=names,
                until=role.until,
                round_changes=rounds,
                announced=announced,
                silent=silent.get(body_id, ()),
                extended_views=tuple(one for one in extended if one.body_id == body_id),
                findings=tuple(one for one in to_reply if one.body_id == body_id),
            ),
            now=now,
        )
        for body_id, role in held.items()
    )


def _return(
    *, role: people.HeldRole, person: User, may_sign: bool, now: datetime
) -> tuple[ReturnHome | None, Receipt | None]:
    """The return that an authority works on, and the one that it sent last."""
    if role.kind != BodyKind.STRATEGIC_AUTHORITY:
        return None, None
    authority = StrategicAuthority.objects.get(pk=role.body_id)
    home = return_home(authority=authority, person=person, may_sign=may_sign, now=now)
    return home, receipt_of(authority=authority)


def _centre(*, person: User, now: datetime) -> centre_home.CentreHome:
    sees_rounds = may(person, Permission.UNPUBLISHED_PLACEMENTS_READ)
    since = now - _CHANGES_OF
    reads_jobs = may(person, Permission.JOBS_READ)
    working = working_rounds() if sees_rounds else ()
    open_rounds = [round for round in working if round.state == RoundState.OPEN]
    return centre_home.centre_home(
        standings=[centre.standing_of(round=round) for round in open_rounds],
        shows_rounds=sees_rounds,
        published=centre.published_rounds(),
        jobs=centre.job_counts() if sees_rounds else None,
        jobs_are_linked=reads_jobs,
        people=centre.people_counts() if may(person, Permission.PEOPLE_MANAGE) else None,
        keeps_geography=may(person, Permission.GEOGRAPHY_WARNINGS_READ),
        reads_audit=may(person, Permission.AUDIT_READ),
        asks=_asks(person=person, working=working, sees_rounds=sees_rounds, now=now),
        changes=centre_changes(
            rounds=home_changes.round_changes(
                since=since, events=CENTRE_ROUND_EVENTS if sees_rounds else PUBLIC_EVENTS
            ),
            returns=home_changes.return_changes(
                since=since, events=list(RETURN_WORDS), on=london_date(now=now)
            )
            if sees_rounds
            else (),
            now=now,
        ),
        now=now,
    )


def _asks(
    *, person: User, working: Sequence[Round], sees_rounds: bool, now: datetime
) -> centre_home.Asks:
    """What waits for the person, by their rights."""
    steps_in = any(
        may(person, right) for right in (Permission.ROUND_MANAGE, Permission.ROUND_PROPOSE)
    )
    drafts = may(person, Permission.ASSESSMENT_DRAFT)
    moderates = may(person, Permission.ASSESSMENT_MODERATE)
    return centre_home.Asks(
        # Reviewing goes on, and mostly begins, after the closing.
        reviews=centre.returns_to_review(rounds=working)
        if may(person, Permission.RETURN_REVIEW)
        else (),
        messages=message_counts() if may(person, Permission.MESSAGES_READ) else None,
        changes=home_changes.changes_to_decide(rights=rights_of(person).everywhere)
        if sees_rounds
        else 0,
        # Nobody approves what they have proposed themselves.
        proposals=[one for one in waiting_proposals() if one.by.pk != person.pk]
        if may(person, Permission.ROUND_APPROVE)
        else (),
        support=enrolments.count_asked() if may(person, Permission.SUPPORT_DESK_WRITE) else 0,
        examples=practice.count_waiting() if may(person, Permission.PRACTICE_MODERATE) else 0,
        releases=Release.objects.waiting().count() if may(person, Permission.VALUES_APPROVE) else 0,
        held_up=[turn for turn in turns_ahead(now=now) if turn.held_up_by] if steps_in else (),
        desk=desk_counts(person=person) if drafts or moderates else None,
        drafts=drafts,
        moderates=moderates,
    )
