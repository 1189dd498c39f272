"""Facts of counts and expert reviews that the database holds, each tried by breaking it."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from outcomes.models import CountValue, ExpertReview, ReviewedIndicator
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.expert_reviews import drafted_review, signed_review
from tests.factories.frameworks_in_force import in_force, measure_of
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
    return in_force(pairs=[pair], by=person, fill=measure_of)


@pytest.fixture
def count(version, pair, person):
    def store(**facts):
        measure = version.measures.get()
        return CountValue.objects.create(
            **{
                "framework": version.framework,
                "lineage": measure.lineage,
                "label": "2026",
                "start_date": date(2026, 1, 1),
                "end_date": date(2027, 1, 1),
                "value": 1.0,
                "recorded_at": NOW,
                "recorded_by": person,
                "recorded_for": pair.authority,
                "form_key": uuid.uuid4(),
            }
            | facts
        )

    return store


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_a_count_is_current_once_a_period(count):
    count()

    with refused("count_current_once"):
        count()


def test_what_was_superseded_makes_room(count):
    count(superseded_at=NOW)

    assert count().superseded_at is None


def test_a_form_stores_one_count(count):
    key = count().form_key

    with refused("form_key"):
        count(form_key=key, start_date=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"end_date": date(2026, 1, 1)}, "count_ends_after_it_starts"),
        ({"value": -1.0}, "count_is_a_value_or_two_parts"),
        ({"value": None}, "count_is_a_value_or_two_parts"),
        ({"numerator": 1.0}, "count_is_a_value_or_two_parts"),
        ({"value": None, "numerator": 1.0}, "count_is_a_value_or_two_parts"),
        (
            {"value": None, "numerator": 0.0, "denominator": 0.0},
            "count_is_a_value_or_two_parts",
        ),
        (
            {"value": None, "numerator": 3.0, "denominator": 2.0},
            "count_is_a_value_or_two_parts",
        ),
    ],
)
def test_a_count_keeps_to_the_rules(count, facts, name):
    with refused(name):
        count(**facts)


@pytest.mark.parametrize("change", [{"value": 2.0}, {"note": "Other"}, {"label": "2025"}])
def test_a_count_is_marked_and_never_edited(count, change):
    kept = count()

    with refused("a count stays as it was written"):
        CountValue.objects.filter(pk=kept.pk).update(**change)


def test_a_mark_is_set_once(count):
    kept = count(superseded_at=NOW)

    with refused("a count stays as it was written"):
        CountValue.objects.filter(pk=kept.pk).update(superseded_at=None)


def test_a_count_is_never_deleted(count):
    kept = count()

    with (
        pytest.raises(DatabaseError, match=r"count_never_deleted|Cannot delete rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM outcomes_countvalue WHERE id = %s", [kept.pk])


@pytest.fixture
def review(version, pair, person):
    return drafted_review(version, body=pair.board, by=person)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"state": "lost"}, "review_state_is_known"),
        ({"things_right": "maybe"}, "review_judgements_are_known"),
        ({"right_things": ""}, "review_judgements_are_known"),
        ({"state": "signed"}, "signed_review_says_by_whom"),
        ({"state": "signed", "signed_at": NOW, "signed_role": ""}, "signed_review_says_by_whom"),
        (
            {"state": "signed", "signed_at": NOW, "signed_role": "Chair"},
            "signed_review_says_by_whom",
        ),
        ({"signed_at": NOW}, "signed_review_says_by_whom"),
    ],
)
def test_a_review_keeps_to_the_rules(review, facts, name):
    with refused(name):
        ExpertReview.objects.filter(pk=review.pk).update(**facts)


def test_a_signed_review_ends_in_a_conclusion(review, person):
    with refused("signed_review_says_by_whom"):
        ExpertReview.objects.filter(pk=review.pk).update(
            state="signed",
            signed_at=NOW,
            signed_by=person,
            signed_role="Chair",
            conclusion="",
        )


def test_an_indicator_is_in_a_review_once(review):
    kept = review.indicators.get()

    with refused("indicator_once_a_review"):
        ReviewedIndicator.objects.create(review=review, lineage=kept.lineage)


@pytest.fixture
def signed(version, pair, person):
    return signed_review(version, body=pair.board, by=person)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcomes_expertreview SET conclusion = 'Other' WHERE id = %s",
        "UPDATE outcomes_expertreview SET state = 'draft', signed_at = NULL WHERE id = %s",
        "DELETE FROM outcomes_expertreview WHERE id = %s",
    ],
)
def test_a_signed_review_stays(signed, statement):
    with (
        pytest.raises(DatabaseError, match=r"signed_review_stays|Cannot (update|delete) rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [signed.pk])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcomes_reviewedindicator SET text = 'Other' WHERE review_id = %s",
        "DELETE FROM outcomes_reviewedindicator WHERE review_id = %s",
        (
            "INSERT INTO outcomes_reviewedindicator (review_id, lineage, text, status_then)"
            " VALUES (%s, gen_random_uuid(), '', '')"
        ),
    ],
)
def test_what_a_signed_review_looked_at_stays(signed, statement):
    with (
        refused("a signed review cannot change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [signed.pk])


def test_an_indicator_does_not_move_out_of_a_signed_review(signed, review):
    kept = signed.indicators.get()
    review.indicators.all().delete()

    with refused("a signed review cannot change"):
        ReviewedIndicator.objects.filter(pk=kept.pk).update(review=review)
