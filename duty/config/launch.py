"""The launcher behind `./run`: starts what a command needs, runs it, and leaves nothing behind.

It loads no Django: that is left to the processes that it starts.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from duty.config.checks import run_checks
from duty.config.demonstration import run_demonstration
from duty.config.servers import processes
from duty.config.servers.browser import NoBrowserError, find_browser
from duty.config.servers.home import find_home, throwaway_home
from duty.config.servers.processes import ServerError
from duty.config.servers.services import (
    configured,
    environment_for,
    running_command,
    shared_use,
    start_services,
)
from duty.config.supply import run_supply

_PROJECT = Path(__file__).resolve().parents[2]
_DEFAULT_PORT = 8000
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked the launcher to stop; not an error, and nothing may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def report(message: str) -> None:
    """Say how far we are and how long it took."""
    print(f"[{time.monotonic() - _STARTED:5.1f} s] {message}", flush=True)


_STARTED = time.monotonic()


def demo(words: Sequence[str]) -> int:
    """Run the demonstration until it is stopped."""
    parser = argparse.ArgumentParser(prog="./run demo")
    parser.add_argument("--port", type=_port, default=_DEFAULT_PORT, help="where the site listens")
    parser.add_argument("--fresh", action="store_true", help="throw away the included data first")
    options = parser.parse_args(words)
    try:
        run_demonstration(project=_PROJECT, port=options.port, fresh=options.fresh, report=report)
    except StopRequested:
        # This is how a demonstration ends when all is well.
        report("Stopped")
    return 0


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def test(words: Sequence[str]) -> int:
    """Run pytest on throw-away servers."""
    home = find_home(project=_PROJECT)
    with throwaway_home(home=home) as away, ExitStack() as stack:
        services = start_services(home=away, stack=stack, report=report, durable=False)
        environment = environment_for(
            services=services, home=away, site_url="http://localhost:8000", demonstration=False
        )
        # The live server of the tests serves files by their plain names.
        environment["PLAIN_STATIC"] = "1"
        # Tests turn it on where it is what they are about.
        environment["TWO_STEPS"] = "0"
        try:
            browser = find_browser(project=_PROJECT, var=_PROJECT / "var")
            environment |= browser.environment()
            report(f"Browser tests use {browser.program}")
        except NoBrowserError as error:
            report(str(error))
        return processes.run_in_front(
            arguments=[
                *(sys.executable, "-m", "pytest", "-p", "duty.config.servers.tied_workers"),
                *_with_workers(words),
            ],
            environment=environment,
            folder=_PROJECT,
        )


def _with_workers(words: Sequence[str]) -> list[str]:
    said = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in words)
    # Journeys are long and stand together: an idle worker takes over what another has waiting.
    return list(words) if said else ["-n", "2", "--dist", "worksteal", *words]


def check(words: Sequence[str]) -> int:
    """Run the checks of format, lint, contracts, types, templates, migrations and deployment."""
    argparse.ArgumentParser(prog="./run check").parse_args(words)
    home = find_home(project=_PROJECT)
    with throwaway_home(home=home) as away, ExitStack() as stack:
        services = start_services(home=away, stack=stack, report=report, durable=False)
        environment = environment_for(
            services=services, home=away, site_url="https://localhost", demonstration=False
        )
        return run_checks(project=_PROJECT, environment=environment, report=report)


def bench(words: Sequence[str]) -> int:
    """Measure on a database of its own, which is as durable as a real one."""
    home = find_home(project=_PROJECT)
    with throwaway_home(home=home) as away, ExitStack() as stack:
        services = start_services(home=away, stack=stack, report=report)
        environment = environment_for(
            services=services, home=away, site_url="http://localhost:8000", demonstration=True
        )
        environment["STATIC_ROOT"] = str(away.folder / "static")
        prepare = [
            *(sys.executable, "-m", "duty.config.prepare", "migrate --verbosity 0"),
            "createcachetable --verbosity 0",
            "collectstatic --noinput --verbosity 0",
            "load_demo",
        ]
        status = processes.run_in_front(arguments=prepare, environment=environment, folder=_PROJECT)
        if status != 0:
            return status
        report("The demonstration data are loaded")
        return processes.run_in_front(
            arguments=[sys.executable, "manage.py", "bench", *words],
            environment=environment,
            folder=_PROJECT,
        )


def drills(words: Sequence[str]) -> int:
    """Run a drill, which starts servers of its own and kills them."""
    return processes.run_in_front(
        arguments=[sys.executable, "-m", "tests.drills", *words],
        environment=os.environ,
        folder=_PROJECT,
    )


def load(words: Sequence[str]) -> int:
    """Put the load of a deadline day on servers of its own."""
    return processes.run_in_front(
        arguments=[sys.executable, "-m", "tests.load", *words],
        environment=os.environ,
        folder=_PROJECT,
    )


def manage(words: Sequence[str]) -> int:
    """Run a management command on the demonstration's data, or on the configured servers."""
    home = find_home(project=_PROJECT)
    with shared_use(home=home, command="manage", report=_on_stderr) as services:
        environment = environment_for(
            services=services,
            home=home,
            site_url=f"http://127.0.0.1:{_DEFAULT_PORT}",
            demonstration=configured(name="DATABASE_URL") is None,
        )
        return processes.run_in_front(
            arguments=[sys.executable, "manage.py", *words],
            environment=environment,
            folder=_PROJECT,
        )


def supply(words: Sequence[str]) -> int:
    """Say what the site is made of, under which licences, and which patches are missing."""
    return run_supply(project=_PROJECT, words=words)


def _on_stderr(message: str) -> None:
    # A management command's output may be piped into a file.
    print(message, file=sys.stderr, flush=True)


def stop(words: Sequence[str]) -> int:
    """Stop the demonstration that runs from this folder."""
    argparse.ArgumentParser(prog="./run stop").parse_args(words)
    home = find_home(project=_PROJECT)
    running = running_command(home=home)
    if running is None:
        print("Nothing is running from this folder.")
        return 0
    try:
        os.kill(running.pid, signal.SIGTERM)
    except PermissionError:
        print(f"Process {running.pid} belongs to another user: stop it as that user.")
        return 1
    deadline = time.monotonic() + 60
    while running_command(home=home) is not None:
        if time.monotonic() > deadline:
            print(f"Process {running.pid} does not stop. End it with kill -9 {running.pid}.")
            return 1
        time.sleep(0.1)
    print(f"Stopped ./run {running.command}.")
    return 0


_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "drills": drills,
    "load": load,
    "manage": manage,
    "supply": supply,
    "stop": stop,
}


def _request_stop(number: int, _frame: FrameType | None) -> None:
    # Asked once is enough: a second signal must not interrupt the tidying up.
    for each in _STOP_SIGNALS:
        signal.signal(each, lambda *_: None)
    raise StopRequested(number)


def main(words: Sequence[str]) -> int:
    """Run the command that the words name; return its exit status."""
    if not words or words[0] not in _COMMANDS:
        print(f"There is no command {' '.join(words[:1])!r}: see ./run help.", file=sys.stderr)
        return 2
    for number in _STOP_SIGNALS:
        signal.signal(number, _request_stop)
    try:
        return _COMMANDS[words[0]](words[1:])
    except ServerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except StopRequested as request:
        return 128 + request.number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
