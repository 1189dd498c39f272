"""Sending, signing and sending back."""

import re
from datetime import timedelta
from uuid import uuid4

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from authorities.models import AuditEvent, Membership, Role
from duty.actions import returns, sign_off
from duty.lifecycle import Guard, ReturnState, TransitionRefusedError
from duty.models import ReturnEvent, Submission
from duty.queries.loaded import load
from duty.queries.snapshots import content_sha256
from duty.queries.standing import standing
from duty.questions import Answer as Given
from duty.questions import AnswerState
from outcomes.models import RecomputeRequest
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ReturnStory,
    answer,
    complete,
    send,
    submit,
    tell_return,
    today,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def state_of(story: ReturnStory) -> ReturnState:
    """Where the return stands."""
    loaded = load(round_=story.round, authority=story.authority)
    return standing(loaded=loaded, now=timezone.now()).state


def sign(story: ReturnStory, **more: object) -> Submission:
    """Sign as the signatory, ticked, unless said."""
    given = {
        "duty_return": story.duty_return,
        "declaration_ticked": True,
        "form_key": uuid4(),
        "by": story.signatory,
        "at": timezone.now(),
    }
    return sign_off.sign_and_submit(**(given | more))


def test_a_return_is_sent_when_every_section_is_complete():
    story = tell_return()
    complete(story, "about")

    with pytest.raises(TransitionRefusedError, match="is in progress"):
        sign_off.send_for_sign_off(
            duty_return=story.duty_return, by=story.editor, at=timezone.now()
        )


def test_nobody_to_sign_is_said_before_it_is_sent():
    story = tell_return()
    complete(story)
    Membership.objects.filter(user=story.signatory).update(ended_at=timezone.now())

    with pytest.raises(TransitionRefusedError, match="no signatory") as refused:
        sign_off.send_for_sign_off(
            duty_return=story.duty_return, by=story.editor, at=timezone.now()
        )

    assert refused.value.guards == (Guard.HAS_SIGNATORY,)


def test_a_round_without_signatures_is_submitted_by_an_editor():
    story = tell_return(requires_sign_off=False)
    complete(story)

    with pytest.raises(TransitionRefusedError, match="does not ask for sign-off"):
        sign_off.send_for_sign_off(
            duty_return=story.duty_return, by=story.editor, at=timezone.now()
        )
    stored = sign_off.submit(
        duty_return=story.duty_return, form_key=uuid4(), by=story.editor, at=timezone.now()
    )

    assert stored.declaration is None
    assert state_of(story) == ReturnState.SUBMITTED


def test_a_recalled_return_asks_to_be_checked_again():
    story = tell_return()
    send(story)

    sign_off.recall(duty_return=story.duty_return, by=story.editor, at=timezone.now())

    assert state_of(story) == ReturnState.IN_PROGRESS
    assert set(story.duty_return.sections.values_list("mark", flat=True)) == {"check_again"}


def test_a_signatory_sends_back_one_section_with_a_reason():
    story = tell_return()
    send(story)

    with pytest.raises(TransitionRefusedError, match="Give a reason"):
        sign_off.decline(
            duty_return=story.duty_return, reason=" ", by=story.signatory, at=timezone.now()
        )
    sign_off.decline(
        duty_return=story.duty_return,
        reason="Say when it ends",
        sections=["health-team"],
        by=story.signatory,
        at=timezone.now(),
    )

    marks = dict(story.duty_return.sections.values_list("section", "mark"))
    assert marks.pop("health-team") == "changes_requested"
    assert set(marks.values()) == {"check_again"}
    assert story.duty_return.sections.get(section="health-team").mark_reason == "Say when it ends"


def test_an_editor_neither_signs_nor_declines():
    story = tell_return()
    send(story)

    with pytest.raises(TransitionRefusedError, match="as editor"):
        sign(story, by=story.editor)
    with pytest.raises(TransitionRefusedError, match="as editor"):
        sign_off.decline(
            duty_return=story.duty_return, reason="No", by=story.editor, at=timezone.now()
        )


def test_a_signatory_of_another_authority_cannot_sign():
    story = tell_return()
    send(story)
    other = MembershipFactory(role=Role.SIGNATORY).user

    with pytest.raises(TransitionRefusedError, match="no role"):
        sign(story, by=other)


