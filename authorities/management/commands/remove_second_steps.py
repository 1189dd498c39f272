"""Lets somebody who has lost phone, key and recovery codes set up a second step anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authorities.actions.memberships import remove_second_steps
from authorities.models import User


class Command(BaseCommand):
    """Removes the second steps of one person, once you know by another way that it is them."""

    help = (
        "Remove the second steps of a person who lost them. Make sure first that it is them: call "
        "them back on a number of their organisation's switchboard."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose they are."""
        parser.add_argument("email", help="the e-mail address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many there were."""
        person = User.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("There is no account with this e-mail address. Nothing was changed.")
        removed = remove_second_steps(person=person, by=None, at=timezone.now())
        if not removed:
            self.stdout.write("This account has no second step. Nothing was changed.")
            return
        self.stdout.write(
            f"Removed: {removed}. All sessions have ended, and the next sign-in asks for a new one."
        )
