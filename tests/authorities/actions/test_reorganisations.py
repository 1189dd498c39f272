"""A change is drafted and described, and its operations are added and taken away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.actions import reorganisations
from authorities.models import (
    AuditEvent,
    ReorganisationBody,
)
from authorities.reorganisation.guards import Guard
from authorities.reorganisation.operations import Close, Rename
from tests.authorities.actions.change_steps import cancel, heading, now
from tests.factories import reorganisations as change
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> change.Country:
    return change.small_country()


def test_a_draft_says_who_proposed_it_and_where_it_comes_from() -> None:
    person = UserFactory()

    made = reorganisations.draft(heading=heading(reason="A merger"), by=person, at=now())

    assert (made.state, made.version, made.proposed_by) == ("incomplete", 1, person)
    assert (made.source, made.reason) == ("The Testshire Order 2026", "A merger")
    assert AuditEvent.objects.get().action == "reorganisation.drafted"


def test_operations_are_added_together_and_their_bodies_are_kept_for_the_change(
    country: change.Country,
) -> None:
    made = change.drafted(change.boards_merge())

    kinds = list(made.operations.order_by("position").values_list("position", "kind"))
    assert kinds == [(1, "open"), (2, "merge")]
    assert made.version == 2
    held = ReorganisationBody.objects.filter(reorganisation=made, pending=True)
    assert set(held.values_list("slug", flat=True)) == {"west", "mid", "west-and-mid"}


def test_a_copy_that_somebody_else_has_changed_is_refused(country: change.Country) -> None:
    made = change.drafted(change.boards_merge())

    for step in (
        lambda: reorganisations.remove_operation(
            reorganisation=made, version=1, position=1, by=UserFactory(), at=now()
        ),
        lambda: reorganisations.preview(reorganisation=made, version=1, by=UserFactory(), at=now()),
        lambda: reorganisations.describe(
            reorganisation=made, version=1, heading=heading(), by=UserFactory(), at=now()
        ),
        lambda: reorganisations.cancel(
            reorganisation=made, version=1, reason="No", by=UserFactory(), at=now()
        ),
    ):
        with pytest.raises(reorganisations.StaleReorganisationError, match="Reload the page"):
            step()

    assert made.operations.count() == 2


def test_an_operation_that_cannot_be_is_refused_and_nothing_is_stored(
    country: change.Country,
) -> None:
    made = change.drafted(change.boards_merge())

    with pytest.raises(reorganisations.ReorganisationProblemsError) as refused:
        reorganisations.add_operation(
            reorganisation=made,
            version=made.version,
            operations=[Rename(body=change.board("nowhere"), name="X", short_name="X")],
            by=UserFactory(),
            at=now(),
        )

    assert [(p.guard, p.operation) for p in refused.value.problems] == [(Guard.UNKNOWN_BODY, 2)]
    assert made.operations.count() == 2


def test_what_a_later_operation_may_put_right_waits_for_the_preview(
    country: change.Country,
) -> None:
    made = change.drafted([Close(body=change.board("mid"))])

    with pytest.raises(reorganisations.ReorganisationProblemsError, match="area"):
        change.previewed(made)

    made.refresh_from_db()
    assert (made.state, made.preview) == ("incomplete", None)


def test_a_body_may_be_in_one_pending_change_only(country: change.Country) -> None:
    first = change.drafted(change.boards_merge(), title="The first")

    with pytest.raises(reorganisations.ReorganisationProblemsError, match="The first") as refused:
        change.drafted(change.mid_splits(), title="The second")

    assert {problem.guard for problem in refused.value.problems} == {Guard.BUSY}
    cancel(first)
    assert change.drafted(change.mid_splits()).operations.count() == 3


def test_a_name_may_change_beside_another_change(country: change.Country) -> None:
    change.drafted(change.boards_merge())

    made = change.drafted([Rename(body=change.board("mid"), name="New Mid", short_name="Mid")])

    assert made.operations.count() == 1
    assert not made.bodies.exists()


def test_an_operation_taken_away_frees_its_bodies_and_makes_the_preview_void(
    country: change.Country,
) -> None:
    made = change.previewed(change.drafted(change.boards_merge()))

    reorganisations.remove_operation(
        reorganisation=made, version=made.version, position=2, by=UserFactory(), at=now()
    )

    made.refresh_from_db()
    assert (made.state, made.preview, made.previewed_at) == ("incomplete", None, None)
    assert list(made.bodies.values_list("slug", flat=True)) == ["west-and-mid"]
    assert not made.rights_moves.exists()


def test_another_day_that_the_operations_do_not_fit_is_refused(country: change.Country) -> None:
    made = change.drafted(change.boards_merge())

    with pytest.raises(reorganisations.ReorganisationProblemsError, match="12 months"):
        reorganisations.describe(
            reorganisation=made,
            version=made.version,
            heading=heading(effective_date=timezone.localdate() + timedelta(days=800)),
            by=UserFactory(),
            at=now(),
        )

    made.refresh_from_db()
    assert made.effective_date == timezone.localdate()


def test_another_title_and_source_are_stored(country: change.Country) -> None:
    made = change.drafted(change.boards_merge())

    reorganisations.describe(
        reorganisation=made,
        version=made.version,
        heading=heading(title="Another title", source="Another order"),
        by=UserFactory(),
        at=now(),
    )

    made.refresh_from_db()
    assert (made.title, made.source) == ("Another title", "Another order")
    assert made.version == 3
