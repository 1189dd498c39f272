"""Who is reminded when: never who has submitted, each once, by London's days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from authorities.actions import message_sending, messages
from authorities.actions.membership_messages import NO_SIGNATORY
from authorities.models import Message, Notice, Role, User
from authorities.notices import Draft
from duty.actions import (
    deadline_messages,
    people_messages,
    round_bodies,
    round_stages,
    signatory_messages,
)
from duty.models import DutyReturn, Round, RoundState
from tests.factories.authorities import (
    MembershipFactory,
    StrategicAuthorityFactory,
    UserFactory,
)
from tests.factories.duty import (
    ExpectedReturnFactory,
    ReturnStory,
    RoundFactory,
    submit,
    tell_return,
    tell_return_of,
    today,
)
from tests.factories.rounds import make_centre

pytestmark = pytest.mark.django_db

# A Thursday; Good Friday and Easter Monday lie between the reminder and it.
DUE = date(2026, 4, 9)
REMINDED_ON = date(2026, 3, 31)


def at_seven(day: date) -> datetime:
    """Seven in the morning of a London day in winter."""
    return datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC)


def run_day(day: date) -> None:
    """Announce a day, and send what is due once the morning's mail goes out."""
    # Half past eight in summer time, too.
    messages.announce_day(at=at_seven(day))
    message_sending.send_waiting(at=at_seven(day) + timedelta(minutes=30))


def due_round(**said: object) -> Round:
    """An open round around the Easter of 2026."""
    made: Round = RoundFactory(
        opens_on=DUE - timedelta(days=40),
        due_on=DUE,
        edits_until=DUE + timedelta(days=7),
        **said,
    )
    return made


def asked(first: date, *, days: int = 0) -> list[tuple[str, date]]:
    found: tuple[Draft, ...] = deadline_messages.drafts(
        first=first, last=first + timedelta(days=days)
    )
    return [(draft.kind, draft.day) for draft in found]


def expected(made: Round, *, role: Role = Role.EDITOR) -> User:
    """Somebody who works for an authority that the round expects."""
    authority = StrategicAuthorityFactory()
    ExpectedReturnFactory(round=made, authority=authority)
    # Who has never signed in is told of, too, and these tests are about days.
    here = UserFactory(last_login=timezone.now())
    person: User = MembershipFactory(body=authority, user=here, role=role).user
    # And so is an authority for which nobody can sign.
    MembershipFactory(body=authority, user=here, role=Role.SIGNATORY)
    return person


def recipients() -> set[str]:
    return {person for sent in mail.outbox for person in sent.to}


def test_a_reminder_comes_five_working_days_before_the_due_day():
    expected(due_round())

    ahead = asked(date(2026, 3, 27), days=7)

    # Back from Thursday: Wednesday, Tuesday, the Thursday before Easter, Wednesday, Tuesday.
    assert ahead == [(deadline_messages.REMINDER, REMINDED_ON)]


def test_each_round_says_how_many_working_days_before_it_reminds():
    late = due_round()
    Round.objects.filter(pk=late.pk).update(reminder_working_days=1)
    expected(late)

    assert asked(date(2026, 3, 27), days=13) == [
        (deadline_messages.REMINDER, date(2026, 4, 8)),
        (deadline_messages.DUE_TODAY, DUE),
    ]


def test_a_round_that_says_nothing_reminds_as_the_setting_says(settings):
    settings.REMINDER_WORKING_DAYS = 2

    assert RoundFactory().reminder_working_days == 2


@pytest.mark.parametrize(("working_days", "day"), [(5, 3), (1, 8), (6, 1)])
def test_without_known_bank_holidays_working_days_are_five_a_week(working_days, day):
    reminded_on = deadline_messages.reminder_day(
        due_on=date(2090, 1, 10), working_days=working_days
    )

    assert reminded_on == date(2090, 1, day)


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2026, 3, 30), []),
        (REMINDED_ON, [deadline_messages.REMINDER]),
        # Yesterday's was missed: it is made good.
        (date(2026, 4, 1), [deadline_messages.REMINDER]),
        (DUE, [deadline_messages.DUE_TODAY]),
        (DUE + timedelta(days=1), [deadline_messages.OVERDUE]),
        # After the last day for edits nobody can do anything.
        (DUE + timedelta(days=8), []),
    ],
)
def test_each_day_asks_for_what_is_so_on_it(day, kinds):
    expected(due_round())

    assert [kind for kind, _ in asked(day)] == kinds


