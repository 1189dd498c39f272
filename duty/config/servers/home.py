"""Where the embedded servers keep their files, and as whom they run."""

import hashlib
import os
import pwd
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from duty.config.servers.processes import Identity, ServerError

_FOR_ROOT = Path("/var/lib/health-duty-tracker")
# A socket address holds 107 bytes; the longest name in a socket folder is `.s.PGSQL.5432.lock`.
_LONGEST_SOCKET_FOLDER = 80
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")
_THROWAWAY = "throwaway-"


class HomeError(ServerError):
    """The servers have no folder that they may use."""


@dataclass(frozen=True)
class Home:
    """The folder of the embedded servers, and their user when that is not ourselves."""

    folder: Path
    identity: Identity | None
    # Where copies of programs go, when that is not the folder itself.
    programs: Path | None = None

    def make_folder(self, name: str, *, mode: int = 0o700) -> Path:
        """Return a folder for the servers' user; an existing one keeps its permissions."""
        folder = self.folder / name
        if not folder.exists():
            folder.mkdir(mode=mode)
            self.hand_over(folder)
        return folder

    def hand_over(self, path: Path) -> None:
        """Give a file or folder that we made to the servers' user."""
        if self.identity is not None:
            os.chown(path, self.identity.uid, self.identity.gid)

    def make_socket_folder(self, name: str) -> Path:
        """Return a folder whose path is short and plain enough for a socket address."""
        folder = self.folder / name
        if fits_a_socket(folder=folder):
            return self.make_folder(name)
        private = Path(tempfile.mkdtemp(prefix="hdt-"))
        self.hand_over(private)
        return private

    def forget_socket_folder(self, folder: Path) -> None:
        """Remove a socket folder that had to be made elsewhere."""
        if folder.parent != self.folder:
            shutil.rmtree(folder, ignore_errors=True)


def fits_a_socket(*, folder: Path) -> bool:
    """Say whether a folder's path may stand in a socket address, a setting and a URL unchanged."""
    return len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER and bool(
        _PLAIN_PATH.fullmatch(str(folder))
    )


def find_home(*, project: Path) -> Home:
    """Return the folder for the servers of this copy of the project.

    PostgreSQL refuses to run as root, so root's servers run as an ordinary user. A folder that
    this user cannot reach is left as it is, and one under /var/lib is taken instead.

    Raises:
        HomeError: there is no user or no folder for the servers.
    """
    var = project / "var"
    try:
        _make_public(var)
        if os.geteuid() != 0:
            if not os.access(var, os.W_OK | os.X_OK):
                raise HomeError(
                    f"The folder {var} belongs to another user. Delete it as that user, or use "
                    "a copy of the project of your own."
                )
            return Home(folder=var, identity=None)
        identity = _server_user(existing=var / "postgres" / "data")
        if is_reachable(path=var, identity=identity):
            return Home(folder=var, identity=identity)
        _make_public(_FOR_ROOT)
        folder = _FOR_ROOT / hashlib.sha256(os.fsencode(project)).hexdigest()[:12]
        _make_public(folder)
    except PermissionError as error:
        raise HomeError(f"The servers have no folder for their data: {error}") from error
    return Home(folder=folder, identity=_server_user(existing=folder / "postgres" / "data"))


def _make_public(folder: Path) -> None:
    """Make a folder through which the servers' user can pass, unless it exists."""
    if not folder.exists():
        folder.mkdir()
        folder.chmod(0o711)


def _server_user(*, existing: Path) -> Identity:
    with suppress(OSError, KeyError):
        # Data that an ordinary user made stay with that user.
        if (uid := existing.stat().st_uid) != 0:
            return _identity(pwd.getpwuid(uid))
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return _identity(pwd.getpwnam(name))
    raise HomeError(
        "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to run it. "
        "Run this command as an ordinary user, or set DATABASE_URL."
    )


def _identity(entry: pwd.struct_passwd) -> Identity:
    return Identity(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def is_reachable(*, path: Path, identity: Identity) -> bool:
    """Say whether a user may pass through every folder down to this path, inclusive."""
    for folder in (path, *path.parents):
        facts = folder.stat()
        needed = 0o100 if facts.st_uid == identity.uid else 0o001
        if not facts.st_mode & needed:
            return False
    return True


@contextmanager
def throwaway_home(*, home: Home) -> Iterator[Home]:
    """Lend a folder for servers that are forgotten afterwards, and sweep up after killed runs."""
    with (home.folder / "throwaway.lock").open("a") as sweeping:
        # A folder must have its lock before another run may look for folders without one.
        flock(sweeping, LOCK_EX)
        for stale in home.folder.glob(f"{_THROWAWAY}*/"):
            with suppress(OSError), (stale / "lock").open("a") as lock:
                flock(lock, LOCK_EX | LOCK_NB)
                shutil.rmtree(stale, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_THROWAWAY, dir=home.folder))
        lock = (folder / "lock").open("a")
        flock(lock, LOCK_EX)
    with lock:
        folder.chmod(0o711)
        try:
            yield Home(folder=folder, identity=home.identity, programs=home.folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def secret(*, path: Path) -> str:
    """Return the secret kept in a file that only we can read, made at the first call."""
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as target:
            target.write(secrets.token_urlsafe(48))
    try:
        return path.read_text().strip()
    except PermissionError as error:
        raise HomeError(
            f"The file {path} belongs to another user. Run this command as that user."
        ) from error


def program_for(*, home: Home, program: Path, package: Path, parts: tuple[str, ...]) -> Path:
    """Return a program that the servers' user can run, from a copy where it cannot be reached.

    Args:
        home: where a copy goes.
        program: the program as it was installed, below `package`.
        package: the folder that holds the parts.
        parts: what the program needs, relative to `package`; it finds its libraries by their
            relative place, which is kept.
    """
    if home.identity is None or is_reachable(path=program.parent, identity=home.identity):
        return program
    facts = program.stat()
    # A newer version of the package gets a copy of its own.
    version = hashlib.sha256(f"{program}{facts.st_size}{facts.st_mtime_ns}".encode()).hexdigest()
    place = home.programs or home.folder
    copy = place / f"programs-{version[:12]}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=place))
        for part in parts:
            shutil.copytree(
                package / part,
                unfinished / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "__pycache__"),
            )
        unfinished.chmod(0o755)
        with suppress(OSError):
            # Fails when another command was faster, whose copy is as good.
            unfinished.replace(copy)
        shutil.rmtree(unfinished, ignore_errors=True)
    return copy / program.relative_to(package)
