"""Load the catalogue of indicators."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from outcomes.actions import catalogue


class Command(BaseCommand):
    help = "Load the indicators that the project describes. May run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = catalogue.load(at=timezone.now())
        except catalogue.CatalogueError as error:
            raise CommandError(str(error)) from error
        are = "1 indicator is" if changed == 1 else f"{changed} indicators are"
        self.stdout.write(f"{are} new or changed.")
