"""Reviews are drafted by an owner's editor, signed by a signatory, and told to the owners."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from authorities.actions import messages
from authorities.models import AuditEvent, Message, Notice, Role
from outcomes.access import Acting
from outcomes.actions import expert_review_messages, expert_reviews
from outcomes.actions.expert_reviews import ReviewRefusedError
from outcomes.expert_reviews import LookedAt
from outcomes.models import (
    ExpertReview,
    FrameworkIndicator,
    FrameworkPartner,
    ProgressMethod,
    ProgressStatus,
    RecomputeRequest,
    ReviewedIndicator,
    ReviewState,
)
from outcomes.queries.expert_reviews import due_of, reviews_due, reviews_of, said_of
from tests.factories.authorities import MembershipFactory, PairFactory, UserFactory
from tests.factories.expert_reviews import drafted_review, review_text, signed_review
from tests.factories.frameworks import FrameworkPartnerFactory
from tests.factories.frameworks_in_force import draft_framework, in_force, indicator_of
from tests.factories.outcomes import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return PairFactory()


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def version(pair, person):
    def more(version):
        indicator_of(version, order=2)

    return in_force(pairs=[pair], by=person, fill=more)


@pytest.fixture
def review(version, pair, person):
    return drafted_review(version, body=pair.board, by=person)


@pytest.fixture
def act(version, review, pair, person):
    """Take a step with the review of the tests, as one of its owners."""

    def do(step, **more):
        said = {
            "framework": version.framework,
            "review_id": review.pk,
            "expected_version": ExpertReview.objects.get(pk=review.pk).version,
            "acting": Acting(body=pair.authority, role=Role.SIGNATORY),
            "by": person,
            "at": NOW,
        }
        return step(**(said | more))

    return do


def read_as(version, words, *, public=True, number=1):
    """Compute a status for each indicator, as it reads."""
    method, _ = ProgressMethod.objects.get_or_create(
        number=number,
        defaults={"text": "Some", "made_public_at": NOW if public else None},
    )
    for row in FrameworkIndicator.objects.filter(framework_version=version):
        ProgressStatus.objects.create(
            framework_indicator=row,
            method=method.number,
            status="on_track",
            content={"trajectory": {"words": words}},
            input_hash="0" * 64,
            computed_at=NOW,
        )


def test_a_note_is_drafted_once_for_the_owner_that_wrote_it(version, pair, person):
    key = uuid.uuid4()

    first, second = (
        expert_reviews.draft(
            framework=version.framework,
            text=review_text(),
            form_key=key,
            acting=Acting(body=pair.board, role=Role.EDITOR),
            by=person,
            at=NOW,
        )
        for _ in range(2)
    )

    assert first == second
    assert (first.body_id, first.state) == (pair.board_id, ReviewState.DRAFT)
    assert AuditEvent.objects.filter(action="expert_review.drafted").count() == 1


def test_a_framework_that_is_not_in_force_is_not_reviewed(pair, person):
    draft = draft_framework(pairs=[pair], by=person)

    with pytest.raises(ReviewRefusedError, match="once it is in force"):
        drafted_review(draft, body=pair.authority, by=person)


def test_who_does_not_own_the_framework_writes_nothing(version, person):
    with pytest.raises(ReviewRefusedError, match="owners"):
        drafted_review(version, body=PairFactory().board, by=person)

    assert not ExpertReview.objects.exists()


def test_a_form_of_another_framework_is_refused(version, review, pair, person):
    other_pair = PairFactory()
    other = in_force(pairs=[other_pair], by=person)

    with pytest.raises(ReviewRefusedError, match="another framework"):
        expert_reviews.draft(
            framework=other.framework,
            text=review_text(),
            form_key=review.form_key,
            acting=Acting(body=other_pair.board, role=Role.EDITOR),
            by=person,
            at=NOW,
        )


def test_the_status_that_was_read_is_kept_with_what_is_said(version, pair, person, act):
    read_as(version, "Off track")
    read_as(version, "Achieved", public=False, number=2)
    review = drafted_review(version, body=pair.board, by=person)
    ProgressStatus.objects.update(content={"trajectory": {"words": "On track"}})

    kept = review.indicators.order_by("pk")[0]
    act(
        expert_reviews.edit,
        review_id=review.pk,
        expected_version=1,
        text=review_text(looked_at=(LookedAt(kept.lineage, "Better."),)),
    )

    found = review.indicators.get()
    assert (found.text, found.status_then) == ("Better.", "Off track")


def test_an_edit_of_what_somebody_else_changed_is_refused(act, review):
    act(expert_reviews.edit, text=review_text(conclusion="First."))

    with pytest.raises(ReviewRefusedError, match="Somebody else"):
        act(expert_reviews.edit, expected_version=1, text=review_text(conclusion="Second."))

    assert ExpertReview.objects.get(pk=review.pk).conclusion == "First."


def test_a_signature_names_a_role_and_freezes_the_note(act, review, version, pair):
    signed = act(expert_reviews.sign, role=" Chair ")

    assert (signed.state, signed.signed_role, signed.signed_at) == ("signed", "Chair", NOW)
    assert (
        RecomputeRequest.objects.filter(
            subject_id=pair.authority_id, reason="expert review signed"
        ).exists()
        or RecomputeRequest.objects.filter(subject_id=pair.authority_id).exists()
    )
    with pytest.raises(ReviewRefusedError, match="stays as it is"):
        act(expert_reviews.edit, text=review_text())


def test_signing_twice_signs_once(act, review):
    first = act(expert_reviews.sign, role="Chair", expected_version=1)
    second = act(expert_reviews.sign, role="Other", expected_version=1)

    assert first == second
    assert second.signed_role == "Chair"
    assert AuditEvent.objects.filter(action="expert_review.signed").count() == 1


def test_what_lacks_something_is_not_signed(act, review):
    act(expert_reviews.edit, text=review_text(conclusion="", looked_at=()))

    with pytest.raises(ReviewRefusedError) as refused:
        act(expert_reviews.sign, role=" ")

    assert [one.field for one in refused.value.lacks] == ["indicators", "conclusion", "role"]
    assert ExpertReview.objects.get(pk=review.pk).state == ReviewState.DRAFT


def test_another_note_than_was_read_is_not_signed(act, review):
    act(expert_reviews.edit, text=review_text())

    with pytest.raises(ReviewRefusedError, match="Somebody else"):
        act(expert_reviews.sign, role="Chair", expected_version=1)


def test_a_review_of_another_framework_is_not_there(act, person):
    other_pair = PairFactory()
    other = in_force(pairs=[other_pair], by=person)
    acting = Acting(body=other_pair.board, role=Role.SIGNATORY)

    with pytest.raises(ExpertReview.DoesNotExist):
        act(expert_reviews.sign, framework=other.framework, acting=acting, role="Chair")


def test_the_next_is_due_six_months_after_the_agreement_then_after_the_last(
    version, review, act, person, pair
):
    framework = version.framework
    before = due_of(framework=framework)
    act(expert_reviews.sign, role="Chair")

    assert before == date(2027, 5, 23)
    assert due_of(framework=framework) == date(2027, 5, 2)
    assert due_of(framework=draft_framework(pairs=[PairFactory()], by=person).framework) is None


def test_drafts_are_for_who_asks_for_them(version, review, pair, person):
    signed = signed_review(version, body=pair.board, by=person, met_on=date(2026, 11, 1))

    seen = reviews_of(framework=version.framework, with_drafts=False, day=NOW.date())
    own = reviews_of(framework=version.framework, with_drafts=True, day=NOW.date())

    assert [one.id for one in seen] == [signed.pk]
    assert [one.id for one in own] == [review.pk, signed.pk]


def test_what_was_said_last_of_an_indicator_stands_beside_it(version, pair, person):
    signed_review(version, body=pair.board, by=person, met_on=date(2026, 3, 1))
    lineage = FrameworkIndicator.objects.get(framework_version=version, order=1).lineage
    newest = signed_review(
        version, body=pair.board, by=person, looked_at=(LookedAt(lineage, "Better now."),)
    )

    found = {
        key: said_of(framework=version.framework_id, lineage=key)
        for key in FrameworkIndicator.objects.filter(framework_version=version).values_list(
            "lineage", flat=True
        )
    }

    assert {one.text for one in found.values()} == {"Better now.", "It moves slowly."}
    assert found[lineage].review == newest.pk
    assert said_of(framework=version.framework_id, lineage=uuid.uuid4()) is None


def test_a_deleted_draft_leaves_its_audit_row_and_history(review, act, pair):
    act(expert_reviews.give_up, acting=Acting(body=pair.board, role=Role.EDITOR))

    assert not ExpertReview.objects.exists()
    assert not ReviewedIndicator.objects.exists()
    told = AuditEvent.objects.get(action="expert_review.given_up")
    assert (told.target_id, told.body_id, told.at) == (str(review.pk), pair.board_id, NOW)
    history = apps.get_model("outcomes", "ExpertReviewEvent")
    kept = history.objects.filter(pgh_obj_id=review.pk).values_list("conclusion", flat=True)
    assert set(kept) == {review.conclusion}


def test_a_draft_of_another_owner_is_not_deleted(version, review, act, pair):
    acting = Acting(body=pair.authority, role=Role.EDITOR)

    with pytest.raises(ReviewRefusedError, match="Only the organisation that wrote this draft"):
        act(expert_reviews.give_up, acting=acting)

    assert ExpertReview.objects.exists()


def test_once_its_author_owns_no_more_any_owner_deletes_a_draft(version, review, act, pair):
    FrameworkPartnerFactory(framework=version.framework, pair__authority=pair.authority)
    FrameworkPartner.objects.filter(pair=pair).update(ended_on=NOW.date())

    act(expert_reviews.give_up, acting=Acting(body=pair.authority, role=Role.EDITOR))

    assert not ExpertReview.objects.exists()


@pytest.fixture
def people(pair):
    return [MembershipFactory(body=body).user for body in (pair.authority, pair.board)]


def morning(day):
    return datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_default_timezone()) + (
        timedelta(hours=7)
    )


def told(at):
    messages.announce_day(at=at)
    messages.address_due(at=at + timedelta(hours=1))
    return list(
        Message.objects.filter(notice__kind=expert_review_messages.DUE).values_list(
            "recipient__email", flat=True
        )
    )


def test_the_owners_are_told_that_a_review_is_due_once_each_half_year(version, people):
    too_early = told(morning(date(2027, 5, 22)))
    first = told(morning(date(2027, 5, 23)))
    told(morning(date(2027, 6, 20)))
    again = told(morning(date(2027, 6, 21)))
    later = told(morning(date(2027, 11, 23)))

    emails = sorted(one.email for one in people)
    assert (too_early, sorted(first), sorted(again)) == ([], emails, emails)
    assert sorted(later) == sorted(2 * emails)


def test_what_was_reviewed_meanwhile_is_told_to_nobody(version, people, pair, person):
    at = morning(date(2027, 5, 23))
    messages.announce_day(at=at)
    signed_review(version, body=pair.board, by=person, at=at, met_on=date(2027, 5, 23))
    messages.address_due(at=at + timedelta(hours=1))

    assert Notice.objects.filter(kind=expert_review_messages.DUE).count() == 2
    assert not Message.objects.filter(notice__kind=expert_review_messages.DUE).exists()


def test_the_other_owners_are_told_that_a_review_is_signed(version, people, act):
    act(expert_reviews.sign, role="Chair")
    messages.address_due(at=NOW + timedelta(days=1))

    found = Message.objects.filter(notice__kind=expert_review_messages.SIGNED)
    assert [one.recipient for one in found] == [people[1]]
    assert "Healthier for longer" in found[0].text
    assert "Chair" not in found[0].text


def test_only_frameworks_in_force_are_reviewed(version, person):
    draft_framework(pairs=[PairFactory()], by=person)

    assert [one.framework_id for one in reviews_due()] == [version.framework_id]
