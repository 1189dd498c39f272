"""Account, jobs, and what the site says about itself."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import AuditEvent
from engagement.actions import jobs
from engagement.queries.jobs import JobState, jobs_in
from outcomes.actions import progress_methods
from outcomes.models import MISSION_ID, ProgressMethod, RecomputeRequest, Subject
from outcomes.progress_labels import METHODS
from outcomes.recompute import MOST_ATTEMPTS
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def request_row(*, attempts: int = 0, done: bool = False, error: str = "") -> RecomputeRequest:
    return RecomputeRequest.objects.create(
        subject=Subject.PAIR,
        subject_id=uuid4(),
        reason="own_view.saved",
        requested_at=NOW,
        started_at=NOW,
        next_attempt_at=NOW,
        finished_at=NOW if done else None,
        attempts=attempts,
        error=error,
    )


@pytest.mark.parametrize("name", ["accessibility", "privacy", "method", "help", "how-it-works"])
def test_everybody_may_read_what_the_site_says_about_itself(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200


def test_the_method_page_names_the_versions_that_are_loaded(
    client: Client, configuration: None
) -> None:
    page = client.get(reverse("method")).content.decode()

    assert "Engagement rubric 1" in page
    assert "Map of support groups 1" in page


def test_the_method_page_names_the_methods_of_progress_that_are_public(client: Client) -> None:
    progress_methods.load(at=NOW)
    ProgressMethod.objects.create(number=len(METHODS) + 1, text="Not for everybody yet.")

    page = client.get(reverse("method")).content.decode()

    assert "Progress method 1" in page
    assert METHODS[0].text.split(".")[0] in page
    assert "Not for everybody yet." not in page
    assert reverse("progress:methods") in page


def test_the_account_page_is_each_person_s_own(client: Client, people: People) -> None:
    person = people.by_role["board_signatory"]

    sent_on = client.get(reverse("account"))
    client.force_login(person)
    page = client.get(reverse("account")).content.decode()

    assert sent_on.status_code == 302
    assert reverse("account_login") in sent_on["Location"]
    assert person.email in page
    assert "Testshire" in page
    assert "Signatory" in page
    assert reverse("account_change_password") in page


def test_only_administrators_come_to_the_jobs(client: Client, people: People) -> None:
    failed = request_row(attempts=MOST_ATTEMPTS, error="canary-error")
    run_again = reverse("job-run-again", args=[failed.pk])

    for who in ("anonymous", *people.by_role):
        client.logout()
        if who != "anonymous":
            client.force_login(people.by_role[who])
        centre = who in {"analyst", "moderator", "lead_analyst"}
        # Who is signed out is asked to sign in, and learns nothing of what is there.
        refused = 302 if who == "anonymous" else 403 if centre else 404
        page = client.get(reverse("jobs"))
        if who == "administrator":
            assert page.status_code == 200
            assert "canary-error" in page.content.decode()
            continue
        assert page.status_code == refused, who
        assert "canary-error" not in page.content.decode()
        assert client.post(run_again).status_code == refused, who

    failed.refresh_from_db()
    assert failed.attempts == MOST_ATTEMPTS


def test_a_failed_job_is_tried_again_once_and_it_is_written_down(
    client: Client, people: People
) -> None:
    failed = request_row(attempts=MOST_ATTEMPTS, error="ValueError")
    client.force_login(people.by_role["administrator"])
    url = reverse("job-run-again", args=[failed.pk])

    for _ in range(2):
        assert client.post(url).status_code == 302

    failed.refresh_from_db()
    assert (failed.attempts, failed.error) == (0, "ValueError")
    audited = AuditEvent.objects.get(action="recompute.run_again")
    assert audited.by == people.by_role["administrator"]
    assert client.get(url).status_code == 405
    assert client.post(reverse("job-run-again", args=[0])).status_code == 404


@pytest.mark.parametrize(("attempts", "done"), [(0, False), (MOST_ATTEMPTS, True)])
def test_what_waits_or_is_done_is_left_alone(attempts: int, done: bool) -> None:
    row = request_row(attempts=attempts, done=done)

    with pytest.raises(jobs.NotFailedError):
        jobs.run_again(request_id=row.pk, by=UserFactory(), at=NOW)


def test_the_ledger_is_sorted_by_state_and_paged(client: Client, people: People) -> None:
    for _ in range(26):
        request_row(done=True, attempts=1)
    request_row(attempts=MOST_ATTEMPTS)
    request_row()

    done = jobs_in(state=JobState.DONE, on=NOW.date(), page=2)

    assert (done.count, done.pages, len(done.rows)) == (26, 2, 1)
    assert jobs_in(state=JobState.FAILED, on=NOW.date()).count == 1
    assert jobs_in(state=JobState.WAITING, on=NOW.date()).count == 1
    client.force_login(people.by_role["administrator"])
    assert client.get(reverse("jobs") + "?state=done&page=2").status_code == 200
    assert client.get(reverse("jobs") + "?state=weather").status_code == 404


def test_a_recompute_of_the_mission_is_called_by_its_name(people: People) -> None:
    RecomputeRequest.objects.create(
        subject=Subject.MISSION,
        subject_id=MISSION_ID,
        reason="figures loaded",
        requested_at=NOW,
        next_attempt_at=NOW,
    )

    [row] = jobs_in(state=JobState.WAITING, on=NOW.date()).rows

    assert row.name == "Halving the gap in healthy life expectancy"