def test_the_declaration_must_be_ticked():
    story = tell_return()
    send(story)

    with pytest.raises(TransitionRefusedError, match="Tick the declaration"):
        sign(story, declaration_ticked=False)

    assert not Submission.objects.exists()


def test_a_signed_return_is_a_snapshot_with_a_reference():
    story = tell_return(boards=2)
    answer(story, "AB1", Given(value={"text": "Our purpose, said in full"}))
    story.duty_return.answers.update(private_note="CANARY")
    send(story)

    stored = sign(story)

    assert re.fullmatch(r"HDT-\d{4}A-STE-0001", stored.reference)
    assert stored.content_sha256 == content_sha256(content=stored.content)
    assert "CANARY" not in str(stored.content)
    about = next(s for s in stored.content["sections"] if s["code"] == "about")
    assert about["questions"][0]["answers"][0]["lines"] == [["Answer", "Our purpose, said in full"]]
    assert [b["slug"] for b in stored.content["boards"]] == [b.slug for b in story.boards]
    assert not stored.late
    assert state_of(story) == ReturnState.SUBMITTED
    assert RecomputeRequest.objects.get().subject_id == story.authority.pk
    assert AuditEvent.objects.filter(action="return.sign").count() == 1


def test_a_return_after_its_due_day_is_late():
    story = tell_return()
    send(story)
    story.round.due_on = today() - timedelta(days=1)
    story.round.save()

    assert sign(story).late


@pytest.mark.parametrize(
    ("due_in", "clock_off", "late"),
    [(0, timedelta(days=3), False), (-1, timedelta(days=-3), True), (0, timedelta(0), False)],
    ids=["a server that is ahead", "a server that is behind", "one that is right"],
)
def test_whether_it_is_late_is_judged_by_the_databases_clock(due_in, clock_off, late):
    story = tell_return()
    send(story)
    story.round.due_on = today() + timedelta(days=due_in)
    story.round.save()

    stored = sign(story, at=timezone.now() + clock_off)

    assert stored.late is late
    assert abs(stored.submitted_at - timezone.now()) < timedelta(hours=1)


def test_the_same_form_stores_once():
    story = tell_return()
    send(story)
    key = uuid4()

    first = sign(story, form_key=key)
    second = sign(story, form_key=key)

    assert first == second
    assert Submission.objects.count() == 1
    assert ReturnEvent.objects.filter(type="sign").count() == 1


def test_a_second_form_finds_the_return_signed():
    story = tell_return()
    submit(story)

    with pytest.raises(TransitionRefusedError, match="has been submitted"):
        sign(story)


def test_a_form_of_another_return_is_refused():
    story = tell_return()
    key = submit(story).form_key
    other = tell_return(slug="north-testshire", round_=story.round)
    send(other)

    with pytest.raises(sign_off.FormKeyTakenError):
        sign(other, form_key=key)


def test_authorities_that_share_letters_have_references_of_their_own():
    story = tell_return(slug="south-testshire")
    submit(story)
    other = tell_return(slug="south-tees", round_=story.round)

    stored = submit(other)

    assert stored.reference.endswith("-STE-0002")


def test_an_answer_that_is_no_longer_valid_stops_the_signature():
    story = tell_return()
    send(story)
    # As a correction of the rules would leave it: stored as valid, and valid no more.
    with pgtrigger.ignore("duty.Answer:locked_with_its_return"):
        story.duty_return.answers.filter(question__code="AB1").update(value={"text": ""})

    with pytest.raises(TransitionRefusedError, match="need correcting"):
        sign(story)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE duty_submission SET late = true",
        "DELETE FROM duty_submission",
        "UPDATE duty_declaration SET text = 'x'",
        "UPDATE duty_specification SET title = 'x'",
        "UPDATE duty_question SET text = 'x'",
        "UPDATE duty_returnevent SET reason = 'x'",
        "UPDATE duty_answer SET reason = 'x'",
    ],
)
def test_nothing_that_was_signed_can_be_changed(statement):
    story = tell_return()
    submit(story)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_events_keep_the_order_in_which_they_were_stored():
    story = tell_return()
    answer(story, "AB1", Given(state=AnswerState.NOT_YET_KNOWN, expected_date="2027-01-31"))

    returns.mark_section_complete(
        duty_return=story.duty_return,
        section="about",
        gaps_reason="Later",
        by=story.editor,
        at=timezone.now() - timedelta(days=2),
    )

    times = list(ReturnEvent.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
