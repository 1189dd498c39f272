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
from duty.models import Answer, LinkCheck, LinkState, ReturnState
from duty.questions import Answer as Given
from duty.standing_records import RecordKind
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ReturnStory, answer, submit, tell_return
from tests.factories.standing_records import on_record

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


STRATEGY, PROGRESS, NOTED = (
    "https://gone.example/strategy",
    "https://gone.example/progress",
    "https://gone.example/noted",
)
ADOPTED = {
    "option": "adopted",
    "title": "Healthier lives",
    "adopted_on": "2026-03-12",
    "strategy_link": STRATEGY,
    "review_on": "2029-03-12",
}


@pytest.fixture
def told_of_links(web: dict[str, Reading]) -> ReturnStory:
    """A return with a dead link in a choice, one alone as an answer, and one within a text."""
    told = tell_return()
    answer(told, "ST1", Given(value=ADOPTED))
    answer(told, "ST8", Given(value={"link": PROGRESS}))
    answer(told, "CO8", Given(value={"text": f"We wrote it down ({NOTED}), at some length."}))
    Answer.objects.update(private_note="https://gone.example/private")
    web |= dict.fromkeys((STRATEGY, PROGRESS, NOTED), DEAD)
    web |= {"https://example.org/paper.pdf": ALIVE}
    return told


def pages_of_owner(story: ReturnStory) -> dict[str, str]:
    """The pages on which links of answers stand, for an editor."""
    parts = [story.round.slug, story.authority.slug]
    editor = client_of(story.editor)
    sections = {"ST1": "strategy", "ST8": "strategy", "CO8": "co-operation"}
    found = {
        code: reverse("duty:return-question", args=[*parts, section, code])
        for code, section in sections.items()
    } | {name: reverse(f"duty:return-{name}", args=parts) for name in ("check", "tasks")}
    return {name: editor.get(url).content.decode() for name, url in found.items()}


def test_links_inside_answers_are_asked_and_notes_for_colleagues_are_not(
    told_of_links: ReturnStory,
) -> None:
    asked = link_check.check_links(at=timezone.now())

    dead = {url for url, state in states().items() if state == LinkState.DEAD}
    assert asked == 4
    assert dead == {STRATEGY, PROGRESS, NOTED}


def test_links_inside_answers_of_an_accepted_return_are_not_asked(
    told_of_links: ReturnStory,
) -> None:
    told_of_links.duty_return.state = ReturnState.ACCEPTED
    told_of_links.duty_return.save()

    assert link_check.check_links(at=timezone.now()) == 0


def test_the_authority_is_told_of_dead_links_where_they_stand_in_its_answers(
    told_of_links: ReturnStory,
) -> None:
    before = pages_of_owner(told_of_links)

    link_check.check_links(at=timezone.now())

    pages = pages_of_owner(told_of_links)
    told = {name: page.count("This link did not answer on") for name, page in pages.items()}
    assert told == {"ST1": 1, "ST8": 1, "CO8": 1, "check": 3, "tasks": 0}
    assert "3 links behind your answers did not answer when last asked." in pages["tasks"]
    assert not any("This link did not answer on" in page for page in before.values())
    assert "behind your answers" not in before["tasks"]


def test_the_centre_is_told_of_links_in_submitted_answers_only(
    told_of_links: ReturnStory, web: dict[str, Reading]
) -> None:
    draft = tell_return(slug="north-testshire", round_=told_of_links.round)
    answer(draft, "ST8", Given(value={"link": "https://draft.example/secret"}))
    web |= {"https://draft.example/secret": DEAD, "https://example.org/plan.pdf": ALIVE}
    submit(told_of_links)
    link_check.check_links(at=timezone.now())
    analyst = client_of(MembershipFactory(role=Role.ANALYST).user)

    listed = analyst.get(reverse("duty:review-links")).content.decode()
    review = analyst.get(
        reverse("duty:review-return", args=[told_of_links.duty_return.pk])
    ).content.decode()

    assert states()["https://draft.example/secret"] == LinkState.DEAD
    assert "3 links in submitted returns of this round did not answer" in listed
    assert all(link in listed for link in (STRATEGY, PROGRESS, NOTED))
    assert "draft.example" not in listed + review
    assert review.count("This link did not answer on") == 3


def test_links_on_record_are_asked_and_their_authority_alone_is_told(
    web: dict[str, Reading],
) -> None:
    told = tell_return()
    record = on_record(
        told.authority,
        RecordKind.STRATEGY,
        by=told.editor,
        link=GONE,
        progress_link=FOUND,
        covers=f"As {STRATEGY} says",
    )
    web |= {STRATEGY: DEAD}
    parts = [told.authority.slug, RecordKind.STRATEGY.value]
    listed = reverse("records:list", args=parts)
    change = reverse("records:change", args=[*parts, record.pk])

    asked = link_check.check_links(at=timezone.now())

    editor, analyst = client_of(told.editor), client_of(MembershipFactory(role=Role.ANALYST).user)
    centre = analyst.get(reverse("duty:review-links")).content.decode()
    assert asked == 3
    assert "2 links did not answer when last asked." in editor.get(listed).content.decode()
    assert editor.get(change).content.decode().count("This link did not answer on") == 2
    assert analyst.get(listed).status_code in (403, 404)
    assert "gone.example" not in centre


def test_links_of_a_record_that_ended_are_not_asked(web: dict[str, Reading]) -> None:
    told = tell_return()
    record = on_record(told.authority, RecordKind.STRATEGY, by=told.editor, link=GONE)
    record.ending, record.ending_reason = "mistake", "Another authority's"
    record.save()

    assert link_check.check_links(at=timezone.now()) == 0


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
