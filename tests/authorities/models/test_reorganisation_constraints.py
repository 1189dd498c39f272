"""What must always hold of reorganisations is held by the database: each rule is broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from authorities.models import (
    PartCouncil,
    Reorganisation,
    ReorganisationBody,
    ReorganisationOperation,
    RightsMove,
)
from tests.factories.authorities import (
    JOINED,
    OPENING,
    CouncilFactory,
    MembershipFactory,
    PartCouncilFactory,
    UserFactory,
    since,
)

pytestmark = pytest.mark.django_db


def reorganisation(**fields: Any) -> Reorganisation:
    return Reorganisation.objects.create(
        **{
            "title": "A change",
            "effective_date": OPENING,
            "source": "tests",
            "proposed_at": JOINED,
            "proposed_by": UserFactory(),
            **fields,
        }
    )


def approved(**fields: Any) -> Reorganisation:
    return reorganisation(
        **{
            "state": "approved",
            "approved_by": UserFactory(),
            "approved_at": JOINED,
            "preview": {},
            **fields,
        }
    )


def with_state(**fields: Any) -> Callable[[], object]:
    return lambda: approved(**fields)


def own_approval() -> None:
    person = UserFactory()
    approved(proposed_by=person, approved_by=person)


def position_twice() -> None:
    row = reorganisation()
    for _ in range(2):
        ReorganisationOperation.objects.create(
            reorganisation=row, position=1, kind="close", details={}
        )


def operation_of_an_approved_one() -> None:
    ReorganisationOperation.objects.create(
        reorganisation=approved(), position=1, kind="close", details={}
    )


def operation_taken_from_an_approved_one() -> None:
    row = reorganisation()
    held = ReorganisationOperation.objects.create(
        reorganisation=row, position=1, kind="close", details={}
    )
    Reorganisation.objects.filter(pk=row.pk).update(
        state="approved", approved_by=UserFactory(), approved_at=JOINED, preview={}
    )
    held.delete()


def body_twice() -> None:
    row = reorganisation()
    for _ in range(2):
        ReorganisationBody.objects.create(
            reorganisation=row, kind="council", slug="x", pending=False
        )


def body_in_two() -> None:
    for _ in range(2):
        ReorganisationBody.objects.create(
            reorganisation=reorganisation(), kind="council", slug="x", pending=True
        )


def moves_twice() -> None:
    row, membership = reorganisation(), MembershipFactory()
    for slug in ("one", "other"):
        RightsMove.objects.create(reorganisation=row, membership=membership, successor_slug=slug)


def part_in_two_councils() -> None:
    row = PartCouncilFactory()
    PartCouncil.objects.bulk_create(
        [
            PartCouncil(
                part=row.part, council=CouncilFactory(), valid=since(OPENING + timedelta(days=1))
            )
        ]
    )


@pytest.mark.parametrize(
    ("rule", "break_it"),
    [
        ("reorganisation_state_is_known", with_state(state="begun")),
        ("what_if_is_never_applied", with_state(what_if=True)),
        ("reorganisation_goes_ahead_approved", with_state(approved_by=None)),
        ("reorganisation_goes_ahead_approved", with_state(approved_at=None)),
        ("reorganisation_goes_ahead_approved", with_state(preview=None)),
        ("reorganisation_needs_a_second_person", own_approval),
        ("applied_reorganisation_says_when", with_state(state="applied")),
        ("failed_reorganisation_says_why", with_state(state="failed")),
        (
            "cancelled_reorganisation_says_why",
            lambda: approved(state="cancelled", cancelled_by=UserFactory()),
        ),
        (
            "cancelled_reorganisation_says_why",
            with_state(state="cancelled", cancel_reason="A mistake."),
        ),
        ("operation_position_once", position_twice),
        ("an approved reorganisation cannot change", operation_of_an_approved_one),
        ("an approved reorganisation cannot change", operation_taken_from_an_approved_one),
        ("reorganisation_body_once", body_twice),
        ("body_in_one_pending_change", body_in_two),
        ("membership_moves_once_a_change", moves_twice),
        ("part_in_one_council_a_day", part_in_two_councils),
    ],
)
def test_a_rule_that_is_broken_is_refused_by_name(
    rule: str, break_it: Callable[[], object]
) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        break_it()


def test_a_change_of_the_register_needs_no_approval() -> None:
    made = reorganisation(origin="register", state="applied", applied_at=JOINED, proposed_by=None)

    assert made.approved_by is None


def test_the_history_keeps_every_state_and_every_operation() -> None:
    row = reorganisation()
    held = ReorganisationOperation.objects.create(
        reorganisation=row, position=1, kind="close", details={}
    )

    key = held.pk
    held.delete()
    Reorganisation.objects.filter(pk=row.pk).update(
        state="cancelled", cancelled_by=UserFactory(), cancel_reason="A mistake."
    )

    states = list(row.history.order_by("pgh_id").values_list("state", flat=True))
    assert states == ["incomplete", "cancelled"]
    events = apps.get_model("authorities", "ReorganisationOperationEvent")
    labels = events.objects.filter(pgh_obj_id=key).order_by("pgh_id")
    assert list(labels.values_list("pgh_label", flat=True)) == ["insert", "delete"]
