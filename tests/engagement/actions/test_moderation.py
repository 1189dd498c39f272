"""Decisions about national views: agreed or returned, shared, final, and looked at again."""

import re

import pytest

from authorities.models import Role
from duty.actions.clock import invented_past
from duty.models import RoundState
from engagement.actions import allocations, finding_replies, interests, moderation
from engagement.assessment_lifecycle import REFUSALS, AssessmentRefusedError, Guard
from engagement.models import (
    Assessment,
    AssessmentHappening,
    Finding,
    FindingEvidence,
    FindingReply,
    Publication,
)
from outcomes.models import RecomputeRequest
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db


def refused(guard: Guard):
    return pytest.raises(AssessmentRefusedError, match=re.escape(REFUSALS[guard]))


@pytest.fixture
def closed(round):
    national.move_to(round, RoundState.CLOSED)
    return round


@pytest.fixture
def in_moderation(pair, closed):
    return national.sent(drafted=national.drafted(pair=pair, round=closed, levels=("high", "low")))


def agree(made, by=None, version=None):
    return moderation.agree(
        assessment=made,
        expected_version=made.version if version is None else version,
        by=by or make.central(Role.MODERATOR),
        at=make.NOW,
    )


def give_back(made, by=None, reason="The rationale names no partner."):
    return moderation.return_draft(
        assessment=made,
        reason=reason,
        expected_version=made.version,
        by=by or make.central(Role.MODERATOR),
        at=make.NOW,
    )


def test_a_moderator_agrees_and_the_placement_is_asked_for(in_moderation):
    RecomputeRequest.objects.all().delete()
    moderator = make.central(Role.MODERATOR)

    made = agree(in_moderation, by=moderator)

    assert (made.state, made.moderated_by) == ("moderated", moderator)
    assert RecomputeRequest.objects.filter(subject_id=made.pair_id).exists()


@pytest.mark.parametrize("decide", [agree, give_back])
def test_nobody_decides_about_their_own_draft(pair, closed, decide):
    lead = make.central(Role.LEAD_ANALYST)
    made = national.sent(
        drafted=national.drafted(pair=pair, round=closed, levels=("high", "low"), by=lead)
    )

    with refused(Guard.NOT_DRAFTER):
        decide(made, by=lead)


def test_who_wrote_a_part_of_the_draft_decides_nothing_about_it(pair, closed):
    first, second = make.central(Role.LEAD_ANALYST), make.central()
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"), by=first)
    allocations.allocate(
        round=closed, pair=pair, to=second, by=make.central(Role.LEAD_ANALYST), at=make.NOW
    )
    made.refresh_from_db()
    made = national.sent(drafted=made)

    with refused(Guard.NOT_DRAFTER):
        agree(made, by=first)


@pytest.mark.parametrize("decide", [agree, give_back])
@pytest.mark.parametrize("side", ["authority", "board"])
def test_nobody_decides_about_a_body_that_they_have_an_interest_in(
    pair, in_moderation, decide, side
):
    moderator = make.central(Role.MODERATOR)
    interests.declare(body=getattr(pair, side), what="A friend.", by=moderator, at=make.NOW)

    with refused(Guard.NO_INTEREST):
        decide(in_moderation, by=moderator)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.READER])
def test_only_moderators_decide(in_moderation, role):
    with pytest.raises(AssessmentRefusedError, match="Ask the lead analyst or moderator"):
        agree(in_moderation, by=make.central(role))


def test_who_drafted_the_round_before_moderates_only_where_nobody_else_is_free(pair, closed):
    lead = make.central(Role.LEAD_ANALYST)
    national.moderated(
        pair=pair, round=make.earlier_round(), by=lead, moderator=make.central(Role.MODERATOR)
    )
    other = Assessment.objects.get().moderated_by
    made = national.sent(drafted=national.drafted(pair=pair, round=closed, levels=("high", "low")))
    with refused(Guard.NOT_LAST_DRAFTER):
        agree(made, by=lead)

    interests.declare(body=pair.board, what="A friend.", by=other, at=make.NOW)

    assert agree(made, by=lead).moderated_by == lead


def test_a_stale_decision_is_refused(in_moderation):
    with refused(Guard.VERSION_MATCHES):
        agree(in_moderation, version=in_moderation.version - 1)


