"""Backs the site up while people write, restores the copy elsewhere, and works there.

What is lost and how long it takes is measured on a gigabyte; then backups are spoiled on purpose,
and each must be refused.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duty.config.servers.postgres import DATABASE
from tests.drills.clients import MARK, PASSWORD, Person, Signer, begin_writing
from tests.drills.figures import Figure
from tests.drills.history import History
from tests.drills.kills import ANSWERS, integrity
from tests.drills.site import Site, copy_site, furnish_site

_MEGABYTE = 1_000_000
_FILE_MEGABYTES = 5
# About as many bytes as such a row takes with its entries in three indexes.
_ROW_BYTES = 920
_RESTORED_WITHIN = 600.0
_ENOUGH_WRITES = 20
_PATIENCE = 60.0
# Answers of the API that are kept for a replay: many rows of a middling length.
_FILL = """
    INSERT INTO authorities_keyedrequest (user_id, credential, key, method, path, body_sha256,
        status, headers, content, answered_at)
    SELECT (SELECT id FROM authorities_user LIMIT 1), 'a drill', number::text, 'PUT', '/',
        repeat('0', 64), 200, '{}', repeat(md5(number::text), 16), now()
    FROM generate_series(1, %s) AS number
"""
_SIZE = "SELECT pg_database_size(current_database())"
_SUBMITTED = "SELECT reference FROM duty_submission WHERE duty_return_id = %s"


@dataclass(frozen=True)
class _Backup:
    """A backup, and which writes were acknowledged before it began."""

    folder: Path
    seconds: float
    acknowledged: frozenset[str]
    manifest: Mapping[str, Any]


def drill(*, site: Site, megabytes: int, report: Callable[[str], None]) -> tuple[Figure, ...]:
    """Back up, restore, work on the copy, and spoil backups; return what was measured."""
    furnished = furnish_site(site)
    size = _fill(site, megabytes)
    report(f"The site holds {size / _MEGABYTE:.0f} MB of rows and files")
    backup = _back_up(site, furnished["writers"])
    report(f"Backed up in {backup.seconds:.1f} s while people wrote")
    with copy_site(site) as copy:
        began = time.monotonic()
        said = _restore(copy, backup.folder)
        restored = time.monotonic() - began
        report(f"Restored and compared in {restored:.1f} s")
        copy.start("web")
        back = time.monotonic() - began
        with copy.connect() as connection:
            kept = {str(mark) for mark, _ in connection.execute(ANSWERS, [f"{MARK} %"])}
        lost = sorted(backup.acknowledged - kept)
        worked = _work(copy, furnished["signers"][0])
        figures = (
            Figure("megabytes of rows and files", round(size / _MEGABYTE)),
            Figure("seconds for the backup, while people wrote", round(backup.seconds, 1)),
            Figure("megabytes of the backup", round(_bytes_in(backup.folder) / _MEGABYTE)),
            Figure(
                "answers acknowledged before the backup, of which the copy lacks",
                f"{len(lost)} of {len(backup.acknowledged)}",
                "0",
                holds=not lost and bool(backup.acknowledged),
                found=lost,
            ),
            Figure(
                "seconds for the restore with all comparisons",
                round(restored, 1),
                f"{_RESTORED_WITHIN:.0f} or less",
                holds=restored <= _RESTORED_WITHIN,
            ),
            Figure("seconds until the copy's first page", round(back, 1)),
            Figure(
                f"tables and files that differ, of {len(backup.manifest['tables'])} and "
                f"{len(backup.manifest['files'])}",
                "0" if said is None else "some",
                "0",
                holds=said is None,
                found=[] if said is None else said.splitlines(),
            ),
            *worked,
            integrity(copy),
        )
        report("Worked on the copy; now backups that were spoiled")
        return (*figures, *_spoil(copy, backup))


def _fill(site: Site, megabytes: int) -> int:
    """Add rows and files, half each, up to a size; return how many bytes there are."""
    files = Path(site.environment["DATA_DIR"]) / "files"
    folder = files / "uploads" / "drill"
    folder.mkdir(parents=True)
    for number in range(megabytes // 2 // _FILE_MEGABYTES):
        (folder / f"{number}.csv").write_bytes(os.urandom(_FILE_MEGABYTES * _MEGABYTE))
    with site.connect() as connection:
        connection.execute(_FILL, [megabytes // 2 * _MEGABYTE // _ROW_BYTES])
        row = connection.execute(_SIZE).fetchone()
    return int(str(row[0] if row else 0)) + _bytes_in(files)


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _back_up(site: Site, writers: list[dict[str, Any]]) -> _Backup:
    answers, stop, folder = History(), threading.Event(), site.home.folder / "backup"
    people = begin_writing(site=site.url, writing=writers, history=answers, stop=stop)
    deadline = time.monotonic() + _PATIENCE
    while len(answers.acknowledged) < _ENOUGH_WRITES and time.monotonic() < deadline:
        time.sleep(0.1)
    before, began = frozenset(answers.acknowledged), time.monotonic()
    done = site.run("manage.py", "back_up", "--to", str(folder))
    took = time.monotonic() - began
    stop.set()
    for one in people:
        one.join(timeout=_PATIENCE)
    if done.returncode != 0:
        raise RuntimeError(f"The site could not be backed up:\n{done.stderr[-3000:]}")
    return _Backup(folder, took, before, json.loads((folder / "manifest.json").read_text()))


def _restore(copy: Site, folder: Path) -> str | None:
    """Restore into the copy; None when all came back, else what was said."""
    done = copy.run("manage.py", "restore", "--from", str(folder))
    return None if done.returncode == 0 else done.stderr.strip() or "failed without a word"


def _work(copy: Site, of: Mapping[str, Any]) -> list[Figure]:
    """Sign in on the copy and sign a return there."""
    receipts, signed_in = History(), False
    with suppress(RuntimeError):
        person = Person(site=copy.url, email=of["email"], password=PASSWORD)
        signed_in = True
        Signer(
            of=of, after=0, person=person, history=receipts, stop=threading.Event(), seed=1
        ).work()
    with copy.connect() as connection:
        stored = [row[0] for row in connection.execute(_SUBMITTED, [of["return"]])]
    told = [json.loads(body)["reference"] for body in receipts.acknowledged.values()]
    return [
        Figure("sign-ins on the copy", int(signed_in), "1", holds=signed_in),
        Figure(
            "submissions on the copy, acknowledged and stored",
            len(stored),
            "1",
            holds=len(stored) == 1 and stored == told,
            found=receipts.refused,
        ),
    ]


def _spoil(copy: Site, backup: _Backup) -> list[Figure]:
    """Spoil the backup in one way after the other: each time it must be refused, and said why."""
    return [
        _spoiled(copy, backup, "an altered file", _alter_file, "was changed"),
        _spoiled(copy, backup, "a missing file", _remove_file, "is missing"),
        _spoiled(copy, backup, "an altered dump", _alter_dump, "database.dump"),
        _spoiled(copy, backup, "a table with other rows", _change_mark, "rows instead of"),
    ]


def _a_file(backup: _Backup) -> Path:
    return backup.folder / "files" / min(backup.manifest["files"])


def _alter_file(backup: _Backup) -> None:
    with _a_file(backup).open("r+b") as target:
        first = target.read(1)
        target.seek(0)
        target.write(bytes([first[0] ^ 1]))


def _remove_file(backup: _Backup) -> None:
    _a_file(backup).unlink()


def _alter_dump(backup: _Backup) -> None:
    with (backup.folder / "database.dump").open("r+b") as target:
        target.seek(-1, os.SEEK_END)
        last = target.read(1)
        target.seek(-1, os.SEEK_END)
        target.write(bytes([last[0] ^ 1]))


def _change_mark(backup: _Backup) -> None:
    """Let the manifest know of one more person, as if the dump had lost that row."""
    said = json.loads((backup.folder / "manifest.json").read_text())
    said["tables"]["authorities_user"]["rows"] += 1
    (backup.folder / "manifest.json").write_text(json.dumps(said))


def _spoiled(
    copy: Site, backup: _Backup, what: str, spoil: Callable[[_Backup], None], word: str
) -> Figure:
    copy.empty(DATABASE)
    kept = {
        path: path.read_bytes()
        for path in (
            _a_file(backup),
            backup.folder / "database.dump",
            backup.folder / "manifest.json",
        )
    }
    spoil(backup)
    said = _restore(copy, backup.folder)
    for path, content in kept.items():
        path.write_bytes(content)
    found = said is not None and word in said
    said_instead = [] if found else [said or "nothing said"]
    return Figure(f"found in a restore: {what}", int(found), "1", found, said_instead)
