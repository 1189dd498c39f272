"""The register of the project, loaded once a module and taken back at its end."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from authorities.actions.directory import LoadReport, load_register
from authorities.register_file import read_register

REGISTER = Path(__file__).parents[2] / "authorities" / "register"
LOADED_AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def register_loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[LoadReport]:
    """The real register in the database; each test's own changes are taken back before."""
    with django_db_blocker.unblock(), transaction.atomic():
        register = read_register(folder=REGISTER)
        report = load_register(register=register, by=None, at=LOADED_AT)
        # Autovacuum counts what is committed. Uncounted, the same rows take seconds a query.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield report
        transaction.set_rollback(True)


@pytest.fixture
def kept_files(settings: Settings, tmp_path: Path) -> Path:
    """Keep files in a folder of the test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path
