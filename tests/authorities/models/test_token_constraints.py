"""The database refuses a token that cannot be."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from authorities.models import ApiToken
from tests.factories.authorities import ApiTokenFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def lasting(time: timedelta) -> Callable[[], object]:
    now = timezone.now()
    return lambda: ApiTokenFactory(made_at=now, ends_at=now + time)


def changed(**fields: object) -> Callable[[], object]:
    return lambda: ApiToken.objects.filter(pk=ApiTokenFactory().pk).update(**fields)


def given_back() -> object:
    now = timezone.now()
    made = ApiTokenFactory(made_at=now, revoked_at=now, revoked_by=UserFactory())
    return ApiToken.objects.filter(pk=made.pk).update(revoked_at=None, revoked_by=None)


@pytest.mark.parametrize(
    ("rule", "break_it"),
    [
        ("token_scope_is_known", lambda: ApiTokenFactory(scope="all")),
        ("token_has_a_name", lambda: ApiTokenFactory(name="")),
        ("token_is_kept_as_a_digest", lambda: ApiTokenFactory(digest=f"hdt_{'a' * 43}")),
        ("token_is_kept_as_a_digest", lambda: ApiTokenFactory(digest="A" * 64)),
        ("token_shows_its_beginning_alone", lambda: ApiTokenFactory(first_characters="hdt_")),
        ("token_shows_its_beginning_alone", lambda: ApiTokenFactory(first_characters="abcdefghij")),
        ("token_lasts_a_year_at_most", lasting(timedelta(0))),
        ("token_lasts_a_year_at_most", lasting(-DAY)),
        ("token_lasts_a_year_at_most", lasting(366 * DAY + timedelta(seconds=1))),
        ("revoked_token_says_by_whom", lambda: ApiTokenFactory(revoked_at=timezone.now())),
        ("revoked_token_says_by_whom", lambda: ApiTokenFactory(revoked_by=UserFactory())),
        (
            "revoked_token_says_by_whom",
            lambda: ApiTokenFactory(revoked_at=timezone.now() - DAY, revoked_by=UserFactory()),
        ),
        ("token_used_while_in_force", changed(last_used_at=timezone.now() - DAY)),
        ("token_used_while_in_force", changed(last_used_at=timezone.now() + 2 * DAY)),
        ("a token stays as it was made", changed(scope="write")),
        ("a token stays as it was made", changed(ends_at=timezone.now() + 2 * DAY)),
        ("a token stays as it was made", changed(digest="0" * 64)),
        ("a token stays as it was made", given_back),
    ],
)
def test_a_rule_that_is_broken_is_refused_by_name(
    rule: str, break_it: Callable[[], object]
) -> None:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        break_it()

    assert rule in str(refusal.value)


def test_a_token_may_last_a_year_and_its_leap_day() -> None:
    assert lasting(366 * DAY)()


def test_no_two_tokens_have_one_digest() -> None:
    first = ApiTokenFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ApiTokenFactory(digest=first.digest)


def test_the_history_holds_neither_digest_nor_use() -> None:
    made = ApiTokenFactory()
    ApiToken.objects.filter(pk=made.pk).update(last_used_at=timezone.now())
    ApiToken.objects.filter(pk=made.pk).update(revoked_at=timezone.now(), revoked_by=made.owner)

    history = made.history.order_by("pgh_id")

    assert [row.pgh_label for row in history] == ["insert", "update"]
    assert not {"digest", "last_used_at"} & {field.name for field in history[0]._meta.get_fields()}
