"""The pages at which the centre runs rounds, from the draft to the closing."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, Membership, Role, User
from duty.actions import round_jobs, round_stages
from duty.models import ExpectedReturn, Round, RoundHappening, RoundState
from duty.queries.round_checks import checked
from tests.factories.authorities import MembershipFactory, PairFactory, StrategicAuthorityFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    RoundFactory,
    SpecificationFactory,
    send,
    submit,
    tell_return,
    today,
)
from tests.factories.rounds import (
    REASON,
    draft_round,
    make_centre,
    opened_round,
    scheduled_round,
    seen_of,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def administrator(client, centre):
    client.force_login(centre.administrator)
    return centre.administrator


def day(name, value):
    """A day as the form's three inputs send it."""
    return {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}


def planned(specification, **changes):
    """What the form of a round sends."""
    first = today() + timedelta(days=3)
    days = {
        "covers_from": date(2026, 4, 1),
        "covers_to": date(2026, 9, 30),
        "geography_date": date(2026, 10, 1),
        "opens_on": first,
        "due_on": first + timedelta(days=30),
        "edits_until": first + timedelta(days=37),
        "reply_opens_on": first + timedelta(days=50),
        "reply_closes_on": first + timedelta(days=70),
        "publish_on": first + timedelta(days=100),
    }
    given = {name: value for name, value in changes.items() if name not in days}
    sent = {
        "name": "Autumn 2026",
        "publish_time": "9:30",
        "specification": specification.pk,
        "requires_sign_off": "on",
        "reminder_working_days": "5",
        **given,
    }
    for name, value in days.items():
        sent |= day(name, changes.get(name, value))
    return sent


def at(name, made, *more):
    return reverse(f"rounds:{name}", args=[made.slug, *more])


def read(client, url):
    """The version that a form carries once its page was read."""
    return {"version": client.get(url).context["form"].initial["version"]}


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_round_is_planned_scheduled_and_opened_on_screen(client, administrator):
    staff(StrategicAuthorityFactory(slug="north", opened_on=date(2018, 1, 1)))
    from_nothing = draft_round(administrator, name="To load versions")

    made = client.post(reverse("rounds:new"), planned(from_nothing.specification), follow=True)
    stored = Round.objects.get(slug="autumn-2026")
    scheduled = client.post(at("schedule", stored), follow=True)
    opened = client.post(at("open", stored), follow=True)

    assert "The draft is stored." in text_of(made)
    assert "The round is scheduled." in text_of(scheduled)
    assert "The round is open." in text_of(opened)
    stored.refresh_from_db()
    assert stored.state == RoundState.OPEN
    assert stored.publish_at.astimezone(UTC).hour in (8, 9)
    happened = RoundHappening.objects.filter(round=stored).order_by("pk")
    assert [one.type for one in happened] == ["create", "schedule", "open"]


def test_a_round_is_planned_with_its_own_reminder_and_a_copy_keeps_it(client, administrator):
    specification = SpecificationFactory()
    client.post(reverse("rounds:new"), planned(specification, reminder_working_days="8"))
    stored = Round.objects.get(slug="autumn-2026")

    control = text_of(client.get(at("control", stored)))
    copied = client.get(at("copy", stored))
    changed = client.post(
        at("edit", stored),
        planned(specification, reminder_working_days="3", version=stored.version),
    )

    assert "8 working days before a return is due" in control
    assert copied.context["form"]["reminder_working_days"].value() == 8
    assert changed.status_code == 302
    stored.refresh_from_db()
    assert stored.reminder_working_days == 3
    assert RoundHappening.objects.latest("pk").payload["changed"] == ["reminder_working_days"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter how many working days before the due day a reminder goes out"),
        ("0", "at least 1 working day before the due day"),
        ("66", "at most 65 working days before the due day"),
        ("soon", "Enter a whole number, for example 5"),
    ],
)
def test_a_reminder_that_makes_no_sense_is_said_at_its_field(client, administrator, typed, said):
    response = client.post(
        reverse("rounds:new"), planned(SpecificationFactory(), reminder_working_days=typed)
    )

    assert response.status_code == 422
    assert said in text_of(response)
    assert not Round.objects.exists()


