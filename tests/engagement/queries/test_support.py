"""What the desk is told: offers that fit, needs of returns, and what moved since. By name alone."""

from datetime import date

import pytest

from authorities.models import Pair
from engagement import words
from engagement.models import Aim, EnrolmentState, OfferState, Side
from engagement.presenters import support_desk as presenter
from engagement.queries.own_sides import own_sides
from engagement.queries.support_movement import support_movement
from engagement.queries.support_suggestions import needs, suggestions
from tests.factories import engagement as placements
from tests.factories import support as make
from tests.factories.authorities import (
    BoardFactory,
    PairFactory,
    StrategicAuthorityFactory,
    between,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def pair_of(name: str, **said: object) -> Pair:
    made: Pair = PairFactory(
        authority=StrategicAuthorityFactory(slug=name), board=BoardFactory(slug=name), **said
    )
    return made


def offered() -> dict[tuple[str, str], list[str]]:
    found = suggestions(on=TODAY)
    assert found is not None
    return {(row.authority.slug, row.side): [one.title for one in row.offers] for row in found.rows}


def test_before_the_first_publication_nothing_is_suggested() -> None:
    make.open_offer()

    assert suggestions(on=TODAY) is None


def test_offers_fit_by_published_group_and_aim() -> None:
    for name, group in (("a", "amber"), ("b", "pink"), ("c", "green")):
        make.placed(pair_of(name), group)
    make.open_offer(title="Peers", group_code="amber")
    make.open_offer(title="Depth", group_code="pink", aimed_at=Aim.LESS_ENGAGED)
    make.OfferFactory(title="Draft", group_code="amber")
    make.stepped(
        make.OfferFactory(title="Closed", group_code="green"), OfferState.OPEN, OfferState.CLOSED
    )
    make.open_offer(title="Over", group_code="green", ends_on=date(2026, 11, 22))

    assert offered() == {
        ("a", "icb"): ["Peers"],
        ("a", "sa"): ["Peers"],
        # The ICB is the less engaged side of the pink pair.
        ("b", "icb"): ["Depth"],
    }


def test_where_neither_side_is_less_engaged_both_are_meant() -> None:
    make.placed(pair_of("a"), "red")
    make.open_offer(title="Depth", group_code="red", aimed_at=Aim.LESS_ENGAGED)

    assert set(offered()) == {("a", "icb"), ("a", "sa")}


def test_not_assessed_and_ended_pairs_are_named_and_offered_nothing() -> None:
    make.placed(pair_of("a"), None)
    make.placed(pair_of("b", overlap__valid=between(date(2020, 1, 1), date(2026, 4, 1))), "amber")
    make.open_offer(group_code="amber")

    found = suggestions(on=TODAY)

    assert found is not None
    assert found.rows == ()
    assert (len(found.not_assessed), len(found.ended)) == (1, 1)


def test_a_standing_enrolment_is_marked() -> None:
    pair, offer = pair_of("a"), make.open_offer(group_code="amber")
    make.placed(pair, "amber")
    make.EnrolmentFactory(offer=offer, pair=pair)

    found = suggestions(on=TODAY)

    assert found is not None
    assert {row.side: row.offers[0].standing for row in found.rows} == {"icb": True, "sa": False}


def test_a_working_placement_suggests_nothing(configuration: None) -> None:
    pair = pair_of("a")
    round_ = placements.RoundFactory()
    for side in ("sa", "icb"):
        placements.confirmed(pair=pair, round=round_, side=side, level="partial")
    make.open_offer(group_code="amber")

    assert suggestions(on=TODAY) is None


def test_rows_are_by_name_and_never_by_level() -> None:
    for name, group in (("c", "red"), ("a", "green"), ("b", "pink")):
        make.placed(pair_of(name), group)
        make.open_offer(group_code=group)

    found = suggestions(on=TODAY)

    assert found is not None
    names = [row.authority.slug for row in found.rows]
    assert names == sorted(names)


def test_without_a_return_nobody_asked() -> None:
    assert needs() is None


def moved(group: str, movement: str, *, round_slug: str, covers_to: date, pair: Pair) -> None:
    make.placed(
        pair,
        group,
        movement=movement,
        publication=make.published_round(slug=round_slug, covers_to=covers_to),
    )


def test_what_moved_is_of_later_rounds_and_counted_with_its_denominators() -> None:
    one, two, three = pair_of("a"), pair_of("b"), pair_of("c")
    offer = make.open_offer(title="Peers")
    for pair in (one, two, three):
        moved("amber", "first", round_slug="before", covers_to=date(2026, 2, 28), pair=pair)
    # Both sides of one pair take part: the pair moves once.
    make.answered(EnrolmentState.ACCEPTED, offer=offer, pair=one, group="amber")
    make.answered(
        EnrolmentState.ACCEPTED, offer=offer, pair=one, side=Side.AUTHORITY, group="amber"
    )
    make.answered(EnrolmentState.ACCEPTED, offer=offer, pair=two)
    make.answered(EnrolmentState.DECLINED, offer=offer, pair=three)
    moved("green", "improved", round_slug="after", covers_to=date(2026, 9, 30), pair=one)
    moved("green", "improved", round_slug="after", covers_to=date(2026, 9, 30), pair=three)

    found = support_movement(on=TODAY)
    counts = found.offers[0]

    assert (counts.begun, counts.answered, counts.took_up, counts.with_later_round) == (4, 4, 3, 1)
    assert counts.moved == (("improved", 1),)
    later = {(row.authority.slug, row.side): [x.movement for x in row.later] for row in found.rows}
    assert later["a", "icb"] == later["a", "sa"] == ["improved"]
    # A decline is no treatment, and what moved after it is told in the same way.
    assert later["c", "icb"] == ["improved"]
    assert later["b", "icb"] == []


def test_who_asked_and_left_before_an_answer_took_nothing_up() -> None:
    make.stepped(make.EnrolmentFactory(state=EnrolmentState.ASKED, asked=True), EnrolmentState.LEFT)

    assert support_movement(on=TODAY).offers[0].took_up == 0


def test_the_file_has_iso_days_codes_and_labels_and_makes_no_claim() -> None:
    pair = pair_of("a")
    make.EnrolmentFactory(offer=make.open_offer(title="=SUM(1)"), pair=pair, group=None)

    text = presenter.movement_csv(found=support_movement(on=TODAY), groups={}, note="Read this")

    heading, line = text.splitlines()
    assert "later_movement_codes" in heading
    assert line.startswith("'=SUM(1),")
    assert "2026-03-02" in line
    assert words.NOT_ASSESSED in line
    assert presenter.NO_CLAIM.split(".")[0] in line


def test_a_body_acts_as_the_sides_that_it_is() -> None:
    pair = pair_of("a")
    make.placed(pair, "green")

    sides = own_sides(body_ids=[pair.authority_id, pair.board_id], on=TODAY)

    assert {(one.side, one.body_id, one.group) for one in sides} == {
        (Side.AUTHORITY, pair.authority_id, "green"),
        (Side.BOARD, pair.board_id, "green"),
    }
