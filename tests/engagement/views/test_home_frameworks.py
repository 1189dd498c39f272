"""What outcomes frameworks ask of people on their first page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from authorities.models import Role
from outcomes.actions import frameworks
from outcomes.models import FrameworkPartner
from tests.factories.authorities import PairFactory
from tests.factories.outcomes import NOW
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import agreed, member, now, proposed, whole_draft

pytestmark = pytest.mark.django_db

SIGN = "sign or decline version 1"
OWN_SIGNATORY = "your signatory to sign"
OTHERS = "the other owners to sign"


@pytest.fixture
def parties():
    return Parties()


def home_of(body, role=Role.SIGNATORY):
    """Return the first page of somebody at a body."""
    return member(body, role).get(reverse("home")).content.decode()


def test_a_proposal_waits_for_each_sides_signatory(parties):
    proposed(parties)

    for body in (parties.pair.authority, parties.pair.board):
        assert SIGN in home_of(body)
        editors = home_of(body, Role.EDITOR)
        assert (SIGN in editors, OWN_SIGNATORY in editors) == (False, True)
    assert SIGN not in home_of(PairFactory().board)


def test_who_has_signed_waits_for_the_others(parties):
    version = proposed(parties)
    frameworks.sign(
        version=version,
        content_read=version.content_hash,
        acting=parties.board,
        by=parties.person,
        at=NOW,
    )

    signed, waiting = home_of(parties.pair.board), home_of(parties.pair.authority)

    assert (SIGN in signed, OTHERS in signed) == (False, True)
    assert (SIGN in waiting, OTHERS in waiting) == (True, False)


@pytest.mark.parametrize("made", [whole_draft, agreed])
def test_a_draft_and_what_is_agreed_wait_for_nobody(parties, made):
    made(parties)

    page = home_of(parties.pair.authority)

    assert (SIGN in page, OTHERS in page) == (False, False)


def declined(parties, reason="We cannot reach it."):
    version = proposed(parties)
    return frameworks.decline(
        version=version,
        content_read=version.content_hash,
        reason=reason,
        acting=parties.board,
        by=parties.person,
        at=NOW,
    )


def test_what_was_declined_waits_with_its_reason_until_it_is_proposed_again(parties):
    version = declined(parties)
    bodies = (parties.pair.authority, parties.pair.board)
    waiting = [home_of(body, role) for body in bodies for role in (Role.EDITOR, Role.SIGNATORY)]
    frameworks.propose(
        version=now(version),
        expected_version=now(version).version,
        acting=parties.authority,
        by=parties.person,
        at=NOW + timedelta(hours=1),
    )

    again = [home_of(body) for body in bodies]

    assert all("version 1 was declined" in page for page in waiting)
    assert all("We cannot reach it." in page for page in waiting)
    assert not any("was declined" in page for page in again)
    assert "was declined" not in home_of(PairFactory().board)


def test_a_successor_is_asked_whether_it_stands_by_it(parties):
    version = agreed(parties)
    before = FrameworkPartner.objects.get()
    FrameworkPartner.objects.filter(pk=before.pk).update(ended_on=NOW.date())
    heir = PairFactory(authority=parties.pair.authority)
    FrameworkPartner.objects.create(
        framework=version.framework, pair=heir, came_from=before, needs_reconfirmation=True
    )
    asked = "say whether your organisation stands by it"

    assert asked in home_of(heir.board)
    assert asked not in home_of(heir.board, Role.EDITOR)
    assert asked not in home_of(parties.pair.authority)
    assert asked not in home_of(parties.pair.board)
