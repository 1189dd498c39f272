"""Load the catalogue of indicators, and the methods by which progress is computed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from outcomes.actions import catalogue, progress_methods


class Command(BaseCommand):
    help = "Load the catalogue that comes with the project. May run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = catalogue.load(at=timezone.now())
        except catalogue.CatalogueFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            "New or changed: "
            + ", ".join(
                f"{count} {noun}{'' if count == 1 else 's'}"
                for count, noun in (
                    (loaded.domains, "domain"),
                    (loaded.indicators, "indicator"),
                    (loaded.breaks, "break"),
                    (loaded.sets, "set"),
                )
            )
            + "."
        )
        if added := progress_methods.load(at=timezone.now()):
            self.stdout.write(f"New methods of progress: {added}.")
        for one in loaded.left:
            self.stdout.write(f"Changed on screen, so the file's words are left: {one}")
