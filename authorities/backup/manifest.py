"""What a backup says of itself: how many rows each table has, and what each file holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

# Raised when a manifest is written otherwise; an older one that can still be read keeps its number.
FORMAT = 1


class BackupError(ValueError):
    """A backup cannot be made, read or brought back; the message says why and what to do."""


@dataclass(frozen=True)
class TableMark:
    """How many rows a table has, and a sum over the digests of all of them in any order."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class FileMark:
    """A file's length in bytes and the SHA-256 of its content, as hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All that must hold of a backup, and of what is made from it.

    made_at: the instant of which the database is shown.
    server: the major version of the PostgreSQL server that was read.
    dumped_by: the major version of the pg_dump that wrote the dump.
    release: the version of the site's code.
    migrations: every migration that the database knew, as `app.name`.
    missing: files that rows name and that were not there when the backup was made.
    """

    made_at: datetime
    server: int
    dumped_by: int
    release: str
    migrations: tuple[str, ...]
    dump: FileMark
    tables: Mapping[str, TableMark]
    files: Mapping[str, FileMark]
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(one.rows for one in self.tables.values())

    @property
    def size(self) -> int:
        """How many bytes the backup has, but for the manifest."""
        return self.dump.size + sum(one.size for one in self.files.values())


def write_manifest(manifest: Manifest) -> str:
    """Return a manifest as text."""
    return json.dumps(
        {
            "format": FORMAT,
            "made_at": manifest.made_at.isoformat(),
            "postgresql": {"server": manifest.server, "dumped_by": manifest.dumped_by},
            "release": manifest.release,
            "migrations": list(manifest.migrations),
            "dump": vars(manifest.dump),
            "tables": {name: vars(one) for name, one in sorted(manifest.tables.items())},
            "files": {name: vars(one) for name, one in sorted(manifest.files.items())},
            "missing_files": list(manifest.missing),
        },
        indent=1,
    )


def read_manifest(text: str) -> Manifest:
    """Return the manifest that a text holds.

    Raises:
        BackupError: it is none, or one of a later format.
    """
    try:
        said: dict[str, Any] = json.loads(text)
        if said["format"] != FORMAT:
            raise BackupError(
                f"The manifest has the format {said['format']}, and this version of the site reads "
                f"{FORMAT}. Restore with the version of the site that made the backup."
            )
        manifest = Manifest(
            made_at=datetime.fromisoformat(said["made_at"]),
            server=int(said["postgresql"]["server"]),
            dumped_by=int(said["postgresql"]["dumped_by"]),
            release=str(said["release"]),
            migrations=tuple(said["migrations"]),
            dump=FileMark(**said["dump"]),
            tables={name: TableMark(**one) for name, one in said["tables"].items()},
            files={name: FileMark(**one) for name, one in said["files"].items()},
            missing=tuple(said["missing_files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, BackupError):
            raise
        raise BackupError(
            "The manifest of this backup cannot be read. It was cut off or changed: take another "
            "backup."
        ) from error
    if outside := [name for name in manifest.files if not _stays_inside(name)]:
        raise BackupError(
            f"The manifest names a file outside the backup, {outside[0]!r}: it was changed. Take "
            "another backup."
        )
    return manifest


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def differing_tables(
    *, wanted: Mapping[str, TableMark], found: Mapping[str, TableMark]
) -> tuple[str, ...]:
    """Return in words which tables are not as they should be, in the order of their names."""
    said = []
    for name in sorted({*wanted, *found}):
        should, does = wanted.get(name), found.get(name)
        if should == does:
            continue
        if does is None:
            said.append(f"table {name} is missing")
        elif should is None:
            said.append(f"table {name} is not in the backup")
        elif should.rows != does.rows:
            said.append(f"table {name} has {does.rows} rows instead of {should.rows}")
        else:
            said.append(f"table {name} has other content in its {does.rows} rows")
    return tuple(said)
