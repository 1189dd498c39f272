"""Imports official boundaries."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authorities.actions.boundaries import import_boundaries
from authorities.actions.boundary_plan import BoundariesError
from authorities.boundary_file import BoundaryFileError, read_boundary_file
from authorities.part_boundaries import PartBoundariesError

_OGL = "Open Government Licence v3.0"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day. Write it as 2026-04-01.") from error


class Command(BaseCommand):
    """Stores official areas of councils, from which boards and authorities are put together."""

    help = "Import a GeoJSON file of counties and unitary authorities by the ONS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for what the file itself does not say."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", required=True, help="what the map calls these boundaries")
        parser.add_argument("--valid-from", required=True, type=_day, help="their first day")
        parser.add_argument("--source", required=True, help="who published them, and when")
        parser.add_argument("--licence", default=_OGL)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check and store."""
        try:
            report = import_boundaries(
                file=read_boundary_file(text=options["file"].read_bytes()),
                name=options["name"],
                valid_from=options["valid_from"],
                source=options["source"],
                licence=options["licence"],
                by=None,
                at=timezone.now(),
            )
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read. Check the path.") from error
        except (BoundaryFileError, PartBoundariesError, BoundariesError) as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        self.stdout.write(f"{report.name}: {report.stored} areas.")
        if report.left_out:
            self.stdout.write(f"Left out, not in England: {', '.join(report.left_out)}.")
