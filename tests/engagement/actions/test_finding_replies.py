"""Replies of bodies to findings, each on its own side and within the window; and challenges."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest

from authorities.models import Role
from duty.actions.clock import invented_past
from duty.models import RoundState
from engagement.actions import finding_replies, interests, moderation
from engagement.actions.finding_replies import StaleReplyError
from engagement.assessment_lifecycle import REFUSALS, AssessmentRefusedError, Guard
from engagement.models import (
    AssessmentHappening,
    Finding,
    FindingReply,
    Level,
    ReplyChoice,
    Resolution,
    ResolutionOutcome,
    Side,
)
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db

SA, ICB = Side.AUTHORITY, Side.BOARD
AGREE, DISAGREE, NO_REPLY = ReplyChoice.AGREE, ReplyChoice.DISAGREE, ReplyChoice.NO_REPLY
UPHOLD, CHANGE = ResolutionOutcome.UPHOLD, ResolutionOutcome.CHANGE


def refused(guard: Guard):
    return pytest.raises(AssessmentRefusedError, match=re.escape(REFUSALS[guard]))


@pytest.fixture
def shared(pair, round):
    national.move_to(round, RoundState.CLOSED)
    return national.shared(pair=pair, round=round)


@pytest.fixture
def signatory(pair):
    return make.member(pair.authority, Role.SIGNATORY)


@pytest.fixture
def board_signatory(pair):
    return make.member(pair.board, Role.SIGNATORY)


def reply(shared, by, choice, side=SA, at=None, version=1, **said):
    with invented_past():
        return finding_replies.reply(
            assessment=shared,
            side=side,
            choice=choice,
            expected_version=version,
            by=by,
            at=at or national.in_reply(shared.round),
            **said,
        )


def disagreed(shared, by, side=SA):
    return reply(shared, by, DISAGREE, side=side, note="Not so.", evidence=national.SHOWN)


def test_a_signatory_replies_for_their_side_alone(shared, signatory):
    stored = reply(shared, signatory, AGREE)

    assert (stored.choice, stored.replied_by) == ("agree", signatory)
    assert FindingReply.objects.get(side="icb").choice == "no_reply"
    with pytest.raises(AssessmentRefusedError):
        reply(shared, signatory, AGREE, side=ICB)


def test_an_editor_and_the_centre_do_not_reply(shared, pair):
    for person in (make.member(pair.authority), make.central(Role.LEAD_ANALYST)):
        with pytest.raises(AssessmentRefusedError, match="Ask the signatory"):
            reply(shared, person, AGREE)


def test_a_signatory_of_another_body_is_told_that_it_is_not_theirs(shared, other_pair):
    stranger = make.member(other_pair.authority, Role.SIGNATORY)

    with refused(Guard.OWN_SIDE):
        reply(shared, stranger, AGREE)


@pytest.mark.parametrize(
    ("choice", "said", "guard"),
    [
        (DISAGREE, {"evidence": national.SHOWN}, Guard.DISAGREEMENT_EXPLAINED),
        (DISAGREE, {"note": " ", "evidence": national.SHOWN}, Guard.DISAGREEMENT_EXPLAINED),
        (DISAGREE, {"note": "Not so."}, Guard.DISAGREEMENT_SHOWN),
        (NO_REPLY, {"note": "Not so."}, Guard.CHOICE_MADE),
        (NO_REPLY, {"evidence": national.SHOWN}, Guard.CHOICE_MADE),
    ],
)
def test_a_reply_that_lacks_something_is_refused_in_words(shared, signatory, choice, said, guard):
    with refused(guard):
        reply(shared, signatory, choice, **said)

    assert FindingReply.objects.get(side="sa").choice == "no_reply"


def test_an_agreement_needs_nothing_and_may_say_something(shared, signatory):
    reply(shared, signatory, AGREE)

    stored = reply(shared, signatory, AGREE, note="Thank you.", version=2)

    assert (stored.note, stored.version) == ("Thank you.", 3)


@pytest.mark.parametrize(
    ("day", "hour", "taken"),
    [
        # In London it is an hour later than in UTC while summer time lasts; these are winter days.
        (-1, time(23, 59), False),
        (0, time(0, 0), True),
        (21, time(23, 59), True),
        (22, time(0, 0), False),
    ],
)
def test_replies_are_taken_from_the_first_to_the_last_day(shared, signatory, day, hour, taken):
    at = datetime.combine(shared.round.reply_opens_on + timedelta(days=day), hour, tzinfo=UTC)

    if taken:
        assert reply(shared, signatory, AGREE, at=at).choice == "agree"
    else:
        with refused(Guard.WINDOW_OPEN):
            reply(shared, signatory, AGREE, at=at)


def test_the_day_is_judged_by_the_databases_clock(shared, signatory):
    # The window of the round lies ahead of the database's clock, or behind it.
    with refused(Guard.WINDOW_OPEN):
        finding_replies.reply(
            assessment=shared,
            side=SA,
            choice=AGREE,
            expected_version=1,
            by=signatory,
            at=national.in_reply(shared.round),
        )


@pytest.mark.parametrize("state", ["closed", "finalising", "published"])
def test_replies_are_taken_while_the_round_is_in_reply(shared, signatory, state):
    national.move_to(shared.round, RoundState(state))

    with refused(Guard.WINDOW_OPEN):
        reply(shared, signatory, AGREE)


def test_the_same_sent_twice_is_stored_once_and_a_stale_one_is_shown_both(shared, signatory):
    first = disagreed(shared, signatory)
    again = disagreed(shared, signatory)
    with pytest.raises(StaleReplyError) as stale:
        reply(shared, signatory, AGREE)

    assert first.version == again.version == stale.value.version == 2
    assert stale.value.stored.note == "Not so."
    assert AssessmentHappening.objects.filter(type="reply").count() == 1


def test_a_reply_is_taken_back_as_no_reply(shared, signatory):
    disagreed(shared, signatory)

    stored = reply(shared, signatory, NO_REPLY, version=2)

    assert (stored.choice, stored.note, stored.evidence) == ("no_reply", "", [])
    assert national.closed(shared=shared).state == "unchallenged"


def test_the_end_of_the_reply_tells_challenged_from_unchallenged_and_may_come_twice(
    shared, signatory, other_pair
):
    disagreed(shared, signatory)
    national.move_to(shared.round, RoundState.CLOSED)
    other = national.shared(pair=other_pair, round=shared.round)
    with invented_past(), refused(Guard.WINDOW_OVER):
        finding_replies.close_window(round=shared.round, at=national.in_reply(shared.round))

    with invented_past():
        for _time in range(2):
            finding_replies.close_window(round=shared.round, at=national.after_reply(shared.round))

    for one in (shared, other):
        one.refresh_from_db()
    assert (shared.state, other.state) == ("replied", "unchallenged")


# --- Challenges.


@pytest.fixture
def challenged(shared, signatory):
    disagreed(shared, signatory)
    return national.closed(shared=shared)


def resolve(made, outcome, by=None, side=SA, level=None, reason="It was known.", version=None):
    return finding_replies.resolve(
        assessment=made,
        side=side,
        outcome=outcome,
        level=level,
        reason=reason,
        expected_version=made.version if version is None else version,
        by=by or make.central(Role.MODERATOR),
        at=make.NOW,
    )


def test_an_upheld_challenge_keeps_the_level_and_the_last_makes_it_final(challenged):
    made = resolve(challenged, UPHOLD)

    challenged.refresh_from_db()
    assert (made.level_before, made.level_after, challenged.state) == ("high", "high", "final")


def test_a_change_gives_another_level_and_leaves_the_finding_as_it_was(challenged):
    with refused(Guard.LEVEL_IS_ANOTHER):
        resolve(challenged, CHANGE, level=Level.HIGH)

    made = resolve(challenged, CHANGE, level=Level.PARTIAL)

    assert (made.level_before, made.level_after) == ("high", "partial")
    assert Finding.objects.get(assessment=challenged, side="sa").level == "high"


def test_both_challenges_are_resolved_before_it_is_final(shared, signatory, board_signatory):
    disagreed(shared, signatory)
    disagreed(shared, board_signatory, side=ICB)
    made = national.closed(shared=shared)

    resolve(made, UPHOLD)
    made.refresh_from_db()
    assert made.state == "replied"
    with refused(Guard.NOT_RESOLVED_YET):
        resolve(made, UPHOLD)
    resolve(made, CHANGE, side=ICB, level=None)

    made.refresh_from_db()
    assert made.state == "final"


def test_a_side_that_did_not_disagree_has_nothing_to_resolve(challenged):
    with refused(Guard.CHALLENGED):
        resolve(challenged, UPHOLD, side=ICB)


def test_a_resolution_says_why_and_is_of_what_was_read(challenged):
    with refused(Guard.REASON_GIVEN):
        resolve(challenged, UPHOLD, reason=" ")
    with refused(Guard.VERSION_MATCHES):
        resolve(challenged, UPHOLD, version=challenged.version - 1)


def test_the_drafter_and_who_has_an_interest_resolve_nothing(challenged, pair):
    moderator = make.central(Role.MODERATOR)
    interests.declare(body=pair.board, what="A friend.", by=moderator, at=make.NOW)
    make.NationalMembershipFactory(user=challenged.drafted_by, role=Role.MODERATOR)

    with refused(Guard.NO_INTEREST):
        resolve(challenged, UPHOLD, by=moderator)
    with refused(Guard.NOT_DRAFTER):
        resolve(challenged, UPHOLD, by=challenged.drafted_by)


def test_after_final_is_taken_back_the_challenge_is_resolved_anew(challenged):
    resolve(challenged, CHANGE, level=Level.LOW)
    challenged.refresh_from_db()
    made = moderation.unfinalise(
        assessment=challenged,
        reason="The wrong level.",
        expected_version=challenged.version,
        by=make.central(Role.LEAD_ANALYST),
        at=make.NOW,
    )
    moderator = make.central(Role.MODERATOR)
    made = moderation.agree(
        assessment=made, expected_version=made.version, by=moderator, at=make.NOW
    )
    made = moderation.share(
        assessment=made, unread_reason="Again.", by=make.central("lead_analyst"), at=make.NOW
    )
    assert made.state == "replied"
    with refused(Guard.CHALLENGES_RESOLVED):
        moderation.finalise(assessment=made, by=moderator, at=make.NOW)

    again = resolve(made, UPHOLD)

    assert (again.level_before, again.level_after) == ("high", "high")
    assert Resolution.objects.filter(superseded_at__isnull=True).get() == again


def test_a_reply_that_changes_after_its_resolution_is_resolved_anew(
    shared, signatory, board_signatory
):
    disagreed(shared, signatory)
    disagreed(shared, board_signatory, side=ICB)
    made = national.closed(shared=shared)
    resolve(made, CHANGE, level=Level.LOW)
    national.move_to(made.round, RoundState.IN_REPLY)
    with invented_past():
        finding_replies.reopen_window(round=made.round, at=national.in_reply(made.round))

    reply(shared, signatory, DISAGREE, note="More.", evidence=national.SHOWN, version=2)

    assert Resolution.objects.get(reply__side="sa").superseded_at is not None
