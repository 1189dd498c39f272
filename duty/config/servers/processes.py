"""Child processes that end with the launcher, however the launcher ends."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

# linux/prctl.h: the kernel sends this signal to the child when its parent dies.
_PR_SET_PDEATHSIG = 1
_LARGEST_LOG = 5_000_000


class ServerError(RuntimeError):
    """A server could not be started or stopped; the message says why and what to do."""


@dataclass(frozen=True)
class Identity:
    """The ordinary user as whom the servers run when the launcher runs as root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Child:
    """A process that runs in the background, with its own session and log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals

    def has_ended(self) -> bool:
        """Say whether the process is gone."""
        return self.process.poll() is not None


def die_with_parent(
    *, death_signal: signal.Signals, parent: int | None = None
) -> Callable[[], None]:
    """Return a function that, run in a new child, ties its life to that of its parent.

    Args:
        death_signal: what the child gets when the parent dies.
        parent: the parent's number; None for the process that calls this.
    """
    expected = os.getpid() if parent is None else parent
    libc = ctypes.CDLL(None)

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(death_signal))
        # The parent may have died between the fork and the line above.
        if os.getppid() != expected:
            os._exit(1)

    return tie


def start(
    *,
    name: str,
    arguments: Sequence[str | Path],
    environment: Mapping[str, str],
    folder: Path,
    log: Path,
    stop_signal: signal.Signals = signal.SIGTERM,
    death_signal: signal.Signals | None = None,
    identity: Identity | None = None,
) -> Child:
    """Start a process in the background, which stops when the launcher dies.

    Args:
        name: how messages call it.
        arguments: the program and what it is told.
        environment: all that it finds in its environment.
        folder: where it runs.
        log: where its output goes, appended.
        stop_signal: what asks it to stop.
        death_signal: what it gets when the launcher dies, if that is not the same.
        identity: the user as whom it runs; None for our own.

    Raises:
        ServerError: the program cannot be started.
    """
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
    with log.open("ab") as output:
        try:
            process = subprocess.Popen(
                list(arguments),
                env=dict(environment),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Control-C must reach the launcher only, which stops the rest in order.
                start_new_session=True,
                preexec_fn=die_with_parent(death_signal=death_signal or stop_signal),
                user=None if identity is None else identity.uid,
                group=None if identity is None else identity.gid,
                extra_groups=None if identity is None else [],
            )
        except OSError as error:
            raise ServerError(f"{name} could not be started: {error}") from error
    return Child(name=name, process=process, log=log, stop_signal=stop_signal)


def run_in_front(
    *, arguments: Sequence[str | Path], environment: Mapping[str, str], folder: Path
) -> int:
    """Run a command in our terminal, wait for it and return its exit status as a shell would.

    Control-C in a terminal reaches the command by itself: it decides what that means.
    """
    process = subprocess.Popen(
        list(arguments),
        env=dict(environment),
        cwd=folder,
        preexec_fn=die_with_parent(death_signal=signal.SIGTERM),
    )

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGINT or not sys.stdin.isatty():
            process.send_signal(number)

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, pass_on) for number in numbers]
    try:
        status = process.wait()
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    return status if status >= 0 else 128 - status


def stop(*, children: Sequence[Child], patience: float = 20.0) -> None:
    """Ask processes to stop, wait `patience` seconds, then end all that is left of their groups."""
    for child in children:
        if not child.has_ended():
            child.process.send_signal(child.stop_signal)
    deadline = time.monotonic() + patience
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        # The group outlives its leader when a worker does not hear that the leader is gone.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def end_of_log(*, log: Path, lines: int = 20) -> str:
    """Return the last lines of a log, for an error message."""
    if not log.exists():
        return "(no log was written)"
    with log.open("rb") as source:
        source.seek(max(0, log.stat().st_size - 16_000))
        text = source.read().decode(errors="replace")
    return "\n".join(text.splitlines()[-lines:]) or "(the log is empty)"


def working_in(*, folder: Path) -> tuple[int, ...]:
    """Return the ids of the living processes whose working folder this is.

    Servers change into their data folder. A zombie has no working folder, so it is not counted.
    """
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if (entry / "cwd").readlink() == folder:
                    found.append(int(entry.name))
    return tuple(found)


def end_leftovers(*, folder: Path, polite: signal.Signals, patience: float = 10.0) -> None:
    """End the servers that still work in a folder although their launcher is gone.

    Only for the holder of the folder's lock: nobody else can be using those servers.

    Raises:
        ServerError: they do not end.
    """
    for number in (polite, signal.SIGKILL):
        for pid in working_in(folder=folder):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + patience
        while working_in(folder=folder):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return
    raise ServerError(f"Another program still uses the data in {folder}. End it, then start again.")
