"""What is told of an error, to a place on this machine that listens as Sentry does."""

import gzip
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest

from duty.config.error_reports import cleaned
from tests.solo_worker import environment_of

# A site of its own process: reports are started with the settings, once.
_FAILS = """
import django
django.setup()
from django.test import Client
from django.test.utils import override_settings
from django.urls import path
import sys, types, sentry_sdk

def breaks(request, key):
    secret = "canary-local-variable"
    raise ValueError("canary-message person@north.example " + secret)

urls = types.ModuleType("failing_urls")
urls.urlpatterns = [path("breaks/<slug:key>/", breaks, name="breaks")]
urls.handler500 = "authorities.views.failures.server_error"
sys.modules["failing_urls"] = urls
with override_settings(ROOT_URLCONF="failing_urls", ALLOWED_HOSTS=["*"]):
    answer = Client(raise_request_exception=False).post(
        "/breaks/canary-path/?q=canary-query",
        {"password": "canary-password"},
        headers={"x-request-id": "0f3c2d7a-9b61-4c1e", "cookie": "sessionid=canary-cookie"},
    )
print(answer.status_code)
sentry_sdk.flush(timeout=10)
"""


class Sink:
    """Keeps what is sent to it."""

    def __init__(self):
        self.received: list[str] = []
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                packing = self.headers.get("Content-Encoding", "")
                if packing:
                    body = {"gzip": gzip.decompress, "br": brotli.decompress}[packing](body)
                received.append(body.decode())
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def dsn(self):
        return f"http://key@127.0.0.1:{self.server.server_port}/1"


@pytest.fixture
def sink():
    made = Sink()
    yield made
    made.server.shutdown()
    made.server.server_close()


def fail(*, folder, **environment):
    done = subprocess.run(
        [sys.executable, "-c", _FAILS],
        cwd=Path(__file__).parents[2],
        env={
            **environment_of(folder=folder, queue="none"),
            "DJANGO_SETTINGS_MODULE": "duty.config.settings",
            "SITE_URL": "http://localhost:8000",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "500" in done.stdout


@pytest.mark.django_db(transaction=True)
def test_an_error_is_told_with_its_place_and_the_request_and_nothing_else(sink, tmp_path):
    fail(folder=tmp_path, SENTRY_DSN=sink.dsn)

    (told,) = sink.received
    assert "canary" not in told
    assert "north.example" not in told
    event = json.loads(told.splitlines()[-1])
    assert event["tags"] == {"request_id": "0f3c2d7a-9b61-4c1e"}
    (exception,) = event["exception"]["values"]
    assert exception["type"] == "ValueError"
    assert exception["stacktrace"]["frames"][-1]["function"] == "breaks"
    assert "value" not in exception


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_where_nobody_asks_for_it(sink, tmp_path):
    fail(folder=tmp_path, SENTRY_DSN="")

    assert sink.received == []


def test_only_what_is_listed_leaves():
    event = {
        "event_id": "1",
        "user": {"email": "person@north.example"},
        "request": {"url": "http://x/?q=1", "data": "x", "cookies": "x"},
        "extra": {"sys.argv": ["x"]},
        "breadcrumbs": {"values": [{"message": "x"}]},
        "server_name": "host",
        "exception": {
            "values": [
                {
                    **{"type": "E", "value": "x"},
                    "stacktrace": {"frames": [{"vars": {"a": 1}, "lineno": 3}]},
                }
            ]
        },
    }

    kept = cleaned(event)

    assert set(kept) == {"event_id", "transaction", "tags", "exception"}
    assert kept["exception"]["values"] == [
        {"type": "E", "module": None, "stacktrace": {"frames": [{"lineno": 3}]}}
    ]
