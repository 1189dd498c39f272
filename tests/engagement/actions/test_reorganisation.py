"""What a reorganisation makes of commitments, placements and own views."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from authorities.models import AuditEvent, Pair, Reorganisation, Role
from authorities.reorganisation.operations import AreaShare, Merge, Recode, Transfer
from duty.models import Round, RoundState
from engagement.actions import placements
from engagement.models import (
    Assessment,
    Commitment,
    OwnView,
    Placement,
    PossiblePair,
    PublishedPlacement,
)
from engagement.queries import own_views
from outcomes.models import RecomputeRequest, Subject
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national
from tests.factories import reorganisations as change
from tests.factories.authorities import MembershipFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> change.Country:
    return change.small_country()


def things_of(row: Reorganisation) -> dict[str, tuple[int, str]]:
    things = change.preview_of(row)["things"]
    return {one["what"]: (one["count"], one["becomes"]) for one in things}


def test_open_commitments_go_on_with_the_one_pair_that_follows(country: change.Country) -> None:
    old = change.pair("south", "mid")
    agreed, proposed = AgreedCommitmentFactory(pair=old), CommitmentFactory(pair=old)

    done = change.applied(change.boards_merge())

    for row in (agreed, proposed):
        row.refresh_from_db()
        assert row.pair == change.pair("south", "west-and-mid")
        assert (row.origin_pair, row.moved_on) == (old, done.effective_date)
        assert (row.needs_reconfirmation, row.unassigned) == (True, False)
    assert things_of(done)["Commitments that go on with another pair"][0] == 2
    assert AuditEvent.objects.filter(action="commitment.moved").count() == 2


def test_what_is_declined_or_met_by_both_stays_with_its_pair(country: change.Country) -> None:
    old = change.pair("south", "mid")
    declined, met = DeclinedCommitmentFactory(pair=old), AgreedCommitmentFactory(pair=old)
    for side in ("sa", "icb"):
        CommitmentUpdateFactory(commitment=met, side=side, status="met")
    half = AgreedCommitmentFactory(pair=old)
    CommitmentUpdateFactory(commitment=half, side="sa", status="met")

    change.applied(change.boards_merge())

    left = set(Commitment.objects.filter(pair=old).values_list("pk", flat=True))
    assert left == {declined.pk, met.pk}
    assert not Commitment.objects.filter(pk__in=left, needs_reconfirmation=True).exists()


def test_with_several_pairs_to_follow_it_is_unassigned_and_nothing_is_lost(
    country: change.Country,
) -> None:
    old = change.pair("south", "mid")
    row = AgreedCommitmentFactory(pair=old)

    done = change.applied(change.mid_splits())

    row.refresh_from_db()
    assert (row.pair, row.origin_pair, row.unassigned) == (old, old, True)
    assert {one.pair for one in PossiblePair.objects.filter(commitment=row)} == {
        change.pair("south", "lower"),
        change.pair("south", "upper"),
    }
    assert things_of(done)["Commitments without one clear pair"][0] == 1


def test_a_pair_that_another_board_takes_over_has_one_heir_whoever_else_succeeds(
    country: change.Country,
) -> None:
    row = AgreedCommitmentFactory(pair=change.pair("north", "mid"))

    change.applied(change.mid_splits())

    row.refresh_from_db()
    assert (row.pair, row.unassigned) == (change.pair("north", "west"), False)


def test_a_pair_that_ends_by_a_transfer_is_followed_by_the_one_that_its_people_are_in(
    country: change.Country,
) -> None:
    row = AgreedCommitmentFactory(pair=change.pair("north", "mid"))

    change.applied(
        [
            Transfer(
                areas=(AreaShare(change.NORBURY),),
                source=change.board("mid"),
                target=change.board("east"),
            )
        ]
    )

    row.refresh_from_db()
    assert row.pair == change.pair("north", "east")


def test_what_was_not_assigned_follows_its_possible_pairs_through_the_next_change(
    country: change.Country,
) -> None:
    row = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    today = timezone.localdate()
    change.applied(change.mid_splits(), on=today - timedelta(days=30))

    new = change.board("whole")
    change.applied(
        [
            change.opened(new),
            Merge(sources=(change.board("lower"), change.board("upper")), target=new),
        ],
        on=today,
    )

    row.refresh_from_db()
    assert row.unassigned
    assert [one.pair for one in row.possible_pairs.all()] == [change.pair("south", "whole")]


@pytest.fixture
def rounds(configuration: None, country: change.Country) -> dict[str, Round]:
    """A published round, one that is open and counts bodies before the change, and one after."""
    today = timezone.localdate()
    published = make.earlier_round(
        geography_date=today - timedelta(days=200),
        covers_from=today - timedelta(days=500),
        covers_to=today - timedelta(days=260),
    )
    make.publish(
        round=published,
        levels={
            change.pair("north", "west"): ("high", "partial"),
            change.pair("north", "mid"): ("high", "low"),
            change.pair("south", "mid"): ("partial", "partial"),
            change.pair("south", "east"): ("partial", "high"),
        },
    )
    before = make.RoundFactory(
        slug="before",
        name="Before",
        covers_from=today - timedelta(days=250),
        covers_to=today - timedelta(days=60),
        geography_date=today - timedelta(days=50),
        opens_on=today - timedelta(days=40),
        due_on=today + timedelta(days=10),
        edits_until=today + timedelta(days=20),
    )
    after = make.RoundFactory(
        slug="after",
        name="After",
        covers_from=today - timedelta(days=59),
        covers_to=today + timedelta(days=100),
        geography_date=today,
        opens_on=today + timedelta(days=1),
        due_on=today + timedelta(days=30),
        edits_until=today + timedelta(days=40),
        state=RoundState.SCHEDULED,
    )
    return {"published": published, "before": before, "after": after}


def placed(round: Round) -> dict[str, tuple[str | None, str | None, str]]:
    placements.recompute_round(round=round, at=timezone.now())
    return {
        f"{row.pair.authority.slug} {row.pair.board.slug}": (
            row.authority_level,
            row.board_level,
            row.movement,
        )
        for row in Placement.objects.filter(round=round).select_related(
            "pair__authority", "pair__board"
        )
    }


def opened_now(round: Round) -> Round:
    Round.objects.filter(pk=round.pk).update(state=RoundState.OPEN)
    round.refresh_from_db()
    return round


def test_pairs_that_follow_start_without_a_level_and_read_restated(
    rounds: dict[str, Round],
) -> None:
    change.applied(change.boards_merge())

    assert placed(opened_now(rounds["after"])) == {
        "north west-and-mid": (None, None, "restated"),
        "south west-and-mid": (None, None, "restated"),
        "south east": (None, None, "not_assessed"),
    }


def test_an_open_round_before_the_change_and_what_is_published_stay_as_they_are(
    rounds: dict[str, Round],
) -> None:
    make.confirmed(
        pair=change.pair("south", "mid"), round=rounds["before"], side="sa", level="high"
    )
    before = placed(rounds["before"])
    published = list(PublishedPlacement.objects.order_by("pk").values())

    done = change.applied(change.boards_merge())

    assert placed(rounds["before"]) == before
    assert before["south mid"][0] == "high"
    assert list(PublishedPlacement.objects.order_by("pk").values()) == published
    assert OwnView.objects.get(round=rounds["before"]).pair == change.pair("south", "mid")
    counted = things_of(done)
    assert counted["Published placements"][0] == 3
    assert counted["Working placements"][0] == 3
    # One of the round before the change; those of the published round are done with.
    assert counted["Own views in rounds that are not published"][0] == 1


def test_a_national_view_stays_with_the_pair_that_ends_and_its_heir_starts_with_none(
    rounds: dict[str, Round],
) -> None:
    old = change.pair("south", "mid")
    national.move_to(rounds["before"], RoundState.CLOSED)
    made = national.moderated(pair=old, round=rounds["before"])

    done = change.applied(change.boards_merge())

    made.refresh_from_db()
    assert (made.pair, made.state) == (old, "moderated")
    heir = change.pair("south", "west-and-mid")
    assert not Assessment.objects.filter(pair=heir).exists()
    assert things_of(done)["National views in rounds that are not published"][0] == 1
    assert placed(rounds["before"])["south mid"][:2] == ("high", "partial")


def test_a_reshaped_authority_is_restated_though_nobody_succeeded_it(
    rounds: dict[str, Round],
) -> None:
    change.applied(
        [
            Transfer(
                areas=(AreaShare("sudbury"),),
                source=change.authority("south"),
                target=None,
            )
        ]
    )

    found = placed(opened_now(rounds["after"]))

    assert found["south mid"][2] == "restated"
    assert found["north west"][2] == "not_assessed"


def test_a_board_with_another_code_is_still_the_same_board(rounds: dict[str, Round]) -> None:
    change.applied([Recode(body=change.board("east"), scheme="ods", value="QNEW")])
    after = opened_now(rounds["after"])
    Round.objects.filter(pk=after.pk).update(opens_on=timezone.localdate())
    after.refresh_from_db()
    for side, level in (("sa", "partial"), ("icb", "high")):
        make.confirmed(pair=change.pair("south", "east"), round=after, side=side, level=level)

    assert placed(after)["south east"] == ("partial", "high", "no_change")
    content = Placement.objects.get(round=after, pair=change.pair("south", "east")).content
    assert content["board"]["ods_code"] == "QNEW"


def test_two_mergers_between_two_rounds_are_seen_through(rounds: dict[str, Round]) -> None:
    today = timezone.localdate()
    change.applied(change.boards_merge(), on=today - timedelta(days=100))
    new = change.board("whole")
    change.applied(
        [
            change.opened(new),
            Merge(sources=(change.board("west-and-mid"), change.board("east")), target=new),
        ],
        on=today,
    )

    assert {row[2] for row in placed(opened_now(rounds["after"])).values()} == {"restated"}


def test_the_ledger_is_asked_for_the_pairs_and_the_rounds(rounds: dict[str, Round]) -> None:
    RecomputeRequest.objects.all().delete()

    change.applied(change.boards_merge())

    asked = set(RecomputeRequest.objects.values_list("subject", "subject_id"))
    assert asked >= {
        (Subject.PAIR, change.pair("south", "mid").pk),
        (Subject.PAIR, change.pair("south", "west-and-mid").pk),
        (Subject.ROUND, rounds["before"].pk),
    }


def test_a_preview_asks_the_ledger_for_nothing_and_moves_nothing(
    rounds: dict[str, Round],
) -> None:
    row = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    RecomputeRequest.objects.all().delete()

    seen = change.previewed(change.drafted(change.boards_merge()))

    row.refresh_from_db()
    assert row.pair == change.pair("south", "mid")
    assert not RecomputeRequest.objects.exists()
    assert not Pair.objects.filter(board__slug="west-and-mid").exists()
    assert things_of(seen)["Commitments that go on with another pair"][0] == 1


def test_people_of_an_ended_board_reply_to_what_was_found_until_the_last_day(
    rounds: dict[str, Round],
) -> None:
    old = MembershipFactory(body=change.body(change.board("mid")), role=Role.SIGNATORY)

    change.applied(change.boards_merge())

    old.refresh_from_db()
    last: date = timezone.localdate(old.ended_at - timedelta(seconds=1))
    assert last == rounds["before"].reply_closes_on
    # And finish their own views before that.
    assert rounds["before"].edits_until < last
    closings = own_views.closings_of(round=rounds["before"], body_ids=[old.body_id])
    assert not closings[old.body_id].is_open(now=old.ended_at)
