"""The last expert review is offered as the answer on reviews, and taken on by a person."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Pair
from duty.actions import proposals
from duty.models import Answer, AnswerOrigin
from duty.questions import Answer as Given
from outcomes.models import ExpertReview, FrameworkVersion
from tests.factories.duty import ReturnStory, answer, tell_return
from tests.factories.expert_reviews import drafted_review, signed_review
from tests.factories.frameworks_in_force import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    return tell_return()


@pytest.fixture
def version(story: ReturnStory) -> FrameworkVersion:
    pair = Pair.objects.get(authority=story.authority, board=story.boards[0])
    return in_force(pairs=[pair], by=story.signatory)


def review(story: ReturnStory, version: FrameworkVersion, met_on: date, **said: Any) -> Any:
    return signed_review(
        version,
        body=story.authority,
        by=story.signatory,
        at=timezone.now(),
        met_on=met_on,
        **said,
    )


def stored(story: ReturnStory) -> Answer | None:
    return Answer.objects.filter(duty_return=story.duty_return, question__code="OF7").first()


def bring_over(story: ReturnStory) -> proposals.BroughtOver:
    return proposals.bring_over(duty_return=story.duty_return, by=story.editor, at=timezone.now())


def test_the_last_review_of_the_days_covered_is_proposed(
    story: ReturnStory, version: FrameworkVersion
) -> None:
    last = story.round.covers_to
    review(story, version, last - timedelta(days=200), conclusion="The one before.")
    review(story, version, last, conclusion="The last one.")
    review(story, version, last + timedelta(days=1), conclusion="Too late for the round.")

    brought = bring_over(story)

    row = stored(story)
    assert row is not None
    assert row.value == {"date": last.isoformat(), "conclusion": "The last one."}
    assert (row.origin, row.needs_review) == (AnswerOrigin.REVIEW, True)
    assert (brought.from_records, brought.from_last_round, brought.from_reviews) == (0, 0, 1)


def test_a_draft_is_not_offered(story: ReturnStory, version: FrameworkVersion) -> None:
    drafted_review(
        version, body=story.authority, by=story.editor, met_on=story.round.covers_to, at=story.at
    )

    bring_over(story)

    assert stored(story) is None
    assert ExpertReview.objects.count() == 1


def page_of(story: ReturnStory, client: Any) -> str:
    client.force_login(story.editor)
    url = reverse(
        "duty:return-question",
        args=[story.round.slug, story.authority.slug, "outcomes-framework", "OF7"],
    )
    text: str = client.get(url).content.decode()
    return text


def test_the_page_shows_the_review_before_during_and_after(
    story: ReturnStory, version: FrameworkVersion, client: Any
) -> None:
    last = story.round.covers_to
    review(story, version, last - timedelta(days=9), conclusion="Keep on.")
    before = page_of(story, client)
    bring_over(story)
    proposed = page_of(story, client)
    answer(
        story,
        "OF7",
        Given(value={"date": last.isoformat(), "conclusion": "In our own words, all is well."}),
        at=timezone.now(),
    )
    answered = page_of(story, client)
    review(story, version, last, conclusion="Stop.")
    later = page_of(story, client)

    assert "The last expert review can answer this" in before
    assert "Keep on." in before
    assert "From the last expert review, not yet reviewed" in proposed
    assert "A later expert review says something else" in later
    assert "Stop." in later
    assert "See the review" in later
    assert "expert review" not in _aside(answered)


def _aside(page: str) -> str:
    """Return what stands beside the answer on records; nothing where nothing is said."""
    return page.partition('class="app-last"')[2].partition("</div>")[0]


def test_it_is_taken_on_in_one_click(story: ReturnStory, version: FrameworkVersion) -> None:
    review(story, version, story.round.covers_to)
    bring_over(story)
    row = stored(story)
    assert row is not None

    confirmed = proposals.confirm(
        duty_return=story.duty_return,
        question="OF7",
        board=None,
        expected_version=row.version,
        by=story.editor,
        at=timezone.now(),
    )

    assert (confirmed.needs_review, confirmed.origin) == (False, AnswerOrigin.REVIEW)
