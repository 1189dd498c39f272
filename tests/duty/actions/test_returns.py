"""Starting a return and completing its sections."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from authorities.models import AuditEvent, Role, StrategicAuthority
from duty.actions import returns, sign_off
from duty.lifecycle import Guard, ReturnState, TransitionRefusedError
from duty.models import DutyReturn, ReturnEvent, ReturnSection, SectionMark
from duty.queries.loaded import load
from duty.queries.standing import standing
from duty.questions import Answer, AnswerState
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    RoundFactory,
    answer,
    answer_section,
    complete,
    tell_return,
    today,
)

pytestmark = pytest.mark.django_db


def test_starting_twice_gives_the_same_return():
    story = tell_return()

    again = returns.start(
        round_=story.round, authority=story.authority, by=story.signatory, at=story.at
    )

    assert again == story.duty_return
    assert DutyReturn.objects.count() == 1
    assert ReturnEvent.objects.count() == 1
    assert ReturnSection.objects.filter(duty_return=again).count() == 5
    assert AuditEvent.objects.filter(action="return.start").count() == 1


@pytest.mark.parametrize(
    ("of_round", "guard"),
    [
        ({"state": "scheduled"}, Guard.ROUND_OPEN_OR_EXTENDED),
        ({"state": "closed"}, Guard.ROUND_OPEN_OR_EXTENDED),
        (
            {
                "due_on": today() - timedelta(days=2),
                "edits_until": today() - timedelta(days=1),
            },
            Guard.ROUND_OPEN_OR_EXTENDED,
        ),
    ],
)
def test_nothing_starts_in_a_round_that_is_not_open(of_round, guard):
    round_ = RoundFactory(**of_round)
    editor = MembershipFactory(role=Role.EDITOR)
    authority = StrategicAuthority.objects.get(pk=editor.body_id)
    ExpectedReturnFactory(round=round_, authority=authority)

    with pytest.raises(TransitionRefusedError) as refused:
        returns.start(round_=round_, authority=authority, by=editor.user, at=timezone.now())

    assert refused.value.guards == (guard,)
    assert not DutyReturn.objects.exists()


def test_an_authority_that_is_not_expected_cannot_start():
    round_ = RoundFactory()
    editor = MembershipFactory(role=Role.EDITOR)
    authority = StrategicAuthority.objects.get(pk=editor.body_id)

    with pytest.raises(TransitionRefusedError) as refused:
        returns.start(round_=round_, authority=authority, by=editor.user, at=round_.created_at)

    assert refused.value.guards == (Guard.BODY_EXPECTED_OR_EXTENDED,)


def test_a_stranger_cannot_start():
    story = tell_return()
    stranger = MembershipFactory(role=Role.EDITOR).user

    with pytest.raises(TransitionRefusedError, match="no role at this authority"):
        returns.mark_section_complete(
            duty_return=story.duty_return, section="about", by=stranger, at=story.at
        )


def test_an_extension_outlives_the_round():
    story = tell_return()
    story.round.state = "closed"
    story.round.save()
    expected = story.round.expected_returns.get()
    expected.extended_due_on = expected.extended_edits_until = today() + timedelta(days=3)
    expected.extension_reason = "Elections"
    expected.save()

    answer(story, "AB1")

    loaded = load(round_=story.round, authority=story.authority)
    assert standing(loaded=loaded, now=story.at).state == ReturnState.IN_PROGRESS


def test_a_section_with_a_missing_answer_is_not_complete():
    story = tell_return()
    answer(story, "AB2")

    with pytest.raises(returns.SectionNotCompleteError, match="1 answer missing") as refused:
        returns.mark_section_complete(
            duty_return=story.duty_return, section="about", by=story.editor, at=story.at
        )

    assert [one.slot.question.code for one in refused.value.judgement.missing] == ["AB1"]
    assert not ReturnEvent.objects.filter(type="complete_section").exists()


def test_an_answer_without_its_evidence_holds_the_section_open():
    story = tell_return()
    answer_section(story, "strategy")
    story.duty_return.answers.get(question__code="ST5").evidence.all().delete()

    with pytest.raises(returns.SectionNotCompleteError, match="1 answer without evidence"):
        returns.mark_section_complete(
            duty_return=story.duty_return, section="strategy", by=story.editor, at=story.at
        )


def test_gaps_ask_for_a_word_of_reason():
    story = tell_return()
    answer_section(story, "about", only_required=True)

    with pytest.raises(returns.GapsNotExplainedError, match="why 3 questions"):
        returns.mark_section_complete(
            duty_return=story.duty_return, section="about", by=story.editor, at=story.at
        )
    returns.mark_section_complete(
        duty_return=story.duty_return,
        section="about",
        gaps_reason="Nothing has changed",
        by=story.editor,
        at=story.at,
    )

    section = story.duty_return.sections.get(section="about")
    assert (section.mark, section.mark_reason) == (SectionMark.COMPLETED, "Nothing has changed")


def test_the_last_section_makes_the_return_ready():
    story = tell_return(boards=2)

    complete(story)

    loaded = load(round_=story.round, authority=story.authority)
    assert standing(loaded=loaded, now=story.at).state == ReturnState.READY
    assert set(story.duty_return.sections.values_list("mark", flat=True)) == {"completed"}


def test_what_is_not_known_yet_counts_as_answered():
    story = tell_return()
    answer(story, "AB1", Answer(state=AnswerState.NOT_YET_KNOWN, expected_date="2027-01-31"))

    returns.mark_section_complete(
        duty_return=story.duty_return,
        section="about",
        gaps_reason="Later",
        by=story.editor,
        at=story.at,
    )

    assert story.duty_return.sections.get(section="about").mark == SectionMark.COMPLETED


def test_nobody_completes_a_section_of_a_return_that_was_sent():
    story = tell_return()
    complete(story)
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)

    with pytest.raises(TransitionRefusedError, match="awaiting sign-off"):
        returns.mark_section_complete(
            duty_return=story.duty_return, section="about", by=story.editor, at=story.at
        )


def test_there_is_no_other_section():
    story = tell_return()

    with pytest.raises(returns.UnknownSectionError):
        returns.mark_section_complete(
            duty_return=story.duty_return, section=str(uuid4()), by=story.editor, at=story.at
        )
