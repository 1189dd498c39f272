"""Frameworks whose ICB merges go on with the one that follows, which is asked to stand by them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from authorities.models import AuditEvent, CouncilMembership, Notice
from authorities.reorganisation.operations import AreaShare, Close, Merge, Split, SplitTarget
from outcomes.access import Acting, owners_of
from outcomes.actions import (
    framework_drafts,
    framework_endings,
    framework_succession,
    frameworks,
    progress,
)
from outcomes.framework_lifecycle import FrameworkRefusedError, Guard
from outcomes.models import (
    Framework,
    FrameworkHappening,
    FrameworkPartner,
    FrameworkSignature,
    PossibleOwner,
    ProgressPicture,
    VersionState,
)
from outcomes.queries.framework_lists import WaitKind, waits_at
from tests.factories import outcomes as make
from tests.factories import reorganisations as change
from tests.factories.authorities import PairFactory
from tests.factories.progress import ProgressMethodFactory
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
    assert (partner.pair, partner.unassigned) == (parties.pair, True)
    assert partner.ended_on == done.effective_date
    assert (things[MOVED]["count"], things[UNCLEAR]["count"]) == (0, 1)
    assert now(version).state == VersionState.AGREED
    assert {one.pair.board.slug for one in PossibleOwner.objects.all()} == {"lower", "upper"}
    [wait] = waits_at(bodies=[parties.pair.authority_id])[parties.pair.authority_id]
    assert wait.kind is WaitKind.ASSIGN
    told = Notice.objects.filter(kind="framework.unassign").values_list("body_id", flat=True)
    assert set(told) == {parties.pair.authority_id}


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


def acting_for(slug):
    body = change.body(change.authority(slug))
    return Acting(body=body, role="signatory")


def chosen(parties, version, *, pair, acting=None, partner=None):
    """Choose who goes on in place of the owner that ended."""
    partner = partner or FrameworkPartner.objects.get(unassigned=True)
    return framework_succession.assign(
        version=now(version),
        partner_id=partner.pk,
        pair_id=pair.pk if pair else None,
        acting=acting or parties.authority,
        by=parties.person,
        at=make.NOW,
    )


def test_the_authority_chooses_one_of_the_pairs_that_follow(parties):
    version = agreed(parties)
    change.applied(change.mid_splits())
    upper = change.pair("south", "upper")

    chosen(parties, version, pair=upper)

    before, after = FrameworkPartner.objects.order_by("pk")
    assert (before.unassigned, before.pair) == (False, parties.pair)
    assert (after.pair, after.came_from, after.needs_reconfirmation) == (upper, before, True)
    assert PossibleOwner.objects.count() == 0
    step = FrameworkHappening.objects.get(type="assign")
    assert (step.actor_body_id, step.payload["pair"]) == (upper.authority_id, str(upper.pk))
    assert AuditEvent.objects.filter(action="framework.assign").count() == 1
    told = Notice.objects.filter(kind="framework.assign").values_list("body_id", flat=True)
    assert set(told) == {upper.board_id}
    assert upper.authority_id not in waits_at(bodies=[upper.authority_id])


@pytest.mark.parametrize(
    ("who", "guard"),
    [
        ("stranger pair", Guard.FOLLOWS),
        ("nobody", Guard.FOLLOWS),
        ("chosen before", Guard.WAITS_FOR_AN_OWNER),
    ],
)
def test_a_choice_that_cannot_be_is_refused(parties, who, guard):
    version = agreed(parties)
    change.applied(change.mid_splits())
    partner = FrameworkPartner.objects.get(unassigned=True)
    pairs = {
        "stranger pair": change.pair("south", "east"),
        "nobody": None,
        "chosen before": change.pair("south", "lower"),
    }
    if who == "chosen before":
        chosen(parties, version, pair=change.pair("south", "upper"))

    with pytest.raises(FrameworkRefusedError) as refused:
        chosen(parties, version, pair=pairs[who], partner=partner)

    assert refused.value.guard is guard


def test_another_owner_does_not_choose_and_may_go_on_alone(parties):
    east = change.pair("south", "east")
    version = agreed(parties)
    FrameworkPartner.objects.create(framework=version.framework, pair=east)
    change.applied(change.mid_splits())
    beside = Parties(pair=east, person=parties.person)

    with pytest.raises(FrameworkRefusedError) as refused:
        chosen(parties, version, pair=change.pair("south", "upper"), acting=beside.board)
    chosen(parties, version, pair=None)

    assert refused.value.guard is Guard.AUTHORITY_CHOOSES
    assert {body.slug for body in owners_of(framework=version.framework)} == {"south", "east"}
    assert FrameworkPartner.objects.filter(unassigned=True).count() == 0


def test_nothing_is_proposed_or_signed_before_the_owner_is_chosen(parties):
    version = proposed(parties)
    change.applied(change.mid_splits())
    draft = now(version)

    def propose():
        return frameworks.propose(
            version=now(version),
            expected_version=now(version).version,
            acting=parties.authority,
            by=parties.person,
            at=make.NOW,
        )

    with pytest.raises(FrameworkRefusedError) as refused:
        propose()
    chosen(parties, version, pair=change.pair("south", "lower"))
    again = propose()
    with pytest.raises(frameworks.NotAPartyError):
        frameworks.sign(
            version=again,
            content_read=again.content_hash,
            acting=parties.board,
            by=parties.person,
            at=make.NOW,
        )
    lower = Parties(pair=change.pair("south", "lower"), person=parties.person)
    for acting in (lower.authority, lower.board):
        frameworks.sign(
            version=again,
            content_read=again.content_hash,
            acting=acting,
            by=parties.person,
            at=make.NOW,
        )

    assert draft.state == VersionState.DRAFT
    assert refused.value.guard is Guard.OWNERS_KNOWN
    assert now(version).state == VersionState.AGREED


def test_the_database_takes_no_signature_of_a_body_that_ended(parties):
    version = proposed(parties)
    FrameworkPartner.objects.filter(framework=version.framework).update(ended_on=make.NOW)

    with pytest.raises(IntegrityError, match="a signature is of an owner"), transaction.atomic():
        FrameworkSignature.objects.create(
            framework_version=version,
            body=parties.pair.board,
            content_hash=version.content_hash,
            signed_at=make.NOW,
            signed_by=parties.person,
        )


def test_the_database_agrees_nothing_while_an_owner_is_to_be_chosen(parties):
    version = proposed(parties)
    frameworks.sign(
        version=version,
        content_read=version.content_hash,
        acting=parties.authority,
        by=parties.person,
        at=make.NOW,
    )
    FrameworkPartner.objects.filter(framework=version.framework).update(
        ended_on=make.NOW, unassigned=True
    )

    signed = now(version)
    signed.state, signed.agreed_at = VersionState.AGREED, make.NOW
    with pytest.raises(IntegrityError, match="once all its owners are known"), transaction.atomic():
        signed.save()


def test_an_unassigned_partner_has_ended(parties):
    version = agreed(parties)

    with (
        pytest.raises(IntegrityError, match="unassigned_partner_has_ended"),
        transaction.atomic(),
    ):
        FrameworkPartner.objects.filter(framework=version.framework).update(unassigned=True)


def test_what_follows_is_offered_once(parties):
    agreed(parties)
    change.applied(change.mid_splits())
    offered = PossibleOwner.objects.first()

    with pytest.raises(IntegrityError, match="possible_owner_once"), transaction.atomic():
        PossibleOwner.objects.create(partner=offered.partner, pair=offered.pair)


def test_what_was_offered_and_merges_is_offered_as_what_follows_it(parties):
    agreed(parties)
    change.applied(change.mid_splits())
    new = change.board("lower-and-upper")
    merge = Merge(sources=(change.board("lower"), change.board("upper")), target=new)

    change.applied((change.opened(new), merge), on=timezone.localdate() + timedelta(days=1))

    assert [one.pair.board.slug for one in PossibleOwner.objects.all()] == ["lower-and-upper"]


def test_frameworks_of_a_merged_authority_move_to_its_successor(parties):
    version = agreed(parties)

    done = change.applied(change.authorities_merge())

    framework = Framework.objects.get()
    things = {one["what"]: one for one in change.preview_of(done)["things"]}
    assert things["Outcomes frameworks of authorities that end"]["count"] == 1
    assert (framework.authority.slug, framework.moved_from.slug) == ("union", "south")
    assert framework.needs_reconfirmation is True
    assert {body.slug for body in owners_of(framework=framework)} == {"union", "mid"}
    [wait] = waits_at(bodies=[framework.authority_id])[framework.authority_id]
    assert wait.kind is WaitKind.ADOPT
    frameworks.adopt(
        version=now(version), acting=acting_for("union"), by=parties.person, at=make.NOW
    )
    framework.refresh_from_db()
    assert (framework.needs_reconfirmation, framework.reconfirmed_by) == (False, parties.person)


def test_an_owner_whose_pair_stood_no_more_keeps_nothing_from_moving(parties):
    version = agreed(parties)
    lost = PairFactory(authority=parties.pair.authority)
    FrameworkPartner.objects.create(framework=version.framework, pair=lost)

    change.applied(change.authorities_merge())
    chosen(parties, version, pair=None, acting=acting_for("union"))

    assert {body.slug for body in owners_of(framework=Framework.objects.get())} == {"union", "mid"}


def test_two_frameworks_that_come_to_one_pair_wait_for_a_choice(parties):
    first = agreed(parties)
    second = Parties(pair=change.pair("north", "mid"), person=parties.person).start()

    done = change.applied(change.authorities_merge())

    things = {one["what"]: one for one in change.preview_of(done)["things"]}
    assert (things[MOVED]["count"], things[UNCLEAR]["count"]) == (0, 2)
    assert {one.authority.slug for one in Framework.objects.all()} == {"union"}
    pair = change.pair("union", "mid")
    partner = FrameworkPartner.objects.get(framework=first.framework, unassigned=True)
    chosen(parties, first, pair=pair, acting=acting_for("union"), partner=partner)
    other = FrameworkPartner.objects.get(framework=second.framework, unassigned=True)
    with pytest.raises(FrameworkRefusedError) as refused:
        chosen(parties, second, pair=pair, acting=acting_for("union"), partner=other)
    assert refused.value.guard is Guard.FOLLOWS


def south_splits():
    """South becomes Old South with Southam and New South with its other councils."""
    old, new = change.authority("old-south"), change.authority("new-south")
    others = CouncilMembership.objects.filter(authority__slug="south").exclude(
        council__slug="southam"
    )
    return (
        change.opened(old),
        change.opened(new),
        Split(
            source=change.authority("south"),
            targets=(
                SplitTarget(old, (AreaShare("southam"),)),
                SplitTarget(new, tuple(AreaShare(one.council.slug) for one in others)),
            ),
            primary=old,
        ),
    )


def test_after_a_split_of_the_authority_those_that_follow_choose(parties):
    version = agreed(parties)

    change.applied(south_splits())

    pair = change.pair("old-south", "mid")
    assert [body.slug for body in owners_of(framework=version.framework)] == ["old-south"]
    [wait] = waits_at(bodies=[pair.authority_id])[pair.authority_id]
    assert wait.kind is WaitKind.ASSIGN
    with pytest.raises(frameworks.NotAPartyError):
        chosen(parties, version, pair=pair)
    chosen(parties, version, pair=pair, acting=acting_for("old-south"))
    framework = Framework.objects.get()
    assert (framework.authority.slug, framework.needs_reconfirmation) == ("old-south", True)
    assert {body.slug for body in owners_of(framework=framework)} == {"old-south", "mid"}


def test_a_framework_moves_with_its_owners_only(parties):
    version = agreed(parties)
    framework = version.framework
    framework.authority = change.pair("north", "mid").authority

    with (
        pytest.raises(
            IntegrityError, match="a framework moves once no owner of the old pairs is left"
        ),
        transaction.atomic(),
    ):
        framework.save()


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"needs_reconfirmation": True}, "framework_to_reconfirm_was_moved"),
        ({"reconfirmed_at": make.NOW}, "moved_framework_says_who_reconfirmed_it"),
    ],
)
def test_a_moved_framework_keeps_to_the_rules(parties, facts, name):
    framework = parties.start().framework

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Framework.objects.filter(pk=framework.pk).update(**facts)


def test_a_framework_whose_authority_is_not_followed_ends_with_it(parties):
    version = agreed(parties)

    done = change.applied((Close(change.authority("south")),))

    things = {one["what"]: one for one in change.preview_of(done)["things"]}
    assert things["Outcomes frameworks whose authority ends and is not followed"]["count"] == 1
    assert now(version).state == VersionState.ENDED
    assert FrameworkHappening.objects.get(type="end").actor_body is None


def ended(parties, version, *, reason="The board left", acting=None):
    return framework_endings.end(
        version=now(version),
        reason=reason,
        acting=acting or parties.board,
        by=parties.person,
        at=make.NOW,
    )


def test_an_owner_ends_what_was_agreed_and_the_pair_is_free(parties):
    version = agreed(parties)
    frameworks.propose_change(
        version=version, reason="More", acting=parties.board, by=parties.person, at=make.NOW
    )

    done = ended(parties, version)

    assert (done.state, now(version).state) == (VersionState.ENDED, VersionState.ENDED)
    assert version.framework.versions.get(number=2).state == VersionState.DISCARDED
    step = FrameworkHappening.objects.get(type="end")
    assert (step.reason, step.actor_body_id) == ("The board left", parties.pair.board_id)
    # Who owned it last can still read it, and begin another.
    assert {body.pk for body in owners_of(framework=version.framework)} == {
        parties.pair.authority_id,
        parties.pair.board_id,
    }
    assert waits_at(bodies=[parties.pair.board_id, parties.pair.authority_id]) == {}
    assert parties.start().number == 1


def test_it_ends_with_a_reason_and_once(parties):
    version = agreed(parties)

    with pytest.raises(FrameworkRefusedError) as refused:
        ended(parties, version, reason=" ")
    ended(parties, version)
    with pytest.raises(FrameworkRefusedError, match="was ended"):
        ended(parties, version)

    assert refused.value.guard is Guard.REASON_GIVEN


def test_an_ended_framework_stands_in_no_picture(parties):
    version = agreed(parties)
    ProgressMethodFactory(number=1, made_public_at=make.NOW, made_public_by=parties.person)
    progress.refresh(authority=parties.pair.authority, at=make.NOW)
    before = ProgressPicture.objects.count()

    ended(parties, version)
    progress.refresh(authority=parties.pair.authority, at=make.NOW)

    assert (before > 0, ProgressPicture.objects.count()) == (True, 0)


def test_a_first_version_that_is_given_up_frees_its_pair(parties):
    draft = parties.start()

    frameworks.discard(
        version=draft,
        expected_version=draft.version,
        reason="Begun by mistake",
        acting=parties.authority,
        by=parties.person,
        at=make.NOW,
    )

    assert FrameworkPartner.objects.get().over is True
    assert parties.start().number == 1