def test_a_round_that_has_just_opened_needs_no_reminder():
    made = due_round()
    Round.objects.filter(pk=made.pk).update(opens_on=REMINDED_ON)
    expected(made)

    assert asked(REMINDED_ON) == []


@pytest.mark.slow
def test_of_three_authorities_who_submitted_is_told_nothing():
    due = today() + timedelta(days=4)
    made = RoundFactory(due_on=due, edits_until=due + timedelta(days=9))
    submitted = tell_return(slug="submitted", round_=made)
    submit(submitted)
    drafting = tell_return(slug="drafting", round_=made)
    idle = expected(made)

    notices = deadline_messages.drafts(first=today(), last=today() + timedelta(days=5))
    bodies = {draft.body_id for draft in notices}

    assert submitted.authority.pk not in bodies
    assert bodies == {drafting.authority.pk, idle.memberships.first().body_id}


def test_a_morning_that_is_run_twice_reminds_once_and_a_missed_one_is_made_good_once():
    person = expected(due_round())
    next_day = REMINDED_ON + timedelta(days=1)

    for day in (next_day, next_day, next_day + timedelta(days=1)):
        run_day(day)

    assert [sent.to for sent in mail.outbox] == [[person.email]]
    assert mail.outbox[0].subject.endswith("return due on Thursday 9 April 2026")


def test_who_submits_after_the_morning_is_not_reminded():
    story = _story_due(days=0)
    noon = datetime.combine(today(), time(12), tzinfo=UTC)
    messages.announce_day(at=noon)
    DutyReturn.objects.update(state="submitted")

    message_sending.send_waiting(at=noon)

    assert Notice.objects.filter(kind=deadline_messages.DUE_TODAY).count() == 1
    assert story.editor.email not in recipients()
    assert not Message.objects.filter(notice__kind=deadline_messages.DUE_TODAY).exists()


def _story_due(*, days: int) -> ReturnStory:
    due = today() + timedelta(days=days)
    # Without ICBs: of the own views that a pair is asked for, other mails remind.
    return tell_return(boards=0, due_on=due, edits_until=due + timedelta(days=9))


def test_a_round_that_closed_meanwhile_tells_nobody_that_it_is_overdue():
    made = due_round()
    expected(made)
    day = DUE + timedelta(days=1)
    messages.announce_day(at=at_seven(day))
    Round.objects.update(state=RoundState.CLOSED)

    message_sending.send_waiting(at=at_seven(day) + timedelta(minutes=30))

    assert mail.outbox == []


def test_an_extension_is_reminded_of_anew():
    made = due_round()
    person = expected(made)
    run_day(REMINDED_ON)
    row = made.expected_returns.get()
    row.extended_due_on = DUE + timedelta(days=14)
    row.extended_edits_until = DUE + timedelta(days=14)
    row.extension_reason = "A flood"
    row.save()

    on_old_due_day = asked(DUE)
    run_day(date(2026, 4, 16))

    assert on_old_due_day == []
    assert [sent.to for sent in mail.outbox] == [[person.email]] * 2
    assert "23 April 2026" in mail.outbox[1].subject


def test_a_reminder_of_a_test_round_says_so():
    expected(due_round(is_test=True))

    run_day(REMINDED_ON)

    assert [sent.subject.startswith("[TEST] ") for sent in mail.outbox] == [True]


