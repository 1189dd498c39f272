"""The database keeps one draft of an update for a person, and none that is empty."""

import pytest
from django.db import IntegrityError

from tests.factories.engagement_commitments import UpdateDraftFactory

pytestmark = pytest.mark.django_db


def test_a_person_has_one_draft_for_a_commitment_and_side() -> None:
    kept = UpdateDraftFactory()

    with pytest.raises(IntegrityError, match="update_draft_once_a_person_and_side"):
        UpdateDraftFactory(commitment=kept.commitment, side=kept.side, by=kept.by)


def test_a_draft_holds_something() -> None:
    with pytest.raises(IntegrityError, match="update_draft_holds_something"):
        UpdateDraftFactory(status="", narrative="")


def test_half_of_an_update_may_be_kept() -> None:
    assert UpdateDraftFactory(status="").pk
    assert UpdateDraftFactory(narrative="").pk
