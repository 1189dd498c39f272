"""The job that asks links, and who is shown what comes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role, User
from duty.actions import evidence, link_check
from duty.actions.answers import EvidenceLink
from duty.link_reading import Reading
from duty.models import Answer, LinkCheck, LinkState
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ReturnStory, answer, submit, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GONE, FOUND = "https://gone.example/plan", "https://found.example/plan"
DEAD, ALIVE = Reading(False, True, "404"), Reading(True, True, "200")
SILENT = Reading(False, False, "no connection")


@pytest.fixture
def story() -> ReturnStory:
    """A return in work with an answer that has two links."""
    told = tell_return()
    answer(told, "CO5")
    for url in (GONE, FOUND):
        add_link(told, url)
    return told


def add_link(story: ReturnStory, url: str) -> None:
    evidence.add_link(
        place=evidence.Place(story.duty_return, "CO5"),
        link=EvidenceLink(url=url),
        by=story.editor,
        at=story.at,
    )


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, Reading]:
    """What each link answers; every one that is asked is taken away and noted."""
    answers = {GONE: DEAD, FOUND: ALIVE}
    monkeypatch.setattr(link_check, "_ask", lambda url: answers[url])
    return answers


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def states() -> dict[str, str]:
    return dict(LinkCheck.objects.values_list("url", "state"))


def test_each_link_is_asked_once_a_week_and_no_answer_is_touched(
    story: ReturnStory, web: dict[str, Reading]
) -> None:
    now = timezone.now()
    before = list(Answer.objects.values_list("pk", "version", "updated_at"))

    asked = [
        link_check.check_links(at=now),
        link_check.check_links(at=now + timedelta(days=1)),
        link_check.check_links(at=now + timedelta(days=7)),
    ]

    assert asked == [2, 0, 2]
    assert states() == {GONE: LinkState.DEAD, FOUND: LinkState.ANSWERED}
    assert LinkCheck.objects.get(url=GONE).dead_since == now
    assert list(Answer.objects.values_list("pk", "version", "updated_at")) == before


def test_a_link_that_answers_again_is_dead_no_more(
    story: ReturnStory, web: dict[str, Reading]
) -> None:
    link_check.check_links(at=timezone.now())
    web[GONE] = ALIVE

    link_check.check_links(at=timezone.now() + timedelta(days=7))

    assert LinkCheck.objects.get(url=GONE).dead_since is None


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(
    story: ReturnStory, web: dict[str, Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    nudged: list[str] = []
    monkeypatch.setattr(link_check.queue, "nudge", lambda *, task: nudged.append(task))
    monkeypatch.setattr(link_check, "MOST_A_RUN", 1)

    first = link_check.check_links(at=timezone.now())
    second = link_check.check_links(at=timezone.now())

    assert (first, second, nudged) == (1, 1, ["duty.check_links"])
    assert set(states()) == {GONE, FOUND}


def test_where_nothing_can_be_reached_nothing_is_called_dead(
    story: ReturnStory, web: dict[str, Reading]
) -> None:
    third = "https://third.example/plan"
    add_link(story, third)
    web |= {GONE: SILENT, FOUND: SILENT, third: SILENT}

    asked = link_check.check_links(at=timezone.now())

    assert (asked, states()) == (0, {})


def test_the_job_can_be_turned_off(
    story: ReturnStory, web: dict[str, Reading], settings: Any
) -> None:
    settings.LINK_CHECK = False

    assert link_check.check_links(at=timezone.now()) == 0


def test_the_authority_is_told_of_its_drafts_dead_links(
    story: ReturnStory, web: dict[str, Reading]
) -> None:
    link_check.check_links(at=timezone.now())
    parts = [story.round.slug, story.authority.slug]
    editor = client_of(story.editor)

    tasks = editor.get(reverse("duty:return-tasks", args=parts)).content.decode()
    pages = [
        editor.get(reverse("duty:return-check", args=parts)).content.decode(),
        editor.get(
            reverse("duty:return-question", args=[*parts, "co-operation", "CO5"])
        ).content.decode(),
    ]

    assert "1 link behind your answers did not answer when last asked." in tasks
    for page in pages:
        assert page.count("This link did not answer on") == 1
        assert ": 404." in page


def test_the_centre_is_told_of_submitted_links_only(
    story: ReturnStory, web: dict[str, Reading]
) -> None:
    draft = tell_return(slug="north-testshire", round_=story.round)
    answer(draft, "CO5")
    add_link(draft, "https://draft.example/secret")
    web |= {"https://draft.example/secret": DEAD, "https://example.org/paper.pdf": ALIVE}
    analyst = client_of(MembershipFactory(role=Role.ANALYST).user)
    listed = reverse("duty:review-links")
    link_check.check_links(at=timezone.now())
    before = analyst.get(listed).content.decode()

    submit(story)

    after = analyst.get(listed).content.decode()
    review = analyst.get(reverse("duty:review-return", args=[story.duty_return.pk]))
    assert "No link in a submitted return of this round is known to be dead." in before
    assert "1 link in submitted returns of this round did not answer" in after
    assert GONE in after
    assert "draft.example" not in before + after
    assert review.content.decode().count("This link did not answer on") == 1
    assert analyst.get(listed, {"round": "no-such"}).status_code == 404


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": "asleep"}, "link_state_is_known"),
        ({"state": "dead"}, "dead_link_says_since_when"),
        ({"state": "answered", "dead_since": timezone.now()}, "dead_link_says_since_when"),
    ],
)
def test_what_is_stored_of_a_link_makes_sense(change: dict[str, Any], refusal: str) -> None:
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        LinkCheck.objects.create(url=GONE, asked_at=timezone.now(), **change)
