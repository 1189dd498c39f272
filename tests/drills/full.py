"""Disks that are full: what is read goes on, what is written is refused and is whole once stored.

The database's data, and then the folder of kept files, lie on a small disk of their own, in memory,
that is filled to its last byte and freed again. Only who may mount a disk can run this.
"""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from duty.config.servers.processes import ServerError
from tests.drills.clients import MARK, Person, begin_writing
from tests.drills.figures import Figure
from tests.drills.history import History, judge
from tests.drills.kills import ANSWERS, integrity
from tests.drills.site import Site, furnish_site

_ROOM = 48 * 1024 * 1024
_SECONDS_FULL, _SECONDS_AFTER = 15.0, 8.0
_BACK_WITHIN = 60.0
_READ = ("/national/", "/authorities/", "/")
_DEMONSTRATION = "demonstration-only-2026"
_UPLOADS = "/api/v1/strategic-authorities/south-yorkshire/uploads/"
_ROWS = 15_000


def drill(*, site: Site, report: Callable[[str], None]) -> tuple[Figure, ...]:
    """Fill the database's disk under writers, then the files' disk under uploads."""
    furnished = furnish_site(site)
    return (
        *_database(site, furnished["writers"], report),
        *_files(site, report),
        integrity(site),
    )


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """Put a folder on a disk that has a little room more than it needs, in memory.

    Raises:
        ServerError: this user may mount nothing.
    """
    kept = folder.with_name(f"{folder.name}-before")
    folder.rename(kept)
    folder.mkdir(mode=0o700)
    used = sum(one.stat().st_blocks * 512 for one in kept.rglob("*") if not one.is_symlink())
    _call("mount", "-t", "tmpfs", "-o", f"size={used + _ROOM}", "tmpfs", str(folder))
    try:
        _call("cp", "-a", f"{kept}/.", str(folder))
        shutil.copystat(kept, folder)
        os.chown(folder, kept.stat().st_uid, kept.stat().st_gid)
        yield folder
    finally:
        with suppress(ServerError):
            _call("umount", "--lazy", str(folder))


def _call(*arguments: str) -> None:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ServerError(
            f"{arguments[0]} failed: {done.stderr.strip()}. This drill mounts a small disk: run it "
            "as root, or below `unshare --map-root-user --mount`."
        )


