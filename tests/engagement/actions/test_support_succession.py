"""Support goes on after a change of bodies, with the pair that follows, if its body says so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.actions import messages
from authorities.models import AuditEvent, Message, Notice, Role
from engagement.actions import support_succession
from engagement.actions.support_succession import GoesOnRefusedError
from engagement.models import PossibleSupportPair
from tests.engagement import sight
from tests.engagement.actions.test_reorganisation import things_of
from tests.factories import engagement as make
from tests.factories import reorganisations as change
from tests.factories import support
from tests.factories.authorities import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country() -> change.Country:
    """A small country whose boards merge or split."""
    return change.small_country()


def enrolled(pair, side="icb", *states, **said):
    return support.answered(*states, pair=pair, side=side, **said)


def test_support_goes_on_with_the_one_pair_that_follows():
    old = change.pair("south", "mid")
    offered, under_way = enrolled(old), enrolled(old, "icb", "accepted", "under_way")

    done = change.applied(change.boards_merge())

    new = change.pair("south", "west-and-mid")
    for row in (offered, under_way):
        before = row.state
        row.refresh_from_db()
        assert (row.pair, row.body_id, row.state) == (new, new.board_id, before)
        assert (row.origin_pair, row.moved_on) == (old, done.effective_date)
        assert row.needs_reconfirmation
    assert things_of(done)["Support and peer links that go on with another pair"][0] == 2
    assert AuditEvent.objects.filter(action="enrolment.moved").count() == 2


def test_what_is_settled_stays_with_its_pair():
    old = change.pair("south", "mid")
    ended = enrolled(old, "icb", "accepted", "under_way", "ended")
    declined = enrolled(old, "icb", "declined")

    change.applied(change.boards_merge())

    for row in (ended, declined):
        row.refresh_from_db()
        assert (row.pair, row.origin_pair, row.needs_reconfirmation) == (old, None, False)


def test_after_a_merger_a_body_takes_part_once():
    offer = support.open_offer()
    pairs = (change.pair("north", "west"), change.pair("north", "mid"))
    rows = [enrolled(pair, "sa", "accepted", offer=offer) for pair in pairs]

    change.applied(change.boards_merge())

    for row in rows:
        row.refresh_from_db()
    assert sorted(row.state for row in rows) == ["accepted", "left"]
    goes_on = next(row for row in rows if row.state == "accepted")
    assert goes_on.pair == change.pair("north", "west-and-mid")


def test_with_several_pairs_to_follow_it_waits_for_a_choice_and_asks_no_closed_body():
    old = change.pair("south", "mid")
    row = enrolled(old, "icb", "accepted")
    make.member(old.board, Role.SIGNATORY)

    done = change.applied(change.mid_splits())

    row.refresh_from_db()
    assert (row.pair, row.origin_pair, row.needs_reconfirmation) == (old, old, True)
    assert {one.pair for one in PossibleSupportPair.objects.filter(enrolment=row)} == {
        change.pair("south", "lower"),
        change.pair("south", "upper"),
    }
    assert things_of(done)["Support and peer links without one clear pair"][0] == 1
    heir = MembershipFactory(body=change.pair("south", "lower").board, role=Role.SIGNATORY).user
    messages.address_due(at=timezone.now() + timedelta(days=1))
    told = set(
        Message.objects.filter(notice__kind="support.goes_on").values_list(
            "recipient__email", flat=True
        )
    )
    assert heir.email in told
    assert not Notice.objects.filter(body_id=old.board_id, kind__startswith="support").exists()


def test_a_body_that_takes_over_chooses_on_screen_and_the_others_do_not():
    old = change.pair("south", "mid")
    row = enrolled(old, "icb", "accepted")
    change.applied(change.mid_splits())
    lower, upper = change.pair("south", "lower"), change.pair("south", "upper")
    people = {
        name: MembershipFactory(body=body, role=role).user
        for name, body, role in (
            ("lower", lower.board, Role.SIGNATORY),
            ("editor", lower.board, Role.EDITOR),
            ("authority", lower.authority, Role.SIGNATORY),
            ("stranger", change.pair("north", "west").board, Role.SIGNATORY),
        )
    }
    url = reverse("support:enrolment-go-on", args=[row.pk])
    got = {name: sight.sign_in(person).get(url).status_code for name, person in people.items()}
    assert got == {"lower": 200, "editor": 403, "authority": 404, "stranger": 404}
    signatory = sight.sign_in(people["lower"])
    assert url in signatory.get("/").content.decode()
    assert url in signatory.get(reverse("support:own", args=[lower.board_id])).content.decode()
    page = signatory.get(url).content.decode()
    assert str(lower.pk) in page
    # The other heir's pair is none of theirs to choose.
    assert str(upper.pk) not in page
    assert signatory.post(url, {"pair": str(upper.pk)}).status_code == 422
    assert signatory.post(url, {}).status_code == 422

    done = signatory.post(url, {"pair": str(lower.pk)})

    row.refresh_from_db()
    assert done.status_code == 302
    assert (row.pair, row.body_id, row.needs_reconfirmation) == (lower, lower.board_id, False)
    assert row.origin_pair == old
    assert not PossibleSupportPair.objects.filter(enrolment=row).exists()
    assert signatory.get(url).status_code == 404


def test_somebody_else_who_chose_first_is_not_overruled():
    row = enrolled(change.pair("south", "mid"), "icb", "accepted")
    change.applied(change.mid_splits())
    lower, upper = change.pair("south", "lower"), change.pair("south", "upper")
    first, second = (make.member(pair.board, Role.SIGNATORY) for pair in (lower, upper))
    now = timezone.now()
    support_succession.go_on(row=row, pair=lower, body=lower.board, by=first, at=now)

    with pytest.raises(GoesOnRefusedError, match="chosen a pair meanwhile"):
        support_succession.go_on(row=row, pair=upper, body=upper.board, by=second, at=now)
    again = support_succession.go_on(row=row, pair=lower, body=lower.board, by=first, at=now)
    assert again.pair == lower


def test_a_body_goes_on_with_what_moved_to_it():
    row = enrolled(change.pair("south", "mid"), "icb", "accepted")
    change.applied(change.boards_merge())
    new = change.pair("south", "west-and-mid")
    signatory = MembershipFactory(body=new.board, role=Role.SIGNATORY).user

    done = sight.sign_in(signatory).post(
        reverse("support:enrolment-go-on", args=[row.pk]), {"pair": str(new.pk)}
    )

    row.refresh_from_db()
    assert (done.status_code, row.needs_reconfirmation) == (302, False)


def link_of(*, learns, shares):
    placement = support.placed(learns, "amber")
    return support.LinkFactory(
        pair=learns,
        side="icb",
        placement=placement,
        ambassador=support.AmbassadorFactory(
            pair=shares, side="sa", placement=support.placed(shares, "green")
        ),
    )


def test_a_peer_link_goes_on_and_keeps_the_placement_that_it_began_with():
    old = change.pair("south", "mid")
    row = link_of(learns=old, shares=change.pair("north", "west"))
    placement = row.placement

    change.applied(change.boards_merge())

    row.refresh_from_db()
    assert row.pair == change.pair("south", "west-and-mid")
    assert (row.origin_pair, row.placement, row.needs_reconfirmation) == (old, placement, True)
    row.ambassador.refresh_from_db()
    # The ambassador's own pair changed, too, and it goes on as the authority that it is.
    assert row.ambassador.pair == change.pair("north", "west-and-mid")
    assert row.ambassador.withdrawn_at is None


def test_an_ambassador_without_one_pair_to_follow_stands_down_and_its_links_end():
    shares = change.pair("south", "mid")
    row = link_of(learns=change.pair("north", "west"), shares=shares)
    support.stepped(row, "accepted", answered_at=support.BEGAN, answered_by=make.central())

    change.applied(change.mid_splits())

    row.refresh_from_db()
    row.ambassador.refresh_from_db()
    assert row.ambassador.withdrawn_at is not None
    assert row.state == "ended"
    assert "The national team can propose it anew" in row.ended_words
