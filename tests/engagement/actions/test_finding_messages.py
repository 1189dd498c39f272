"""Who is told of findings and replies, when, and that nothing confidential is in a mail."""

from datetime import date, datetime, timedelta

import pgtrigger
import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Membership, Message, Notice, Role, User
from duty.actions.deadline_messages import reminder_day
from duty.deadlines import LONDON
from duty.models import Round, RoundState
from engagement.actions import finding_messages, finding_replies, moderation
from engagement.models import FindingReply, ReplyChoice, ResolutionOutcome, Side
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


@pytest.fixture
def people(pair) -> dict[str, User]:
    return {
        f"{side}_{role}": make.member(body, role)
        for side, body in (("sa", pair.authority), ("icb", pair.board))
        for role in (Role.EDITOR, Role.SIGNATORY)
    }


@pytest.fixture
def shared(pair, in_reply_now, people):
    return national.shared(pair=pair, round=in_reply_now)


def told(kind: str, *, at: datetime | None = None) -> dict[User, Message]:
    """Who is written to by then, and what."""
    messages.address_due(at=at or timezone.now() + TOMORROW)
    found = Message.objects.filter(notice__kind=kind).select_related("recipient")
    return {row.recipient: row for row in found}


def of_side(people, side) -> set[User]:
    return {people[f"{side}_editor"], people[f"{side}_signatory"]}


def disagree(shared, people, side="sa"):
    return national.answered(
        shared=shared,
        side=side,
        choice=ReplyChoice.DISAGREE,
        by=people[f"{side}_signatory"],
        note="CANARY-NOTE",
    )


def test_both_bodies_are_told_that_a_finding_is_ready_and_until_when(shared, people):
    found = told(finding_messages.READY)

    assert set(found) == of_side(people, "sa") | of_side(people, "icb")
    message = found[people["sa_editor"]]
    slugs = f"{shared.pair.authority.slug}/{shared.pair.board.slug}"
    assert f"/rounds/{shared.round.slug}/pairs/{slugs}/reply/" in message.text
    assert "can reply until the end of" in message.text
    assert "What we found" not in message.text


def test_sharing_twice_tells_once(shared):
    finding_messages.tell_of_sharing(assessment=shared, at=timezone.now())
    finding_messages.tell_of_sharing(assessment=shared, at=timezone.now())

    assert Notice.objects.filter(kind=finding_messages.READY).count() == 2


def test_what_is_taken_back_before_it_is_sent_is_not_told(shared, people):
    closed = national.closed(shared=shared)
    moderator = make.central(Role.MODERATOR)
    final = moderation.finalise(assessment=closed, by=moderator, at=make.NOW)
    moderation.unfinalise(
        assessment=final,
        reason="A mistake.",
        expected_version=final.version,
        by=make.central(Role.LEAD_ANALYST),
        at=make.NOW,
    )

    assert told(finding_messages.READY) == {}


def test_what_is_shared_after_the_last_day_can_be_read_and_not_replied_to(
    pair, in_reply_now, people
):
    made = national.moderated(pair=pair, round=in_reply_now)
    Round.objects.filter(pk=in_reply_now.pk).update(reply_closes_on=timezone.localdate() - TOMORROW)
    national.move_to(in_reply_now, RoundState.FINALISING)
    moderation.share(assessment=made, by=make.central(Role.MODERATOR), at=timezone.now())

    assert "not replied to" in told(finding_messages.READY)[people["icb_editor"]].text


def test_a_mail_of_a_test_round_says_so(shared, people):
    with pgtrigger.ignore("duty.Round:frozen_once_scheduled"):
        Round.objects.filter(pk=shared.round_id).update(is_test=True)

    assert told(finding_messages.READY)[people["sa_editor"]].subject.startswith("[TEST] ")


# --- The reply closes.


def morning_of(day) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 5, tzinfo=LONDON)


def closing_days(round: Round):
    assert round.reply_closes_on is not None
    return reminder_day(due_on=round.reply_closes_on, working_days=5), round.reply_closes_on


def in_reply(round: Round, *, shared_at: datetime | None = None) -> None:
    """Move the days of the reply: the last is three weeks ahead."""
    last = timezone.localdate() + timedelta(days=21)
    Round.objects.filter(pk=round.pk).update(reply_closes_on=last)
    round.refresh_from_db()


def test_five_working_days_before_only_bodies_without_a_reply_are_reminded(shared, people):
    disagree(shared, people, "icb")
    in_reply(shared.round)
    day, _ = closing_days(shared.round)

    before = finding_messages.drafts(first=day - TOMORROW, last=day - TOMORROW)
    [draft] = finding_messages.drafts(first=day, last=day)

    assert before == ()
    assert (draft.day, draft.body_id) == (day, shared.pair.authority_id)
    messages.announce_day(at=morning_of(day))
    messages.announce_day(at=morning_of(day) + timedelta(hours=2))
    found = told(finding_messages.CLOSING, at=morning_of(day) + timedelta(hours=3))
    assert set(found) == of_side(people, "sa")
    assert "No reply is neither agreement nor disagreement" in found[people["sa_editor"]].text


def test_a_morning_that_was_missed_is_made_good_until_the_last_day(shared):
    in_reply(shared.round)
    day, last = closing_days(shared.round)

    assert len(finding_messages.drafts(first=day + TOMORROW, last=day + TOMORROW)) == 2
    assert finding_messages.drafts(first=last, last=last) == ()


