"""What the centre does with a submitted return."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from authorities.models import AuditEvent, Role, User
from duty.actions import returns, review, sign_off
from duty.lifecycle import Guard, ReturnState, TransitionRefusedError
from duty.models import Answer, ReturnEvent, ReturnSection, RoundState, Section, Submission
from duty.queries.loaded import load
from duty.queries.standing import standing
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory, NationalBodyFactory
from tests.factories.duty import ReturnStory, answer, complete, submit, tell_return, today

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    """A return that was signed and submitted."""
    told = tell_return()
    submit(told)
    return told


@pytest.fixture
def analyst() -> User:
    """Somebody who reviews returns."""
    return MembershipFactory(role=Role.ANALYST).user


@pytest.fixture
def lead() -> User:
    """A lead analyst."""
    return MembershipFactory(role=Role.LEAD_ANALYST).user


def state_of(story: ReturnStory) -> ReturnState:
    """Where the return stands."""
    return standing(
        loaded=load(round_=story.round, authority=story.authority), now=timezone.now()
    ).state


def version_of(story: ReturnStory) -> int:
    """The version that a page would show now."""
    story.duty_return.refresh_from_db()
    return story.duty_return.version


def take(name: str, story: ReturnStory, by: User, **more: object) -> ReturnState:
    """Take a step of the review as somebody who has just read the return."""
    given = {
        "duty_return": story.duty_return,
        "expected_version": version_of(story),
        "by": by,
        "at": timezone.now(),
    } | more
    if name != "accept":
        given.setdefault("reason", "Say when it ends")
    return getattr(review, name)(**given)


def marks_of(story: ReturnStory) -> dict[str, str]:
    """The stored mark of each section."""
    return dict(story.duty_return.sections.values_list("section", "mark"))


def sign_again(story: ReturnStory) -> Submission:
    """Send and sign what came back."""
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=timezone.now())
    return sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=story.signatory,
        at=timezone.now(),
    )


def finish(story: ReturnStory, *sections: str) -> None:
    """Mark sections complete again."""
    for section in sections:
        returns.mark_section_complete(
            duty_return=story.duty_return, section=section, by=story.editor, at=timezone.now()
        )


def test_only_the_named_sections_open_again(story, analyst):
    take("request_changes", story, analyst, sections=["health-team"])

    marks = marks_of(story)
    assert marks.pop("health-team") == "changes_requested"
    assert set(marks.values()) == {"completed"}
    assert story.duty_return.sections.get(section="health-team").mark_reason == "Say when it ends"
    assert state_of(story) == ReturnState.CHANGES_REQUESTED
    answer(story, "HT3", at=timezone.now())


def test_a_request_that_names_no_section_is_about_all(story, analyst):
    take("request_changes", story, analyst)

    assert set(marks_of(story).values()) == {"changes_requested"}
    assert set(story.duty_return.sections.values_list("mark_reason", flat=True)) == {
        "Say when it ends"
    }


def test_a_step_keeps_who_took_it_for_whom_and_why(story, analyst):
    take("request_changes", story, analyst, sections=["strategy"], reason="  The date  ")

    event = ReturnEvent.objects.latest("pk")
    assert (event.type, event.actor, event.reason) == ("request_changes", analyst, "The date")
    assert event.actor_role == "analyst"
    assert event.actor_body == NationalBodyFactory()
    assert event.payload["sections"] == ["strategy"]
    audited = AuditEvent.objects.get(action="return.request_changes")
    assert audited.by == analyst
    assert audited.body_id == story.authority.pk


def test_who_wrote_and_signed_stays_whatever_the_centre_does(story, analyst, lead):
    def authors() -> tuple[object, ...]:
        return (
            Submission.objects.values().get(),
            list(Answer.objects.order_by("pk").values()),
            list(ReturnSection.objects.order_by("pk").values("edited_by", "edited_at")),
        )

    before = authors()

    take("accept", story, analyst)
    take("unaccept", story, lead)
    take("request_changes", story, analyst)

    assert authors() == before


def test_a_resubmission_with_another_answer_is_submitted_with_changes(story, analyst):
    take("request_changes", story, analyst, sections=["about"])
    answer(
        story,
        "AB1",
        Given(value={"text": "Another purpose, said in full words"}),
        at=timezone.now(),
    )
    finish(story, "about")

    stored = sign_again(story)

    assert stored.number == 2
    assert state_of(story) == ReturnState.SUBMITTED_WITH_CHANGES


def test_a_resubmission_of_the_same_answers_is_submitted(story, analyst):
    take("request_changes", story, analyst, sections=["about"])
    finish(story, "about")

    stored = sign_again(story)

    assert stored.number == 2
    assert state_of(story) == ReturnState.SUBMITTED


def test_a_second_request_keeps_why_questions_were_left_out(story, analyst):
    take("request_changes", story, analyst, sections=["about"])
    story.duty_return.answers.filter(question__code="AB2").delete()
    returns.mark_section_complete(
        duty_return=story.duty_return,
        section="about",
        gaps_reason="Nothing to add",
        by=story.editor,
        at=timezone.now(),
    )
    sign_again(story)

    take("request_changes", story, analyst, sections=["strategy"])

    about = story.duty_return.sections.get(section="about")
    assert (about.mark, about.mark_reason) == ("completed", "Nothing to add")


def test_a_reopened_return_asks_to_be_checked_again(story, analyst):
    take("reopen", story, analyst, reason="You found a wrong figure")

    assert state_of(story) == ReturnState.IN_PROGRESS
    assert set(marks_of(story).values()) == {"check_again"}
    finish(story, *Section.values)
    sign_again(story)
    assert state_of(story) == ReturnState.SUBMITTED


def test_a_return_is_accepted_once(story, analyst, lead):
    take("accept", story, analyst)

    with pytest.raises(TransitionRefusedError, match="has been accepted"):
        take("accept", story, lead)

    assert state_of(story) == ReturnState.ACCEPTED
    assert ReturnEvent.objects.filter(type="accept").count() == 1


@pytest.mark.parametrize("name", ["request_changes", "reopen"])
def test_an_accepted_return_is_sent_back_only_after_its_acceptance_is_taken_back(
    story, analyst, lead, name
):
    take("accept", story, analyst)

    with pytest.raises(TransitionRefusedError, match="has been accepted"):
        take(name, story, analyst)
    take("unaccept", story, lead)
    take(name, story, analyst)

    assert state_of(story) in (ReturnState.CHANGES_REQUESTED, ReturnState.IN_PROGRESS)


def test_an_analyst_does_not_take_an_acceptance_back(story, analyst):
    take("accept", story, analyst)

    with pytest.raises(TransitionRefusedError, match=r"as analyst\. Ask the lead analyst"):
        take("unaccept", story, analyst)


def test_an_acceptance_stays_once_the_round_is_published(story, analyst, lead):
    take("accept", story, analyst)
    story.round.state = RoundState.PUBLISHED
    story.round.save()

    with pytest.raises(TransitionRefusedError) as refused:
        take("unaccept", story, lead)

    assert refused.value.guards == (Guard.ROUND_NOT_PUBLISHED,)


@pytest.mark.parametrize("name", ["request_changes", "reopen", "unaccept"])
def test_what_goes_against_a_return_needs_a_reason(story, analyst, lead, name):
    if name == "unaccept":
        take("accept", story, analyst)

    with pytest.raises(TransitionRefusedError) as refused:
        take(name, story, lead, reason="  ")

    assert refused.value.guards == (Guard.REASON_GIVEN,)


def close(story: ReturnStory, *, extended: bool) -> None:
    """Close the round; perhaps with more time for the story's authority."""
    story.round.state = RoundState.CLOSED
    story.round.save()
    if extended:
        story.round.expected_returns.update(
            extended_due_on=today() + timedelta(days=60),
            extended_edits_until=today() + timedelta(days=61),
            extension_reason="A flood",
        )


