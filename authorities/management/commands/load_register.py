"""Loads the register of bodies and places."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authorities.actions.directory import LoadReport, load_register
from authorities.register_file import RegisterError, read_register


class Command(BaseCommand):
    """Checks the register's files and makes the database say what they say."""

    help = "Load the register of bodies and places; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another folder, or print JSON."""
        parser.add_argument("--folder", type=Path, help="the register's folder")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, load, and say what changed."""
        folder = options["folder"] or settings.BASE_DIR / "authorities" / "register"
        try:
            register = read_register(folder=folder)
        except RegisterError as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        report = load_register(register=register, by=None, at=timezone.now())
        self.stdout.write(json.dumps(asdict(report)) if options["json"] else _in_words(report))


def _in_words(report: LoadReport) -> str:
    made = sum(change.created for change in report.changes)
    changed, pairs = len(report.changes) - made, report.pairs
    kept = report.bodies - len(report.changes)
    lines = [
        f"Bodies: {made} made, {changed} changed, {kept} as before.",
        f"Pairs: {pairs.created} made, {pairs.changed} changed, {pairs.unchanged} as before.",
    ]
    if not report.changed_anything:
        lines.append("Nothing changed.")
    lines += [
        f"  {change.kind} {change.slug}: {line}"
        for change in report.changes
        if not change.created
        for line in change.what
    ]
    if report.reorganisations:
        lines.append("Changes of the register put on record:")
        lines += [f"  {text}" for text in report.reorganisations]
    if report.replayed:
        lines.append(f"Changes entered on screen, on top of the register: {report.replayed}.")
    if report.left_out:
        lines.append("Changes entered on screen that do not fit the register any more:")
        lines += [f"  {text}" for text in report.left_out]
    if report.only_stored:
        lines.append("In the database and not in the register, left as they are:")
        lines += [f"  {text}" for text in report.only_stored]
    return "\n".join(lines)
