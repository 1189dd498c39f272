"""Who reads a return that others submitted, when, and how much of it."""

import pytest
from django.urls import reverse

from authorities.models import Role
from duty.models import Round
from tests.engagement.published_returns import publish
from tests.engagement.sight import sign_in
from tests.factories import engagement as make
from tests.factories.authorities import BoardFactory, StrategicAuthorityFactory
from tests.factories.duty import ReturnStory, submit, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHARED = ("co-operation", "outcomes-framework")
KEPT = ("strategy", "health-team", "about")


@pytest.fixture
def story() -> ReturnStory:
    return tell_return()


def address(story: ReturnStory) -> str:
    return reverse("publications:shared-return", args=[story.round.slug, story.authority.slug])


def sections_of(client, story: ReturnStory) -> tuple[str, ...]:
    """The sections that somebody is shown; none where the page does not exist."""
    response = client.get(address(story))
    if response.status_code == 404:
        return ()
    assert response.status_code == 200
    return tuple(one.code for one in response.context["page"].sections)


def test_nobody_reads_a_draft(story):
    people = [
        make.central(Role.READER),
        make.central(Role.ADMINISTRATOR),
        make.member(story.boards[0]),
    ]

    assert [sections_of(sign_in(person), story) for person in people] == [(), (), ()]


def test_people_of_the_pairs_board_read_the_shared_sections_and_other_bodies_nothing(story):
    submit(story)
    own = [make.member(story.boards[0]), make.member(story.boards[0], Role.SIGNATORY)]
    others = [make.member(BoardFactory()), make.member(StrategicAuthorityFactory())]

    assert [sections_of(sign_in(person), story) for person in own] == [SHARED, SHARED]
    assert [sections_of(sign_in(person), story) for person in others] == [(), ()]
    page = sign_in(own[0]).get(address(story)).content.decode()
    assert not any(f'id="{code}"' in page for code in KEPT)


def test_a_board_reads_nothing_of_a_test_round(story):
    submit(story)
    Round.objects.filter(pk=story.round.pk).update(state="draft", is_test=True)

    assert sections_of(sign_in(make.member(story.boards[0])), story) == ()


@pytest.mark.parametrize(("in_future", "sees"), [(True, False), (False, True)])
def test_a_reader_reads_all_of_it_from_the_instant_of_publication(story, in_future, sees):
    submit(story)
    reader = sign_in(make.central(Role.READER))
    unpublished = sections_of(reader, story)

    publish(story, in_future=in_future)

    assert unpublished == ()
    assert bool(sections_of(reader, story)) is sees
    listed = reader.get(reverse("publications:shared-returns")).content.decode()
    assert (address(story) in listed) is sees
    if sees:
        assert set(sections_of(reader, story)) == {*SHARED, *KEPT}


def test_the_list_of_a_board_has_its_own_pairs_and_no_others(story):
    submit(story)
    url = reverse("publications:shared-returns")

    own = sign_in(make.member(story.boards[0])).get(url).content.decode()
    other = sign_in(make.member(BoardFactory())).get(url).content.decode()

    assert address(story) in own
    assert address(story) not in other


@pytest.mark.parametrize(
    "role", [Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST, Role.ADMINISTRATOR]
)
def test_the_centre_reads_all_of_it_whenever_it_was_submitted(story, role):
    submit(story)

    assert set(sections_of(sign_in(make.central(role)), story)) == {*SHARED, *KEPT}
