"""Every state, event and role of the table, taken through the actions that pages call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from authorities.models import LOCAL_ROLES, AuditEvent, Role, User
from duty.actions import returns, review, sign_off
from duty.lifecycle import ReturnEvent, ReturnState, TransitionRefusedError
from duty.models import Answer, DutyReturn, Round, RoundState, Section, Submission
from duty.models import ReturnEvent as StoredEvent
from duty.queries.loaded import load
from duty.queries.standing import standing
from duty.questions import Answer as Given
from tests.duty.test_lifecycle import EXPECTED
from tests.factories.authorities import MembershipFactory, StrategicAuthorityFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    ReturnStory,
    answer,
    answer_section,
    complete,
    send,
    submit,
    tell_return,
    today,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# No action takes the last event: a round closes over its returns, see the last test.
EVENTS = [event for event in ReturnEvent if event is not ReturnEvent.CLOSE_ROUND]
REFUSED = "refused"
# Somebody has started: who starts again is led to what is there.
THERE_ALREADY = "there already"


def _sign(story: ReturnStory, by: User) -> None:
    sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=by,
        at=timezone.now(),
    )


def _save(story: ReturnStory, by: User) -> None:
    answer(
        story,
        "AB1",
        Given(value={"text": f"Words that say enough: {uuid4()}"}),
        by=by,
        at=timezone.now(),
    )


def _submit(story: ReturnStory, by: User) -> None:
    # This step is for rounds that ask for no signature.
    Round.objects.filter(pk=story.round.pk).update(requires_sign_off=False)
    sign_off.submit(duty_return=story.duty_return, form_key=uuid4(), by=by, at=timezone.now())


def _reviewed(name: str, **more: str) -> Callable[[ReturnStory, User], None]:
    def step(story: ReturnStory, by: User) -> None:
        getattr(review, name)(
            duty_return=story.duty_return,
            expected_version=DutyReturn.objects.get(pk=story.duty_return.pk).version,
            by=by,
            at=timezone.now(),
            **more,
        )

    return step


STEPS: dict[ReturnEvent, Callable[[ReturnStory, User], object]] = {
    ReturnEvent.START: lambda story, by: returns.start(
        round_=story.round, authority=story.authority, by=by, at=timezone.now()
    ),
    ReturnEvent.SAVE_ANSWER: _save,
    ReturnEvent.COMPLETE_SECTION: lambda story, by: returns.mark_section_complete(
        duty_return=story.duty_return, section="about", by=by, at=timezone.now()
    ),
    ReturnEvent.SEND_FOR_SIGN_OFF: lambda story, by: sign_off.send_for_sign_off(
        duty_return=story.duty_return, by=by, at=timezone.now()
    ),
    ReturnEvent.DECLINE: lambda story, by: sign_off.decline(
        duty_return=story.duty_return, reason="No", by=by, at=timezone.now()
    ),
    ReturnEvent.RECALL: lambda story, by: sign_off.recall(
        duty_return=story.duty_return, by=by, at=timezone.now()
    ),
    ReturnEvent.SIGN: _sign,
    ReturnEvent.SUBMIT: _submit,
    ReturnEvent.REQUEST_CHANGES: _reviewed("request_changes", reason="Say more"),
    ReturnEvent.REOPEN: _reviewed("reopen", reason="They asked"),
    ReturnEvent.ACCEPT: _reviewed("accept"),
    ReturnEvent.UNACCEPT: _reviewed("unaccept", reason="Too soon"),
}


def started() -> ReturnStory:
    """A return with one section answered and none complete."""
    story = tell_return()
    answer_section(story, "about")
    return story


def ready() -> ReturnStory:
    """A return whose sections are all complete."""
    story = tell_return()
    complete(story)
    return story


def waiting() -> ReturnStory:
    """A return that awaits its signature."""
    story = tell_return()
    send(story)
    return story


def submitted() -> ReturnStory:
    """A return that was signed."""
    story = tell_return()
    submit(story)
    return story


def sent_back() -> ReturnStory:
    """A return of which changes were asked."""
    story = submitted()
    _reviewed("request_changes", reason="Say more")(
        story, MembershipFactory(role=Role.ANALYST).user
    )
    return story


def submitted_with_changes() -> ReturnStory:
    """A return that came back changed."""
    story = sent_back()
    _save(story, story.editor)
    for section in Section.values:
        returns.mark_section_complete(
            duty_return=story.duty_return, section=section, by=story.editor, at=timezone.now()
        )
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=timezone.now())
    _sign(story, story.signatory)
    return story


def accepted() -> ReturnStory:
    """A return that was accepted."""
    story = submitted()
    _reviewed("accept")(story, MembershipFactory(role=Role.ANALYST).user)
    return story


def not_submitted() -> ReturnStory:
    """A return over whose work the round closed."""
    story = started()
    close(story)
    return story


def close(story: ReturnStory) -> None:
    """Close the story's round."""
    story.round.state = RoundState.CLOSED
    story.round.save()


