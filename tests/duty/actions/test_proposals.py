"""Answers that are proposed from the standing records and the last round."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from authorities.models import AuditEvent
from duty.actions import answers, proposals, returns, sign_off
from duty.lifecycle import TransitionRefusedError
from duty.models import Answer, AnswerOrigin, Submission
from duty.queries.loaded import load
from duty.queries.standing import standing
from duty.questions import Answer as Given
from duty.standing_records import RecordKind
from tests.factories.duty import (
    ReturnStory,
    RoundFactory,
    answer,
    complete,
    submit,
    tell_return,
    tell_return_of,
)
from tests.factories.standing_records import on_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    """A return in work, with a team on record."""
    told = tell_return()
    on_record(told.authority, RecordKind.POST, by=told.editor)
    return told


def next_round(told: ReturnStory) -> ReturnStory:
    """The same authority in the round after, just started."""
    after = RoundFactory(
        specification=told.round.specification,
        covers_from=date(2026, 10, 1),
        covers_to=date(2027, 3, 31),
    )
    return tell_return_of(authority=told.authority, boards=told.boards, round_=after)


def bring_over(story: ReturnStory) -> proposals.BroughtOver:
    return proposals.bring_over(duty_return=story.duty_return, by=story.editor, at=timezone.now())


def confirm(story: ReturnStory, code: str, *, version: int | None = None) -> Answer:
    row = Answer.objects.get(duty_return=story.duty_return, question__code=code)
    return proposals.confirm(
        duty_return=story.duty_return,
        question=code,
        board=row.board.slug if row.board else None,
        expected_version=row.version if version is None else version,
        by=story.editor,
        at=timezone.now(),
    )


def judged(story: ReturnStory, section: str):
    loaded = load(round_=story.round, authority=story.authority)
    return standing(loaded=loaded, now=timezone.now()).judgements[section]


def test_what_is_on_record_is_proposed_once_and_counts_nowhere(story: ReturnStory) -> None:
    brought = bring_over(story)
    again = bring_over(story)

    assert (brought.from_records, brought.from_last_round, again.count) == (2, 0, 0)
    rows = Answer.objects.filter(duty_return=story.duty_return)
    assert {row.question.code for row in rows} == {"HT2", "CO6"}
    assert {(row.origin, row.needs_review) for row in rows} == {("record", True)}
    found = judged(story, "health-team")
    assert (found.answered, found.touched, str(found.floor)) == (0, 0, "not answered")
    assert [one.slot.question.code for one in found.unreviewed] == ["HT2"]
    assert "HT2" not in {one.slot.question.code for one in (*found.missing, *found.gaps)}
    assert AuditEvent.objects.filter(action="answers.brought_over").count() == 1


def test_a_proposal_keeps_its_section_from_being_completed_and_is_named(
    story: ReturnStory,
) -> None:
    complete(story, "about")
    bring_over(story)
    for code in ("HT1", "HT3"):
        answer(story, code)

    with pytest.raises(returns.SectionNotCompleteError) as refused:
        returns.mark_section_complete(
            duty_return=story.duty_return,
            section="health-team",
            gaps_reason="Later",
            by=story.editor,
            at=timezone.now(),
        )

    assert "1 answer not yet reviewed (“Which posts make up the internal health team?”)" in str(
        refused.value
    )


def test_one_click_takes_a_proposal_on_and_a_second_changes_nothing(story: ReturnStory) -> None:
    bring_over(story)

    first = confirm(story, "HT2")
    again = confirm(story, "HT2", version=first.version - 1)

    assert not first.needs_review
    assert (first.origin, again.version) == (AnswerOrigin.RECORD, first.version)
    assert judged(story, "health-team").answered == 1
    assert AuditEvent.objects.filter(action="answer.confirmed").count() == 1


def test_a_proposal_that_somebody_changed_is_not_taken_on_unseen(story: ReturnStory) -> None:
    bring_over(story)
    seen = Answer.objects.get(question__code="HT2").version
    answer(
        story,
        "HT2",
        Given(value={"rows": [{"post": "A", "fte": "1", "employer": "B", "filled": "no"}]}),
    )

    with pytest.raises(answers.StaleAnswerError):
        confirm(story, "HT2", version=seen)


def test_a_proposal_that_lacks_something_must_be_changed_first(story: ReturnStory) -> None:
    on_record(story.authority, RecordKind.STRATEGY, by=story.editor, link="")
    bring_over(story)

    with pytest.raises(answers.InvalidAnswerError):
        confirm(story, "ST1")

    assert Answer.objects.get(question__code="ST1").needs_review


@pytest.mark.parametrize("same", [True, False])
def test_saving_takes_a_proposal_on(story: ReturnStory, same: bool) -> None:
    bring_over(story)
    row = Answer.objects.get(question__code="HT2")
    value = row.value if same else {"rows": [row.value["rows"][0] | {"fte": "1"}]}

    answer(story, "HT2", Given(value=value))

    row.refresh_from_db()
    assert not row.needs_review
    assert row.origin == ("record" if same else "typed")


def test_the_last_round_is_proposed_at_the_start_and_records_go_first(story: ReturnStory) -> None:
    answer(
        story,
        "HT2",
        Given(value={"rows": [{"post": "A", "fte": "1", "employer": "B", "filled": "no"}]}),
    )
    submit(story)

    later = next_round(story)

    rows = {
        row.question.code: row
        for row in Answer.objects.filter(duty_return=later.duty_return).select_related("question")
    }
    assert all(row.needs_review for row in rows.values())
    assert rows["HT2"].origin == "record"
    assert rows["HT2"].value["rows"][0]["post"] == "Director of health and inclusion"
    assert rows["CO8"].origin == "last_round"
    assert rows["CO8"].value == {"text": "Some more words than the fewest"}
    assert rows["CO1"].board == story.boards[0]
    assert rows["ST8"].evidence.get().url == "https://example.org/paper.pdf"
    assert not [code for code in rows if code in ("OF1", "OF2", "OF3", "OF6")]
    assert len({row.version for row in rows.values()}) == len(rows)


def test_a_test_round_is_no_last_round() -> None:
    story = tell_return(is_test=True)
    submit(story)

    later = next_round(story)

    assert not Answer.objects.filter(duty_return=later.duty_return).exists()


def test_a_section_that_is_done_is_left_alone(story: ReturnStory) -> None:
    only_required = {"gaps_reason": "Later"}
    for code in ("HT1", "HT2", "HT3"):
        answer(story, code)
    returns.mark_section_complete(
        duty_return=story.duty_return,
        section="health-team",
        by=story.editor,
        at=timezone.now(),
        **only_required,
    )
    on_record(story.authority, RecordKind.FUNDING, by=story.editor)

    bring_over(story)

    codes = Answer.objects.filter(needs_review=True).values_list("question__code", flat=True)
    assert set(codes) == {"CO6", "CO7"}


def test_nothing_is_brought_into_a_return_that_was_submitted(story: ReturnStory) -> None:
    submit(story)

    with pytest.raises(TransitionRefusedError):
        bring_over(story)


def test_a_return_with_a_proposal_is_not_sent_and_what_was_confirmed_is_frozen(
    story: ReturnStory,
) -> None:
    bring_over(story)
    for code in ("HT2", "CO6"):
        confirm(story, code)
    submit(story)

    content = Submission.objects.get().content
    questions = {q["code"]: q for s in content["sections"] for q in s["questions"]}
    frozen = questions["HT2"]["answers"][0]["value"]
    on_record(story.authority, RecordKind.POST, by=story.editor, title="Analyst")

    assert [row["post"] for row in frozen["rows"]] == ["Director of health and inclusion"]
    assert Submission.objects.get().content == content


def test_a_proposal_in_a_completed_return_stops_its_sign_off(story: ReturnStory) -> None:
    complete(story)
    Answer.objects.filter(question__code="CO6").update(needs_review=True, origin="record")

    with pytest.raises(TransitionRefusedError):
        sign_off.send_for_sign_off(
            duty_return=story.duty_return,
            by=story.editor,
            at=timezone.now() + timedelta(seconds=1),
        )
