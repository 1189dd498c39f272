"""Publish the values of a national release."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from outcomes.actions import releases
from outcomes.actions.observations import OlderReleaseError
from outcomes.return_file import LAYOUTS, LONGEST_METHOD, ReturnFileError, RowError

_MOST_SHOWN = 20
_COUNTS = ("added", "updated", "unchanged", "superseded", "ignored", "refused")


def _day(text: str | date) -> date:
    try:
        # A caller in Python may give the day itself, or a text that no parser has seen.
        return text if isinstance(text, date) else date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-05-28.") from error


def _method(text: str) -> str:
    if len(text) > LONGEST_METHOD:
        raise argparse.ArgumentTypeError(
            f"The method may have at most {LONGEST_METHOD} characters; this has {len(text)}."
        )
    return text.strip()


class Command(BaseCommand):
    help = "Check a file as an upload is checked, and publish its values. May run twice."
    # A check of addresses would load every page with what draws it, more than a million rows take.
    requires_system_checks = (Tags.models,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--layout", choices=list(LAYOUTS), required=True)
        parser.add_argument(
            "--published-on", type=_day, help="for example 2026-05-28; today unless said"
        )
        parser.add_argument("--title", default="", help="the file's name unless said")
        parser.add_argument("--source", default="")
        parser.add_argument("--licence", default="")
        parser.add_argument(
            "--method",
            type=_method,
            default="",
            help="how the values were made, as their source names it, where the file does not say",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="do all of it, and store nothing"
        )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        facts = releases.ReleaseFacts(
            title=options["title"] or file.name,
            source=options["source"],
            licence=options["licence"],
            method=_method(options["method"]),
            published_on=options["published_on"] and _day(options["published_on"]),
        )
        as_json: bool = options["json"]
        try:
            with file.open("rb") as content:
                imported = releases.import_national(
                    content=content,
                    name=file.name,
                    facts=facts,
                    at=timezone.now(),
                    layout=LAYOUTS[options["layout"]],
                    dry_run=options["dry_run"],
                )
        except OSError as error:
            self._refuse(f"The file {file} cannot be read.", code="no-file", as_json=as_json)
            raise CommandError(f"The file {file} cannot be read: {error.strerror}.") from error
        except ReturnFileError as error:
            self._refuse(error.message, error.errors, code=error.code, as_json=as_json)
            raise CommandError(f"{error.message} Nothing was stored.") from error
        except releases.ReleaseHasErrorsError as error:
            for one in () if as_json else error.errors[:_MOST_SHOWN]:
                self.stderr.write(str(one))
            self._refuse(
                str(error),
                error.errors,
                code="rows",
                rows=error.rows,
                total=error.total,
                as_json=as_json,
            )
            raise CommandError(str(error)) from error
        except (releases.PublishedLaterError, OlderReleaseError) as error:
            self._refuse(str(error), code="published-on", as_json=as_json)
            raise CommandError(f"{error} Nothing was stored.") from error
        self._answer(imported=imported, as_json=as_json, dry_run=options["dry_run"])

    def _refuse(
        self,
        message: str,
        errors: Sequence[RowError] = (),
        *,
        code: str,
        rows: int = 0,
        total: int | None = None,
        as_json: bool,
    ) -> None:
        if not as_json:
            return
        # What is wrong with a file as a whole stands at its first row.
        errors = errors or (RowError(1, 1, "", "", code, "", message, ""),)
        answer = {
            **dict.fromkeys(_COUNTS, 0),
            "refused": rows,
            "total": len(errors) if total is None else total,
            "code": code,
            "message": message,
            "errors": [
                {
                    "row": error.row,
                    "column": error.column_letter,
                    "heading": error.heading,
                    "code": error.code,
                    "given": error.given,
                    "message": error.message,
                    "fix": error.fix,
                }
                for error in errors
            ],
        }
        self.stdout.write(json.dumps(answer))

    def _answer(self, *, imported: releases.Imported, as_json: bool, dry_run: bool) -> None:
        counts = imported.counts
        if as_json:
            answer = {
                "added": counts.added,
                "updated": counts.superseded,
                "unchanged": counts.unchanged,
                "superseded": counts.superseded,
                "ignored": imported.ignored,
                "refused": 0,
                "total": 0,
                "errors": [],
                "drafts": counts.drafts,
                "dry_run": dry_run,
                **asdict(imported),
            }
            self.stdout.write(json.dumps(answer))
            return
        self.stdout.write(
            f"{imported.rows:,} rows read, {imported.missing:,} without a value. "
            f"{counts.added:,} added, {counts.superseded:,} revised, "
            f"{counts.unchanged:,} unchanged."
        )
        for draft in counts.drafts:
            self.stdout.write(f"Not in the catalogue, stored as a draft: {draft}")
        for notice in imported.notices:
            self.stdout.write(notice)
        if dry_run:
            self.stdout.write("This was a rehearsal: nothing was stored.")