def test_who_replies_before_it_is_sent_is_not_reminded(shared, people):
    in_reply(shared.round)
    day, _ = closing_days(shared.round)
    messages.announce_day(at=morning_of(day))
    disagree(shared, people, "sa")

    found = told(finding_messages.CLOSING, at=morning_of(day) + timedelta(hours=3))

    assert set(found) == of_side(people, "icb")


def test_who_works_there_when_it_is_sent_is_told(shared, people, pair):
    in_reply(shared.round)
    day, _ = closing_days(shared.round)
    messages.announce_day(at=morning_of(day))
    Membership.objects.filter(user=people["sa_editor"]).update(ended_at=timezone.now())
    newcomer = make.member(pair.authority)

    found = told(finding_messages.CLOSING, at=morning_of(day) + timedelta(hours=3))

    assert newcomer in found
    assert people["sa_editor"] not in found


def test_a_body_that_has_just_been_told_is_not_reminded(shared):
    in_reply(shared.round)
    day, _ = closing_days(shared.round)
    type(shared).objects.filter(pk=shared.pk).update(shared_at=morning_of(day))

    assert finding_messages.drafts(first=day, last=day) == ()


def test_bank_holidays_are_no_working_days(pair, people):
    over_christmas = make.RoundFactory(
        state=RoundState.CLOSED,
        due_on=date(2026, 10, 20),
        edits_until=date(2026, 11, 2),
        reply_opens_on=date(2026, 12, 1),
        reply_closes_on=date(2027, 1, 5),
    )
    national.shared(pair=pair, round=over_christmas)

    drafts = finding_messages.drafts(first=date(2026, 12, 2), last=date(2027, 1, 4))

    # 25 and 28 December and 1 January do not count.
    assert {one.day for one in drafts} == {date(2026, 12, 24)}


# --- Replies and challenges.


def test_a_reply_is_told_to_who_drafted_and_moderated_and_quotes_nothing(shared, people):
    other = make.central(Role.MODERATOR)
    disagree(shared, people)

    found = told(finding_messages.REPLIED)

    shared.refresh_from_db()
    assert set(found) == {shared.drafted_by, shared.moderated_by}
    assert other not in found
    message = found[shared.drafted_by]
    assert "disagrees" in message.text
    assert "CANARY" not in message.text
    assert people["sa_signatory"].full_name not in message.text


def test_a_reply_that_was_changed_or_taken_back_is_told_as_it_stands(shared, people):
    disagree(shared, people)
    national.answered(
        shared=shared, side="sa", choice=ReplyChoice.NO_REPLY, by=people["sa_signatory"]
    )

    assert told(finding_messages.REPLIED) == {}
    assert Notice.objects.filter(kind=finding_messages.REPLIED).count() == 1


def resolved(shared, people, outcome=ResolutionOutcome.UPHOLD):
    disagree(shared, people)
    closed = national.closed(shared=shared)
    return finding_replies.resolve(
        assessment=closed,
        side=Side.AUTHORITY,
        outcome=outcome,
        reason="CANARY-REASON",
        expected_version=closed.version,
        by=make.central(Role.MODERATOR),
        at=timezone.now(),
    )


def test_both_bodies_are_told_how_a_challenge_ended(shared, people):
    resolved(shared, people)

    found = told(finding_messages.RESOLVED)

    assert set(found) == of_side(people, "sa") | of_side(people, "icb")
    message = found[people["icb_editor"]]
    assert "stays as it was found" in message.text
    assert "upheld" in message.subject
    for canary in ("CANARY", "Between us."):
        assert canary not in message.text


def test_a_resolution_that_no_longer_stands_is_not_told(shared, people):
    made = resolved(shared, people)
    type(made).objects.filter(pk=made.pk).update(superseded_at=timezone.now())

    assert told(finding_messages.RESOLVED) == {}


def test_no_reply_is_stored_as_no_reply_and_told_to_nobody(shared, people):
    national.closed(shared=shared)

    assert set(FindingReply.objects.values_list("choice", flat=True)) == {"no_reply"}
    assert told(finding_messages.REPLIED) == {}


def test_what_the_start_of_a_reply_will_tell_is_known_ahead_to_both_bodies(pair, in_reply_now):
    national.moderated(pair=pair, round=in_reply_now)
    day = in_reply_now.reply_opens_on

    found = finding_messages.foreseen(first=day - timedelta(days=7), last=day)

    assert {(one.kind, one.day, one.body_id, one.occasion) for one in found} == {
        (finding_messages.READY, day, body_id, in_reply_now.pk)
        for body_id in (pair.authority_id, pair.board_id)
    }
    before = day - timedelta(days=1)
    assert finding_messages.foreseen(first=before, last=before) == ()
    # A job that is late does today what it can.
    later = day + timedelta(days=2)
    assert {one.day for one in finding_messages.foreseen(first=later, last=later)} == {later}


def test_what_is_shared_already_or_not_agreed_to_is_not_foreseen(pair, other_pair, in_reply_now):
    national.drafted(pair=other_pair, round=in_reply_now, levels=("high", "high"))
    national.shared(pair=pair, round=in_reply_now)
    day = in_reply_now.reply_opens_on

    assert finding_messages.foreseen(first=day, last=day) == ()
