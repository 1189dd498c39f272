"""Invites the first person of a new site, who then invites all others."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from authorities.actions import invitations
from authorities.models import Body, BodyKind, Invitation, Membership, Role


class Command(BaseCommand):
    """Writes a mail with a link to an administrator's role; no password is made or shown."""

    help = (
        "Invite the first administrator of a site. The mail leaves with the next run of the "
        "worker. Refuses where there is an administrator, unless --another is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whom, and where."""
        parser.add_argument("email", help="the e-mail address of the person")
        parser.add_argument(
            "--body",
            default="department-of-health-and-social-care",
            help="the national body where the role is held (default: %(default)s)",
        )
        parser.add_argument(
            "--another", action="store_true", help="though there is an administrator already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, or send again what waits already, and say what happened.

        Raises:
            CommandError: nothing was done; it says why.
        """
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as refusal:
            raise CommandError(f"{email!r} is no e-mail address. Nothing was changed.") from refusal
        body = Body.objects.filter(kind=BodyKind.NATIONAL, slug=options["body"]).first()
        if body is None:
            raise CommandError(
                f"There is no national body {options['body']!r}. Load the register first "
                "(load_register), or name another one. Nothing was changed."
            )
        there = Membership.objects.current().filter(role=Role.ADMINISTRATOR).exists()
        if there and not options["another"]:
            raise CommandError(
                "The site has an administrator, who invites others on the page of all people. "
                "Add --another if none of them can sign in. Nothing was changed."
            )
        self.stdout.write(self._invite(email, body))

    def _invite(self, email: str, body: Body) -> str:
        now = timezone.now()
        waiting = (
            Invitation.objects.waiting()
            .filter(email=email, body=body, role=Role.ADMINISTRATOR)
            .first()
        )
        try:
            if waiting is not None:
                row = invitations.send_again(invitation=waiting, by=None, at=now)
                done = "Sent again; the link of the mail before no longer works"
            else:
                row = invitations.invite(
                    email=email,
                    body=body,
                    role=Role.ADMINISTRATOR,
                    role_ends_at=None,
                    by=None,
                    at=now,
                )
                done = "Invited"
        except invitations.InvitationError as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        until = timezone.localtime(row.expires_at)
        return (
            f"{done}: {row.email}, administrator at {body.slug}. The mail leaves with the next run "
            f"of the worker. Its link works once, until {until.day} {until:%B %Y}."
        )
