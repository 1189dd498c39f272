"""Each step of a framework asks for what is shown of it in higher apps."""

import pytest

from authorities.models import Role
from outcomes.access import Acting
from outcomes.actions import frameworks
from outcomes.models import RecomputeRequest, Subject
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.frameworks_in_force import draft_framework, proposed, signed_by
from tests.factories.outcomes import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Take what was asked for so far, by authority; the next step begins anew."""

    def take():
        found = list(RecomputeRequest.objects.values_list("subject", "subject_id"))
        RecomputeRequest.objects.all().delete()
        return found

    return take


def test_each_step_asks_once_for_the_authority(asked):
    pair, person = PairFactory(), UserFactory()
    board = {"acting": Acting(body=pair.board, role=Role.SIGNATORY), "by": person, "at": NOW}
    expected = [(Subject.AUTHORITY, pair.authority_id)]

    draft = draft_framework(pairs=[pair], by=person)
    started = asked()
    version = proposed(draft, by=person)
    was_proposed = asked()
    frameworks.decline(version=version, content_read=version.content_hash, reason="No.", **board)
    declined = asked()
    draft.refresh_from_db()
    version = signed_by(proposed(draft, by=person), body=pair.authority, by=person)
    asked()
    version = signed_by(version, body=pair.board, by=person)
    agreed = asked()
    following = frameworks.propose_change(version=version, reason="More.", **board)
    changing = asked()
    frameworks.discard(
        version=following, expected_version=following.version, reason="Not needed.", **board
    )
    discarded = asked()

    assert [started, was_proposed, declined, agreed, changing, discarded] == 6 * [expected]
