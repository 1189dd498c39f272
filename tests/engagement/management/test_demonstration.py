"""What the demonstration tells agrees with itself."""

import pytest

from duty.lifecycle import ReturnEvent
from duty.models import ReturnEvent as StoredEvent
from duty.models import Submission

pytestmark = pytest.mark.slow


def test_each_return_was_submitted_when_its_history_says_and_in_time(world):
    signed = {
        (event.duty_return_id, event.payload["number"]): event.at
        for event in StoredEvent.objects.filter(type=ReturnEvent.SIGN)
    }

    assert signed == {
        (row.duty_return_id, row.number): row.submitted_at for row in Submission.objects.all()
    }
    assert len(signed) > 5
    assert not Submission.objects.filter(late=True).exists()
