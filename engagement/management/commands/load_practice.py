"""Load the practice examples that come with the project; what people changed is left."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.actions import practice_file


class Command(BaseCommand):
    """Publishes the examples of `engagement/practice/` that are not on record."""

    help = "Load the practice examples that come with the project. May run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load.

        Raises:
            CommandError: the file is wrong.
        """
        try:
            new = practice_file.load(at=timezone.now())
        except (practice_file.PracticeFileError, practice_file.ExampleRefusedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"New: {new} practice examples.")
