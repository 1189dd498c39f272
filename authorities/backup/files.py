"""The kept files, copied out of the store and back into it."""

import os
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from authorities.backup.manifest import BackupError, FileMark

_CHUNK = 1024 * 1024


def kept_names(folder: str = "") -> Iterator[str]:
    """Go through the names of all files in the store, in order."""
    # An empty store has no folder yet.
    if folder == "" and not default_storage.exists("."):
        return
    folders, files = default_storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from kept_names(f"{prefix}{name}")


def copy_out(name: str, *, into: Path) -> FileMark | None:
    """Copy a file out of the store; None where it was deleted meanwhile."""
    target = into / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = sha256(), 0
    try:
        source = default_storage.open(name)
    except FileNotFoundError:
        return None
    with source, target.open("xb") as copy:
        for chunk in source.chunks(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
        sync(copy.fileno())
    return FileMark(size=size, sha256=digest.hexdigest())


def copy_in(name: str, *, out_of: Path, mark: FileMark) -> None:
    """Copy a file into the store, and read there whether it arrived whole.

    Raises:
        BackupError: it did not, or the store would call it otherwise.
    """
    with (out_of / name).open("rb") as source:
        stored = default_storage.save(name, File(source))
    if stored != name:
        raise BackupError(f"The store calls {name} {stored}: it was not empty.")
    with default_storage.open(name) as copy:
        size, digest = copy.size, file_digest(copy, "sha256").hexdigest()
    if FileMark(size=size, sha256=digest) != mark:
        raise BackupError(f"{name} is not in the store as it is in the backup: is the disk full?")


def mark_of(path: Path) -> FileMark:
    """Return a file's length and digest."""
    with path.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return FileMark(size=path.stat().st_size, sha256=digest)


def sync(number: int) -> None:
    """Wait until the disk has what was written to an open file or folder."""
    os.fsync(number)
