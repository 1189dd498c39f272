"""Adding, changing and ending entries of the standing records."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from authorities.models import AuditEvent, StrategicAuthority, User
from duty.actions import standing_records as actions
from duty.models import AgreementParty, StandingRecord, TeamPost
from duty.queries.record_histories import versions_of
from duty.queries.standing_records import counts_of_records, page_of_records, record_of, records_of
from duty.standing_records import RecordKind
from tests.factories.authorities import BoardFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.standing_records import content, on_record, serve

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

S, P, A, G, F = RecordKind


@pytest.fixture
def authority() -> StrategicAuthority:
    return StrategicAuthorityFactory()


@pytest.fixture
def user() -> User:
    return UserFactory()


def change(
    row: StandingRecord, kind: RecordKind, *, by: User, version: int = 1, **changes: Any
) -> StandingRecord:
    return actions.change(
        authority=row.authority,
        kind=kind,
        key=row.pk,
        content=content(kind, **changes),
        expected_version=version,
        by=by,
        at=timezone.now(),
    )


def end(row: StandingRecord, kind: RecordKind, *, by: User, **more: Any) -> StandingRecord:
    given = {"ending": "ended", "on": date(2026, 9, 1), "reason": "", "expected_version": 1}
    return actions.end(
        authority=row.authority, kind=kind, key=row.pk, by=by, at=timezone.now(), **(given | more)
    )


@pytest.mark.parametrize("kind", list(RecordKind))
def test_an_entry_of_each_kind_is_stored_as_it_was_given_with_an_audit_row(
    kind: RecordKind, authority: StrategicAuthority, user: User
) -> None:
    boards = {"boards": (BoardFactory(slug="north").slug,)} if kind == G else {}

    row = on_record(authority, kind, by=user, **boards)

    found = record_of(authority=authority, kind=kind, key=row.pk)
    assert found.content == content(kind, **boards)
    event = AuditEvent.objects.get(action="standing_record.added")
    assert (event.body_id, event.detail["kind"]) == (authority.pk, kind.value)


def test_the_same_form_sent_twice_adds_once_and_is_refused_elsewhere(
    authority: StrategicAuthority, user: User
) -> None:
    key = uuid4()

    first = on_record(authority, P, by=user, form_key=key)
    again = on_record(authority, P, by=user, form_key=key, title="Something else")

    assert (again.pk, TeamPost.objects.count()) == (first.pk, 1)
    with pytest.raises(actions.RecordFormUsedError):
        on_record(StrategicAuthorityFactory(), P, by=user, form_key=key)


def test_what_is_wrong_is_not_stored(authority: StrategicAuthority, user: User) -> None:
    with pytest.raises(actions.InvalidRecordError) as refused:
        on_record(authority, P, by=user, fte=Decimal("-1"))
    with pytest.raises(actions.InvalidRecordError) as unknown:
        on_record(authority, G, by=user, boards=("nowhere",))

    assert [one.field for one in refused.value.problems] == ["fte"]
    assert [one.field for one in unknown.value.problems] == ["boards"]
    assert not TeamPost.objects.exists()


def test_a_change_is_a_version_and_the_same_again_is_none(
    authority: StrategicAuthority, user: User
) -> None:
    row = on_record(authority, P, by=user)

    changed = change(row, P, by=user, fte=Decimal("1.00"))
    again = change(row, P, by=user, fte=Decimal("1.00"))

    assert (changed.version, again.version) == (2, 2)
    versions = versions_of(record=record_of(authority=authority, kind=P, key=row.pk))
    assert [version.content.fte for version in versions] == [Decimal("0.60"), Decimal("1.00")]
    assert AuditEvent.objects.filter(action="standing_record.changed").count() == 1


def test_who_saw_an_older_version_is_shown_what_is_stored(
    authority: StrategicAuthority, user: User
) -> None:
    row = on_record(authority, P, by=user)
    change(row, P, by=user, fte=Decimal("1.00"))

    with pytest.raises(actions.StaleRecordError) as refused:
        change(row, P, by=user, fte=Decimal("2.00"))
    with pytest.raises(actions.StaleRecordError):
        end(row, P, by=user)

    assert refused.value.stored.content.fte == Decimal("1.00")


def test_icbs_come_to_an_agreement_and_leave_it_and_its_history_knows(
    authority: StrategicAuthority, user: User
) -> None:
    north, south = BoardFactory(slug="north"), BoardFactory(slug="south")
    row = on_record(authority, G, by=user, boards=(north.slug,))
    serve(authority, south.slug)

    change(row, G, by=user, boards=(south.slug,))

    parties = AgreementParty.objects.filter(left_at__isnull=True)
    assert [party.board_id for party in parties] == [south.pk]
    versions = versions_of(record=record_of(authority=authority, kind=G, key=row.pk))
    assert [version.content.boards for version in versions] == [("north",), ("south",)]


def test_an_entry_that_ended_stays_as_it_is(authority: StrategicAuthority, user: User) -> None:
    row = on_record(authority, P, by=user)

    ended = end(row, P, by=user)
    again = end(row, P, by=user)

    assert (ended.ended_on, again.version) == (date(2026, 9, 1), 2)
    with pytest.raises(actions.RecordEndedError):
        change(row, P, by=user, version=2, fte=Decimal("1.00"))
    with pytest.raises(actions.RecordEndedError):
        end(row, P, by=user, ending="mistake", on=None, reason="Twice")
    assert AuditEvent.objects.filter(action="standing_record.ended").count() == 1


def test_an_end_before_the_first_day_is_refused(authority: StrategicAuthority, user: User) -> None:
    row = on_record(authority, P, by=user)

    with pytest.raises(actions.InvalidRecordError, match="must not be before the first"):
        end(row, P, by=user, on=date(2025, 1, 1))


def test_an_entry_of_another_authority_or_kind_is_not_there(
    authority: StrategicAuthority, user: User
) -> None:
    row = on_record(authority, P, by=user)

    for other, kind in ((StrategicAuthorityFactory(), P), (authority, S)):
        with pytest.raises(actions.NoSuchRecordError):
            record_of(authority=other, kind=kind, key=row.pk)


def test_mistakes_are_left_out_of_what_the_rules_read_but_count_as_a_change(
    authority: StrategicAuthority, user: User
) -> None:
    row = on_record(authority, A, by=user)
    kept = on_record(authority, A, by=user, title="Kept")

    later = timezone.now() + timedelta(minutes=1)
    actions.end(
        authority=authority,
        kind=A,
        key=row.pk,
        ending="mistake",
        on=None,
        reason="Twice",
        expected_version=1,
        by=user,
        at=later,
    )

    found = records_of(authority=authority, kinds=[A])
    assert [one.content.title for one in found.assessments] == [kept.title]
    assert found.changed_at == {A: later}


def test_lists_and_counts_tell_what_holds_from_what_ended(
    authority: StrategicAuthority, user: User
) -> None:
    end(on_record(authority, F, by=user, title="Over"), F, by=user)
    on_record(authority, F, by=user)

    now = page_of_records(authority=authority, kind=F, page=1)
    over = page_of_records(authority=authority, kind=F, page=1, ended=True)
    counts = {one.kind: one for one in counts_of_records(authority=authority)}

    assert [one.row.title for one in now.records] == ["Set-up grant"]
    assert [one.row.title for one in over.records] == ["Over"]
    assert (counts[F].current, counts[F].day_ahead) == (1, date(2027, 3, 31))
    assert (counts[S].current, counts[S].changed_at) == (0, None)