@pytest.mark.parametrize("name", ["request_changes", "reopen"])
def test_a_closed_round_gives_nothing_back(story, analyst, name):
    close(story, extended=False)

    with pytest.raises(TransitionRefusedError, match=r"closed|not open"):
        take(name, story, analyst)


def test_an_extension_takes_a_request_but_reopens_nothing(story, analyst):
    close(story, extended=True)

    with pytest.raises(TransitionRefusedError) as refused:
        take("reopen", story, analyst)
    assert refused.value.guards == (Guard.ROUND_OPEN,)
    assert take("request_changes", story, analyst) == ReturnState.CHANGES_REQUESTED


def test_a_closed_round_may_still_be_accepted(story, analyst):
    close(story, extended=False)

    assert take("accept", story, analyst) == ReturnState.ACCEPTED


@pytest.mark.parametrize("name", ["request_changes", "reopen", "accept"])
def test_who_read_an_earlier_state_is_told_what_happened_since(story, analyst, lead, name):
    seen = version_of(story)
    take("request_changes", story, lead, sections=["about"])

    with pytest.raises(review.StaleReturnError, match=f"by {lead.full_name}, was to ask for"):
        take(name, story, analyst, expected_version=seen)

    assert ReturnEvent.objects.filter(actor=analyst).count() == 0