def test_wrong_dates_are_said_at_their_places_and_nothing_is_lost(client, administrator):
    sent = planned(
        SpecificationFactory(),
        due_on=date(2020, 1, 1),
        publish_on=date(2020, 1, 1),
        name="Kept as typed",
    )

    response = client.post(reverse("rounds:new"), sent)

    assert response.status_code == 422
    assert "The due day must be on or after the day the round opens" in text_of(response)
    assert "The publication must be after the day the reply closes" in text_of(response)
    assert "Kept as typed" in text_of(response)
    assert not Round.objects.exists()


def test_a_day_that_is_none_is_said_before_dates_are_compared(client, administrator):
    sent = planned(SpecificationFactory()) | {"opens_on_day": "31", "opens_on_month": "2"}

    response = client.post(reverse("rounds:new"), sent)

    assert response.status_code == 422
    assert "The opening day must be a real date" in text_of(response)


def test_a_name_that_is_taken_is_said_at_the_name(client, administrator):
    taken = draft_round(administrator)

    response = client.post(reverse("rounds:new"), planned(taken.specification))

    assert response.status_code == 422
    assert "There is a round “Autumn 2026” already." in text_of(response)


def test_a_copy_suggests_the_period_that_follows_on_the_same_weekdays(client, administrator):
    source = draft_round(administrator)

    response = client.get(at("copy", source))
    client.post(at("copy", source), planned(source.specification, name="Spring 2027"))

    shown = response.context["form"].initial
    assert (shown["covers_from"], shown["covers_to"]) == (date(2026, 10, 1), date(2027, 3, 31))
    assert shown["due_on"].weekday() == source.due_on.weekday()
    assert Round.objects.get(slug="spring-2027").copied_from == source


def test_a_draft_that_somebody_else_has_changed_shows_both(client, administrator):
    made = draft_round(administrator)
    stale = planned(made.specification, name="Mine") | {"version": made.version}
    client.post(
        at("edit", made), planned(made.specification, name="Theirs") | {"version": made.version}
    )

    overtaken = client.post(at("edit", made), stale)
    again = client.post(
        at("edit", made), stale | {"version": overtaken.context["form"].data["version"]}
    )

    assert overtaken.status_code == 409
    assert "Theirs" in text_of(overtaken)
    assert "Mine" in text_of(overtaken)
    assert again.status_code == 302
    made.refresh_from_db()
    assert made.name == "Mine"


def test_findings_ask_for_a_decision_on_the_page(client, administrator):
    StrategicAuthorityFactory(slug="north", opened_on=date(2018, 1, 1))
    made = draft_round(administrator)

    asked = client.get(at("schedule", made))
    silent = client.post(at("schedule", made), {"seen": seen_of(made), "reason": ""})
    decided = client.post(at("schedule", made), {"seen": seen_of(made), "reason": REASON})

    assert "has no signatory." in text_of(asked)
    assert silent.status_code == 422
    assert "Enter why the round goes ahead" in text_of(silent)
    assert decided.status_code == 302
    assert checked(round_=made).decisions[0].reason == REASON


def test_a_decision_about_a_list_that_has_changed_is_asked_for_again(client, administrator):
    authority = StrategicAuthorityFactory(slug="north", opened_on=date(2018, 1, 1))
    made = draft_round(administrator)
    seen = seen_of(made)
    PairFactory(authority=authority)

    overtaken = client.post(at("schedule", made), {"seen": seen, "reason": REASON})
    again = client.post(
        at("schedule", made),
        {"seen": overtaken.context["form"].data["seen"], "reason": REASON},
    )

    assert overtaken.status_code == 409
    assert REASON in text_of(overtaken)
    assert again.status_code == 302


