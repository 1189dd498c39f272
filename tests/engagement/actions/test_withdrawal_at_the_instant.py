"""An approval is withdrawn in the very moment of its instant: refused in words, nothing is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, User
from duty.models import Round, RoundHappening, RoundState
from engagement.actions import placements
from engagement.models import NationalPicture, Publication
from tests.engagement.actions.test_publications import approved, let_the_instant_pass, set_
from tests.factories import engagement as make
from tests.factories.engagement_assessments import settle
from tests.solo_worker import PATIENCE


@pytest.fixture
def finalising(transactional_db, pair) -> Round:
    """A round with one pair, whose publication is approved and an hour ahead."""
    made = make.earlier_round(state=RoundState.OPEN)
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=made, side=side, level="high")
    settle(round=made)
    placements.recompute_round(round=made, at=make.NOW)
    set_(made, state=RoundState.FINALISING, publish_at=timezone.now() + timedelta(hours=1))
    approved(made)
    return made


def withdraw(round: Round, person: User) -> tuple[int, str]:
    """Send the form, in a thread of its own; give the status and the page."""
    try:
        client = Client(raise_request_exception=False)
        client.force_login(person)
        answer = client.post(
            reverse("publications:withdraw", args=[round.slug]), {"reason": "A level is wrong."}
        )
        return answer.status_code, answer.content.decode()
    finally:
        connection.close()


def wait_until_a_writer_waits() -> None:
    """Wait until a transaction waits for another to end, or fail the test."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    pytest.fail("the withdrawal did not come so far")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_that_the_instant_overtakes_is_refused_in_words(finalising):
    moderator = make.central("moderator")
    publication = Publication.objects.get()

    # It is asked while the instant is ahead, and written once it has passed: the trigger decides.
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            let_the_instant_pass(publication)
            sent = pool.submit(withdraw, finalising, moderator)
            wait_until_a_writer_waits()
        status, page = sent.result(timeout=PATIENCE)

    assert status == 422
    assert "It can only be corrected." in page
    publication.refresh_from_db()
    assert (publication.withdrawn_at, publication.withdrawn_reason) == (None, "")
    assert NationalPicture.objects.filter(publication=publication).exists()
    assert not RoundHappening.objects.filter(type="withdraw").exists()
    assert not AuditEvent.objects.filter(action="round.approval_withdrawn").exists()
