"""A preview is frozen, and people decide in it what becomes of roles."""

import pytest

from authorities.actions import reorganisations
from authorities.models import (
    Drawing,
    RightsMove,
    Role,
)
from tests.authorities.actions.change_steps import decide, facts
from tests.factories import reorganisations as change
from tests.factories.authorities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> change.Country:
    return change.small_country()


def test_a_preview_is_frozen_and_changes_nothing_else(country: change.Country) -> None:
    MembershipFactory(body=country.mid)
    made = change.drafted(change.boards_merge())
    before = facts()
    drawings = Drawing.objects.count()

    change.previewed(made)

    assert made.state == "ready"
    assert facts() == before
    assert Drawing.objects.count() == drawings
    preview = change.preview_of(made)
    assert preview["on"] == made.effective_date.isoformat()
    ends = {one["slug"] for one in preview["bodies"] if one["text"] == "Ends"}
    assert ends == {"west", "mid"}
    pairs = {
        (one["authority_slug"], one["board_slug"]): (bool(one["before"]), bool(one["after"]))
        for one in preview["pairs"]
    }
    assert pairs[("north", "west-and-mid")] == (False, True)
    assert pairs[("south", "mid")] == (True, False)
    assert len(preview["print"]) == 64


def test_a_preview_says_who_gains_and_who_loses_which_role(country: change.Country) -> None:
    move = MembershipFactory(body=country.mid, role=Role.SIGNATORY)
    MembershipFactory(body=country.east)
    MembershipFactory(body=country.mid, user__is_active=False)

    made = change.previewed(change.drafted(change.boards_merge()))

    [line] = change.preview_of(made)["people"]
    assert line["membership"] == move.pk
    assert (line["role"], line["body_slug"], line["successor"]) == (
        "Signatory",
        "mid",
        "west-and-mid",
    )
    assert line["successor_name"] == "West And Mid"


def test_people_of_a_split_follow_the_primary_body_unless_somebody_decides(
    country: change.Country,
) -> None:
    one, other = (MembershipFactory(body=country.mid, role=Role.EDITOR) for _ in range(2))
    made = change.previewed(change.drafted(change.mid_splits()))

    decide(made, {other.pk: "upper"})

    moves = dict(RightsMove.objects.values_list("membership_id", "successor_slug"))
    assert moves == {one.pk: "lower", other.pk: "upper"}
    made.refresh_from_db()
    assert {line["successor"] for line in change.preview_of(made)["people"]} == {"lower", "upper"}


def test_a_decision_stays_when_the_preview_is_made_again(country: change.Country) -> None:
    member = MembershipFactory(body=country.mid)
    made = change.previewed(change.drafted(change.mid_splits()))
    decide(made, {member.pk: ""})
    late = MembershipFactory(body=country.mid)

    change.previewed(made)

    moves = dict(RightsMove.objects.values_list("membership_id", "successor_slug"))
    assert moves == {member.pk: "", late.pk: "lower"}


def test_a_role_goes_to_a_successor_and_nowhere_else(country: change.Country) -> None:
    member, stranger = MembershipFactory(body=country.mid), MembershipFactory(body=country.east)
    made = change.previewed(change.drafted(change.mid_splits()))

    with pytest.raises(reorganisations.NotDecidedError, match="does not take over"):
        decide(made, {member.pk: "east"})
    with pytest.raises(reorganisations.NotDecidedError, match="Preview it again"):
        decide(made, {stranger.pk: "lower"})

    assert RightsMove.objects.get().successor_slug == "lower"