WAYS_TO: dict[ReturnState, Callable[[], ReturnStory]] = {
    ReturnState.IN_PROGRESS: started,
    ReturnState.READY: ready,
    ReturnState.AWAITING_SIGN_OFF: waiting,
    ReturnState.SUBMITTED: submitted,
    ReturnState.CHANGES_REQUESTED: sent_back,
    ReturnState.SUBMITTED_WITH_CHANGES: submitted_with_changes,
    ReturnState.ACCEPTED: accepted,
    ReturnState.NOT_SUBMITTED: not_submitted,
}


def people_of(story: ReturnStory) -> dict[str, User]:
    """Somebody in each role that a person can hold."""
    lead = MembershipFactory(role=Role.PEOPLE_LEAD, body=story.authority).user
    centre = (role for role in Role if role not in LOCAL_ROLES)
    return {
        "editor": story.editor,
        "signatory": story.signatory,
        "people_lead": lead,
    } | {str(role): MembershipFactory(role=role).user for role in centre}


def state_of(story: ReturnStory) -> ReturnState:
    """Where the return stands, read anew."""
    loaded = load(round_=Round.objects.get(pk=story.round.pk), authority=story.authority)
    return standing(loaded=loaded, now=timezone.now()).state


def stored() -> tuple[object, ...]:
    """Everything that a step may write."""
    return (
        list(DutyReturn.objects.order_by("pk").values()),
        list(Answer.objects.order_by("pk").values()),
        *(model.objects.count() for model in (StoredEvent, Submission, AuditEvent)),
    )


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(story: ReturnStory, event: ReturnEvent, by: User) -> str:
    """Take a step and say where it led."""
    before = stored()
    try:
        with transaction.atomic():
            STEPS[event](story, by)
    except TransitionRefusedError as error:
        assert stored() == before
        # Every guard holds here, so that only the state and the role can refuse.
        return f"refused by {error.guards}" if error.guards else REFUSED
    if event is ReturnEvent.START and stored() == before:
        return THERE_ALREADY
    assert stored() != before
    return state_of(story).value


@pytest.mark.parametrize("state", WAYS_TO)
def test_every_event_by_every_role_leads_where_the_table_says(state: ReturnState) -> None:
    story = WAYS_TO[state]()
    people = people_of(story)
    assert state_of(story) == state

    found = {}
    for event in EVENTS:
        for role, person in people.items():
            with undone():
                found[event, role] = outcome(story, event, person)

    expected = {
        (event, role): THERE_ALREADY
        if event is ReturnEvent.START
        else EXPECTED.get((state.value, event.value, role), REFUSED)
        for event in EVENTS
        for role in people
    }
    assert found == expected
    assert len(found) == 12 * len(Role)


def test_a_return_is_started_by_its_own_people_alone() -> None:
    elsewhere = started()
    authority = StrategicAuthorityFactory()
    ExpectedReturnFactory(round=elsewhere.round, authority=authority)
    people = people_of(elsewhere)
    people |= {
        str(own): MembershipFactory(body=authority, role=own).user
        for own in (Role.EDITOR, Role.SIGNATORY)
    }
    story = replace(elsewhere, authority=authority)

    found = {}
    for role, person in people.items():
        with undone():
            found[role] = outcome(story, ReturnEvent.START, person)

    assert found == {role: EXPECTED.get(("not_started", "start", role), REFUSED) for role in people}


@pytest.mark.parametrize("state", WAYS_TO)
def test_a_round_that_closes_leaves_each_return_where_the_table_says(state: ReturnState) -> None:
    story = WAYS_TO[state]()

    close(story)

    assert state_of(story).value == EXPECTED[state.value, "close_round", "job"]


def test_an_extension_keeps_a_return_open_past_the_rounds_close() -> None:
    story = started()
    close(story)
    story.round.expected_returns.update(
        extended_due_on=today() + timedelta(days=60),
        extended_edits_until=today() + timedelta(days=61),
        extension_reason="A flood",
    )

    assert state_of(story) == ReturnState.IN_PROGRESS
    _save(story, story.editor)
