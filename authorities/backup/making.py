"""Makes a backup while the site runs: all of it as it was at one instant."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from authorities.backup import files, tables
from authorities.backup.manifest import BackupError, FileMark, Manifest, write_manifest
from authorities.backup.programs import find_program, server_major

DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"


def make_backup(*, folder: Path, at: datetime, report: Callable[[str], None]) -> Manifest:
    """Write a backup into a folder that is new or empty; return its manifest.

    The dump and the sums of tables are of one snapshot, so that they agree although people write
    meanwhile. Files are copied right after it was taken: a file is stored before its row is, so
    each file that a row of the snapshot names is there, unless it was deleted within that moment.

    Raises:
        BackupError: the folder holds something, or a program is missing, too old, or fails.
    """
    program = find_program("pg_dump", least=server_major(), because="the database's server")
    _prepare(folder)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        named = tables.named_files()
        copied = _copy_files(folder / FILES)
        report(f"{len(copied)} kept files are copied")
        program.run(
            [
                *("--format=custom", f"--snapshot={snapshot}", f"--file={folder / DUMP}"),
                # Whose they are, and what roles may do, is the affair of the server restored to.
                *("--no-owner", "--no-privileges"),
                *(f"--exclude-table-data={name}" for name in tables.PASSING),
            ]
        )
        (folder / DUMP).chmod(0o600)
        report("The database is dumped")
        manifest = Manifest(
            made_at=at,
            server=server_major(),
            dumped_by=program.major,
            release=settings.RELEASE,
            migrations=tables.known_migrations(),
            dump=files.mark_of(folder / DUMP),
            tables=tables.mark_tables(),
            files=copied,
            missing=tuple(sorted(named - copied.keys())),
        )
    _finish(folder, manifest)
    return manifest


def _prepare(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupError(
            f"{folder} holds something. Name a folder that is new or empty: a backup is never "
            "written over another one."
        )
    # It holds all that the site was given.
    folder.chmod(0o700)
    (folder / FILES).mkdir(mode=0o700)


def _copy_files(into: Path) -> dict[str, FileMark]:
    marks = ((name, files.copy_out(name, into=into)) for name in files.kept_names())
    return {name: mark for name, mark in marks if mark is not None}


def _finish(folder: Path, manifest: Manifest) -> None:
    """Write the manifest last, once everything else is on the disk."""
    with (folder / DUMP).open("rb") as dump:
        files.sync(dump.fileno())
    unfinished = folder / f"{MANIFEST}.unfinished"
    unfinished.touch(mode=0o600)
    with unfinished.open("w") as target:
        target.write(write_manifest(manifest))
        target.flush()
        files.sync(target.fileno())
    unfinished.replace(folder / MANIFEST)
    number = os.open(folder, os.O_RDONLY)
    try:
        files.sync(number)
    finally:
        os.close(number)