@pytest.mark.usefixtures("told_time")
def test_what_is_new_at_opening_waits_for_a_decision_on_the_checks_page(client, administrator):
    authority = StrategicAuthorityFactory(slug="north", opened_on=date(2018, 1, 1))
    staff(authority)
    made = scheduled_round(administrator)
    authority.memberships.update(ended_at=timezone.now() - timedelta(minutes=1))
    round_stages.open_round(round_=made, by=None, at=timezone.now() + timedelta(days=1))

    control = client.get(at("control", made))
    checks = client.get(at("checks", made))
    kept = client.post(
        at("checks", made), {"seen": checks.context["form"].initial["seen"], "reason": REASON}
    )

    assert "3 things that nobody has decided about" in text_of(control)
    assert "Needs a decision" in text_of(checks)
    assert kept.status_code == 302
    assert "Needs a decision" not in text_of(client.get(at("checks", made)))


def test_a_scheduled_round_is_taken_back_with_a_reason(client, administrator):
    staff(StrategicAuthorityFactory(slug="north", opened_on=date(2018, 1, 1)))
    made = scheduled_round(administrator)

    silent = client.post(at("back-to-draft", made), {"reason": ""})
    taken = client.post(at("back-to-draft", made), {"reason": "Wrong day"}, follow=True)

    assert silent.status_code == 422
    assert "The round is a draft again." in text_of(taken)


def test_a_step_that_the_state_does_not_allow_leads_back_and_says_why(client, administrator):
    made = RoundFactory()

    response = client.get(at("schedule", made), follow=True)

    assert response.redirect_chain == [(at("control", made), 302)]
    assert "The round is open, so you cannot schedule the round." in text_of(response)


def test_what_was_typed_for_a_step_that_somebody_overtook_is_shown(client, administrator):
    made = RoundFactory()

    response = client.post(at("schedule", made), {"reason": "TYPED REASON"})
    plan = client.post(at("edit", made), {"name": "TYPED NAME", **day("due_on", date(2027, 1, 31))})
    empty = client.post(at("schedule", made), {"reason": ""})

    assert (response.status_code, plan.status_code, empty.status_code) == (409, 409, 302)
    assert "The round is open, so you cannot schedule the round." in text_of(response)
    assert "TYPED REASON" in text_of(response)
    assert "TYPED NAME" in text_of(plan)
    assert "31 1 2027" in text_of(plan)


def counts_on(response):
    return {count.label: count.number for count in response.context["page"].counts}


def test_the_control_page_counts_bodies_by_how_far_they_are(client, centre):
    submitted = tell_return(slug="submitted")
    submit(submitted)
    waiting = tell_return(slug="waiting", round_=submitted.round)
    send(waiting)
    tell_return(slug="draft", round_=submitted.round)
    ExpectedReturnFactory(round=submitted.round, authority__slug="none")
    Round.objects.update(opens_on=today() - timedelta(days=30), due_on=today() - timedelta(days=1))
    extended = ExpectedReturn.objects.get(authority__slug="none")
    extended.extended_due_on = extended.extended_edits_until = today() + timedelta(days=40)
    extended.extension_reason = "Flood"
    extended.save()
    client.force_login(centre.moderator)

    response = client.get(at("control", submitted.round))
    overdue = client.get(at("control", submitted.round), {"show": "overdue"})

    assert counts_on(response) == {
        "Expected": "4",
        "Started": "3",
        "Waiting for a signature": "1",
        "Submitted": "1",
        "Overdue": "2",
        "Extended": "1",
        "No signatory": "1",
    }
    assert len(overdue.context["page"].lines) == 2
    assert all(line.overdue for line in overdue.context["page"].lines)
    assert "Flood" in text_of(response)
    assert client.get(at("control", submitted.round), {"show": "other"}).status_code == 404


