"""What locks a return, in words that hold in each state of its round."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from duty.lifecycle import ReturnEvent
from duty.models import ReturnEvent as StoredEvent
from duty.models import Round, RoundState
from duty.presenters.progress import LockNotice, lock_of
from duty.queries.loaded import load
from duty.queries.returns import people_of
from duty.queries.standing import standing
from tests.factories.duty import (
    ReturnStory,
    SpecificationFactory,
    tell_return,
    today,
    version_one,
)

pytestmark = pytest.mark.django_db

OVER = {
    RoundState.IN_REPLY: "bodies are replying to their findings",
    RoundState.FINALISING: "made ready for publication",
    RoundState.PUBLISHED: "the round has been published",
}


@pytest.fixture
def story() -> ReturnStory:
    """A return of one question."""
    return tell_return(specification=SpecificationFactory(questions=version_one()[:1]))


def put(story: ReturnStory, state: RoundState, **days: object) -> None:
    """Bring the round into a state, as its steps would."""
    Round.objects.filter(pk=story.round.pk).update(state=state, **days)
    story.round.refresh_from_db()


def happen(story: ReturnStory, *events: ReturnEvent) -> None:
    """Let steps of the return happen."""
    for event in events:
        StoredEvent.objects.create(
            duty_return=story.duty_return,
            type=event.value,
            actor=story.editor,
            actor_role="editor",
            actor_body=story.authority,
            at=timezone.now(),
            payload={"sections": []},
        )


def lock(story: ReturnStory, *, now: datetime | None = None) -> LockNotice:
    """What locks it now."""
    at = now or timezone.now()
    loaded = load(round_=story.round, authority=story.authority)
    found = lock_of(
        loaded=loaded,
        standing=standing(loaded=loaded, now=at),
        people=people_of(authority=story.authority),
        now=at,
    )
    assert found is not None
    return found


SUBMITTED, ACCEPTED = ReturnEvent.SUBMIT, ReturnEvent.ACCEPT


@pytest.mark.parametrize(
    ("events", "state", "opens_in", "title"),
    [
        ((ReturnEvent.SEND_FOR_SIGN_OFF,), RoundState.OPEN, -30, "while the return waits"),
        ((SUBMITTED,), RoundState.OPEN, -30, "the return has been submitted"),
        ((SUBMITTED, ACCEPTED), RoundState.OPEN, -30, "the return has been accepted"),
        ((), RoundState.CLOSED, -30, "the round is closed"),
        ((SUBMITTED, ReturnEvent.REQUEST_CHANGES), RoundState.CLOSED, -30, "the round is closed"),
        ((), RoundState.IN_REPLY, -30, "the round is closed"),
        ((), RoundState.FINALISING, -30, "the round is closed"),
        ((), RoundState.PUBLISHED, -30, "the round is closed"),
        ((), RoundState.SCHEDULED, 3, "not open yet"),
        ((), RoundState.SCHEDULED, -1, "not open yet"),
    ],
)
def test_each_lock_says_why_since_when_until_when_and_whom_to_ask(
    story, events, state, opens_in, title
):
    happen(story, *events)
    put(story, state, opens_on=today() + timedelta(days=opens_in))

    found = lock(story)

    assert title in found.title
    assert found.why.endswith(".")
    # What has never been open was not locked on any day.
    assert found.since is not None or "so far" in found.why
    assert found.until.endswith(".")
    assert found.ask.startswith(("Ask the team", "Signatories: "))
    if events and state == RoundState.OPEN:
        assert story.editor.full_name in found.why
        assert found.since == story.duty_return.events.latest("pk").at


def test_a_closed_round_takes_extensions(story):
    put(story, RoundState.CLOSED)

    found = lock(story)

    assert found.until == "Until your authority is given an extension."
    assert found.ask.endswith("for an extension.")
    assert found.since == story.round.edits_until


@pytest.mark.parametrize(("state", "words"), OVER.items())
def test_a_round_that_is_over_promises_no_extension(story, state, words):
    put(story, state)

    found = lock(story)

    assert words in found.until
    assert "Until your authority is given" not in found.until
    assert "runs the round" in found.ask


@pytest.mark.parametrize(("state", "words"), [(RoundState.CLOSED, "extension"), *OVER.items()])
def test_a_submitted_return_says_what_can_still_happen_to_it(story, state, words):
    happen(story, ReturnEvent.SUBMIT)
    open_still = lock(story).until
    put(story, state)

    assert open_still.startswith("Until an analyst asks for changes")
    assert words in lock(story).until


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.PUBLISHED])
def test_an_accepted_return_stays_once_its_round_is_published(story, state):
    happen(story, ReturnEvent.SUBMIT, ReturnEvent.ACCEPT)
    put(story, state)

    until = lock(story).until

    assert ("lead analyst" in until) == (state == RoundState.CLOSED)
    assert ("has been published" in until) == (state == RoundState.PUBLISHED)


@pytest.mark.parametrize(
    ("state", "opens_in", "words"),
    [
        (RoundState.DRAFT, 3, "It is still being prepared. It is planned to open on"),
        (RoundState.SCHEDULED, 3, "It opens on"),
        (RoundState.SCHEDULED, -1, "It was to open on"),
    ],
)
def test_a_round_that_is_held_up_promises_no_past_day(story, state, opens_in, words):
    put(story, state, opens_on=today() + timedelta(days=opens_in))

    found = lock(story)

    assert found.title == "The round is not open yet"
    assert found.until.startswith(words)
    assert "runs the round" in found.ask
