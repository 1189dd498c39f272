"""One audit row for each write: inside its transaction, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from authorities import audit
from authorities.models import AuditEvent
from tests.factories.authorities import JOINED, StrategicAuthorityFactory, UserFactory


@pytest.mark.django_db
def test_a_row_says_who_did_what_to_which_row_and_when() -> None:
    authority, person = StrategicAuthorityFactory(), UserFactory()

    audit.record(
        action="thing.done", target=authority, by=person, at=JOINED, body=authority, version=3
    )

    event = AuditEvent.objects.get(action="thing.done")
    assert (event.by, event.at, event.body_id) == (person, JOINED, authority.pk)
    assert event.target_type == "authorities.strategicauthority"
    assert event.target_id == str(authority.pk)
    assert event.detail == {"version": 3}


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_a_transaction_is_refused() -> None:
    person = UserFactory()

    with pytest.raises(audit.NoTransactionError, match="inside its transaction"):
        audit.record(action="thing.done", target=person, by=person, at=JOINED)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_goes_with_the_write_that_fails() -> None:
    person = UserFactory()

    @transaction.atomic
    def write_and_fail() -> None:
        audit.record(action="thing.done", target=person, by=person, at=JOINED)
        raise RuntimeError("broke")

    with pytest.raises(RuntimeError, match="broke"):
        write_and_fail()

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE authorities_auditevent SET action = 'other'",
        "DELETE FROM authorities_auditevent",
    ],
)
def test_no_row_is_changed_or_deleted_even_by_sql(statement: str) -> None:
    person = UserFactory()
    audit.record(action="thing.done", target=person, by=person, at=JOINED)

    with (
        pytest.raises(DatabaseError, match="Cannot update or delete rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEvent.objects.get().action == "thing.done"