def test_who_has_nobody_to_sign_is_a_list_and_is_flagged_where_people_are_chased(client, centre):
    story = tell_return(slug="signed-for")
    without = ExpectedReturnFactory(round=story.round).authority
    MembershipFactory(body=without, role=Role.EDITOR)
    gone = MembershipFactory(body=without, role=Role.SIGNATORY)
    Membership.objects.filter(pk=gone.pk).update(ended_at=timezone.now() - timedelta(minutes=1))
    client.force_login(centre.analyst)

    found = client.get(at("control", story.round), {"show": "no-signatory"})
    chase = client.get(at("chase", story.round))
    file = client.get(at("returns-csv", story.round)).content.decode()

    assert [line.nobody_signs for line in found.context["page"].lines] == [True]
    assert text_of(found).count("<strong>No signatory</strong>") == 1
    flagged = {line.name for line in chase.context["lines"] if line.nobody_signs}
    assert flagged == {found.context["page"].lines[0].name}
    assert text_of(chase).count("<strong>No signatory</strong>") == 1
    rows = list(csv.DictReader(io.StringIO(file.removeprefix("\ufeff"))))
    assert {row["authority"]: row["has_signatory"] for row in rows} == {
        story.authority.slug: "yes",
        without.slug: "no",
    }


def test_a_long_list_of_authorities_is_paged(client, centre):
    made = RoundFactory()
    for _number in range(27):
        ExpectedReturnFactory(round=made)
    client.force_login(centre.analyst)

    first = client.get(at("control", made))
    second = client.get(at("control", made), {"page": "2"})

    assert [len(page.context["page"].lines) for page in (first, second)] == [25, 2]


def test_the_list_of_rounds_is_paged_and_marks_tests(client, centre):
    specification = SpecificationFactory()
    for number in range(26):
        RoundFactory(slug=f"round-{number}", specification=specification, is_test=number == 25)
    client.force_login(centre.analyst)

    first = client.get(reverse("rounds:list"))
    second = client.get(reverse("rounds:list"), {"page": "2"})

    rows = [*first.context["page"].rows, *second.context["page"].rows]
    assert (len(first.context["page"].rows), len(rows)) == (25, 26)
    assert [row.is_test for row in rows].count(True) == 1


def test_who_did_not_submit_is_said_once_the_round_is_over(client, centre):
    story = tell_return(slug="draft")
    ExpectedReturnFactory(round=story.round)
    Round.objects.update(state=RoundState.CLOSED)
    client.force_login(centre.analyst)

    text = text_of(client.get(at("control", story.round)))

    assert "Started, not submitted" in text
    assert "Did not start" in text


def test_the_chase_list_names_people_of_those_that_have_not_submitted(client, centre):
    sent = tell_return(slug="sent")
    submit(sent)
    draft = tell_return(slug="draft", round_=sent.round)
    lonely = ExpectedReturnFactory(round=sent.round)
    User.objects.filter(pk=draft.signatory.pk).update(last_login=timezone.now())
    client.force_login(centre.analyst)

    text = text_of(client.get(at("chase", sent.round)))

    assert f'href="mailto:{draft.editor.email}"' in text
    assert f'href="mailto:{draft.signatory.email}"' in text
    assert "Editor, never signed in" in text
    assert "Signatory, never signed in" not in text
    assert sent.editor.email not in text
    assert "Nobody works for it on this site" in text
    assert lonely.authority.slug


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.SCHEDULED])
def test_nobody_is_chased_for_a_round_that_is_not_open_yet(state, client, centre):
    expected = ExpectedReturnFactory(round=RoundFactory(state=state))
    client.force_login(centre.analyst)

    text = text_of(client.get(at("chase", expected.round)))

    assert "The round is not open yet, so nobody is late" in text
    assert "Not started" in text
    assert "Not submitted" not in text


