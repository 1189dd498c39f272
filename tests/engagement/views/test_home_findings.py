"""The home page and the pair's say that a finding waits for a reply, and how long."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.models import Round
from engagement.models import ReplyChoice
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(pair, in_reply_now):
    return national.shared(pair=pair, round=in_reply_now)


def address(made) -> str:
    slugs = [made.round.slug, made.pair.authority.slug, made.pair.board.slug]
    return reverse("findings:reply", args=slugs)


def page_of(client, person, url="/") -> str:
    client.force_login(person)
    return client.get(url).content.decode()


@pytest.mark.parametrize(
    ("role", "says"), [(Role.SIGNATORY, "5 days left"), (Role.EDITOR, "A signatory replies")]
)
def test_people_of_both_bodies_find_it_at_home_with_the_days_left(client, shared, pair, role, says):
    for body in (pair.authority, pair.board):
        page = page_of(client, make.member(body, role))
        assert address(shared) in page
        assert says in page


def test_what_is_replied_to_waits_no_longer_and_strangers_are_not_asked(
    client, shared, pair, other_pair
):
    signatory = make.member(pair.authority, Role.SIGNATORY)
    national.answered(shared=shared, side="sa", choice=ReplyChoice.AGREE, by=signatory)

    for person in (signatory, make.member(other_pair.authority, Role.SIGNATORY)):
        assert address(shared) not in page_of(client, person)


def test_what_is_not_shared_waits_for_nobody(client, pair, in_reply_now):
    made = national.moderated(pair=pair, round=in_reply_now)

    assert address(made) not in page_of(client, make.member(pair.authority, Role.SIGNATORY))


def test_the_pairs_page_leads_members_to_the_finding_once_it_is_shared(
    client, shared, pair, other_pair
):
    url = reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug])

    assert address(shared) in page_of(client, make.member(pair.board), url)
    for person in (make.member(other_pair.board), make.central(), make.central(Role.READER)):
        assert address(shared) not in page_of(client, person, url)


def test_the_centre_is_led_to_challenges_that_wait(client, shared, pair):
    by = make.member(pair.authority, Role.SIGNATORY)
    national.answered(shared=shared, side="sa", choice=ReplyChoice.DISAGREE, by=by)
    moderator = make.central(Role.MODERATOR)
    url = reverse("assessments:challenges")
    assert "Replies are still open" in page_of(client, moderator, url)

    last = timezone.localdate() - timedelta(days=1)
    Round.objects.filter(pk=shared.round_id).update(reply_closes_on=last)
    shared.round.refresh_from_db()
    national.closed(shared=shared)

    assert f'href="{url}#list"' in page_of(client, moderator)
    assert "1 national view challenged" in page_of(client, moderator)
