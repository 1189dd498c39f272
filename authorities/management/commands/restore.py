"""Restores a backup: `manage.py restore --from FOLDER`."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authorities.backup.manifest import BackupError
from authorities.backup.restoring import needs_migrations, restore_backup
from authorities.integrity import Asked, run


class Command(BaseCommand):
    """Restores into an empty database and an empty folder of files, and checks all of it."""

    help = "Restore a backup into an empty database, and compare every table and file with it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where it is."""
        parser.add_argument("--from", dest="folder", type=Path, required=True, help="the backup")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, compare, check, and say what was done.

        Raises:
            CommandError: it cannot be restored, or what came back is not what was backed up.
        """
        began = time.monotonic()

        def report(said: str) -> None:
            self.stdout.write(f"[{time.monotonic() - began:6.1f} s] {said}")

        try:
            manifest = restore_backup(folder=options["folder"].absolute(), report=report)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        if needs_migrations(manifest=manifest):
            report(
                "This version of the site is later than the backup's. Run migrate, then "
                "check_integrity --every-file and anonymise --leavers, before anybody signs in."
            )
            return
        made = f"{manifest.made_at:%d %B %Y, %H:%M} UTC"
        # By the clock of the backup: what was owed to people then is late by now, and no fault.
        results = run(asked=Asked(at=manifest.made_at, every_file=True))
        broken = [one for one in results if one.broken.count]
        for one in broken:
            self.stderr.write(f"{one.check.name} is broken by {one.broken.count} rows")
        if broken:
            raise CommandError(
                f"All rows and files are as in the backup of {made}, and {len(broken)} of "
                f"{len(results)} checks of integrity are broken there."
            )
        report(
            f"Restored the backup of {made}: {manifest.rows} rows, {len(manifest.files)} files, "
            f"{len(results)} checks of integrity hold. Run anonymise --leavers before anybody "
            "signs in, since names may be back that were taken out; then everybody signs in anew."
        )