@pytest.mark.parametrize("role", ["analyst", "lead_analyst", "administrator"])
def test_an_extension_is_given_on_screen_and_read_on_the_return(role, client, centre):
    story = tell_return()
    client.force_login(getattr(centre, role))
    last = story.round.edits_until + timedelta(days=7)
    page = at("extend", story.round, story.authority.slug)

    sent = day("due_on", last) | day("edits_until", last) | {"reason": "Flood"}
    client.post(page, sent | read(client, page))
    shown = client.get(at("control", story.round))
    client.force_login(story.editor)
    on_return = client.get(
        reverse("duty:return-tasks", args=[story.round.slug, story.authority.slug])
    )

    assert "Flood" in text_of(shown)
    assert "Extended: “Flood”" in text_of(on_return)


def test_an_extension_into_the_reply_is_said_at_its_day(client, centre):
    story = tell_return()
    client.force_login(centre.analyst)
    last = story.round.reply_opens_on
    page = at("extend", story.round, story.authority.slug)

    sent = day("due_on", last) | day("edits_until", last) | {"reason": "Flood"}
    response = client.post(page, sent | read(client, page))

    assert response.status_code == 422
    assert "edits_until" in response.context["form"].errors
    assert "before the reply opens" in text_of(response)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
def test_one_that_has_submitted_may_get_more_days_too(client, centre, state):
    story = tell_return()
    submit(story)
    Round.objects.update(state=state)
    last = story.round.edits_until + timedelta(days=2)
    page = at("extend", story.round, story.authority.slug)
    client.force_login(centre.analyst)

    [line] = client.get(at("control", story.round)).context["page"].lines
    sent = day("due_on", last) | day("edits_until", last) | {"reason": "Flood"}
    response = client.post(page, sent | read(client, page))

    assert (line.extend_url, bool(line.read_url)) == (page, True)
    assert response.status_code == 302
    assert ExpectedReturn.objects.get().extended_edits_until == last


@pytest.mark.parametrize("state", [RoundState.IN_REPLY, RoundState.FINALISING])
def test_a_round_that_takes_no_work_offers_no_extension(client, centre, state):
    story = tell_return()
    submit(story)
    Round.objects.update(state=state)
    client.force_login(centre.analyst)

    [line] = client.get(at("control", story.round)).context["page"].lines

    assert line.extend_url == ""


def test_an_authority_that_is_not_expected_has_no_extension(client, centre):
    made = RoundFactory()
    other = StrategicAuthorityFactory()
    client.force_login(centre.analyst)

    assert client.get(at("extend", made, other.slug)).status_code == 404


def test_a_round_over_returns_that_await_sign_off_is_closed_by_confirming_them(
    client, administrator
):
    story = tell_return(due_on=today() - timedelta(days=2))
    send(story)
    Round.objects.update(
        opens_on=today() - timedelta(days=20), edits_until=today() - timedelta(days=1)
    )

    asked = client.get(at("close", story.round))
    silent = client.post(at("close", story.round), {"seen": asked.context["form"].initial["seen"]})
    closed = client.post(
        at("close", story.round),
        {"seen": asked.context["form"].initial["seen"], "confirm": "on"},
        follow=True,
    )

    assert "Returns that await sign-off" in text_of(asked)
    assert silent.status_code == 422
    assert "The round is closed." in text_of(closed)


def test_more_days_for_all_are_given_with_a_reason(client, administrator):
    made = RoundFactory(state=RoundState.CLOSED)
    last = made.edits_until + timedelta(days=3)
    later = {
        **day("reply_opens_on", made.reply_opens_on),
        **day("reply_closes_on", made.reply_closes_on),
        **day("publish_on", made.publish_at.date()),
        "publish_time": "9:30",
    }

    later |= {"reason": "Outage"} | read(client, at("reopen", made))

    wrong = client.post(at("reopen", made), later | day("edits_until", made.reply_opens_on))
    client.post(at("reopen", made), later | day("edits_until", last))

    assert wrong.status_code == 422
    assert "The reply must open after the last day for edits" in text_of(wrong)
    made.refresh_from_db()
    assert (made.state, made.edits_until) == (RoundState.OPEN, last)


