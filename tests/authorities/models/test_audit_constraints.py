"""What must always hold of the log of access and of the seals is held by the database."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from authorities.models import AccessEvent, AuditSeal
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def event(**other: object) -> None:
    AccessEvent.objects.create(**{"at": AT, "kind": "viewed", "status": 200, **other})


def seal(**other: object) -> None:
    AuditSeal.objects.create(
        **{
            **{"number": 1, "ledger": "audit", "first_id": 1, "last_id": 2, "rows": 0},
            **{"leaves": b"", "digest": "0" * 64, "sealed_at": AT},
            **other,
        }
    )


def test_an_event_is_of_a_known_kind() -> None:
    with pytest.raises(IntegrityError, match="access_kind_is_known"), transaction.atomic():
        event(kind="other")


def test_an_account_is_known_or_a_hash_of_what_was_entered() -> None:
    with pytest.raises(IntegrityError, match="account_is_known_or_not"), transaction.atomic():
        event(person=UserFactory(), unknown_account="0" * 32)


def test_a_seal_is_of_a_table_that_is_sealed() -> None:
    with pytest.raises(IntegrityError, match="seals_a_table"), transaction.atomic():
        seal(ledger="other")


def test_a_seal_does_not_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError, match="seals_from_first_to_last"), transaction.atomic():
        seal(first_id=3)


def test_rows_are_sealed_once() -> None:
    seal()

    with pytest.raises(IntegrityError, match="sealed_once"), transaction.atomic():
        seal(number=2)
    with pytest.raises(IntegrityError, match="number"), transaction.atomic():
        seal(first_id=3, last_id=4)
