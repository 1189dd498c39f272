"""Gives the site's database role what it needs, and no more: `manage.py limit_database_role`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authorities.actions.database_role import NoSuchRoleError, excess, limit, records


class Command(BaseCommand):
    """Run by the owner of the tables, after each migration."""

    help = (
        "Let a role of the database do the site's work, and change nothing of the audit, of the "
        "log of access, of their seals and of the histories. Run it as the owner, after migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the role's name, and `--check`."""
        parser.add_argument("role", help="A role that may log in and owns nothing.")
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; end with 1 where it may too much."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Limit the role, or look at it.

        Raises:
            CommandError: there is no such role, or it is a superuser.
            SystemExit: with 1, where the role may do too much.
        """
        role = options["role"]
        if not options["check"]:
            try:
                limit(role=role)
            except NoSuchRoleError as error:
                raise CommandError(
                    f"There is no role {role!r}, or it is a superuser. Make one as a superuser: "
                    f"CREATE ROLE {role} LOGIN PASSWORD '...';"
                ) from error
        too_much = excess(role=role)
        for one in too_much:
            self.stdout.write(f"{role} is or may do: {one}")
        if too_much:
            raise SystemExit(1)
        self.stdout.write(f"{role} changes nothing in {len(records())} tables of record.")
