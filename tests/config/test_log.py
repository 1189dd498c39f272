"""What the log holds: a line of JSON for each request and job, and nothing personal."""

import io
import json
import logging
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery.signals import before_task_publish
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import timezone

from authorities.actions import message_sending, messages, tokens
from authorities.models import AccessEvent, AuditEvent, CallCount, User
from authorities.request_ids import working_on
from duty.config.celery import app
from duty.config.log import JsonLines
from duty.models import DutyReturn, Question, RoundState
from outcomes import recompute
from tests.architecture.addresses import Visitor
from tests.duty.api.callers import new_key, send
from tests.factories.duty import tell_return
from tests.solo_worker import PATIENCE, environment_of
from tests.tokens import bearer, token_of
from tests.world import PASSWORD, World

GIVEN = "0f3c2d7a-9b61-4c1e-8f52-6f3b7d9a1c20"
CANARY = "canary-narrative-5503"


@contextmanager
def logged(level=logging.INFO):
    """Collect the lines that the site would write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(level)
    lines: list[dict[str, object]] = []
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        lines += [json.loads(line) for line in stream.getvalue().splitlines()]


def requests_in(lines):
    return [line for line in lines if line["logger"] == "authorities.request_log"]


@pytest.mark.django_db
def test_a_request_is_one_line_with_the_id_that_the_proxy_gave():
    with logged() as lines:
        answer = Client().get("/help/", headers={"x-request-id": GIVEN})

    (line,) = requests_in(lines)
    assert answer.headers["X-Request-ID"] == line["request_id"] == GIVEN
    assert (line["route"], line["method"], line["status"]) == ("help", "GET", 200)
    assert isinstance(line["ms"], int)
    assert line["user"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "with space in it", "a\tb-12345678", "é" * 9]
)
def test_an_id_that_is_none_is_not_taken_over(given):
    answer = Client().get("/help/", headers={"x-request-id": given})

    assert len(answer.headers["X-Request-ID"]) == 32
    assert answer.headers["X-Request-ID"] != given


@pytest.mark.django_db
def test_no_line_holds_the_address_that_was_asked_for():
    with logged() as lines:
        Client().get("/account/password/reset/key/1-abc-secret-key/?q=secret-search")
        Client().get("/no/such/secret-page/")

    assert "secret" not in json.dumps(lines)
    assert [line["status"] for line in requests_in(lines)] == [200, 404]


def breaks(request: HttpRequest) -> HttpResponse:
    raise IntegrityError("Key (email)=(person@north.example) already exists")


urlpatterns = [path("breaks/", breaks, name="breaks")]
handler500 = "authorities.views.failures.server_error"


@override_settings(ROOT_URLCONF=__name__)
def test_what_failed_is_found_by_the_reference_and_quotes_no_row():
    with logged() as lines:
        page = Client(raise_request_exception=False).get(
            "/breaks/", headers={"x-request-id": GIVEN}
        )

    assert GIVEN in page.content.decode()
    assert {line["request_id"] for line in lines} == {GIVEN}
    assert "north.example" not in json.dumps(lines)
    (failed,) = [line for line in lines if "exception" in line]
    assert failed["exception"] == "IntegrityError"
    assert any(" breaks" in frame for frame in failed["where"])


def test_what_others_log_is_kept_without_what_they_put_into_it():
    with logged(logging.WARNING) as lines:
        logging.getLogger("some.library").warning("cannot read %s", "person@north.example")
        logging.getLogger("authorities.x").warning("%s of %s", "person@north.example", "return-7")

    assert [line["message"] for line in lines] == ["cannot read %s", "[address] of return-7"]


# --- Jobs.


def test_a_job_is_handed_the_id_of_the_request_that_asks_for_it():
    sent = []

    def note(headers=None, **_more):
        sent.append(dict(headers))

    before_task_publish.connect(note)
    try:
        with working_on(GIVEN):
            app.send_task("authorities.seal_audit", queue=f"test-{uuid.uuid4()}")
        app.send_task("authorities.seal_audit", queue=f"test-{uuid.uuid4()}")
    finally:
        before_task_publish.disconnect(note)

    assert sent[0]["request_id"] == GIVEN
    assert "request_id" not in sent[1]


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_logs_carries_the_id_of_the_request(tmp_path):
    queue, log = f"test-{uuid.uuid4()}", tmp_path / "worker.log"
    start = [sys.executable, "-m", "celery", "-A", "duty.config.celery", "worker"]
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [*start, "--pool", "solo"],
            cwd=Path(__file__).parents[2],
            env=environment_of(folder=tmp_path, queue=queue),
            stdout=output,
            stderr=output,
        )
        try:
            with working_on(GIVEN):
                app.send_task("authorities.seal_audit", queue=queue)
            line = _job_line(log)
        finally:
            worker.kill()
            worker.wait()

    assert line["request_id"] == GIVEN
    assert (line["task"], line["outcome"]) == ("authorities.seal_audit", "SUCCESS")


def _job_line(log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for text in log.read_text().splitlines():
            if '"message": "job"' in text:
                return json.loads(text)
        time.sleep(0.2)
    return pytest.fail(f"no line of a job in {log.read_text()[-2000:]}")


# --- Nothing personal, over real pages and jobs.


@pytest.mark.slow
def test_no_line_no_argument_and_no_subject_holds_what_is_personal(
    world: World, mailoutbox, django_capture_on_commit_callbacks, own_files
):
    arguments: list[object] = []

    def note(body=None, **_more):
        arguments.append(body)

    before_task_publish.connect(note)
    try:
        with logged(logging.DEBUG) as lines, django_capture_on_commit_callbacks(execute=True):
            _visit(world)
            messages.announce_day(at=timezone.now())
            message_sending.send_waiting(at=timezone.now(), most=20)
            while recompute.run_pending():
                pass
    finally:
        before_task_publish.disconnect(note)

    assert mailoutbox
    assert len(requests_in(lines)) >= 8
    people = User.objects.filter(email__in=[one for one in Visitor if one])
    personal = {CANARY, PASSWORD, "wrong-password-77", "nobody-77@north.example"}
    personal |= {text for one in people for text in (one.email, one.full_name)}
    kept = json.dumps([line for line in lines if not line["logger"].startswith("django.db")])
    told = " ".join(mail.subject for mail in mailoutbox)
    for word in personal:
        assert word not in kept
        assert word not in json.dumps(arguments, default=str)
        assert word not in told


def _visit(world):
    client = Client(raise_request_exception=False)
    enter = reverse("account_login")
    client.post(enter, {"login": "nobody-77@north.example", "password": "wrong-password-77"})
    client.post(reverse("account_reset_password"), {"email": Visitor.OWN_EDITOR})
    assert (
        client.post(enter, {"login": Visitor.OWN_EDITOR, "password": PASSWORD}).status_code == 302
    )
    client.get("/")
    client.get(reverse("authorities:message-list"))
    client.get(f"/no-such-page/{CANARY}/?q={CANARY}")
    started = DutyReturn.objects.filter(
        authority__slug=world.authority, round__state=RoundState.OPEN
    ).first()
    assert started is not None
    read = client.get(f"/api/v1/returns/{started.pk}/")
    assert read.status_code == 200
    slot = Question.objects.filter(specification=started.round.specification).first()
    assert slot is not None
    send(
        client,
        "PUT",
        f"/api/v1/returns/{started.pk}/answers/{slot.code}/",
        {"value": CANARY, "private_note": CANARY, "expected_version": 999},
        key=new_key(),
    )
    client.post(reverse("account_logout"))


@pytest.mark.django_db
def test_no_token_of_a_program_stands_in_any_line_row_or_answer():
    story, program, wrong = tell_return(), Client(), f"hdt_{'b' * 43}"
    made = token_of(story.editor)
    address = f"/api/v1/returns/{story.duty_return.pk}/answers/AB1/"
    answer = {"value": {"text": "Ours"}, "expected_version": 0}

    with logged(level=logging.DEBUG) as lines:
        answers = [send(program, "PUT", address, answer, **bearer(made.text))]
        for text in (made.text, wrong):
            answers.append(program.get("/api/v1/returns/", headers=bearer(text)))
        tokens.revoke(token=made.token, by=story.editor, at=timezone.now())
        answers.append(program.get("/api/v1/returns/", headers=bearer(made.text)))

    rows = [row for model in (AccessEvent, AuditEvent, CallCount) for row in model.objects.values()]
    told = "".join(answer.content.decode() + str(answer.headers) for answer in answers)
    kept = json.dumps([lines, rows], default=str) + told
    assert [answer.status_code for answer in answers] == [200, 200, 401, 401]
    assert [text for text in (made.text, wrong) if text[4:20] in kept] == []
    by_token = [line for line in requests_in(lines) if "token" in line]
    assert {(line["user"], line["token"]) for line in by_token} == {
        (str(story.editor.pk), str(made.token.pk))
    }
