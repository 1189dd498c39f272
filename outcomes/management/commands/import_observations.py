"""Publish the values of a national release."""

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from outcomes.actions import releases
from outcomes.return_file import ReturnFileError

_MOST_SHOWN = 20


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-05-28.") from error


class Command(BaseCommand):
    help = "Check a file as an upload is checked, and publish its values. May run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--layout", choices=["fingertips"], required=True)
        parser.add_argument("--published-on", type=_day, help="for example 2026-05-28")
        parser.add_argument("--title", default="", help="the file's name unless said")
        parser.add_argument("--source", default="")
        parser.add_argument("--licence", default="")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        facts = releases.ReleaseFacts(
            title=options["title"] or file.name,
            source=options["source"],
            licence=options["licence"],
            published_on=options["published_on"],
        )
        try:
            with file.open("rb") as content:
                imported = releases.import_national(
                    content=content, name=file.name, facts=facts, at=timezone.now()
                )
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {file}.") from error
        except ReturnFileError as error:
            raise CommandError(f"{error.message} Nothing was stored.") from error
        except releases.ReleaseHasErrorsError as error:
            for one in error.errors[:_MOST_SHOWN]:
                self.stderr.write(str(one))
            raise CommandError(str(error)) from error
        self._answer(imported=imported, as_json=options["json"])

    def _answer(self, *, imported: releases.Imported, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(imported)))
            return
        counts = imported.counts
        self.stdout.write(
            f"{imported.rows:,} rows read, {imported.missing:,} without a value. "
            f"{counts.added:,} added, {counts.superseded:,} revised, "
            f"{counts.unchanged:,} unchanged."
        )
        for draft in counts.drafts:
            self.stdout.write(f"Not in the catalogue, stored as a draft: {draft}")
        for notice in imported.notices:
            self.stdout.write(notice)
