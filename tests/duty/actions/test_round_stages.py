"""Scheduling, opening, closing and reopening a round, and deciding about its checks."""

from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from authorities.models import AuditEvent
from duty.actions import round_bodies, round_stages, rounds
from duty.models import ExpectedReturn, Round, RoundHappening, RoundState
from duty.queries.closings import with_closing
from duty.queries.round_checks import checked
from duty.round_checks import Check, digest
from duty.round_lifecycle import RoundGuard, RoundRefusedError
from engagement.models import GroupMap, RoundRubric
from outcomes.models import RecomputeRequest
from tests.factories.authorities import PairFactory, StrategicAuthorityFactory
from tests.factories.duty import RoundFactory, send, submit, tell_return, today
from tests.factories.rounds import (
    REASON,
    draft_round,
    make_centre,
    opened_round,
    plan,
    scheduled_round,
    seen_of,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def alone():
    """An authority with nobody."""
    return StrategicAuthorityFactory(slug="north")


@pytest.fixture
def staffed():
    authority = StrategicAuthorityFactory(slug="north")
    staff(authority)
    return authority


def after(round_):
    """The first moment after the round's last day."""
    return timezone.now() + timedelta(days=(round_.edits_until - today()).days + 1)


def schedule(round_, by, *, reason="", seen=""):
    return round_stages.schedule(round_=round_, reason=reason, seen=seen, by=by, at=timezone.now())


def test_a_round_with_all_its_people_is_scheduled_without_a_decision(centre, staffed):
    made = draft_round(centre.administrator)

    scheduled = schedule(made, centre.administrator)

    assert scheduled.state == RoundState.SCHEDULED
    assert RoundRubric.objects.get(round=made).rubric.version == 1
    assert not RoundHappening.objects.filter(type="decide").exists()
    versions = RoundHappening.objects.get(type="schedule").payload["versions"]
    assert versions == {
        "specification": made.specification.version,
        "rubric": 1,
        "group map": 1,
    }


def test_findings_ask_for_a_reason_and_nothing_is_kept_without(centre, alone):
    made = draft_round(centre.administrator)

    with pytest.raises(RoundRefusedError) as refused:
        schedule(made, centre.administrator, seen=seen_of(made))

    assert refused.value.guards == (RoundGuard.CHECKS_DECIDED,)
    assert not RoundRubric.objects.exists()
    assert Round.objects.get().state == RoundState.DRAFT


def test_a_decision_keeps_who_why_and_about_what(centre, alone):
    made = draft_round(centre.administrator)

    schedule(made, centre.administrator, reason=REASON, seen=seen_of(made))

    decision = checked(round_=made).decisions[0]
    assert (decision.by, decision.reason) == (centre.administrator.full_name, REASON)
    assert [finding.check for finding in decision.found] == [
        Check.EDITORS,
        Check.SIGNATORIES,
        Check.BOARDS,
    ]
    assert AuditEvent.objects.get(action="round.checks_decided").detail == {}


def test_a_decision_about_another_list_is_refused(centre, alone):
    made = draft_round(centre.administrator)
    seen = seen_of(made)
    PairFactory(authority=alone)

    with pytest.raises(round_stages.SeenAnotherListError):
        schedule(made, centre.administrator, reason=REASON, seen=seen)

    assert Round.objects.get().state == RoundState.DRAFT


@pytest.mark.parametrize("role", ["analyst", "lead_analyst", "moderator", "reader"])
def test_only_an_administrator_schedules(role, centre, staffed):
    made = draft_round(centre.administrator)

    with pytest.raises(RoundRefusedError, match="Ask the administrator"):
        schedule(made, getattr(centre, role))


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"publish_at": None}, RoundGuard.EVERY_DATE_GIVEN),
        ({"opens_on": None}, RoundGuard.LAST_DAY_AHEAD),
    ],
)
def test_a_round_is_not_scheduled_without_its_dates_or_into_the_past(
    changes, guard, centre, staffed
):
    if "opens_on" in changes:
        changes = {"opens_on": today() - timedelta(days=60)}
    made = draft_round(centre.administrator, **changes)

    with pytest.raises(RoundRefusedError) as refused:
        schedule(made, centre.administrator)

    assert guard in refused.value.guards


