"""Makes a backup: `manage.py back_up --to FOLDER`."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from authorities.backup.making import make_backup
from authorities.backup.manifest import BackupError


class Command(BaseCommand):
    """Copies the database and the kept files, with a manifest of what must be there."""

    help = "Back up the database and the kept files into a new folder, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where it goes."""
        parser.add_argument("--to", type=Path, required=True, help="a folder, new or empty")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say what is in it.

        Raises:
            CommandError: it cannot be made.
        """
        folder: Path = options["to"].absolute()
        began = time.monotonic()

        def report(said: str) -> None:
            self.stdout.write(f"[{time.monotonic() - began:6.1f} s] {said}")

        try:
            manifest = make_backup(folder=folder, at=timezone.now(), report=report)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        report(
            f"Backed up to {folder}: {manifest.rows} rows of {len(manifest.tables)} tables and "
            f"{len(manifest.files)} files, {manifest.size / 1_000_000:.1f} MB"
        )
        for name in manifest.missing:
            self.stderr.write(f"The database names a file that is not there: {name}")
