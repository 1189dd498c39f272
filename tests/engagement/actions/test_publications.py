"""Publishing: two people, whole rounds, revisions that nothing changes, seen from an instant."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from authorities.actions import messages
from authorities.models import AuditEvent, Message, Role
from duty.actions import round_jobs, round_replies
from duty.actions.round_stages import SeenAnotherListError
from duty.models import Round, RoundHappening, RoundState
from duty.queries.due_rounds import turns_ahead
from duty.round_lifecycle import RoundRefusedError
from engagement.actions import placements, publication_messages, publications
from engagement.models import NationalPicture, Publication, PublishedPlacement
from engagement.queries.placements import current_publications, published_rounds, working_rounds
from outcomes.models import RecomputeRequest, Subject
from tests.factories import engagement as make
from tests.factories.duty import ExpectedReturnFactory
from tests.factories.engagement_assessments import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def finalising(pair) -> Round:
    """A round of which one pair is placed, to be published in an hour."""
    made = make.earlier_round(state=RoundState.OPEN)
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=made, side=side, level="high")
    settle(round=made)
    placements.recompute_round(round=made, at=make.NOW)
    set_(made, state=RoundState.FINALISING, publish_at=timezone.now() + timedelta(hours=1))
    return made


def set_(round: Round, **said) -> None:
    Round.objects.filter(pk=round.pk).update(**said)
    round.refresh_from_db()


def approved(round: Round, **said) -> Publication:
    return make.approve(round=round, clock=timezone.now, **said)


def let_the_instant_pass(publication: Publication) -> None:
    """Move the instant of a revision to the second before now; no job comes."""
    with pgtrigger.ignore("engagement.Publication:withdrawn_only_under_embargo"):
        past = timezone.now() - timedelta(seconds=1)
        Publication.objects.filter(pk=publication.pk).update(published_at=past, approved_at=past)


def test_a_revision_copies_the_placements_and_waits_for_its_instant(finalising, pair):
    publication = approved(finalising)

    copied = PublishedPlacement.objects.get(publication=publication)
    assert (copied.pair_id, copied.group, publication.number) == (pair.pk, "green", 1)
    assert (publication.published_at, finalising.state) == (
        finalising.publish_at,
        RoundState.FINALISING,
    )
    assert (published_rounds(), list(current_publications())) == ((), [])
    # The picture is there already, for the moment in which it may be seen.
    assert NationalPicture.objects.filter(publication=publication).exists()
    assert AuditEvent.objects.filter(action="round.publication_approved").count() == 1


def test_it_is_seen_when_the_instant_has_passed_though_the_job_is_late(finalising):
    publication = approved(finalising)

    let_the_instant_pass(publication)

    assert published_rounds() == (finalising,)
    assert list(current_publications()) == [publication]
    assert finalising not in working_rounds()
    assert placements.recompute_round(round=finalising, at=timezone.now()) == 0


def test_the_job_then_does_the_rest_once(finalising):
    let_the_instant_pass(approved(finalising))
    set_(finalising, publish_at=timezone.now() - timedelta(seconds=1))

    turned = [round_jobs.turn_due(at=timezone.now()) for _time in range(2)]

    finalising.refresh_from_db()
    assert (turned, finalising.state) == ([1, 0], RoundState.PUBLISHED)
    assert RoundHappening.objects.filter(type="publish", actor=None).count() == 1
    assert RecomputeRequest.objects.filter(subject=Subject.ROUND).exists()


def test_a_time_that_passes_without_approval_holds_the_round_up_once(finalising):
    set_(finalising, publish_at=timezone.now() - timedelta(seconds=1))

    turned = [round_jobs.turn_due(at=timezone.now()) for _time in range(3)]

    held_up = RoundHappening.objects.get(type="hold_up")
    assert turned == [0, 0, 0]
    assert "Nobody has approved its publication." in held_up.reason
    assert turns_ahead(now=timezone.now())[0].held_up_by == held_up.reason


def test_approved_after_its_time_it_is_published_at_once(finalising):
    set_(finalising, publish_at=timezone.now() - timedelta(days=1))

    publication = approved(finalising)

    assert finalising.state == RoundState.PUBLISHED
    assert published_rounds() == (finalising,)
    assert publication.published_at == publication.approved_at


def test_nobody_approves_their_own_proposal(finalising):
    person = make.central(Role.LEAD_ANALYST)
    seen = publications.propose(round_=finalising, by=person, at=timezone.now())

    with pytest.raises(RoundRefusedError, match="another person must approve"):
        publications.approve(round_=finalising, seen=seen, by=person, at=timezone.now())

    assert not Publication.objects.exists()


def test_the_database_refuses_one_person_for_both(finalising):
    person, now = make.central(Role.LEAD_ANALYST), timezone.now()

    with pytest.raises(IntegrityError, match="publication_by_two_people"), transaction.atomic():
        Publication.objects.create(
            round=finalising,
            number=1,
            published_at=now,
            approved_at=now,
            proposed_by=person,
            approved_by=person,
        )


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MODERATOR, Role.ADMINISTRATOR, Role.READER])
def test_only_a_lead_analyst_proposes(finalising, role):
    with pytest.raises(RoundRefusedError, match="Ask the lead analyst"):
        publications.propose(round_=finalising, by=make.central(role), at=timezone.now())


@pytest.mark.parametrize("role", [Role.LEAD_ANALYST, Role.MODERATOR, Role.ADMINISTRATOR])
def test_the_second_person_may_be_of_these_roles(finalising, role):
    assert approved(finalising, by=make.central(role)).approved_by.memberships.get().role == role


def test_what_was_not_seen_is_not_approved(finalising):
    publications.propose(round_=finalising, by=make.central("lead_analyst"), at=timezone.now())

    with pytest.raises(SeenAnotherListError):
        publications.approve(
            round_=finalising, seen="other", by=make.central("moderator"), at=timezone.now()
        )


def test_what_changed_since_it_was_proposed_is_not_approved(finalising):
    seen = publications.propose(
        round_=finalising, by=make.central("lead_analyst"), at=timezone.now()
    )
    ExpectedReturnFactory(round=finalising)

    with pytest.raises(RoundRefusedError, match="have changed since they were proposed"):
        publications.approve(
            round_=finalising, seen=seen, by=make.central("moderator"), at=timezone.now()
        )


def test_placements_that_are_not_fresh_are_not_proposed(finalising, other_pair):
    with pytest.raises(RoundRefusedError, match="not up to date or not complete"):
        publications.propose(round_=finalising, by=make.central("lead_analyst"), at=timezone.now())


def test_an_approval_is_withdrawn_under_embargo_and_the_number_is_used_again(finalising):
    first = approved(finalising)

    publications.withdraw(
        round_=finalising,
        reason="A level is wrong.",
        by=make.central("moderator"),
        at=timezone.now(),
    )
    second = approved(finalising)

    let_the_instant_pass(second)
    assert (first.number, second.number) == (1, 1)
    assert list(current_publications()) == [second]
    assert not NationalPicture.objects.filter(publication=first).exists()


def test_after_its_instant_it_is_not_withdrawn_even_if_the_job_is_late(finalising):
    publication = approved(finalising)
    let_the_instant_pass(publication)

    with pytest.raises(RoundRefusedError, match="It can only be corrected"):
        publications.withdraw(
            round_=finalising, reason="Too late.", by=make.central("moderator"), at=timezone.now()
        )
    with (
        pytest.raises(IntegrityError, match="a revision stays as it was approved"),
        transaction.atomic(),
    ):
        Publication.objects.filter(pk=publication.pk).update(
            withdrawn_at=timezone.now(), withdrawn_by=make.central(), withdrawn_reason="Too late."
        )


def test_while_it_is_approved_no_date_moves_and_a_proposal_lapses_when_one_does(finalising):
    administrator, later = make.central("administrator"), timezone.now() + timedelta(days=9)
    publications.propose(round_=finalising, by=make.central("lead_analyst"), at=timezone.now())

    round_replies.move_publication(
        round_=finalising, publish_at=later, reason="Later.", by=administrator, at=timezone.now()
    )
    approved(finalising)

    with pytest.raises(RoundRefusedError, match="Withdraw the approval first"):
        round_replies.move_publication(
            round_=finalising,
            publish_at=later,
            reason="Later still.",
            by=administrator,
            at=timezone.now(),
        )


def test_a_correction_says_why_is_seen_at_once_and_leaves_the_first(finalising):
    set_(finalising, publish_at=timezone.now() - timedelta(days=1))
    first = approved(finalising)

    with pytest.raises(RoundRefusedError, match="Give a reason"):
        approved(finalising)
    second = approved(finalising, reason="A link was wrong.")

    assert (second.number, second.reason) == (2, "A link was wrong.")
    assert RoundHappening.objects.get(type="correct").reason == "A link was wrong."
    assert list(current_publications()) == [second]
    assert PublishedPlacement.objects.filter(publication=first).count() == 1


def test_the_database_never_changes_what_was_approved(finalising):
    approved(finalising)

    for model, says in (
        (Publication, ("a revision stays as it was approved", "Cannot delete rows")),
        (PublishedPlacement, ("Cannot update or delete", "Cannot update or delete")),
    ):
        with (
            pytest.raises((ProgrammingError, IntegrityError), match=says[0]),
            transaction.atomic(),
        ):
            model.objects.update(id=0)
        with pytest.raises(ProgrammingError, match=says[1]), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_both_sides_of_every_pair_are_told_of_the_newest_revision_only(finalising, pair):
    people = {make.member(pair.authority), make.member(pair.board)}
    set_(finalising, publish_at=timezone.now() - timedelta(days=1))
    approved(finalising)
    approved(finalising, reason="A level was read wrongly.")

    messages.address_due(at=timezone.now())

    found = Message.objects.filter(notice__kind="round.published").select_related("recipient")
    # Those who confirmed their views work for the two bodies as well.
    assert people <= {row.recipient for row in found}
    assert len(found) == len({row.recipient for row in found})
    assert {row.subject for row in found} == {f"{finalising.name}: a correction was published"}
    assert not found.filter(text__contains="wrongly").exists()


def test_those_who_may_approve_are_told_of_a_proposal_but_not_the_proposer(finalising):
    lead, second, moderator, administrator = (
        make.central(role)
        for role in (Role.LEAD_ANALYST, Role.LEAD_ANALYST, Role.MODERATOR, Role.ADMINISTRATOR)
    )
    make.central(Role.ANALYST)
    publications.propose(round_=finalising, by=lead, at=timezone.now())

    messages.address_due(at=timezone.now())

    found = Message.objects.filter(notice__kind="round.publication_proposed")
    assert {one.recipient for one in found} == {second, moderator, administrator}
    assert "waits for a second person" in found[0].subject


def test_a_proposal_that_was_taken_back_is_told_to_nobody(finalising):
    lead = make.central(Role.LEAD_ANALYST)
    make.central(Role.MODERATOR)
    publications.propose(round_=finalising, by=lead, at=timezone.now())
    publications.take_back(round_=finalising, reason="Too early", by=lead, at=timezone.now())

    messages.address_due(at=timezone.now())

    assert not Message.objects.filter(notice__kind="round.publication_proposed").exists()


def test_an_approved_publication_is_known_ahead_to_both_sides_and_a_proposed_one_is_not(
    finalising, pair
):
    day = timezone.localdate(finalising.publish_at)
    publications.propose(round_=finalising, by=make.central(Role.LEAD_ANALYST), at=timezone.now())
    assert publication_messages.foreseen(first=day, last=day) == ()
    publications.take_back(
        round_=finalising,
        reason="Again",
        by=make.central(Role.LEAD_ANALYST),
        at=timezone.now(),
    )

    approved(finalising)

    found = publication_messages.foreseen(first=day, last=day)
    assert {one.body_id for one in found} == {pair.authority_id, pair.board_id}
    assert {(one.day, one.kind) for one in found} == {(day, "round.published")}
    before = day - timedelta(days=1)
    assert publication_messages.foreseen(first=before, last=before) == ()
