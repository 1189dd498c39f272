"""Load what the page of the mission rests on: headlines of releases, and the first definition."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from outcomes.actions import mission_files


class Command(BaseCommand):
    help = "Load the mission's figures and definition that come with the project. May run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = mission_files.load(at=timezone.now())
        except mission_files.MissionFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"New: {loaded.releases} releases, {loaded.figures} figures, "
            f"{loaded.definitions} definitions. Put right: {loaded.corrected} figures."
        )
