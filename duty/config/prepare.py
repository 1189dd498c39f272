"""Run several management commands in one process, since loading Django is what takes the time.

Used by the launcher: `python -m duty.config.prepare 'migrate --verbosity 0' 'load_demo'`. A command
with ` > FILE` at its end writes what it says to that file, which only its owner can read.
"""

import shlex
import sys
from pathlib import Path

import django
from django.core.management import CommandError, call_command

from duty.config.celery import app


def run_commands(*, lines: list[str]) -> None:
    """Run the commands in turn; the first that fails ends the process with its message."""
    django.setup()
    # The queue's application must be configured before a command asks it to send.
    app.set_current()
    for line in lines:
        words, _, target = line.partition(" > ")
        try:
            if target:
                path = Path(target)
                path.unlink(missing_ok=True)
                path.touch(mode=0o600)
                with path.open("w") as output:
                    call_command(*shlex.split(words), stdout=output)
            else:
                call_command(*shlex.split(words))
        except CommandError as error:
            sys.exit(f"manage.py {words}: {error}")


if __name__ == "__main__":
    run_commands(lines=sys.argv[1:])
