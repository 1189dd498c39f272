"""Takes out the name and address of people who left: `manage.py anonymise PERSON`."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authorities.actions.anonymisation import AnonymisationError, anonymise, anonymise_leavers
from authorities.models import Membership, User
from authorities.queries.leavers import leavers


class Command(BaseCommand):
    """For one person who asks for it, or for all who left long ago, as the nightly job does."""

    help = (
        "Call a person by their key from now on, and delete what lets them in. It cannot be "
        "undone. With --leavers: everybody whose last role ended so long ago that their name is "
        "no longer kept (LEAVERS_KEPT_DAYS), as after a restore of a backup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who, and whether only to say so."""
        parser.add_argument("person", nargs="?", help="e-mail address or key of the account")
        parser.add_argument("--leavers", action="store_true", help="everybody who left long ago")
        parser.add_argument("--dry-run", action="store_true", help="say who, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say for whom it would be done.

        Raises:
            CommandError: it is not said who, there is no such account, or a role is held.
        """
        if bool(options["person"]) == options["leavers"]:
            raise CommandError("Name one person by e-mail address or key, or say --leavers.")
        if options["leavers"]:
            self._leavers(at=timezone.now(), is_dry=options["dry_run"])
        else:
            self._one(_person(options["person"]), at=timezone.now(), is_dry=options["dry_run"])

    def _one(self, person: User, *, at: datetime, is_dry: bool) -> None:
        if is_dry:
            if person.has_left:
                self.stdout.write("This person is anonymous already.")
            elif Membership.objects.at(at).filter(user=person).exists():
                self.stdout.write("This person holds a role, now or to come: it would be refused.")
            else:
                self.stdout.write(f"Would be made anonymous: {_line(person)}")
            return
        try:
            is_new = anonymise(person=person, by=None, at=at)
        except AnonymisationError as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(
            f"Anonymous from now on: {person.pk}" if is_new else "This person is anonymous already."
        )

    def _leavers(self, *, at: datetime, is_dry: bool) -> None:
        kept_for = timedelta(days=settings.LEAVERS_KEPT_DAYS)
        if is_dry:
            found = leavers(before=at - kept_for, at=at)
            for one in found:
                self.stdout.write(f"{one.key} {one.name} {one.email} left {one.left_at:%d %B %Y}")
            self.stdout.write(f"{len(found)} would be made anonymous. Nothing was changed.")
            return
        total = 0
        while done := anonymise_leavers(at=at, kept_for=kept_for):
            total += done
        self.stdout.write(f"{total} made anonymous.")


def _person(said: str) -> User:
    try:
        found = User.objects.filter(pk=UUID(said)).first()
    except ValueError:
        found = User.objects.filter(email=said.strip().lower()).first()
    if found is None:
        raise CommandError(
            "There is no account with this e-mail address or key. Nothing was changed."
        )
    return found


def _line(person: User) -> str:
    return f"{person.pk} {person.full_name} {person.email}"