def test_a_round_that_expects_nobody_is_not_scheduled(centre):
    made = draft_round(centre.administrator)

    with pytest.raises(RoundRefusedError) as refused:
        schedule(made, centre.administrator)

    assert refused.value.guards == (RoundGuard.BODIES_EXPECTED,)


def test_a_round_is_not_scheduled_without_a_rubric(centre, staffed):
    made = draft_round(centre.administrator)
    RoundRubric.objects.all().delete()

    with pgtrigger.ignore("engagement.GroupMap:append_only"):
        GroupMap.objects.all().delete()

    with pytest.raises(RoundRefusedError) as refused:
        schedule(made, centre.administrator)

    assert refused.value.guards == (RoundGuard.VERSIONS_LOADED,)


def test_a_scheduled_round_may_become_a_draft_again_with_a_reason(centre, staffed):
    made = scheduled_round(centre.administrator)

    again = round_stages.back_to_draft(
        round_=made, reason="The due day is wrong.", by=centre.administrator, at=timezone.now()
    )

    assert again.state == RoundState.DRAFT
    assert not RoundRubric.objects.exists()
    with pytest.raises(RoundRefusedError):
        round_stages.back_to_draft(
            round_=again, reason="Once more", by=centre.administrator, at=timezone.now()
        )


def test_an_administrator_opens_what_was_decided_about(centre, alone):
    made = scheduled_round(centre.administrator)

    opened = round_stages.open_round(round_=made, by=centre.administrator, at=timezone.now())

    assert opened.state == RoundState.OPEN
    assert AuditEvent.objects.get(action="round.opened").detail == {"expected": 1}
    assert RecomputeRequest.objects.get(subject_id=made.pk).reason == "round.opened"


