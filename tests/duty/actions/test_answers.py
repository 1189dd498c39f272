"""Saving and removing answers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from authorities.models import AuditEvent
from duty.actions import answers, clock, returns, sign_off
from duty.lifecycle import TransitionRefusedError
from duty.models import Answer, Evidence, ReturnEvent, Round, SectionMark
from duty.queries.loaded import load
from duty.queries.standing import standing
from duty.questions import Answer as Given
from duty.questions import AnswerState
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    ReturnStory,
    answer,
    complete,
    send,
    tell_return,
    today,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINK = answers.EvidenceLink(url="https://example.org/a.pdf", title="Plan", pages="4, 9")


def save(story: ReturnStory, code: str, value: object, **more: object) -> Answer:
    """Save a value as the editor, against version 0 unless said."""
    given = {
        "duty_return": story.duty_return,
        "question": code,
        "board": None,
        "answer": value if isinstance(value, Given) else Given(value=value),
        "expected_version": 0,
        "by": story.editor,
        "at": timezone.now(),
    }
    return answers.save_answer(**(given | more))


def test_an_answer_is_stored_with_evidence_notes_and_an_audit_row():
    story = tell_return()

    stored = save(
        story,
        "ST8",
        {"link": "https://example.org/progress"},
        evidence=(LINK,),
        notes=answers.Notes(public="Yearly", private="Ask Jo"),
    )

    stored.refresh_from_db()
    assert (stored.state, stored.value) == ("value", {"link": "https://example.org/progress"})
    assert (stored.public_note, stored.private_note) == ("Yearly", "Ask Jo")
    assert stored.evidence.get().pages == "4, 9"
    event = AuditEvent.objects.get(action="answer.saved")
    assert event.detail == {"question": "ST8", "board": "", "version": stored.version}
    section = story.duty_return.sections.get(section="strategy")
    assert section.edited_by == story.editor


def test_an_answer_for_each_board_is_its_own():
    story = tell_return(boards=2)

    save(story, "CO1", {"text": "Monthly"}, board=story.boards[0].slug)
    save(story, "CO1", {"text": "Never"}, board=story.boards[1].slug)

    texts = Answer.objects.order_by("board__slug").values_list("value", flat=True)
    assert list(texts) == [{"text": "Monthly"}, {"text": "Never"}]


@pytest.mark.parametrize(
    ("code", "value", "field"),
    [
        ("CO8", {"text": "word " * 301}, "text"),
        ("ST1", {"option": "adopted"}, "title"),
        ("ST1", {"option": "maybe"}, "option"),
        ("ST5", {"decisions": "2", "assessed": "3"}, "assessed"),
        ("HT3", {"number": "-1"}, "number"),
        ("ST7", {"date": "2027-02-30"}, "date"),
        ("ST8", {"link": "javascript:alert(1)"}, "link"),
        ("CO7", {"rows": [{"initiative": "Posts", "amount": "x"}]}, "rows.1.amount"),
        ("AB4", {"options": ["none", "peer_learning"]}, "options"),
    ],
)
def test_a_wrong_answer_is_refused_and_its_neighbours_stay(code, value, field):
    story = tell_return()
    answer(story, "AB1")

    with pytest.raises(answers.InvalidAnswerError) as refused:
        save(story, code, value)

    assert field in {problem.field for problem in refused.value.problems}
    assert list(Answer.objects.values_list("question__code", flat=True)) == ["AB1"]


def test_a_choice_for_one_board_says_why_not():
    story = tell_return()

    with pytest.raises(answers.InvalidAnswerError) as refused:
        save(story, "CO2", {"option": "no"}, board=story.boards[0].slug)

    assert [problem.field for problem in refused.value.problems] == ["reason"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Given(state=AnswerState.NOT_APPLICABLE), "reason"),
        (Given(state=AnswerState.NO_EVIDENCE, reason=" "), "reason"),
        (Given(state=AnswerState.NOT_YET_KNOWN), "expected_date"),
    ],
)
def test_no_answer_says_why_or_when(given, field):
    story = tell_return()

    with pytest.raises(answers.InvalidAnswerError) as refused:
        save(story, "CO8", given)

    assert [problem.field for problem in refused.value.problems] == [field]


def test_blank_is_not_an_answer():
    story = tell_return()

    with pytest.raises(answers.BlankAnswerError):
        save(story, "CO8", {"text": "  "})

    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("code", "board"), [("XX9", None), ("CO1", None), ("AB1", "elsewhere"), ("OF1", None)]
)
def test_what_is_not_asked_cannot_be_answered(code, board):
    story = tell_return()

    with pytest.raises(answers.UnknownQuestionError):
        save(story, code, {"text": "Hello"}, board=board)


def test_a_stale_save_shows_what_is_stored_and_by_whom():
    story = tell_return()
    first = save(story, "AB1", {"text": "First"}, by=story.signatory)

    with pytest.raises(answers.StaleAnswerError, match="changed since you opened it") as stale:
        save(story, "AB1", {"text": "Second"})

    assert stale.value.lines == (("Answer", "First"),)
    assert (stale.value.by, stale.value.version) == (story.signatory.full_name, first.version)
    assert Answer.objects.get().value == {"text": "First"}


def test_an_answer_removed_and_written_anew_does_not_take_an_old_version():
    story = tell_return()
    seen = save(story, "AB1", {"text": "First"})
    answers.remove_answer(
        duty_return=story.duty_return,
        question="AB1",
        board=None,
        expected_version=seen.version,
        by=story.signatory,
        at=timezone.now(),
    )
    save(story, "AB1", {"text": "Anew"}, by=story.signatory)

    with pytest.raises(answers.StaleAnswerError):
        save(story, "AB1", {"text": "Over it"}, expected_version=seen.version)


def test_the_same_answer_again_changes_nothing():
    story = tell_return()
    complete(story, "about")
    stored = Answer.objects.get(question__code="AB1")

    again = save(story, "AB1", stored.value)

    assert again.version == stored.version
    assert story.duty_return.sections.get(section="about").mark == SectionMark.COMPLETED


def test_a_change_takes_the_mark_back_exactly_once():
    story = tell_return()
    complete(story, "about", "strategy")
    first = Answer.objects.get(question__code="AB1")

    second = save(story, "AB1", {"text": "Changed"}, expected_version=first.version)
    save(story, "AB1", {"text": "Again"}, expected_version=second.version)

    marks = dict(story.duty_return.sections.values_list("section", "mark"))
    assert (marks["about"], marks["strategy"]) == ("none", "completed")
    assert ReturnEvent.objects.filter(type="save_answer").count() == 1


def test_stored_marks_are_what_the_events_say():
    story = tell_return()
    send(story)
    sign_off.decline(
        duty_return=story.duty_return,
        reason="Say when it ends",
        sections=["health-team"],
        by=story.signatory,
        at=timezone.now(),
    )
    returns.mark_section_complete(
        duty_return=story.duty_return, section="about", by=story.editor, at=timezone.now()
    )
    answer(story, "ST2", Given(value={"text": "Other words than those before"}), at=timezone.now())

    derived = standing(
        loaded=load(round_=story.round, authority=story.authority), now=timezone.now()
    ).sections

    marks = dict(story.duty_return.sections.values_list("section", "mark"))
    assert {code: state.value for code, state in derived.items()} == {
        "co-operation": "check_again",
        "strategy": "in_progress",
        "health-team": "changes_requested",
        "outcomes-framework": "check_again",
        "about": "completed",
    }
    assert marks == {code: {"in_progress": "none"}.get(s, s.value) for code, s in derived.items()}


def test_removing_takes_the_evidence_too_and_may_run_twice():
    story = tell_return()
    stored = save(story, "ST8", {"link": "https://example.org/p"}, evidence=(LINK,))
    remove = {
        "duty_return": story.duty_return,
        "question": "ST8",
        "board": None,
        "expected_version": stored.version,
        "by": story.editor,
        "at": timezone.now(),
    }

    answers.remove_answer(**remove)
    answers.remove_answer(**remove)

    assert not Answer.objects.exists()
    assert not Evidence.objects.exists()
    assert AuditEvent.objects.filter(action="answer.removed").count() == 1


def test_answers_are_locked_while_they_wait_to_be_signed():
    story = tell_return()
    send(story)
    stored = Answer.objects.get(question__code="AB1")

    with pytest.raises(TransitionRefusedError, match="awaiting sign-off"):
        save(story, "AB1", {"text": "Later"}, expected_version=stored.version)


def test_a_member_of_another_body_cannot_write():
    story = tell_return()
    stranger = MembershipFactory().user

    with pytest.raises(TransitionRefusedError, match="no role"):
        save(story, "AB1", {"text": "Mine"}, by=stranger)


def test_a_step_is_judged_by_the_clock_of_the_database_and_not_by_the_callers(monkeypatch):
    story = tell_return()
    over = timezone.now() + timedelta(days=33)

    # A server whose clock is far ahead stores what comes in time.
    save(story, "AB1", {"text": "In time"}, at=over)
    # One that asked in time, and was held up until the round was over, does not.
    monkeypatch.setattr(clock, "database_time", lambda: over)
    with pytest.raises(TransitionRefusedError, match="not submitted before the round closed"):
        save(story, "AB2", {"text": "Late"}, at=timezone.now())


def test_a_return_is_started_by_the_clock_of_the_database(monkeypatch):
    story = tell_return()
    other = ExpectedReturnFactory(round=story.round).authority
    by = MembershipFactory(body=other).user
    over = timezone.now() + timedelta(days=33)
    given = {"round_": story.round, "authority": other, "by": by}

    with monkeypatch.context() as changed:
        changed.setattr(clock, "database_time", lambda: over)
        with pytest.raises(TransitionRefusedError, match="The round is closed"):
            returns.start(**given, at=timezone.now())

    assert returns.start(**given, at=over).authority == other


def test_an_invented_past_is_judged_by_when_it_is_said_to_have_been():
    story = tell_return()
    Round.objects.filter(pk=story.round.pk).update(
        due_on=today() - timedelta(days=9), edits_until=today() - timedelta(days=8)
    )
    before = timezone.now() - timedelta(days=10)

    with pytest.raises(TransitionRefusedError, match="not submitted before the round closed"):
        save(story, "AB1", {"text": "Then"}, at=before)
    with clock.invented_past():
        save(story, "AB1", {"text": "Then"}, at=before)


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE duty_answer SET value = \'{"text": "x"}\'',
        "UPDATE duty_answer SET public_note = 'x'",
        "DELETE FROM duty_evidence",
        "UPDATE duty_evidence SET url = 'https://example.org/other'",
        "DELETE FROM duty_returnevent",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_sent(statement):
    story = tell_return()
    send(story)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_answer_without_a_value_or_a_reason_breaks_a_constraint():
    story = tell_return()
    stored = save(story, "AB1", {"text": "First"})

    for change in (
        {"value": None},
        {"state": "not_applicable", "value": None},
        {"state": "not_yet_known", "value": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=stored.pk).update(**change)


def test_an_answer_is_stored_once_and_its_link_is_a_web_address():
    story = tell_return()
    stored = save(story, "ST8", {"link": "https://example.org/p"}, evidence=(LINK,))

    with pytest.raises(IntegrityError, match="answer_once"), transaction.atomic():
        Answer.objects.create(
            duty_return=story.duty_return,
            question=stored.question,
            value={},
            updated_at=timezone.now(),
            updated_by=story.editor,
        )
    with pytest.raises(IntegrityError, match="link_is_http"), transaction.atomic():
        stored.evidence.update(url="javascript:alert(1)")
