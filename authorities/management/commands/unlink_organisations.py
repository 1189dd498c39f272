"""Lets somebody whom their organisation's sign-in knows anew link their account once more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authorities.actions.organisation_links import unlink
from authorities.models import User


class Command(BaseCommand):
    """Removes the links of one account, once you know by another way that it is their person."""

    help = (
        "Remove the links of an account to the sign-in of organisations, where one of them made "
        "the person's account there anew. Make sure first that it is the same person: an address "
        "may have been given to somebody else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose they are."""
        parser.add_argument("email", help="the e-mail address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many there were."""
        person = User.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("There is no account with this e-mail address. Nothing was changed.")
        removed = unlink(person=person, by=None, at=timezone.now())
        if not removed:
            self.stdout.write("This account is linked to no organisation. Nothing was changed.")
            return
        self.stdout.write(
            f"Removed: {removed}. All sessions have ended, and the next sign-in at the "
            "organisation links the account anew."
        )
