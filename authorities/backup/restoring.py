"""Brings a backup back into an empty place, and holds every row and file against its manifest."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from authorities.backup import files, tables
from authorities.backup.making import DUMP, FILES, MANIFEST
from authorities.backup.manifest import BackupError, Manifest, differing_tables, read_manifest
from authorities.backup.programs import find_program, server_major

_MOST_SAID = 10


def check_backup(*, folder: Path) -> Manifest:
    """Read all of a backup and return its manifest.

    Raises:
        BackupError: it is none, or something in it is missing, changed or too much.
    """
    try:
        manifest = read_manifest((folder / MANIFEST).read_text())
    except FileNotFoundError as error:
        raise BackupError(
            f"{folder} holds no {MANIFEST}: it is no backup, or one that was not finished."
        ) from error
    wrong = [] if _is_whole(folder, manifest) else [f"{DUMP} is missing or was changed"]
    there = {
        path.relative_to(folder / FILES).as_posix()
        for path in (folder / FILES).rglob("*")
        if path.is_file()
    }
    wrong += [f"file {name} is missing" for name in sorted(manifest.files.keys() - there)]
    wrong += [
        f"file {name} is not in the manifest" for name in sorted(there - manifest.files.keys())
    ]
    wrong += [
        f"file {name} was changed"
        for name, mark in sorted(manifest.files.items())
        if name in there and files.mark_of(folder / FILES / name) != mark
    ]
    if wrong:
        raise BackupError(
            f"This backup is not as it was made. Nothing was restored.\n{_listed(wrong)}"
        )
    return manifest


def _is_whole(folder: Path, manifest: Manifest) -> bool:
    dump = folder / DUMP
    return dump.is_file() and files.mark_of(dump) == manifest.dump


def restore_backup(*, folder: Path, report: Callable[[str], None]) -> Manifest:
    """Restore a backup into an empty database and an empty store, and compare both with it.

    The database is restored in one transaction: one that fails leaves it as empty as it was.

    Raises:
        BackupError: database or store are not empty, the backup is not whole or of a later version
            of the site, a program is missing, too old, or fails, or what came back differs.
    """
    _refuse_what_is_there()
    manifest = check_backup(folder=folder)
    report(f"The backup is whole: {manifest.rows} rows and {len(manifest.files)} files")
    _refuse_later_code(manifest)
    if server_major() < manifest.server:
        raise BackupError(
            f"The backup is of a server of version {manifest.server}, and this one is of version "
            f"{server_major()}. Restore into version {manifest.server} or later."
        )
    program = find_program("pg_restore", least=manifest.dumped_by, because="the dump")
    program.run(
        [
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            str(folder / DUMP),
        ]
    )
    report("The database is restored")
    for name, mark in manifest.files.items():
        files.copy_in(name, out_of=folder / FILES, mark=mark)
    report(f"{len(manifest.files)} files are restored, and each was read again")
    with connection.cursor() as cursor:
        # Nothing plans well on tables that were never counted.
        cursor.execute("ANALYZE")
    with transaction.atomic():
        found = tables.mark_tables()
    if wrong := differing_tables(wanted=manifest.tables, found=found):
        raise BackupError(
            "What was restored is not what was backed up. Let nobody sign in to this copy.\n"
            f"{_listed(wrong)}"
        )
    report(f"{len(found)} tables have the rows and the checksums of the backup")
    return manifest


def _refuse_what_is_there() -> None:
    if there := tables.what_is_there():
        raise BackupError(
            f"The database is not empty: it has {there[0]} and {len(there) - 1} more. A backup is "
            "restored into an empty database only. Create a new one, and set DATABASE_URL to it."
        )
    if name := next(files.kept_names(), None):
        raise BackupError(
            f"The folder of kept files is not empty: it has {name}. A backup is restored beside an "
            "empty one only. Set DATA_DIR to a new folder."
        )


def _refuse_later_code(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The backup was made by another version of the site ({manifest.release}), which has "
            f"the migration {unknown[0]}. Restore it with that version or a later one."
        )


def needs_migrations(*, manifest: Manifest) -> bool:
    """Say whether this version of the site has migrations that the backup's did not have."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return bool(known - set(manifest.migrations))


def _listed(wrong: list[str] | tuple[str, ...]) -> str:
    more = [f"- and {len(wrong) - _MOST_SAID} more"] if len(wrong) > _MOST_SAID else []
    return "\n".join([*(f"- {one}" for one in wrong[:_MOST_SAID]), *more])