def test_the_people_of_two_authorities_get_one_mail_of_both_reminders():
    made = due_round()
    person = expected(made)
    other = StrategicAuthorityFactory()
    ExpectedReturnFactory(round=made, authority=other)
    for role in (Role.EDITOR, Role.SIGNATORY):
        MembershipFactory(body=other, user=person, role=role)

    run_day(REMINDED_ON)

    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([person.email], "Health Duty Tracker: 2 things for you")
    ]


def test_signatories_are_told_how_many_have_never_signed_in_and_no_names():
    story = tell_return(opens_on=today() - timedelta(days=30), due_on=today() + timedelta(days=18))
    User.objects.filter(pk=story.signatory.pk).update(last_login=timezone.now())
    [draft] = people_messages.drafts(first=today(), last=today())
    messages.announce(
        kind=draft.kind,
        key=draft.key,
        about=draft.about,
        body_id=draft.body_id,
        at=timezone.now() - timedelta(days=2),
    )

    messages.address_due(at=timezone.now())

    [row] = Message.objects.filter(notice__kind=people_messages.NEVER_SIGNED_IN)
    assert row.recipient == story.signatory
    assert "1 editor has never signed in" in row.text
    assert story.editor.full_name not in row.text


def test_once_all_have_signed_in_nobody_is_told():
    tell_return()
    User.objects.update(last_login=timezone.now())

    assert people_messages.drafts(first=today(), last=today()) == ()


def test_when_a_round_closes_each_authority_is_told_whether_its_return_counts():
    made = RoundFactory(
        opens_on=today() - timedelta(days=30),
        due_on=today() - timedelta(days=3),
        edits_until=today() - timedelta(days=1),
    )
    idle = expected(made)
    started = StrategicAuthorityFactory()
    Round.objects.filter(pk=made.pk).update(edits_until=today())
    made.refresh_from_db()
    story = tell_return_of(authority=started, round_=made)
    Round.objects.filter(pk=made.pk).update(edits_until=today() - timedelta(days=1))

    round_stages.close(round_=made, by=make_centre().administrator, at=timezone.now())
    messages.address_due(at=timezone.now())

    texts = dict(
        Message.objects.filter(notice__kind="round.close").values_list("recipient__email", "text")
    )
    assert "did not start a return" in texts[idle.email]
    assert "started and not submitted" in texts[story.editor.email]


def test_only_the_newest_extension_is_told_when_both_wait():
    story = tell_return()
    for days in (5, 9):
        round_bodies.extend(
            round_=story.round,
            authority=story.authority,
            due_on=story.round.due_on + timedelta(days=days),
            edits_until=story.round.edits_until + timedelta(days=days),
            reason="A flood",
            by=make_centre().analyst,
            at=timezone.now(),
        )

    messages.address_due(at=timezone.now())

    assert Notice.objects.filter(kind="round.extend").count() == 2
    assert Message.objects.filter(notice__kind="round.extend").count() == 2


def test_an_authority_that_lost_its_signatory_without_a_step_is_told_once_in_the_round():
    made = due_round()
    person = expected(made)
    authority = person.memberships.first().body
    day = today() + timedelta(days=1)
    assert signatory_messages.drafts(first=day, last=day) == ()
    # As a person who is made inactive.
    authority.memberships.filter(role=Role.SIGNATORY).delete()

    for number in range(3):
        messages.announce_day(at=at_seven(day + timedelta(days=number)))

    found = Notice.objects.filter(kind=NO_SIGNATORY)
    assert [(one.about, one.occasion) for one in found] == [(authority.pk, made.pk)]


def test_what_was_told_when_the_round_opened_is_not_told_the_next_morning():
    made = RoundFactory(state=RoundState.SCHEDULED, opens_on=today())
    ExpectedReturnFactory(round=made)
    round_stages.open_round(round_=made, by=None, at=timezone.now())

    assert Notice.objects.filter(kind=NO_SIGNATORY).count() == 1
    assert signatory_messages.drafts(first=today(), last=today()) == ()
    # Nor where a role that ended has told it.
    Notice.objects.filter(kind=NO_SIGNATORY).update(key="another step")
    assert signatory_messages.drafts(first=today(), last=today()) == ()