def test_checks_run_again_at_opening_and_ask_about_what_is_new(centre, staffed):
    made = scheduled_round(centre.administrator)
    staffed.memberships.update(ended_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(RoundRefusedError) as refused:
        round_stages.open_round(round_=made, by=centre.administrator, at=timezone.now())
    opened = round_stages.open_round(
        round_=made,
        reason=REASON,
        seen=seen_of(made),
        by=centre.administrator,
        at=timezone.now(),
    )

    assert refused.value.guards == (RoundGuard.CHECKS_DECIDED,)
    assert opened.state == RoundState.OPEN
    assert len(checked(round_=made).decisions) == 1


def test_the_job_opens_on_the_day_and_leaves_what_is_new_to_be_decided(centre, staffed):
    made = scheduled_round(centre.administrator)
    staffed.memberships.update(ended_at=timezone.now() - timedelta(minutes=1))

    opened = round_stages.open_round(round_=made, by=None, at=timezone.now() + timedelta(days=1))

    assert opened.state == RoundState.OPEN
    assert len(RoundHappening.objects.get(type="open").payload["findings"]) == 3
    assert len(checked(round_=made).undecided) == 3

    round_stages.decide(
        round_=opened,
        reason=REASON,
        seen=seen_of(made),
        by=centre.administrator,
        at=timezone.now(),
    )

    assert checked(round_=made).undecided == ()


def test_a_decision_needs_a_reason(centre, alone):
    made = scheduled_round(centre.administrator)
    PairFactory(authority=alone)

    with pytest.raises(RoundRefusedError) as refused:
        round_stages.decide(
            round_=made, reason=" ", seen=seen_of(made), by=centre.administrator, at=timezone.now()
        )

    assert refused.value.guards == (RoundGuard.REASON_GIVEN,)


def test_a_closed_round_is_not_opened_by_the_job():
    closed = RoundFactory(state=RoundState.CLOSED)

    with pytest.raises(RoundRefusedError, match="is closed"):
        round_stages.open_round(round_=closed, by=None, at=timezone.now())


@pytest.mark.slow
def test_a_round_closes_after_its_last_day_and_keeps_what_was_submitted():
    story = tell_return()
    submit(story)

    with pytest.raises(RoundRefusedError, match="last day for edits is not over"):
        round_stages.close(round_=story.round, by=None, at=timezone.now())
    closed = round_stages.close(round_=story.round, by=None, at=after(story.round))

    story.duty_return.refresh_from_db()
    assert closed.state == RoundState.CLOSED
    assert story.duty_return.state == "submitted"


@pytest.mark.slow
def test_returns_that_await_sign_off_keep_a_round_open_until_somebody_confirms(centre):
    story = tell_return()
    send(story)
    at = after(story.round)

    with pytest.raises(RoundRefusedError) as refused:
        round_stages.close(round_=story.round, by=None, at=at)
    with pytest.raises(RoundRefusedError):
        round_stages.close(round_=story.round, by=centre.administrator, at=at)
    with pytest.raises(round_stages.SeenAnotherListError):
        round_stages.close(
            round_=story.round, confirmed=digest(keys=["x"]), by=centre.administrator, at=at
        )
    closed = round_stages.close(
        round_=story.round,
        confirmed=digest(keys=[story.authority.slug]),
        by=centre.administrator,
        at=at,
    )

    assert refused.value.guards == (RoundGuard.SIGN_OFF_NOT_AWAITED,)
    assert closed.state == RoundState.CLOSED
    payload = RoundHappening.objects.get(type="close").payload
    assert payload == {"awaiting_sign_off": [story.authority.slug]}


@pytest.mark.slow
def test_a_return_whose_extension_still_runs_does_not_keep_a_round_open(centre):
    story = tell_return()
    send(story)
    round_bodies.extend(
        round_=story.round,
        authority=story.authority,
        due_on=story.round.edits_until + timedelta(days=5),
        edits_until=story.round.edits_until + timedelta(days=5),
        reason="Flood",
        by=centre.analyst,
        at=timezone.now(),
    )

    closed = round_stages.close(round_=story.round, by=None, at=after(story.round))

    assert closed.state == RoundState.CLOSED


def test_a_closed_round_is_reopened_with_a_reason_and_a_new_last_day(centre):
    closed = RoundFactory(
        state=RoundState.CLOSED,
        due_on=today() - timedelta(days=9),
        edits_until=today() - timedelta(days=2),
    )
    dates = {
        "reply_opens_on": closed.reply_opens_on,
        "reply_closes_on": closed.reply_closes_on,
        "publish_at": closed.publish_at,
    }

    reopened = round_stages.reopen(
        round_=closed,
        edits_until=today(),
        reason="The site was down.",
        by=centre.administrator,
        at=timezone.now(),
        **dates,
    )

    reopened.refresh_from_db()
    assert (reopened.state, reopened.edits_until) == (RoundState.OPEN, today())
    assert RoundHappening.objects.get(type="reopen").reason == "The site was down."


def test_a_round_is_not_reopened_into_the_past_or_the_reply(centre):
    closed = RoundFactory(
        state=RoundState.CLOSED,
        due_on=today() - timedelta(days=9),
        edits_until=today() - timedelta(days=2),
    )
    dates = {
        "reply_opens_on": closed.reply_opens_on,
        "reply_closes_on": closed.reply_closes_on,
        "publish_at": closed.publish_at,
        "reason": "The site was down.",
        "by": centre.administrator,
        "at": timezone.now(),
    }

    with pytest.raises(RoundRefusedError) as into_the_past:
        round_stages.reopen(round_=closed, edits_until=today() - timedelta(days=1), **dates)
    with pytest.raises(RoundRefusedError) as into_the_reply:
        round_stages.reopen(round_=closed, edits_until=closed.reply_opens_on, **dates)

    assert into_the_past.value.guards == (RoundGuard.LAST_DAY_AHEAD,)
    assert into_the_reply.value.guards == (RoundGuard.DATES_IN_ORDER,)
    closed.refresh_from_db()
    assert closed.state == RoundState.CLOSED


def test_a_published_round_is_not_reopened(centre):
    published = RoundFactory(state=RoundState.PUBLISHED)

    with pytest.raises(RoundRefusedError, match="has been published"):
        round_stages.reopen(
            round_=published,
            edits_until=published.edits_until,
            reply_opens_on=published.reply_opens_on,
            reply_closes_on=published.reply_closes_on,
            publish_at=published.publish_at,
            reason="A mistake",
            by=centre.administrator,
            at=timezone.now(),
        )


def test_who_is_expected_changes_with_a_reason_and_stays_so_when_dates_change(centre, staffed):
    other = StrategicAuthorityFactory(slug="south")
    made = draft_round(centre.administrator)

    round_bodies.change_expected(
        round_=made,
        authorities=[other],
        reason="North reports elsewhere.",
        by=centre.administrator,
        at=timezone.now(),
    )
    made.refresh_from_db()

    rounds.change_draft(
        round_=made,
        plan=plan(name="Later"),
        expected_version=made.version,
        by=centre.administrator,
        at=timezone.now(),
    )

    rows = ExpectedReturn.objects.filter(round=made)
    assert [row.authority.slug for row in rows] == ["south"]
    happening = RoundHappening.objects.get(type="expect")
    assert happening.payload == {"added": [], "removed": [str(staffed.pk)]}


def test_an_authority_that_has_started_stays_expected(centre):
    story = tell_return()
    other = StrategicAuthorityFactory()

    with pytest.raises(RoundRefusedError) as refused:
        round_bodies.change_expected(
            round_=story.round,
            authorities=[other],
            reason="A mistake",
            by=centre.administrator,
            at=timezone.now(),
        )

    assert refused.value.guards == (RoundGuard.KEEPS_STARTED_RETURNS,)


def extend(story, by, *, days=7, due=7, reason="Flood", at=None):
    return round_bodies.extend(
        round_=story.round,
        authority=story.authority,
        due_on=story.round.due_on + timedelta(days=due),
        edits_until=story.round.edits_until + timedelta(days=days),
        reason=reason,
        by=by,
        at=at or timezone.now(),
    )


@pytest.mark.parametrize("role", ["analyst", "lead_analyst", "administrator"])
def test_an_extension_keeps_its_days_reason_and_giver(role, centre):
    story = tell_return()
    giver = getattr(centre, role)

    row = extend(story, giver)

    assert (row.extension_reason, row.extended_by) == ("Flood", giver)
    happening = RoundHappening.objects.get(type="extend")
    assert happening.payload["edits_until"] == row.extended_edits_until.isoformat()
    assert happening.actor_role == role


@pytest.mark.parametrize("role", ["moderator", "reader"])
def test_others_of_the_centre_give_no_extension(role, centre):
    with pytest.raises(RoundRefusedError, match="Ask the"):
        extend(tell_return(), getattr(centre, role))


def test_a_body_gives_itself_no_extension():
    story = tell_return()

    with pytest.raises(RoundRefusedError):
        extend(story, story.signatory)


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"reason": " "}, RoundGuard.REASON_GIVEN),
        ({"days": 0}, RoundGuard.EXTENSION_LONGER),
        ({"due": -1}, RoundGuard.EXTENSION_LONGER),
        ({"due": 40}, RoundGuard.EXTENSION_LONGER),
        ({"days": 24}, RoundGuard.EXTENSION_BEFORE_REPLY),
    ],
)
def test_an_extension_must_give_time_and_end_before_the_reply(changes, guard, centre):
    story = tell_return()

    with pytest.raises(RoundRefusedError) as refused:
        extend(story, centre.analyst, **changes)

    assert refused.value.guards == (guard,)