def test_who_is_expected_is_changed_with_a_reason(client, administrator):
    StrategicAuthorityFactory(slug="north", opened_on=date(2018, 1, 1))
    StrategicAuthorityFactory(slug="south", opened_on=date(2018, 1, 1))
    made = draft_round(administrator)

    sent = {"authorities": ["south"], "reason": ""} | read(client, at("expected", made))

    silent = client.post(at("expected", made), sent)
    client.post(at("expected", made), sent | {"reason": "North is exempt."})

    assert silent.status_code == 422
    rows = ExpectedReturn.objects.filter(round=made)
    assert [row.authority.slug for row in rows] == ["south"]
    history = text_of(client.get(at("history", made)))
    assert "North is exempt." in history
    assert "Left out: " in history


def test_a_list_of_who_is_expected_that_was_overtaken_undoes_nothing(client, administrator):
    for slug in ("north", "south", "west"):
        StrategicAuthorityFactory(slug=slug, opened_on=date(2018, 1, 1))
    made = draft_round(administrator)
    page = at("expected", made)
    first, second = (read(client, page) for _person in range(2))

    client.post(page, {"authorities": ["north", "south"], "reason": "West is exempt."} | first)
    stale = client.post(
        page, {"authorities": ["north", "south", "west"][1:], "reason": "North is late."} | second
    )

    assert stale.status_code == 409
    assert "Somebody changed this round since" in text_of(stale)
    assert "Stored now.</strong> Expected: " in text_of(stale)
    assert "North is late." in text_of(stale)
    assert stale.context["form"]["authorities"].value() == ["south", "west"]
    rows = ExpectedReturn.objects.filter(round=made).order_by("authority__slug")
    assert [row.authority.slug for row in rows] == ["north", "south"]
    # Whoever has compared both may send it again.
    again = client.post(
        page,
        {"authorities": ["south", "west"], "reason": "North is late."}
        | {"version": stale.context["form"]["version"].value()},
    )
    assert again.status_code == 302


def test_an_extension_and_added_days_that_were_overtaken_undo_nothing(client, administrator):
    story = tell_return()
    page = at("extend", story.round, story.authority.slug)
    reopen = at("reopen", story.round)
    first, second, third = (read(client, one) for one in (page, page, reopen))
    early, late = (story.round.edits_until + timedelta(days=number) for number in (3, 7))

    client.post(page, day("due_on", late) | day("edits_until", late) | {"reason": "Flood"} | first)
    stale = client.post(
        page, day("due_on", early) | day("edits_until", early) | {"reason": "Snow"} | second
    )
    reopened = client.post(reopen, day("edits_until", early) | {"reason": "Outage"} | third)

    assert (stale.status_code, reopened.status_code) == (409, 409)
    assert "extended it: Flood" in text_of(stale)
    assert "Snow" in text_of(stale)
    assert "Stored now." in text_of(reopened)
    assert ExpectedReturn.objects.get().extended_edits_until == late
    story.round.refresh_from_db()
    assert story.round.edits_until < early


def test_the_history_tells_who_did_what_and_why(client, administrator):
    StrategicAuthorityFactory(slug="north", opened_on=date(2018, 1, 1))
    made = opened_round(administrator)

    text = text_of(client.get(at("history", made)))

    for words in ("Drafted", "Scheduled", "Decided about the checks", "Opened", REASON):
        assert words in text
    assert f"{administrator.full_name}, administrator, Department of Health and Social Care" in text


def test_the_history_names_no_body_where_none_was_kept(client, administrator):
    made = RoundFactory()
    for actor, role in ((administrator, "administrator"), (None, "")):
        RoundHappening.objects.create(
            round=made, type="open", actor=actor, actor_role=role, at=timezone.now()
        )
    client.force_login(administrator)

    lines = client.get(at("history", made)).context["lines"]

    assert {line.by for line in lines} == {
        f"{administrator.full_name}, administrator",
        "The service",
    }


