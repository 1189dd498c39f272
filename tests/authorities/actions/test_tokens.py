"""Tokens: who makes which, and how they end."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import serializers
from django.utils import timezone

from authorities.actions import call_counts, people, tokens
from authorities.models import ApiToken, AuditEvent, CallCount, Role, TokenScope
from authorities.queries.tokens import count_in_force, own_tokens, shown_token
from tests.factories.authorities import MembershipFactory, UserFactory
from tests.tokens import DAY, token_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 30, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def person():
    return MembershipFactory(role=Role.EDITOR).user


def make(by, *, name="Planning system", lasts=DAY, at=NOON):
    return tokens.make(name=name, scope=TokenScope.READ, ends_at=at + lasts, by=by, at=at)


def test_a_token_is_found_by_its_text_which_is_stored_nowhere(person):
    made = make(person)

    found = shown_token(text=made.text)
    stored = serializers.serialize("json", [made.token, *made.token.history.all()])
    told = json.dumps(list(AuditEvent.objects.values()), default=str)
    assert found.token == made.token
    assert made.text not in stored + told + repr(made)
    assert made.text[4:] not in stored + told
    event = AuditEvent.objects.get(action="token.made")
    assert (event.by, event.target_id, event.detail) == (
        *(person, str(made.token.pk)),
        {"scope": "read"},
    )


@pytest.mark.parametrize("lasts", [timedelta(0), -DAY, 366 * DAY + timedelta(seconds=1)])
def test_a_token_ends_within_a_year(person, lasts):
    with pytest.raises(tokens.WrongEndError):
        make(person, lasts=lasts)

    assert not ApiToken.objects.exists()


def test_two_tokens_of_one_name_do_not_work_at_once(person):
    first = make(person)

    with pytest.raises(tokens.NameInUseError):
        make(person, name="PLANNING system")
    tokens.revoke(token=first.token, by=person, at=NOON)

    assert make(person).token != first.token
    assert make(MembershipFactory().user)


def test_ten_tokens_work_at_once_and_no_more(person):
    for number in range(10):
        make(person, name=f"Program {number}")

    with pytest.raises(tokens.TooManyTokensError):
        make(person)

    assert make(person, at=NOON + DAY)


def test_who_has_no_role_has_no_token():
    with pytest.raises(tokens.NoRoleError):
        make(UserFactory())

    ended = MembershipFactory(ended_at=timezone.now() - DAY)
    with pytest.raises(tokens.NoRoleError):
        make(ended.user)


def test_a_token_is_revoked_once_and_stays_on_record(person):
    token = make(person).token

    tokens.revoke(token=token, by=person, at=NOON + DAY / 2)
    with pytest.raises(tokens.OverError):
        tokens.revoke(token=token, by=person, at=NOON + DAY / 2)

    row = ApiToken.objects.get()
    assert (row.revoked_at, row.revoked_by) == (NOON + DAY / 2, person)
    assert AuditEvent.objects.filter(action="token.revoked", by=person).count() == 1


def test_what_has_ended_is_not_revoked(person):
    token = make(person).token

    with pytest.raises(tokens.OverError):
        tokens.revoke(token=token, by=person, at=NOON + DAY)


def test_all_of_a_person_are_revoked_and_nobody_elses(person):
    others = make(MembershipFactory().user).token
    for name in ("One", "Two"):
        make(person, name=name)
    lead = MembershipFactory(role=Role.PEOPLE_LEAD)

    count = tokens.revoke_all(person=person, by=lead.user, at=NOON, body=lead.body)

    assert count == 2
    assert list(ApiToken.objects.in_force(NOON)) == [others]
    audited = AuditEvent.objects.filter(action="token.revoked")
    assert {(one.by, one.body_id) for one in audited} == {(lead.user, lead.body_id)}
    with pytest.raises(tokens.OverError):
        tokens.revoke_all(person=person, by=lead.user, at=NOON)


def test_a_use_is_written_down_once_an_hour(person):
    token = make(person).token

    def used(minutes):
        return tokens.note_use(
            token=ApiToken.objects.get(pk=token.pk), at=NOON + timedelta(minutes=minutes)
        )

    assert [used(0), used(1), used(59), used(60), used(61)] == [True, False, False, True, False]
    assert ApiToken.objects.get().last_used_at == NOON + timedelta(minutes=60)


def test_a_use_that_several_see_at_once_is_written_by_one_and_never_after_the_end(person):
    token = make(person).token
    stale = ApiToken.objects.get(pk=token.pk)

    first = tokens.note_use(token=stale, at=NOON)
    second = tokens.note_use(token=stale, at=NOON)
    tokens.revoke(token=token, by=person, at=NOON)

    assert (first, second) == (True, False)
    assert tokens.note_use(token=stale, at=NOON + timedelta(hours=2)) is False


def test_a_token_that_ended_a_year_ago_is_deleted_and_its_history_is_not(person):
    now = timezone.now()
    kept = [
        token_of(person, ago=364 * DAY, lasts=DAY).token,
        token_of(person, ago=2 * DAY, name="In force", lasts=10 * DAY).token,
    ]
    ended = token_of(person, ago=367 * DAY, lasts=DAY, name="Ended").token
    revoked = token_of(person, ago=367 * DAY, lasts=300 * DAY, name="Revoked").token
    tokens.revoke(token=revoked, by=person, at=now - 366 * DAY)

    assert tokens.forget_ended(at=now) == 2

    assert set(ApiToken.objects.all()) == set(kept)
    history = ended.history.model.objects.filter(id__in=[ended.pk, revoked.pk])
    assert history.filter(pgh_label="delete").count() == 2


def test_a_list_is_of_ones_own_and_tells_what_works_from_what_ended(person):
    works = make(person, name="Works").token
    revoked = make(person, name="Revoked").token
    tokens.revoke(token=revoked, by=person, at=NOON)
    make(MembershipFactory().user)

    found = own_tokens(person=person, at=NOON)

    assert [one.key for one in found.in_force] == [works.pk]
    assert [(one.key, one.revoked_by) for one in found.ended] == [(revoked.pk, person.full_name)]
    assert found.ended_count == 1
    assert count_in_force(person_id=person.pk, at=NOON) == 1
    assert count_in_force(person_id=person.pk, at=NOON + DAY) == 0


def test_a_closed_account_or_no_role_is_seen_with_the_token():
    member = MembershipFactory()
    text = make(member.user).text
    assert shown_token(text=text).has_role
    administrator = MembershipFactory(role=Role.ADMINISTRATOR).user
    people.close_account(person=member.user, by=administrator, at=NOON)

    found = shown_token(text=text)

    assert not found.token.owner.is_active
    assert not found.has_role


def test_calls_are_counted_by_caller_and_minute():
    def calls(caller, seconds):
        return call_counts.count(caller=caller, at=NOON + timedelta(seconds=seconds))

    counted = [calls("user:1", 0), calls("user:1", 54), calls("user:2", 54), calls("user:1", 55)]

    assert counted == [1, 2, 1, 1]
    assert call_counts.seconds_left(at=NOON) == 55
    assert CallCount.objects.count() == 2


def test_counts_of_yesterday_are_deleted():
    call_counts.count(caller="user:1", at=NOON)
    call_counts.count(caller="user:2", at=NOON + DAY)

    assert call_counts.forget_old(at=NOON + DAY) == 1
    assert CallCount.objects.get().caller == "user:2"