def test_an_extension_is_of_a_body_that_is_expected(centre):
    story = tell_return()
    stranger = StrategicAuthorityFactory()

    with pytest.raises(RoundRefusedError) as refused:
        round_bodies.extend(
            round_=story.round,
            authority=stranger,
            due_on=story.round.due_on,
            edits_until=story.round.edits_until + timedelta(days=1),
            reason="Flood",
            by=centre.analyst,
            at=timezone.now(),
        )

    assert refused.value.guards == (RoundGuard.BODY_EXPECTED,)


def test_an_extension_ends_by_itself(centre):
    story = tell_return()
    row = extend(story, centre.analyst)
    Round.objects.filter(pk=story.round.pk).update(state=RoundState.CLOSED)
    rows = ExpectedReturn.objects.filter(pk=row.pk)

    on_its_last_day = with_closing(rows, today=row.extended_edits_until).get()
    after_it = with_closing(rows, today=row.extended_edits_until + timedelta(days=1)).get()

    assert (on_its_last_day.takes_work, after_it.takes_work) == (True, False)


def test_an_opened_round_takes_returns(centre, staffed):
    made = opened_round(centre.administrator)

    row = with_closing(ExpectedReturn.objects.filter(round=made), today=today()).get()

    assert (row.takes_work, row.started, row.overdue) == (True, False, False)
