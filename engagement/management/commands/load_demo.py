"""Loads the demonstration: `manage.py load_demo`, or with `--accounts` lists who may sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from engagement.management.demonstration import accounts, world


class Command(BaseCommand):
    """Real geography and published figures; invented levels, answers and commitments."""

    help = "Load the demonstration's data and accounts. May be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--accounts`."""
        parser.add_argument(
            "--accounts", action="store_true", help="Only print the accounts and their password."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then print the accounts.

        Raises:
            CommandError: the site is not a demonstration.
        """
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This site is not a demonstration. Set DEMONSTRATION=1 to load invented data."
            )
        if not options["accounts"]:
            world.load(now=timezone.now(), say=self._say)
        self._print_accounts()

    def _say(self, what: str) -> None:
        self.stdout.write(f"  {what} ...")
        self.stdout.flush()

    def _print_accounts(self) -> None:
        self.stdout.write(f"Accounts (password {accounts.PASSWORD}):")
        for account in accounts.ACCOUNTS:
            place = account.slug.replace("-", " ")
            self.stdout.write(f"  {account.email:<46} {account.role.label.lower()}, {place}")
