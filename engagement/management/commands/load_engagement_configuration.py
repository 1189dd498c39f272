"""Loads the rubric and the group map that come with the project. May run twice."""

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from engagement import rubric_file
from engagement.actions import configuration

FOLDER = Path(__file__).resolve().parents[2] / "configuration"
SOURCE = (
    "The project's own reading of the essays on the health duty by Tiratelli, Buck and Lloyd "
    "Goodwin (CLES and The King's Fund, 2025), version 1"
)


class Command(BaseCommand):
    """Stores version 1 of both, or checks that the stored ones are the same."""

    help = "Load the engagement rubric, its rule, the support groups and the group map."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the files and store them, all or nothing.

        Raises:
            CommandError: a file has faults, or a stored version differs.
        """
        try:
            with transaction.atomic():
                self._load()
        except (rubric_file.RubricFileError, configuration.VersionChangedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Rubric 1 and group map 1 are loaded.")

    def _load(self) -> None:
        now = timezone.now()
        statements = _read("rubric_v1_statements.csv")
        configuration.load_rubric(
            version=1,
            themes=rubric_file.read_rubric(text=statements),
            theme_sources=[row["source"] for row in csv.DictReader(io.StringIO(statements))],
            rule=rubric_file.read_rule(text=_read("rubric_v1_rule.csv")),
            source=SOURCE,
            by=None,
            at=now,
        )
        groups = rubric_file.read_support_groups(text=_read("support_groups_v1.csv"))
        configuration.load_group_map(
            version=1,
            groups=groups,
            cells=rubric_file.read_group_map(text=_read("group_map_v1.csv"), groups=groups),
            source=SOURCE,
            by=None,
            at=now,
        )


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
