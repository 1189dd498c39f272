"""Loads the project's own approximate areas."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authorities.actions.boundaries import load_boundaries
from authorities.actions.boundary_plan import BoundariesError
from authorities.part_boundaries import PartBoundariesError, read_part_boundaries


class Command(BaseCommand):
    """Stores the areas of parts that maps are drawn from."""

    help = "Load the approximate areas of the register; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another folder."""
        parser.add_argument("--folder", type=Path, help="the folder of parts.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check and store."""
        folder = options["folder"] or settings.BASE_DIR / "authorities" / "register" / "boundaries"
        try:
            report = load_boundaries(
                country=read_part_boundaries(text=(folder / "parts.json").read_bytes()),
                fine=read_part_boundaries(text=(folder / "parts_fine.json").read_bytes()),
                by=None,
                at=timezone.now(),
            )
        except OSError as error:
            raise CommandError(f"{folder} has no parts.json and parts_fine.json.") from error
        except (PartBoundariesError, BoundariesError) as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        self.stdout.write(
            f"{report.name}: {report.stored} areas."
            + ("" if report.changed else " Nothing changed.")
        )
