"""The checks that need no tests, in the order from quick to slow."""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

# A site as it would be in production, so that the deploy check judges the settings that matter.
_AS_IN_PRODUCTION = {
    "DEBUG": "0",
    "DEMONSTRATION": "0",
    "SITE_URL": "https://health-duty.example",
    "ALLOWED_HOSTS": "health-duty.example",
}


@dataclass(frozen=True)
class Step:
    """One check: its name and the arguments after `python`."""

    name: str
    arguments: tuple[str, ...]


_STEPS = (
    Step("ruff format", ("-m", "ruff", "format", "--check", ".")),
    Step("ruff check", ("-m", "ruff", "check", ".")),
    Step(
        "lint-imports",
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    ),
    Step("mypy", ("-m", "mypy", ".")),
    Step("djlint --lint", ("-m", "djlint", "--lint", "templates")),
    Step("makemigrations --check", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Step("lint migrations", ("-m", "duty.config.lint_migrations")),
    Step("check --deploy", ("manage.py", "check", "--deploy", "--fail-level", "WARNING")),
)


def run_checks(
    *, project: Path, environment: Mapping[str, str], report: Callable[[str], None]
) -> int:
    """Run the checks until one fails; return its exit status, or 0."""
    complete = {
        **environment,
        **_AS_IN_PRODUCTION,
        "DJANGO_SETTINGS_MODULE": "duty.config.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
    }
    for step in _STEPS:
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, *step.arguments],
            cwd=project,
            env=complete,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        outcome = "ok" if done.returncode == 0 else "failed"
        report(f"{step.name}: {outcome} in {time.monotonic() - started:.1f} s")
        if done.returncode != 0:
            print(done.stdout.decode(errors="replace"), flush=True)
            return done.returncode
    return 0
