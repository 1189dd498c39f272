"""Publishing: two people, whole rounds, revisions that nothing changes."""

import pytest
from django.db import ProgrammingError, transaction

from authorities.actions import messages
from authorities.models import AuditEvent, Message, Role
from duty.models import Round, RoundHappening, RoundState
from engagement.actions import placements, publications
from engagement.models import Publication, PublishedPlacement
from outcomes.models import RecomputeRequest, Subject
from tests.factories import engagement as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(pair) -> Round:
    """A closed round with one pair placed."""
    made = make.earlier_round(state=RoundState.OPEN)
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=made, side=side, level="high")
    Round.objects.filter(pk=made.pk).update(state=RoundState.CLOSED)
    made.refresh_from_db()
    placements.recompute_round(round=made, at=make.NOW)
    return made


def publish(round: Round, **said) -> Publication:
    people = {
        "by": make.central(Role.LEAD_ANALYST),
        "approved_by": make.central(Role.LEAD_ANALYST),
    }
    return publications.publish_round(round=round, at=make.NOW, **{**people, **said})


def test_a_publication_copies_the_placements(closed, pair):
    publication = publish(closed)

    copied = PublishedPlacement.objects.get(publication=publication)
    closed.refresh_from_db()
    assert (copied.pair_id, copied.group, publication.number) == (pair.pk, "green", 1)
    assert closed.state == RoundState.PUBLISHED
    assert AuditEvent.objects.filter(action="round.published").count() == 1
    assert RoundHappening.objects.get(round=closed).type == "publish"
    assert RecomputeRequest.objects.filter(subject=Subject.ROUND, subject_id=closed.pk).exists()


def test_nobody_approves_their_own_publication(closed):
    person = make.central(Role.LEAD_ANALYST)

    with pytest.raises(publications.SameApproverError):
        publish(closed, by=person, approved_by=person)

    assert not Publication.objects.exists()


def test_an_open_round_is_not_published(closed):
    Round.objects.update(state=RoundState.OPEN)

    with pytest.raises(publications.RoundNotReadyError):
        publish(closed)


def test_a_round_with_a_pair_not_computed_is_not_published(closed, other_pair):
    with pytest.raises(publications.RoundNotReadyError):
        publish(closed)

    assert not Publication.objects.exists()


def test_a_second_revision_says_why_and_leaves_the_first(closed):
    first = publish(closed)

    with pytest.raises(publications.RevisionReasonError):
        publish(closed)
    second = publish(closed, reason="A link was wrong.")

    assert (second.number, second.reason) == (2, "A link was wrong.")
    assert RoundHappening.objects.get(type="correct").reason == "A link was wrong."
    assert PublishedPlacement.objects.filter(publication=first).count() == 1


@pytest.mark.parametrize("model", [Publication, PublishedPlacement])
def test_the_database_never_changes_what_was_published(closed, model):
    publish(closed)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        model.objects.update(id=0)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        model.objects.all()._raw_delete("default")

    assert model.objects.count() == 1


def test_both_sides_of_every_pair_are_told_of_the_newest_revision_only(closed, pair):
    people = {make.member(pair.authority), make.member(pair.board)}
    publish(closed)
    publish(closed, reason="A level was read wrongly.")

    messages.address_due(at=make.NOW)

    found = Message.objects.filter(notice__kind="round.published").select_related("recipient")
    # Those who confirmed their views work for the two bodies as well.
    assert people <= {row.recipient for row in found}
    assert len(found) == len({row.recipient for row in found})
    assert {row.subject for row in found} == {f"{closed.name}: a correction was published"}
    assert not found.filter(text__contains="wrongly").exists()