def test_the_file_says_how_far_each_is_and_who_took_it(client, centre):
    made = RoundFactory()
    row = ExpectedReturnFactory(round=made)
    row.extended_due_on = row.extended_edits_until = made.edits_until + timedelta(days=1)
    row.extension_reason = "=1+1"
    row.save()
    client.force_login(centre.analyst)

    lines = client.get(at("returns-csv", made)).content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("round,test_round,authority,")
    assert "Not started" in lines[1]
    assert "'=1+1" in lines[1]
    assert AuditEvent.objects.get(action="round.returns_downloaded").by == centre.analyst


@pytest.mark.parametrize("role", ["analyst", "lead_analyst", "moderator"])
def test_others_of_the_centre_are_offered_no_step(role, client, centre):
    made = draft_round(centre.administrator)
    client.force_login(getattr(centre, role))

    response = client.get(at("control", made))

    assert response.context["page"].steps == ()
    assert client.post(at("schedule", made)).status_code == 403
    assert client.post(at("expected", made), {"reason": "x"}).status_code == 403


def test_a_body_never_sees_the_centres_pages_not_even_of_its_own_round(client):
    story = tell_return()
    for person in (story.editor, story.signatory, MembershipFactory().user):
        client.force_login(person)
        for name in ("control", "chase", "checks", "history", "close", "returns-csv"):
            assert client.get(at(name, story.round)).status_code == 404
        page = at("extend", story.round, story.authority.slug)
        assert client.post(page, {"reason": "More time"}).status_code == 404


def test_a_test_round_says_so_where_people_work_in_it(client, centre):
    story = tell_return(is_test=True)
    client.force_login(story.editor)

    response = client.get(
        reverse("duty:return-tasks", args=[story.round.slug, story.authority.slug])
    )
    client.force_login(centre.analyst)
    control = client.get(at("control", story.round))

    assert "Test round." in text_of(response)
    assert "Test round." in text_of(control)


def test_dates_of_the_page_are_londons(client, centre):
    made = RoundFactory(
        opens_on=date(2027, 5, 1),
        due_on=date(2027, 6, 1),
        edits_until=date(2027, 6, 8),
        publish_at=datetime(2027, 9, 30, 23, 30, tzinfo=UTC),
    )
    client.force_login(centre.analyst)

    assert "1 October 2027 at 12:30am" in text_of(client.get(at("control", made)))


def test_the_jobs_page_says_what_holds_a_round_up(client, administrator):
    made = RoundFactory(state=RoundState.SCHEDULED, opens_on=today())
    round_jobs.turn_due(at=timezone.now())

    text = text_of(client.get(reverse("jobs")))

    assert made.name in text
    assert "The job cannot open the round. No authority is expected." in text
    assert "The job cannot open the round." in text_of(client.get(at("control", made)))


def test_the_page_that_closes_a_round_says_whether_its_last_day_is_over(client, administrator):
    story = tell_return()
    page = reverse("rounds:close", args=[story.round.slug])
    ahead = text_of(client.get(page))
    Round.objects.filter(pk=story.round.pk).update(
        due_on=today() - timedelta(days=2), edits_until=today() - timedelta(days=1)
    )
    over = text_of(client.get(page))

    assert "The last day for edits is" in ahead
    assert "It can be closed after it." in ahead
    assert "Close the round</button>" not in ahead
    assert "The last day for edits was" in over
    assert "It can be closed after it." not in over
    assert "Close the round</button>" in over


def test_a_step_without_a_reason_says_that_none_was_needed(client, administrator):
    made = draft_round(administrator)

    text = text_of(client.get(reverse("rounds:history", args=[made.slug])))

    assert "No reason needed" in text
