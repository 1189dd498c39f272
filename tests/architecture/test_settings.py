"""A missing or wrong variable stops the start, and the message names it and says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.architecture.project import PROJECT

pytestmark = pytest.mark.slow

COMPLETE = {
    "SECRET_KEY": "a-key-for-this-test-only-0123456789-0123456789-0123",
    "DATABASE_URL": "postgres://user:password@localhost:5432/name",
    "CELERY_BROKER_URL": "redis://localhost:6379/0",
}
SETTINGS_OF_PEOPLE = (
    *COMPLETE,
    "DEBUG",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DEMONSTRATION",
    "GOVUK_BRAND",
    "DATA_DIR",
    "STATIC_ROOT",
    "DATABASE_POOL",
    "PLAIN_STATIC",
    "EMAIL_BACKEND",
    "DEFAULT_FROM_EMAIL",
    "CELERY_QUEUE",
    "EVIDENCE_SCAN_COMMAND",
    "LEAKED_PASSWORDS",
    "LINK_CHECK",
    "MESSAGE_CHANNEL",
    "NOTIFY_API_KEY",
    "NOTIFY_TEMPLATE_ID",
    "NOTIFY_URL",
    "OPENID_CONNECT",
    "REMINDER_WORKING_DAYS",
)


def start(
    code: str = "import duty.config.settings", **variables: str | None
) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own; None takes a variable away."""
    environment = {
        name: value for name, value in os.environ.items() if name not in SETTINGS_OF_PEOPLE
    }
    changed = {**COMPLETE, **variables}
    environment["DJANGO_SETTINGS_MODULE"] = "duty.config.settings"
    environment |= {name: value for name, value in changed.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_three_variables_are_enough() -> None:
    started = start()

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize("name", COMPLETE)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_variable_is_named(name: str, value: str | None) -> None:
    started = start(**{name: value})

    assert started.returncode != 0
    assert f"Set {name} in the environment, for example {name}=" in started.stderr


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("DEBUG", "maybe", "set it to 1 or 0"),
        ("DEMONSTRATION", "2", "set it to 1 or 0"),
        ("GOVUK_BRAND", "crown", "set it to 1 or 0"),
        ("DATABASE_POOL", "8", "set it to 1 or 0"),
        ("PLAIN_STATIC", "plain", "set it to 1 or 0"),
        ("SITE_URL", "health-duty.example", "start it with http:// or https://"),
        ("SITE_URL", "ftp://health-duty.example", "start it with http:// or https://"),
        ("DATABASE_URL", "health_duty", "postgres://"),
        ("DATABASE_URL", "nonsense://host/name", "postgres://"),
        ("DATABASE_URL", "sqlite:///file.sqlite3", "postgres://"),
        ("DATABASE_URL", "postgres://user:pass/word@host:port/name", "postgres://"),
        ("CELERY_BROKER_URL", "localhost:6379", "redis://"),
        ("CELERY_BROKER_URL", "http://localhost:6379", "redis://"),
        ("MESSAGE_CHANNEL", "pigeon", "set it to email or notify"),
        ("REMINDER_WORKING_DAYS", "0", "set it to a whole number from 1"),
        ("DATA_DIR", str(PROJECT / "manage.py"), "is not a folder"),
        ("STATIC_ROOT", str(PROJECT / "manage.py"), "is not a folder"),
        ("POSTGRES_PROGRAMS", str(PROJECT / "manage.py"), "is not a folder"),
        ("LEAKED_PASSWORDS", str(PROJECT / "nothing"), "is not a file that can be read"),
        ("METRICS_TOKEN", "too-short", "32 random characters or more"),
        ("READ_ONLY_UNTIL", "tomorrow", "a time such as 2026-12-01T18:00"),
        ("OPENID_CONNECT", "north.example", "write it as a JSON list"),
        ("OPENID_CONNECT", '[{"id": "north"}]', "entry 1: say its name"),
    ],
)
def test_a_wrong_variable_is_named_with_what_to_set(name: str, value: str, advice: str) -> None:
    started = start(**{name: value})

    last_line = started.stderr.strip().splitlines()[-1] if started.stderr.strip() else ""
    assert started.returncode != 0
    assert "ImproperlyConfigured" in last_line
    assert name in last_line
    assert advice in last_line


@pytest.mark.parametrize("missing", ["NOTIFY_API_KEY", "NOTIFY_TEMPLATE_ID"])
def test_notify_needs_its_key_and_its_template(missing: str) -> None:
    given = {"NOTIFY_API_KEY": "a-key", "NOTIFY_TEMPLATE_ID": "a-template", missing: None}

    started = start(MESSAGE_CHANNEL="notify", **given)

    assert started.returncode != 0
    assert f"Set {missing} in the environment, for example {missing}=" in started.stderr


@pytest.mark.parametrize(
    "given",
    [
        {
            "MESSAGE_CHANNEL": "notify",
            "NOTIFY_API_KEY": "a-key",
            "NOTIFY_TEMPLATE_ID": "a-template",
        },
        {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"},
    ],
)
def test_a_demonstration_sends_no_mail_away(given: dict[str, str]) -> None:
    started = start(DEMONSTRATION="1", **given)

    assert started.returncode != 0
    assert "DEMONSTRATION is set, so no mail may leave" in started.stderr


_CHOOSES = """
import django
from django.contrib.auth.password_validation import validate_password
django.setup()
validate_password("A-rare-but-LEAKED-one")
"""


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_password_that_leaked_elsewhere_is_refused(tmp_path: Path, is_listed: bool) -> None:
    leaked = tmp_path / "leaked.txt"
    leaked.write_text("correct-horse\na-rare-but-leaked-one\n" if is_listed else "correct-horse\n")

    chosen = start(_CHOOSES, LEAKED_PASSWORDS=str(leaked))

    assert ("This password is too common" in chosen.stderr) is is_listed
    assert (chosen.returncode != 0) is is_listed, chosen.stderr


def test_no_message_gives_a_password_away() -> None:
    started = start(DATABASE_URL="mysql://user:hunter2@host/name")

    assert started.returncode != 0
    assert "hunter2" not in started.stderr


def test_nor_the_secret_of_an_organisation() -> None:
    started = start(OPENID_CONNECT='[{"id": "north", "name": "N", "client_secret": "hunter2"')

    assert started.returncode != 0
    assert "hunter2" not in started.stderr


def test_no_page_of_djangos_admin_edits_what_is_stored(client):
    assert not any(name.startswith("django.contrib.admin") for name in settings.INSTALLED_APPS)
    assert "admin" not in get_resolver().namespace_dict
    assert client.get("/admin/").status_code == 404
