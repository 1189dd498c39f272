"""Frameworks whose ICB merges go on with the one that follows, which is asked to stand by them."""

import pytest

from authorities.models import Notice
from outcomes.actions import framework_drafts, frameworks
from outcomes.framework_lifecycle import FrameworkRefusedError
from outcomes.models import (
    FrameworkHappening,
    FrameworkPartner,
    FrameworkSignature,
    VersionState,
)
from outcomes.queries.framework_lists import WaitKind, waits_at
from tests.factories import outcomes as make
from tests.factories import reorganisations as change
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import agreed, now, proposed, whole_draft

pytestmark = pytest.mark.django_db

MOVED = "Outcomes frameworks that go on with the ICB that follows"
UNCLEAR = "Outcomes frameworks without one clear ICB or authority"


@pytest.fixture
def parties():
    change.small_country()
    return Parties(pair=change.pair("south", "mid"))


def merged():
    """Merge the boards; return the pair that follows and what the preview said."""
    done = change.applied(change.boards_merge())
    things = {one["what"]: one for one in change.preview_of(done)["things"]}
    heir = FrameworkPartner.objects.exclude(came_from=None).get().pair
    return heir, things


def test_the_pair_that_follows_takes_over_and_is_asked(parties):
    version = agreed(parties)

    heir, things = merged()

    before, after = FrameworkPartner.objects.order_by("pk")
    assert (before.pair, before.ended_on is not None) == (parties.pair, True)
    assert (after.pair, after.came_from, after.needs_reconfirmation) == (heir, before, True)
    assert heir.authority == parties.pair.authority
    assert now(version).state == VersionState.AGREED
    assert (things[MOVED]["count"], things[UNCLEAR]["count"]) == (1, 0)
    assert FrameworkHappening.objects.filter(type="partner_merged", actor=None).count() == 1


def test_both_sides_are_told_and_the_successor_sees_that_it_waits(parties):
    agreed(parties)
    Notice.objects.all().delete()

    heir, _ = merged()

    told = set(
        Notice.objects.filter(kind="framework.partner_merged").values_list("body_id", flat=True)
    )
    assert told == {heir.authority_id, heir.board_id}
    [wait] = waits_at(bodies=[heir.board_id])[heir.board_id]
    assert wait.kind is WaitKind.ADOPT


def test_the_successor_stands_by_it(parties):
    version = agreed(parties)
    heir, _ = merged()

    frameworks.adopt(
        version=now(version),
        acting=Parties(pair=heir, person=parties.person).board,
        by=parties.person,
        at=make.NOW,
    )

    assert FrameworkPartner.objects.filter(needs_reconfirmation=True).count() == 0
    with pytest.raises(FrameworkRefusedError, match="Nothing waits"):
        frameworks.adopt(
            version=now(version),
            acting=Parties(pair=heir, person=parties.person).board,
            by=parties.person,
            at=make.NOW,
        )


def test_the_body_that_ended_owns_it_no_more(parties):
    version = agreed(parties)
    merged()

    with pytest.raises(frameworks.NotAPartyError):
        frameworks.propose_change(
            version=now(version),
            reason="x",
            acting=parties.board,
            by=parties.person,
            at=make.NOW,
        )


def test_what_was_proposed_is_a_draft_again_for_its_new_owners(parties):
    version = proposed(parties)
    frameworks.sign(
        version=version,
        content_read=version.content_hash,
        acting=parties.authority,
        by=parties.person,
        at=make.NOW,
    )

    heir, _ = merged()
    new = Parties(pair=heir, person=parties.person)
    between = now(version)
    again = frameworks.propose(
        version=between,
        expected_version=between.version,
        acting=new.board,
        by=new.person,
        at=make.NOW,
    )
    for acting in (new.authority, new.board):
        frameworks.sign(
            version=again,
            content_read=again.content_hash,
            acting=acting,
            by=new.person,
            at=make.NOW,
        )

    assert between.state == VersionState.DRAFT
    assert now(version).state == VersionState.AGREED
    assert FrameworkSignature.objects.filter(voided_at=None).count() == 2


def test_a_draft_goes_on_with_nothing_to_stand_by(parties):
    draft = whole_draft(parties)

    heir, things = merged()
    framework_drafts.write_text(
        edit=parties.edit(draft, acting=Parties(pair=heir, person=parties.person).board),
        name="summary",
        text="Ours now",
    )

    assert FrameworkPartner.objects.get(pair=heir).needs_reconfirmation is False
    assert now(draft).summary == "Ours now"
    # The preview is read by the centre, which learns no name of a draft.
    assert (things[MOVED]["count"], things[MOVED]["links"]) == (1, [])


def test_where_several_follow_nobody_takes_over(parties):
    version = agreed(parties)

    done = change.applied(change.mid_splits())

    things = {one["what"]: one for one in change.preview_of(done)["things"]}
    partner = FrameworkPartner.objects.get()
    assert (partner.pair, partner.ended_on) == (parties.pair, None)
    assert (things[MOVED]["count"], things[UNCLEAR]["count"]) == (0, 1)
    assert now(version).state == VersionState.AGREED


def test_two_owners_that_merge_are_one_afterwards(parties):
    version = agreed(parties)
    north, other = change.pair("north", "west"), change.pair("north", "mid")
    made = Parties(pair=north, person=parties.person)
    framework = made.start().framework
    FrameworkPartner.objects.create(framework=framework, pair=other)

    change.applied(change.boards_merge())

    rows = FrameworkPartner.objects.filter(framework=framework)
    assert rows.filter(ended_on=None).count() == 1
    assert rows.exclude(ended_on=None).count() == 2
    assert now(version).state == VersionState.AGREED
