"""The launcher: what it refuses, and that it leaves nothing running however it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from duty.config.demonstration import PortBusyError, check_port
from duty.config.servers import processes
from duty.config.servers.home import Home
from duty.config.servers.services import (
    AlreadyRunningError,
    Services,
    read_record,
    record,
    shared_use,
    sole_use,
)

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

# A launcher that starts both servers, says where, and then waits to be killed.
_LAUNCHER = """
import sys, time
from contextlib import ExitStack
from pathlib import Path
from duty.config.servers.home import Home
from duty.config.servers.processes import Identity
from duty.config.servers.services import start_services
folder, *identity = sys.argv[1:]
who = Identity(identity[0], int(identity[1]), int(identity[2])) if identity else None
with ExitStack() as stack:
    start_services(
        home=Home(folder=Path(folder), identity=who), stack=stack, report=print, durable=False
    )
    print("ready", flush=True)
    time.sleep(60)
"""


def environment(**changes: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "CELERY_BROKER_URL"}
    }
    return kept | changes


def wait_until(condition: Callable[[], bool], *, patience: float = 15.0) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_server_outlives_its_launcher(home: Home, how: signal.Signals) -> None:
    who = home.identity
    launcher = subprocess.Popen(
        [
            *(sys.executable, "-c", _LAUNCHER, str(home.folder)),
            *([] if who is None else [who.name, str(who.uid), str(who.gid)]),
        ],
        env=environment(),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdout is not None
    said = [launcher.stdout.readline() for _ in range(3)]
    folders = [home.folder / "postgres" / "data", home.folder / "valkey"]
    were_running = [bool(processes.working_in(folder=folder)) for folder in folders]

    launcher.send_signal(how)
    launcher.wait(20)
    launcher.stdout.close()

    assert said[-1] == "ready\n"
    assert were_running == [True, True]
    assert wait_until(lambda: not any(processes.working_in(folder=each) for each in folders))


def run(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "duty.config.launch", *words],
        env=environment(**changes),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_a_busy_port_is_named_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortBusyError, match=rf"Port {port} .*--port {port + 1}"):
            check_port(port=port)


def test_fresh_is_refused_when_a_database_is_configured() -> None:
    answer = run("demo", "--fresh", DATABASE_URL="postgres://someone@127.0.0.1:1/precious")

    assert answer.returncode == 1
    assert "DATABASE_URL" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_configured_database_that_does_not_answer_is_named() -> None:
    answer = run("check", DATABASE_URL="postgres://someone@127.0.0.1:1/away")

    assert answer.returncode == 1
    assert "DATABASE_URL" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    answer = run("demo", f"--port={port}")

    assert answer.returncode == 2
    assert "is not a port" in answer.stderr


def test_an_unknown_command_points_to_the_help() -> None:
    answer = run("demonstrate")

    assert answer.returncode == 2
    assert "./run help" in answer.stderr


def test_the_launcher_itself_loads_no_django() -> None:
    code = "import sys, duty.config.launch; print(json.dumps('django' in sys.modules))"

    answer = subprocess.run(
        [sys.executable, "-c", f"import json; {code}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(answer.stdout) is False


def test_two_commands_cannot_hold_the_same_data(home: Home) -> None:
    services = Services(database_url="postgres://a", broker_url="redis://b")

    with sole_use(home=home):
        record(home=home, command="demo", site_url="http://127.0.0.1:8123", services=services)
        with (
            pytest.raises(AlreadyRunningError, match=r"http://127\.0\.0\.1:8123"),
            sole_use(home=home),
        ):
            pass


def test_a_command_uses_the_servers_of_a_running_demonstration(home: Home) -> None:
    services = Services(database_url="postgres://a", broker_url="redis://b")
    said: list[str] = []

    with sole_use(home=home):
        record(home=home, command="demo", site_url="", services=services)
        with shared_use(home=home, command="manage", report=said.append) as lent:
            found = lent

    assert found == services
    assert said == ["Using the servers of ./run demo"]


def test_the_record_of_servers_is_private_and_gone_afterwards(home: Home) -> None:
    services = Services(database_url="postgres://a:secret@h/d", broker_url="redis://b")

    with sole_use(home=home):
        record(home=home, command="demo", site_url="", services=services)
        mode = (home.folder / "servers.json").stat().st_mode

    assert mode & 0o077 == 0
    assert read_record(home=home) is None
