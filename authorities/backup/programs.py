"""PostgreSQL's own programs, which copy a database and bring it back."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from authorities.backup.manifest import BackupError

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True)
class Program:
    """A program of PostgreSQL's, and the major version that it says it has."""

    path: Path
    major: int

    def run(self, arguments: Sequence[str]) -> None:
        """Run it on the site's database.

        Raises:
            BackupError: it failed; the message has what it said.
        """
        command, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
        # Of psql's arguments all but its name and the database's; a password is in the environment.
        place, database = command[1:-1], command[-1]
        done = subprocess.run(
            [self.path, *place, "--no-password", "--dbname", database, *arguments],
            env={"PATH": os.defpath, "LC_ALL": "C", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise BackupError(f"{self.path.name} failed:\n{done.stderr.strip()[-2000:]}")


def server_major() -> int:
    """Return the major version of the server that the site uses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (major,) = cursor.fetchone()
    return int(major)


def find_program(name: str, *, least: int, because: str) -> Program:
    """Return a program of PostgreSQL's that can do what is asked.

    It is taken from the folder of the setting POSTGRES_PROGRAMS, which `./run` sets to that of the
    included server; else from where the system has its programs.

    Args:
        name: pg_dump or pg_restore.
        least: the oldest major version that can do it.
        because: whose version that is, for the message.

    Raises:
        BackupError: there is none, or it is too old.
    """
    folder: Path | None = settings.POSTGRES_PROGRAMS
    found = shutil.which(name, path=None if folder is None else str(folder))
    if found is None:
        where = "on this machine" if folder is None else f"in {folder}, as POSTGRES_PROGRAMS says"
        raise BackupError(
            f"{name} was not found {where}. Install the PostgreSQL client programs of version "
            f"{least} (on Debian: apt-get install postgresql-client-{least}), or set "
            "POSTGRES_PROGRAMS to the folder that holds them."
        )
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = _VERSION.search(said.stdout)
    if version is None:
        raise BackupError(f"{found} does not say which version it has. Set POSTGRES_PROGRAMS.")
    program = Program(path=Path(found), major=int(version.group(1)))
    if program.major < least:
        raise BackupError(
            f"{found} is of version {program.major}, and {because} is of version {least}: an older "
            f"program cannot read it. Install version {least}, or set POSTGRES_PROGRAMS to the "
            "folder that holds it."
        )
    return program
