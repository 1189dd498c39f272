"""A test round counts nowhere: no picture, placement, home page, file, API or publication."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role, StrategicAuthority
from duty.models import DutyReturn, ExpectedReturn, Round, RoundState
from duty.queries.returns import earlier_submission, last_submission, open_round_for
from duty.round_lifecycle import RoundRefusedError
from engagement.actions import national, placements, publications
from engagement.models import NationalPicture, Placement
from engagement.queries import centre, own_views
from engagement.queries.placements import published_rounds, working_rounds
from tests.architecture.addresses import Visitor
from tests.architecture.test_addresses import client_of
from tests.factories import engagement as make
from tests.factories.duty import RoundFactory, submit, tell_return
from tests.world import World

NAME = "Trial run 1999"


@pytest.fixture
def trial(world: World) -> Round:
    """A copy of the open round for trying out, with everybody expected and one return begun."""
    made = Round.objects.get(slug=world.round)
    expected = list(ExpectedReturn.objects.filter(round=made).values_list("authority", flat=True))
    made.pk, made.slug, made.name, made.is_test = uuid.uuid4(), "test-trial", NAME, True
    made._state.adding = True
    made.save()
    ExpectedReturn.objects.bulk_create(
        ExpectedReturn(round=made, authority_id=key) for key in expected
    )
    DutyReturn.objects.create(
        round=made,
        authority=StrategicAuthority.objects.get(slug=world.authority),
        started_at=timezone.now(),
    )
    return made


@pytest.mark.slow
@pytest.mark.parametrize("visitor", [v for v in Visitor if v is not Visitor.ANYBODY])
def test_no_home_page_and_no_link_tells_of_it(visitor: Visitor, trial: Round) -> None:
    page = client_of(visitor).get(reverse("home")).content.decode()

    assert NAME not in page
    assert trial.slug not in page


@pytest.mark.slow
@pytest.mark.parametrize("visitor", [Visitor.ANYBODY, Visitor.ANALYST])
@pytest.mark.parametrize(
    "path",
    [
        "/national/",
        "/national/placements.csv",
        "/pairs/south-yorkshire/south-yorkshire/",
        "/pairs/south-yorkshire/south-yorkshire/placements.csv",
        "/authorities/south-yorkshire/",
        "/api/v1/placements/?page_size=100",
    ],
)
def test_no_picture_file_or_api_has_it(visitor: Visitor, path: str, trial: Round) -> None:
    for state in (RoundState.OPEN, RoundState.CLOSED):
        Round.objects.filter(pk=trial.pk).update(state=state)
        answer = client_of(visitor).get(path)

        assert answer.status_code == 200
        assert trial.slug not in answer.content.decode()
        assert NAME not in answer.content.decode()


@pytest.mark.slow
def test_it_cannot_be_asked_for(trial: Round) -> None:
    client: Client = client_of(Visitor.ANALYST)

    national_page = client.get(f"/national/?round={trial.slug}").content.decode()
    answer = client.get(f"/api/v1/placements/?status=working&round={trial.slug}")

    assert NAME not in national_page
    assert answer.json()["results"] == []


@pytest.mark.slow
def test_nothing_is_computed_for_it(trial: Round) -> None:
    now = timezone.now()

    assert placements.recompute_round(round=trial, at=now) == 0
    assert national.refresh(round=trial, at=now) == 0

    assert not Placement.objects.filter(round=trial).exists()
    assert not NationalPicture.objects.filter(round=trial).exists()
    assert trial not in working_rounds()
    assert trial not in published_rounds()
    assert own_views.round_for_views() != trial
    assert trial.pk not in [one.pk for one in centre.published_rounds()]


@pytest.mark.django_db
def test_it_is_never_published(pair: object) -> None:
    trial = make.RoundFactory(is_test=True, state=RoundState.FINALISING)

    with pytest.raises(RoundRefusedError, match="test round is never published"):
        publications.propose(round_=trial, by=make.central(Role.LEAD_ANALYST), at=make.NOW)


@pytest.mark.slow
@pytest.mark.django_db
def test_it_is_nobodys_work_and_its_answers_are_no_earlier_ones() -> None:
    trial = tell_return(is_test=True)
    submit(trial)
    later = RoundFactory(covers_to=trial.round.covers_to.replace(year=2027))

    assert open_round_for(authority=trial.authority, today=timezone.localdate()) is None
    assert last_submission(authority=trial.authority) is None
    assert earlier_submission(round_=later, authority=trial.authority) is None