def test_a_draft_is_returned_with_a_reason_and_sent_again(in_moderation):
    with refused(Guard.REASON_GIVEN):
        give_back(in_moderation, reason=" ")

    made = give_back(in_moderation)

    assert made.state == "national_draft"
    event = AssessmentHappening.objects.get(assessment=made, type="return")
    assert event.reason == "The rationale names no partner."
    assert national.sent(drafted=made).state == "in_moderation"


# --- Sharing.


def share(made, by=None, reason=""):
    return moderation.share(
        assessment=made, unread_reason=reason, by=by or make.central(Role.MODERATOR), at=make.NOW
    )


@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_is_shared_before_the_reply_starts(pair, closed, state):
    made = national.moderated(pair=pair, round=closed)
    national.move_to(closed, RoundState(state))

    with refused(Guard.REPLY_STARTED):
        share(made)


def test_it_is_shared_once_both_bodies_have_a_reader(pair, closed):
    made = national.moderated(pair=pair, round=closed)
    national.move_to(closed, RoundState.IN_REPLY)
    make.member(pair.authority)
    with refused(Guard.READERS_ON_BOTH_SIDES):
        share(made)

    make.member(pair.board)

    assert share(made).state == "shared"
    assert {row.choice for row in FindingReply.objects.all()} == {"no_reply"}


def test_a_lead_alone_shares_without_a_reader_and_says_why(pair, closed):
    made = national.moderated(pair=pair, round=closed)
    national.move_to(closed, RoundState.IN_REPLY)
    with pytest.raises(AssessmentRefusedError, match="Ask the lead analyst"):
        share(made, reason="Nobody answers there.")

    made = share(made, by=make.central(Role.LEAD_ANALYST), reason="Nobody answers there.")

    assert (made.state, made.unread_reason) == ("shared", "Nobody answers there.")


def test_the_start_of_the_reply_shares_what_can_be_and_names_the_rest(pair, other_pair, closed):
    for body in (pair.authority, pair.board):
        make.member(body)
    for one in (pair, other_pair):
        national.moderated(pair=one, round=closed)
    national.move_to(closed, RoundState.IN_REPLY)

    left_out = moderation.share_all(round=closed, by=None, at=make.NOW)

    assert [one.pair for one in left_out] == [other_pair]
    assert {a.pair_id: a.state for a in Assessment.objects.all()} == {
        pair.pk: "shared",
        other_pair.pk: "moderated",
    }


def test_shared_after_the_days_of_the_reply_its_reply_ends_at_once(pair, closed):
    made = national.moderated(pair=pair, round=closed)
    national.move_to(closed, RoundState.FINALISING)

    made = share(made, by=make.central(Role.LEAD_ANALYST), reason="Late.")

    assert made.state == "unchallenged"


# --- Final.


@pytest.fixture
def unchallenged(pair, closed):
    return national.closed(shared=national.shared(pair=pair, round=closed))


def finalise(made, by=None):
    return moderation.finalise(assessment=made, by=by or make.central(Role.MODERATOR), at=make.NOW)


def test_what_nobody_challenged_is_made_final_and_no_reply_stays_no_reply(unchallenged):
    made = finalise(unchallenged)

    assert made.state == "final"
    assert {row.choice for row in FindingReply.objects.all()} == {"no_reply"}


def test_who_has_an_interest_makes_nothing_final(unchallenged, pair):
    moderator = make.central(Role.MODERATOR)
    interests.declare(body=pair.authority, what="A friend.", by=moderator, at=make.NOW)

    with refused(Guard.NO_INTEREST):
        finalise(unchallenged, by=moderator)


def test_several_are_made_final_and_what_is_refused_says_why(pair, other_pair, closed):
    in_reply = national.shared(pair=pair, round=closed)
    other = national.moderated(pair=other_pair, round=closed)
    made = national.closed(shared=in_reply)

    left_out = moderation.finalise_many(
        assessments=[made, other], by=make.central(Role.MODERATOR), at=make.NOW
    )

    made.refresh_from_db()
    assert (made.state, [one.pair for one in left_out]) == ("final", [other_pair])