def test_who_read_the_first_submission_does_not_accept_the_second(story, analyst, lead):
    seen = version_of(story)
    take("request_changes", story, lead, sections=["about"])
    answer(
        story,
        "AB1",
        Given(value={"text": "Another purpose, said in full words"}),
        at=timezone.now(),
    )
    finish(story, "about")
    sign_again(story)

    with pytest.raises(review.StaleReturnError, match="sign and submit"):
        take("accept", story, analyst, expected_version=seen)


def test_what_an_authority_does_with_its_draft_is_not_told(story, analyst):
    seen = version_of(story)
    take("reopen", story, analyst)
    complete(story)
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=timezone.now())
    sign_off.decline(
        duty_return=story.duty_return, reason="CANARY", by=story.signatory, at=timezone.now()
    )

    with pytest.raises(review.StaleReturnError) as stale:
        take("accept", story, analyst, expected_version=seen)

    assert "CANARY" not in str(stale.value)
    assert story.signatory.full_name not in str(stale.value)


@pytest.mark.parametrize("name", ["request_changes", "reopen", "accept"])
def test_the_same_form_sent_twice_counts_once(story, analyst, name):
    seen = version_of(story)

    first = take(name, story, analyst, expected_version=seen)
    second = take(name, story, analyst, expected_version=seen)

    assert first == second
    assert ReturnEvent.objects.filter(type=name).count() == 1
    assert AuditEvent.objects.filter(action=f"return.{name}").count() == 1


def test_nobody_judges_the_return_of_an_authority_that_they_work_for(story, analyst):
    MembershipFactory(user=analyst, body=story.authority, role=Role.EDITOR)

    with pytest.raises(review.OwnReturnError):
        take("accept", story, analyst)

    assert state_of(story) == ReturnState.SUBMITTED


def test_an_unknown_section_is_refused(story, analyst):
    with pytest.raises(sign_off.UnknownSectionsError):
        take("request_changes", story, analyst, sections=["no-such-section"])


def test_the_centre_writes_no_answer_and_signs_nothing(story, analyst):
    take("request_changes", story, analyst)

    with pytest.raises(TransitionRefusedError, match="as analyst"):
        answer(story, "AB1", Given(value={"text": "Ours"}), by=analyst, at=timezone.now())
    with pytest.raises(TransitionRefusedError, match="as analyst"):
        returns.mark_section_complete(
            duty_return=story.duty_return, section="about", by=analyst, at=timezone.now()
        )
