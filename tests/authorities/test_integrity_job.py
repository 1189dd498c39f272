"""The nightly look at what is stored, by a real worker."""

import json
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from authorities.models import Notice
from tests.solo_worker import PATIENCE, send, solo_worker


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_logs_the_check_and_the_key_of_what_breaks_it(tmp_path, capfd) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    lying = Notice.objects.create(
        kind="return.submitted",
        key="1",
        about=uuid4(),
        due_at=long_ago,
        next_attempt_at=long_ago,
    )

    logged = ""
    with solo_worker(folder=tmp_path) as (process, queue):
        send(queue=queue, task="authorities.check_integrity")
        end = time.monotonic() + PATIENCE
        while str(lying.pk) not in logged and time.monotonic() < end:
            assert process.poll() is None
            logged += capfd.readouterr().err
            time.sleep(0.1)

    lines = [json.loads(line) for line in logged.splitlines() if "integrity: " in line]
    assert [(line["level"], line["message"].partition("integrity: ")[2]) for line in lines] == [
        ("ERROR", f"authorities.notices_are_addressed is broken by 1 rows: {lying.pk}")
    ]