def unfinalise(made, by=None, reason="A figure was wrong."):
    return moderation.unfinalise(
        assessment=made,
        reason=reason,
        expected_version=made.version,
        by=by or make.central(Role.LEAD_ANALYST),
        at=make.NOW,
    )


def test_a_lead_takes_final_back_with_a_reason_and_it_goes_its_way_again(unchallenged):
    made = finalise(unchallenged)
    with pytest.raises(AssessmentRefusedError, match="Ask the lead analyst"):
        unfinalise(made, by=make.central(Role.MODERATOR))
    with refused(Guard.REASON_GIVEN):
        unfinalise(made, reason="")

    made = unfinalise(made)

    assert (made.state, made.moderated_by, made.finalised_by) == ("in_moderation", None, None)
    made = share(agree(made), by=make.central(Role.LEAD_ANALYST), reason="Again.")
    assert finalise(made).state == "final"


def test_final_stays_while_a_revision_stands(unchallenged, closed):
    made = finalise(unchallenged)
    revision = Publication.objects.create(
        round=closed,
        number=1,
        approved_at=make.LONG_AGO,
        published_at=make.LONG_AGO,
        proposed_by=make.central(Role.LEAD_ANALYST),
        approved_by=make.central(Role.LEAD_ANALYST),
    )

    with refused(Guard.NO_REVISION_STANDS):
        unfinalise(made)

    assert revision.round == closed


# --- Evidence withdrawn.


def withdraw(evidence, by, reason="The page is gone."):
    return moderation.withdraw_evidence(evidence_id=evidence.pk, reason=reason, by=by, at=make.NOW)


def test_withdrawn_evidence_changes_no_level_and_asks_for_a_second_look(unchallenged):
    made = finalise(unchallenged)
    evidence = FindingEvidence.objects.get(finding__side="sa")
    drafter = made.drafted_by

    withdraw(evidence, drafter)

    made.refresh_from_db()
    assert (made.state, made.second_look_since) == ("final", make.NOW)
    assert Finding.objects.get(assessment=made, side="sa").level == "high"
    with refused(Guard.NOT_WITHDRAWN_YET):
        withdraw(evidence, drafter)


def test_evidence_is_withdrawn_by_who_gave_it_or_a_lead_with_a_reason(unchallenged):
    evidence = FindingEvidence.objects.get(finding__side="sa")
    with refused(Guard.GAVE_IT_OR_LEADS):
        withdraw(evidence, make.central())
    lead = make.central(Role.LEAD_ANALYST)
    with refused(Guard.REASON_GIVEN):
        withdraw(evidence, lead, reason="")

    assert withdraw(evidence, lead).withdrawn_by == lead


def test_in_a_draft_withdrawn_evidence_asks_for_nothing_and_counts_no_more(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))

    withdraw(FindingEvidence.objects.get(finding__side="sa"), made.assigned_to)

    made.refresh_from_db()
    assert made.second_look_since is None
    with refused(Guard.EVIDENCE_AT_HIGH_AND_LOW):
        national.sent(drafted=made)


def look_again(made, by, note="The level holds without it."):
    return moderation.answer_second_look(assessment=made, note=note, by=by, at=make.NOW)


def test_a_second_look_is_answered_with_a_note_by_a_moderator(unchallenged):
    moderator = make.central(Role.MODERATOR)
    with refused(Guard.SECOND_LOOK_ASKED):
        look_again(unchallenged, moderator)
    withdraw(FindingEvidence.objects.get(finding__side="sa"), unchallenged.drafted_by)
    with refused(Guard.REASON_GIVEN):
        look_again(unchallenged, moderator, note="")
    with pytest.raises(AssessmentRefusedError, match="Ask the lead analyst or moderator"):
        look_again(unchallenged, unchallenged.drafted_by)

    made = look_again(unchallenged, moderator)

    assert (made.state, made.second_look_since) == ("unchallenged", None)


def test_a_reply_that_is_over_opens_again_with_the_rounds(pair, closed):
    made = national.closed(shared=national.shared(pair=pair, round=closed))
    national.move_to(closed, RoundState.IN_REPLY)

    with invented_past():
        for _time in range(2):
            finding_replies.reopen_window(round=closed, at=national.in_reply(closed))

    made.refresh_from_db()
    assert made.state == "shared"
