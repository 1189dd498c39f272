"""Placements once the centre has decided, and what a round waits for."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import Role
from duty.actions import round_replies
from duty.models import RoundState
from duty.queries.findings import drafted_finding
from duty.round_lifecycle import RoundGuard
from engagement import content as contents
from engagement.actions import (
    assessments,
    finding_replies,
    moderation,
    placements,
    round_publication,
)
from engagement.models import (
    Assessment,
    FindingEvidence,
    Level,
    Placement,
    PublishedPlacement,
    ReplyChoice,
    ResolutionOutcome,
    Side,
)
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national
from tests.factories.duty import tell_return_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]


@pytest.fixture
def viewed(pair, round):
    """A closed round in which both bodies say high of themselves."""
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=round, side=side, level="high")
    national.move_to(round, RoundState.CLOSED)
    return round


def placed(pair, round) -> Placement:
    placements.recompute(pair=pair, round=round, at=make.NOW)
    return Placement.objects.get(round=round, pair=pair)


def levels(placement) -> tuple[str | None, str | None, str]:
    return (placement.authority_level, placement.board_level, placement.basis)


def test_own_views_are_the_working_picture_until_a_moderator_agrees(pair, viewed):
    made = national.drafted(pair=pair, round=viewed, levels=("low", "low"))
    assert levels(placed(pair, viewed)) == ("high", "high", "own_views")
    made = national.sent(drafted=made)
    assert levels(placed(pair, viewed)) == ("high", "high", "own_views")

    moderation.agree(
        assessment=made,
        expected_version=made.version,
        by=make.central(Role.MODERATOR),
        at=make.NOW,
    )

    assert levels(placed(pair, viewed)) == ("low", "low", "moderated")


def test_what_was_found_is_told_and_no_private_note_ever(pair, viewed):
    national.moderated(pair=pair, round=viewed, levels=("high", "low"))

    placement = placed(pair, viewed)

    side = contents.from_json(stored=placement.content).authority_side
    assert side.rationale == "What we found of the authority."
    assert [(one.title, one.note) for one in side.evidence] == [("Minutes of the board", "Page 4.")]
    assert {one.level for one in side.statements} == {"high"}
    assert "7 of 7 themes high" in side.explanation
    told = json.dumps(placement.content)
    assert "Between us." not in told
    assert "Heard from a colleague." not in told


def test_a_side_that_cannot_be_decided_has_no_level_and_is_never_low(pair, viewed):
    national.moderated(pair=pair, round=viewed, levels=("high", None))

    placement = placed(pair, viewed)

    content = contents.from_json(stored=placement.content)
    assert levels(placement) == ("high", None, "moderated")
    assert placement.group is None
    assert contents.not_assessed_reasons(content=content) == (
        "the level of the ICB could not be decided",
    )


def test_a_pair_marked_not_assessed_says_so_with_its_reason(pair, round):
    national.move_to(round, RoundState.CLOSED)
    assessments.mark_not_assessed(
        round=round,
        pair=pair,
        reason="The authority is new.",
        by=make.central(),
        at=national.after_closing(round),
    )

    placement = placed(pair, round)

    content = contents.from_json(stored=placement.content)
    assert levels(placement) == (None, None, "moderated")
    assert contents.not_assessed_reasons(content=content) == (
        "marked not assessed: no own view and no evidence",
    )
    assert content.board_side.rationale == "The authority is new."


def challenged(pair, round):
    made = national.shared(pair=pair, round=round, levels=("low", "low"))
    national.answered(
        shared=made,
        side="sa",
        choice=ReplyChoice.DISAGREE,
        by=make.member(pair.authority, Role.SIGNATORY),
    )
    return national.closed(shared=made)


def test_a_challenge_that_was_right_changes_the_level_and_says_why(pair, viewed):
    made = challenged(pair, viewed)
    assert levels(placed(pair, viewed)) == ("low", "low", "moderated")

    finding_replies.resolve(
        assessment=made,
        side=Side.AUTHORITY,
        outcome=ResolutionOutcome.CHANGE,
        level=Level.PARTIAL,
        reason="The letter shows more.",
        expected_version=made.version,
        by=make.central(Role.MODERATOR),
        at=make.NOW,
    )

    placement = placed(pair, viewed)
    side = contents.from_json(stored=placement.content).authority_side
    assert levels(placement) == ("partial", "low", "moderated")
    assert side.resolved_reason == "The letter shows more."


def test_withdrawn_evidence_is_told_no_more_and_the_level_stays(pair, viewed):
    made = national.moderated(pair=pair, round=viewed, levels=("high", "low"))
    moderation.withdraw_evidence(
        evidence_id=FindingEvidence.objects.get(finding__side="sa").pk,
        reason="Gone.",
        by=made.drafted_by,
        at=make.NOW,
    )

    placement = placed(pair, viewed)

    assert levels(placement) == ("high", "low", "moderated")
    assert contents.from_json(stored=placement.content).authority_side.evidence == ()


def test_a_row_published_before_findings_were_moderated_is_still_read(pair, round):
    make.publish(round=make.earlier_round(), levels={pair: ("low", "low")})
    stored = PublishedPlacement.objects.get().content
    old = {**stored, "authority_side": dict(stored["authority_side"])}
    for name in ("rationale", "evidence", "resolved_reason"):
        del old["authority_side"][name]

    content = contents.from_json(stored=old)

    assert (content.authority_side.level, content.authority_side.evidence) == ("low", ())


# --- What a round waits for.


def guards(round) -> set[RoundGuard]:
    return round_publication.guards_of(round_=round)


def test_the_reply_waits_until_every_pair_is_moderated_or_marked(pair, other_pair, round):
    make.confirmed(pair=pair, round=round, side="sa", level="high")
    national.move_to(round, RoundState.CLOSED)
    placements.recompute_round(round=round, at=make.NOW)
    assert RoundGuard.PAIRS_SETTLED not in guards(round)
    national.moderated(pair=pair, round=round)
    assert RoundGuard.PAIRS_SETTLED not in guards(round)

    national.settle(round=round, final=False)

    assert RoundGuard.PAIRS_SETTLED in guards(round)
    assert RoundGuard.REPLIES_RESOLVED not in guards(round)


def test_publication_waits_until_every_pair_is_final_or_marked(pair, other_pair, viewed):
    national.settle(round=viewed, final=False)
    assert RoundGuard.REPLIES_RESOLVED not in guards(viewed)
    national.move_to(viewed, RoundState.FINALISING)
    made = Assessment.objects.get(pair=pair)
    made = moderation.share(
        assessment=made, unread_reason="A test.", by=make.central("lead_analyst"), at=make.NOW
    )
    assert RoundGuard.REPLIES_RESOLVED not in guards(viewed)

    moderation.finalise(assessment=made, by=make.central(Role.MODERATOR), at=make.NOW)

    assert RoundGuard.REPLIES_RESOLVED in guards(viewed)


def test_a_test_round_waits_for_no_pair(pair):
    trial = make.RoundFactory(slug="trial", is_test=True, state=RoundState.CLOSED)

    assert {RoundGuard.PAIRS_SETTLED, RoundGuard.REPLIES_RESOLVED} <= guards(trial)


def test_a_round_without_any_pair_is_not_settled(round):
    assert RoundGuard.PAIRS_SETTLED not in guards(round)


def test_the_reply_shares_and_ends_and_opens_again_with_the_round(pair, viewed):
    for body in (pair.authority, pair.board):
        make.member(body)
    made = national.moderated(pair=pair, round=viewed)
    started, ended = national.in_reply(viewed), national.after_reply(viewed)

    states = []
    round_replies.start_reply(round_=viewed, by=None, at=started)
    made.refresh_from_db()
    states.append(made.state)
    round_replies.end_reply(round_=viewed, by=None, at=ended)
    made.refresh_from_db()
    states.append(made.state)
    round_replies.reopen_reply(
        round_=viewed,
        reply_closes_on=viewed.reply_closes_on + timedelta(days=7),
        publish_at=viewed.publish_at + timedelta(days=7),
        reason="A bank holiday.",
        by=make.central(Role.ADMINISTRATOR),
        at=ended,
    )
    made.refresh_from_db()
    states.append(made.state)

    assert states == ["shared", "unchallenged", "shared"]


def test_a_correction_of_a_round_that_rests_on_own_views_still_works(pair, round):
    earlier = make.earlier_round()
    make.publish(round=earlier, levels={pair: ("low", "low")})

    publication = make.approve(round=earlier, reason="A share was wrong.", clock=timezone.now)

    assert (publication.number, publication.placements.get().authority_level) == (2, "low")


def test_who_drafted_a_finding_on_an_authority_has_drafted_what_its_return_is_read_by(pair, round):
    story = tell_return_of(authority=pair.authority, round_=round)
    national.move_to(round, RoundState.CLOSED)
    made = national.drafted(pair=pair, round=round, levels=("high", "low"))

    assert drafted_finding(duty_return=story.duty_return, person=made.assigned_to)
    assert not drafted_finding(duty_return=story.duty_return, person=make.central())
