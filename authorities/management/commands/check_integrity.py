"""Looks for rows that break what must hold: `manage.py check_integrity`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from authorities.integrity import Asked, Result, run


class Command(BaseCommand):
    """Prints each check, what holds, how many rows break it, and the keys of the first few."""

    help = "Check what is stored. Ends with 1 where a row breaks a check."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--json` and `--every-file`."""
        parser.add_argument("--json", action="store_true", help="Print JSON, for programs.")
        parser.add_argument(
            "--every-file",
            action="store_true",
            help="Read every stored file, and not only a seventh of them.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every check.

        Raises:
            SystemExit: with 1, where a row breaks a check.
        """
        results = run(asked=Asked(at=timezone.now(), every_file=options["every_file"]))
        if options["json"]:
            self.stdout.write(json.dumps([_plain(one) for one in results], indent=2))
        else:
            self._print(results)
        if any(one.broken.count for one in results):
            raise SystemExit(1)

    def _print(self, results: tuple[Result, ...]) -> None:
        for one in results:
            count, keys = one.broken.count, ", ".join(one.broken.keys)
            self.stdout.write(f"{one.check.name}: {one.check.holds}")
            self.stdout.write(f"  broken by {count}: {keys}" if count else "  broken by none")
        wrong = sum(1 for one in results if one.broken.count)
        self.stdout.write(f"{len(results)} checks, {wrong} broken.")


def _plain(result: Result) -> dict[str, object]:
    return {
        "name": result.check.name,
        "holds": result.check.holds,
        "broken": result.broken.count,
        "keys": list(result.broken.keys),
    }
