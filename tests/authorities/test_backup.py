"""Backups: what they hold, what is refused, and that nothing lost or altered comes back unseen."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from authorities.backup import files
from authorities.backup.making import DUMP, FILES, MANIFEST
from authorities.backup.manifest import (
    BackupError,
    FileMark,
    Manifest,
    TableMark,
    differing_tables,
    read_manifest,
    write_manifest,
)
from authorities.backup.programs import find_program, server_major
from authorities.backup.tables import mark_tables
from authorities.models import AuditEvent, User
from tests import world
from tests.conftest import kept_in
from tests.factories.authorities import UserFactory

AT = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
MADE = Manifest(
    made_at=AT,
    server=18,
    dumped_by=18,
    release="a-release",
    migrations=("authorities.0001_initial",),
    dump=FileMark(size=3, sha256="aa"),
    tables={"authorities_body": TableMark(rows=2, checksum="1 2")},
    files={"evidence/2026/11/plan.pdf": FileMark(size=5, sha256="bb")},
    missing=("evidence/2026/11/gone.pdf",),
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert read_manifest(write_manifest(MADE)) == MADE


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}'])
def test_a_manifest_that_was_cut_off_is_none(text: str) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        read_manifest(text)


def test_a_manifest_of_a_later_format_says_what_to_restore_with() -> None:
    later = json.loads(write_manifest(MADE)) | {"format": 2}

    with pytest.raises(BackupError, match="the version of the site that made the backup"):
        read_manifest(json.dumps(later))


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b", ""])
def test_a_manifest_leads_to_no_file_outside(name: str) -> None:
    said = json.loads(write_manifest(MADE))
    said["files"][name] = {"size": 1, "sha256": "cc"}

    with pytest.raises(BackupError, match="outside the backup"):
        read_manifest(json.dumps(said))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"people": TableMark(rows=2, checksum="5")}, ()),
        ({}, ("table people is missing",)),
        ({"people": TableMark(1, "5")}, ("table people has 1 rows instead of 2",)),
        ({"people": TableMark(2, "6")}, ("table people has other content in its 2 rows",)),
        (
            {"people": TableMark(2, "5"), "more": TableMark(0, "0")},
            ("table more is not in the backup",),
        ),
    ],
)
def test_each_table_that_differs_is_named(found: dict[str, TableMark], said: tuple[str]) -> None:
    assert differing_tables(wanted={"people": TableMark(2, "5")}, found=found) == said


def test_a_missing_program_is_named_with_what_to_install(settings, tmp_path) -> None:
    settings.POSTGRES_PROGRAMS = tmp_path

    with pytest.raises(BackupError, match=r"pg_dump was not found in .*postgresql-client-18"):
        find_program("pg_dump", least=18, because="the database's server")


def test_a_program_that_is_older_than_the_server_is_refused(settings, tmp_path) -> None:
    settings.POSTGRES_PROGRAMS = tmp_path
    older = tmp_path / "pg_dump"
    older.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    older.chmod(0o755)

    with pytest.raises(BackupError, match="is of version 9, and the database's server is of"):
        find_program("pg_dump", least=15, because="the database's server")
    assert find_program("pg_dump", least=9, because="the database's server").major == 9


@pytest.mark.django_db
def test_the_mark_of_a_table_tells_rows_from_rows_whatever_the_session_shows() -> None:
    person = UserFactory(full_name="Robin Mark")
    before = mark_tables()["authorities_user"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Asia/Tokyo'")
        cursor.execute("SET LOCAL datestyle = 'German'")
    shown_otherwise = mark_tables()["authorities_user"]

    User.objects.filter(pk=person.pk).update(full_name="Robin Mask")

    changed = mark_tables()["authorities_user"]
    assert shown_otherwise == before
    assert changed.rows == before.rows
    assert changed.checksum != before.checksum


@contextmanager
def _empty_place(folder: Path) -> Iterator[None]:
    """Turn the site to an empty database and an empty store."""
    with (
        world.cloned(template="template0", name="test_health_duty_restored") as name,
        world.turned_to(name),
        override_settings(STORAGES=kept_in(folder)),
    ):
        yield


def _back_up(folder: Path) -> str:
    said = io.StringIO()
    call_command("back_up", "--to", str(folder), stdout=said, stderr=said)
    return said.getvalue()


def _restore(folder: Path) -> str:
    said = io.StringIO()
    call_command("restore", "--from", str(folder), stdout=said, stderr=said)
    return said.getvalue()


@pytest.fixture
def backup(live_world: world.LiveWorld, tmp_path: Path) -> Path:
    """A backup of the demonstration with two kept files, one of them in a folder."""
    default_storage.save("uploads/2026/11/figures.csv", ContentFile(b"period,value\n"))
    default_storage.save("documents/receipt.pdf", ContentFile(b"%PDF-1.7"))
    _back_up(tmp_path / "backup")
    return tmp_path / "backup"


@pytest.mark.slow
def test_a_backup_comes_back_row_by_row_and_file_by_file(backup: Path, tmp_path: Path) -> None:
    people, events = User.objects.count(), AuditEvent.objects.count()
    manifest = read_manifest((backup / MANIFEST).read_text())

    with _empty_place(tmp_path / "copy"):
        # No worker has made the documents of this demonstration, and its load kept no files: the
        # copy is as broken as the original was, and says so.
        with pytest.raises(CommandError, match="All rows and files are as in the backup of"):
            _restore(backup)
        assert (User.objects.count(), AuditEvent.objects.count()) == (people, events)
        with default_storage.open("uploads/2026/11/figures.csv") as kept:
            assert kept.read() == b"period,value\n"
        assert set(files.kept_names()) == manifest.files.keys()

    assert all(name.startswith(("uploads/", "agreements/")) for name in manifest.missing)
    assert manifest.tables["authorities_user"].rows == people
    assert "django_session" not in manifest.tables
    assert manifest.server == server_major()
    assert (backup.stat().st_mode & 0o777, (backup / DUMP).stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.slow
def test_what_is_not_empty_is_neither_written_over_nor_restored_into(
    backup: Path, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="holds something"):
        _back_up(backup)
    with pytest.raises(CommandError, match="The database is not empty"):
        _restore(backup)

    with _empty_place(tmp_path / "copy"):
        default_storage.save("evidence/of-somebody-else.pdf", ContentFile(b"%PDF"))
        with pytest.raises(CommandError, match="of kept files is not empty"):
            _restore(backup)


@pytest.mark.slow
def test_a_backup_that_was_changed_is_refused_before_anything_is_written(
    backup: Path, tmp_path: Path
) -> None:
    figures = backup / FILES / "uploads/2026/11/figures.csv"
    receipt = backup / FILES / "documents/receipt.pdf"
    content = bytearray((backup / DUMP).read_bytes())
    content[-1] ^= 1
    (backup / DUMP).write_bytes(content)
    figures.write_bytes(b"period,other\n")
    receipt.rename(receipt.with_name("renamed.pdf"))

    with _empty_place(tmp_path / "copy"):
        with pytest.raises(CommandError) as refused:
            _restore(backup)
        assert list(files.kept_names()) == []
        with pytest.raises(CommandError, match="Nothing was restored"):
            # As empty as before: the refusal is the same, and not that something is there.
            _restore(backup)

    assert [line for line in str(refused.value).splitlines() if line.startswith("- ")] == [
        "- database.dump is missing or was changed",
        "- file documents/receipt.pdf is missing",
        "- file documents/renamed.pdf is not in the manifest",
        "- file uploads/2026/11/figures.csv was changed",
    ]


@pytest.mark.slow
def test_rows_that_a_dump_lost_are_found_after_the_restore(backup: Path, tmp_path: Path) -> None:
    (backup / DUMP).unlink()
    find_program("pg_dump", least=server_major(), because="the server").run(
        [
            *("--format=custom", f"--file={backup / DUMP}", "--no-owner"),
            "--exclude-table-data=authorities_auditevent",
        ]
    )
    said = json.loads((backup / MANIFEST).read_text())
    said["dump"] = vars(files.mark_of(backup / DUMP))
    (backup / MANIFEST).write_text(json.dumps(said))
    events = AuditEvent.objects.count()

    with (
        _empty_place(tmp_path / "copy"),
        pytest.raises(CommandError, match="Let nobody sign in") as refused,
    ):
        _restore(backup)

    assert f"table authorities_auditevent has 0 rows instead of {events}" in str(refused.value)


@pytest.mark.slow
def test_a_folder_without_a_manifest_is_no_backup(backup: Path, tmp_path: Path) -> None:
    (backup / MANIFEST).unlink()

    with _empty_place(tmp_path / "copy"), pytest.raises(CommandError, match="not finished"):
        _restore(backup)


@pytest.mark.slow
def test_a_backup_of_later_code_is_refused(backup: Path, tmp_path: Path) -> None:
    said = json.loads((backup / MANIFEST).read_text())
    said["migrations"].append("authorities.9999_of_next_year")
    (backup / MANIFEST).write_text(json.dumps(said))

    with _empty_place(tmp_path / "copy"), pytest.raises(CommandError, match="or a later one"):
        _restore(backup)