def _fill(disk: Path) -> Path:
    """Take all that is left of a disk."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        size = 0
        for step in (1 << 20, 1 << 12):
            with suppress(OSError):
                while True:
                    os.posix_fallocate(file.fileno(), size, step)
                    size += step
    return ballast


def _database(
    site: Site, writing: list[dict[str, Any]], report: Callable[[str], None]
) -> list[Figure]:
    for part in ("web", "worker", "database"):
        site.kill(part)
    data = site.home.folder / "postgres" / "data"
    with _small_disk(data) as disk:
        site.heal()
        reader = Person(site=site.url, email="analyst@dhsc.example", password=_DEMONSTRATION)
        answers, stop = History(), threading.Event()
        writers = begin_writing(site=site.url, writing=writing, history=answers, stop=stop)
        time.sleep(2)
        before = len(answers.acknowledged)
        ballast = _fill(disk)
        report("The database's disk is full")
        reads, ended = _read_while(site, reader, _SECONDS_FULL)
        written, missed = len(answers.acknowledged) - before, answers.unanswered
        ballast.unlink()
        report("It has room again")
        began = time.monotonic()
        had = len(answers.acknowledged)
        while len(answers.acknowledged) == had and time.monotonic() - began < _BACK_WITHIN:
            # What ended with the disk is started again, as whoever watches the site would do.
            site.heal()
            time.sleep(0.1)
        back = time.monotonic() - began
        time.sleep(_SECONDS_AFTER)
        stop.set()
        for one in writers:
            one.join(timeout=_BACK_WITHIN)
        stuck = [repr(one.fault) for one in writers if one.fault is not None or one.is_alive()]
        with site.connect() as connection:
            rows = connection.execute(ANSWERS, [f"{MARK} %"]).fetchall()
        told = judge(history=answers, stored={str(key): int(str(times)) for key, times in rows})
        for part in ("web", "worker", "database"):
            site.kill(part)
        # What was written goes on with the site: the disk is let go.
        _call("cp", "-a", f"{disk}/.", str(data.with_name("data-after")))
    data.rmdir()
    shutil.copystat(data.with_name("data-before"), data.with_name("data-after"))
    shutil.rmtree(data.with_name("data-before"))
    data.with_name("data-after").rename(data)
    _own_as_before(data)
    site.heal()
    refused = [one for one in reads if one != 200]
    return [
        Figure("acknowledged answers before the disk was full", before, "10 or more", before >= 10),
        Figure("acknowledged while it was full, in what was left", written),
        Figure("attempts refused meanwhile", missed, "1 or more", missed >= 1),
        Figure("the database ended with its disk", "yes" if ended else "no"),
        Figure(
            f"pages that could not be read meanwhile, of {len(reads)}",
            len(refused),
            "0",
            not refused,
            [f"status {one}" for one in sorted(set(refused))],
        ),
        Figure(
            "seconds until a write was taken again",
            round(back, 1),
            f"{_BACK_WITHIN:.0f} or less",
            back < _BACK_WITHIN,
        ),
        Figure("acknowledged and lost", len(told.lost), "0", not told.lost, told.lost),
        Figure(
            "stored more than once", len(told.duplicated), "0", not told.duplicated, told.duplicated
        ),
        Figure("stored that nobody sent", len(told.phantom), "0", not told.phantom, told.phantom),
        Figure("people whose work came to a stop", len(stuck), "0", not stuck, stuck),
    ]


def _own_as_before(data: Path) -> None:
    owner = data.parent.stat() if os.geteuid() else (data / "PG_VERSION").stat()
    os.chown(data, owner.st_uid, owner.st_gid)
    data.chmod(0o700)


def _read_while(site: Site, reader: Person, seconds: float) -> tuple[list[int], bool]:
    """Read pages for so long; return the statuses, and whether the database ended."""
    statuses, ended = [], False
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for path in _READ:
            statuses.append(reader.status(path))
        ended = ended or site.children["database"].has_ended()
        time.sleep(0.2)
    return statuses, ended


def _files(site: Site, report: Callable[[str], None]) -> list[Figure]:
    kept = Path(site.environment["DATA_DIR"]) / "files"
    kept.mkdir(exist_ok=True)
    person = Person(site=site.url, email="editor@south-yorkshire.example", password=_DEMONSTRATION)
    with _small_disk(kept) as disk:
        before = person.upload(_UPLOADS, _file(), key=str(uuid4()))
        ballast = _fill(disk)
        report("The disk of kept files is full")
        rows, key = _rows(site), str(uuid4())
        sent = _file()
        full = person.upload(_UPLOADS, sent, key=key)
        read = person.status("/")
        more, torn = _rows(site) - rows, _torn(disk)
        ballast.unlink()
        after = person.upload(_UPLOADS, sent, key=key)
        _call("cp", "-a", f"{disk}/.", str(kept.with_name("files-after")))
    kept.rmdir()
    shutil.rmtree(kept.with_name("files-before"))
    kept.with_name("files-after").rename(kept)
    return [
        Figure("status of an upload before", before.status, "201", before.status == 201),
        Figure("status of an upload to a full disk", full.status, "503", full.status == 503),
        Figure("rows that it left", more, "0", more == 0),
        Figure("files that it left, or halves of them", len(torn), "0", not torn, torn),
        Figure("status of a page meanwhile", read, "200", read == 200),
        Figure(
            "status of the same upload once there is room", after.status, "201", after.status == 201
        ),
    ]


def _file() -> bytes:
    """Return rows that are none of figures: a file is kept before anybody reads what is in it."""
    rows = [f"{number},{os.urandom(8).hex()}" for number in range(_ROWS)]
    return "\n".join(["number,nothing", *rows]).encode()


def _rows(site: Site) -> int:
    with site.connect() as connection:
        row = connection.execute("SELECT count(*) FROM outcomes_upload").fetchone()
    assert row is not None
    return int(str(row[0]))


def _torn(disk: Path) -> list[str]:
    """Return files younger than the ballast: what an upload left that was refused."""
    since = (disk / "ballast").stat().st_mtime
    return [
        str(one.relative_to(disk))
        for one in disk.rglob("*")
        if one.is_file() and one.name != "ballast" and one.stat().st_mtime >= since
    ]
