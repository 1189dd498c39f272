"""Unusual answers are saved, and confirmed with a reason when their section is completed."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.actions import returns, sign_off
from duty.models import Submission, WarningDecision
from duty.queries.loaded import load
from duty.queries.soft_warnings import OpenWarning, decisions_of, open_warnings
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ReturnStory,
    RoundFactory,
    answer,
    answer_section,
    complete,
    submit,
    tell_return,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHORT = Given(value={"text": "Too short"})


@pytest.fixture
def story() -> ReturnStory:
    """A return with one unusual answer: a text of the floor that says nearly nothing."""
    made = tell_return()
    answer_section(made, "about")
    answer(made, "AB1", SHORT)
    return made


def warnings_of(story: ReturnStory) -> tuple[OpenWarning, ...]:
    loaded = load(round_=story.round, authority=story.authority)
    return open_warnings(
        loaded=loaded, last=None, decisions=decisions_of(loaded=loaded), now=timezone.now()
    )


def mark(story: ReturnStory, *, reason: str = "") -> None:
    returns.mark_section_complete(
        duty_return=story.duty_return,
        section="about",
        warning_reasons={one.key: reason for one in warnings_of(story)},
        by=story.editor,
        at=timezone.now(),
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_section_is_not_completed_without_a_reason(story, reason):
    with pytest.raises(returns.WarningsNotConfirmedError) as refused:
        mark(story, reason=reason)

    assert [one.warning.rule for one in refused.value.warnings] == ["short-text"]
    assert not WarningDecision.objects.exists()


def test_a_reason_is_kept_with_the_version_of_the_answer(story):
    mark(story, reason="It is all there is to say")

    kept = WarningDecision.objects.get()
    assert (kept.rule, kept.part, kept.question.code) == ("short-text", "text", "AB1")
    assert kept.reason == "It is all there is to say"
    assert (
        kept.answer_version
        == load(round_=story.round, authority=story.authority)
        .duty_return.answers.get(question__code="AB1")
        .version
    )
    assert warnings_of(story) == ()


def test_an_answer_that_changed_asks_again(story):
    mark(story, reason="It is all there is to say")
    answer(story, "AB1", Given(value={"text": "Still short"}))

    assert len(warnings_of(story)) == 1
    with pytest.raises(returns.WarningsNotConfirmedError):
        mark(story)


def test_a_reason_for_an_earlier_version_is_not_one_for_the_next(story):
    before = {one.key: "Right" for one in warnings_of(story)}
    answer(story, "AB1", Given(value={"text": "Still short"}))

    with pytest.raises(returns.WarningsNotConfirmedError):
        returns.mark_section_complete(
            duty_return=story.duty_return,
            section="about",
            warning_reasons=before,
            by=story.editor,
            at=timezone.now(),
        )


def test_a_decision_is_kept_once_and_for_good(story):
    mark(story, reason="It is all there is to say")
    kept = WarningDecision.objects.get()

    for statement in (
        "UPDATE duty_warningdecision SET reason = 'Other'",
        "DELETE FROM duty_warningdecision",
    ):
        with (
            pytest.raises(DatabaseError, match="append_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    for field, value, name in (
        ("reason", "", "warning_decision_has_a_reason"),
        ("pk", None, "warning_decided_once"),
    ):
        again = WarningDecision.objects.get()
        again.pk = None
        setattr(again, field, value)
        again._state.adding = True
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            again.save()
    assert WarningDecision.objects.get() == kept


def test_the_check_page_asks_for_a_reason_apart_from_what_is_wrong(story):
    client = Client()
    client.force_login(story.editor)
    address = [story.round.slug, story.authority.slug]
    (warning,) = warnings_of(story)

    page = client.get(reverse("duty:return-check", args=address)).content.decode()
    refused = client.post(reverse("duty:section-complete", args=[*address, "about"]))
    accepted = client.post(
        reverse("duty:section-complete", args=[*address, "about"]),
        {f"about-{warning.key}": "All there is"},
    )

    assert "Worth a second look" in page
    assert "The answer has 2 words" in page
    assert refused.status_code == 422
    assert "Say why it is right, or change the answer" in refused.content.decode()
    assert accepted.status_code == 302
    confirmed = client.get(reverse("duty:return-check", args=address)).content.decode()
    assert "Confirmed by" in confirmed
    assert "“All there is”" in confirmed


def test_the_question_s_page_says_it_once_saved(story):
    client = Client()
    client.force_login(story.editor)

    page = client.get(
        reverse(
            "duty:return-question", args=[story.round.slug, story.authority.slug, "about", "AB1"]
        )
    ).content.decode()

    assert "Worth a second look" in page
    assert "There is a problem" not in page


def test_who_reviews_reads_the_reason_beside_the_answer(story):
    mark(story, reason="All there is")
    complete(story, "co-operation", "strategy", "health-team", "outcomes-framework")
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)
    submission = sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=story.signatory,
        at=story.at,
    )
    analyst = Client()
    analyst.force_login(MembershipFactory(role=Role.ANALYST).user)

    page = analyst.get(reverse("duty:review-return", args=[story.duty_return.pk])).content.decode()

    answers = {
        question["code"]: question["answers"][0]
        for section in submission.content["sections"]
        for question in section["questions"]
    }
    assert [one["reason"] for one in answers["AB1"]["confirmed"]] == ["All there is"]
    assert answers["AB3"]["confirmed"] == []
    assert "Unusual, and confirmed by the authority" in page
    assert "“All there is”" in page


def test_a_snapshot_of_the_first_shape_still_reads(story):
    stored = submit(tell_return(slug="north-testshire"))
    content = stored.content
    for section in content["sections"]:
        for question in section["questions"]:
            for one in question["answers"]:
                del one["confirmed"]
    Submission.objects.bulk_create(
        [
            Submission(
                duty_return=stored.duty_return,
                number=2,
                reference="OLD-1",
                content={**content, "content_version": 1},
                content_sha256="",
                submitted_at=stored.submitted_at,
                submitted_by=stored.submitted_by,
                late=False,
                form_key=uuid4(),
            )
        ]
    )
    analyst = Client()
    analyst.force_login(MembershipFactory(role=Role.ANALYST).user)

    page = analyst.get(reverse("duty:review-return", args=[stored.duty_return_id]))

    assert page.status_code == 200


def test_the_last_round_is_compared_with(story):
    other = tell_return(slug="north-testshire")
    submit(other)
    later = RoundFactory(
        slug="spring-2027",
        covers_from=date(2026, 10, 1),
        covers_to=date(2027, 3, 31),
        specification=other.round.specification,
    )
    later.expected_returns.create(authority=other.authority)
    returns.start(round_=later, authority=other.authority, by=other.editor, at=timezone.now())
    made = ReturnStory(
        later,
        other.authority,
        other.boards,
        other.editor,
        other.signatory,
        later.returns.get(),
    )
    answer(made, "HT3", Given(value={"number": "9"}))
    answer(made, "AB1")

    client = Client()
    client.force_login(other.editor)
    page = client.get(
        reverse("duty:return-check", args=[later.slug, other.authority.slug])
    ).content.decode()

    assert f"9 now and 2.5 in the last return ({other.round.name})" in page
    assert f"word for word that of the last return ({other.round.name})" in page
