"""A change is approved by a second person, waits for its day, is given up or only looked at."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from authorities.actions import reorganisations
from authorities.models import (
    PairOverlap,
)
from tests.authorities.actions.change_steps import approve, cancel, facts, heading, now
from tests.factories import reorganisations as change
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> change.Country:
    return change.small_country()


def test_a_second_person_approves(country: change.Country) -> None:
    made = change.previewed(change.drafted(change.boards_merge()))

    with pytest.raises(reorganisations.SecondPersonError):
        approve(made, by=made.proposed_by)
    approve(made, by=UserFactory())

    made.refresh_from_db()
    assert made.state == "approved"


def test_whoever_edited_a_change_cannot_approve_it(country: change.Country) -> None:
    made, editor = change.drafted(change.boards_merge()), UserFactory()
    reorganisations.describe(
        reorganisation=made, version=made.version, heading=heading(), by=editor, at=now()
    )
    made.refresh_from_db()
    change.previewed(made, by=editor)

    with pytest.raises(reorganisations.SecondPersonError, match="edited"):
        approve(made, by=editor)


def test_only_what_was_previewed_is_approved_and_then_it_is_fixed(
    country: change.Country,
) -> None:
    made = change.drafted(change.boards_merge())
    with pytest.raises(reorganisations.WrongStateError):
        approve(made, by=UserFactory())
    change.approved(change.previewed(made))

    with pytest.raises(reorganisations.WrongStateError):
        reorganisations.remove_operation(
            reorganisation=made, version=made.version, position=1, by=UserFactory(), at=now()
        )
    with pytest.raises(reorganisations.WrongStateError):
        change.previewed(made)


def test_a_change_waits_for_its_day(country: change.Country) -> None:
    day = timezone.localdate() + timedelta(days=40)
    made = change.scheduled(change.drafted(change.boards_merge(), on=day))
    before = facts()

    assert change.apply_due() == 0
    assert change.apply_due(today=day - timedelta(days=1)) == 0
    assert facts() == before
    assert change.apply_due(today=day) == 1

    made.refresh_from_db()
    assert made.state == "applied"


def test_a_cancelled_change_stays_on_record_with_its_reason_and_frees_its_bodies(
    country: change.Country,
) -> None:
    made = change.scheduled(change.drafted(change.boards_merge()))

    with pytest.raises(reorganisations.ReasonMissingError):
        cancel(made, reason=" ")
    cancel(made, reason="The order was withdrawn.")

    made.refresh_from_db()
    assert (made.state, made.cancel_reason) == ("cancelled", "The order was withdrawn.")
    assert not made.bodies.filter(pending=True).exists()
    assert change.apply_due() == 0
    assert change.drafted(change.boards_merge()).operations.count() == 2


def test_an_applied_change_cannot_be_cancelled(country: change.Country) -> None:
    made = change.applied(change.boards_merge())

    with pytest.raises(reorganisations.WrongStateError):
        cancel(made)


def test_a_what_if_is_looked_at_keeps_nobody_waiting_and_is_never_approved(
    country: change.Country,
) -> None:
    change.drafted(change.boards_merge(), title="The real one")
    what_if = change.drafted(change.boards_merge(), what_if=True)
    another = change.drafted(change.mid_splits(), what_if=True)

    change.previewed(what_if)

    assert change.preview_of(what_if)["pairs"]
    assert not what_if.bodies.filter(pending=True).exists()
    assert not another.bodies.filter(pending=True).exists()
    with pytest.raises(reorganisations.WhatIfError, match="Copy it"):
        approve(what_if, by=UserFactory())
    assert change.apply_due() == 0


def test_a_what_if_is_copied_into_a_change(country: change.Country) -> None:
    what_if = change.drafted(change.boards_merge(), what_if=True)

    made = reorganisations.copy(
        reorganisation=what_if, heading=heading(), by=UserFactory(), at=now()
    )

    assert not made.what_if
    assert made.operations.count() == 2
    assert made.bodies.filter(pending=True).count() == 3
    with pytest.raises(reorganisations.ReorganisationProblemsError, match="already part"):
        reorganisations.copy(reorganisation=what_if, heading=heading(), by=UserFactory(), at=now())


def test_the_picture_before_the_day_of_a_change_is_the_same_after_it(
    country: change.Country,
) -> None:
    day = timezone.localdate()

    def on(when: date) -> set[tuple[str, str, int]]:
        return {
            (one.pair.authority.slug, one.pair.board.slug, one.population)
            for one in PairOverlap.objects.as_at(when).select_related(
                "pair__authority", "pair__board"
            )
        }

    before = on(day - timedelta(days=1))
    change.applied(change.boards_merge())

    assert on(day - timedelta(days=1)) == before
    assert on(day) == {
        ("north", "west-and-mid", 150_000),
        ("south", "west-and-mid", 80_000),
        ("south", "east", 70_000),
    }
