"""Announces maintenance, lets the site be read only, and ends both: `manage.py maintenance`."""

from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from authorities.actions import maintenance
from authorities.models import MaintenanceKind
from authorities.queries.maintenance import Span, standing
from authorities.read_only import SHOWN_FOR_SECONDS

_KINDS = {"announce": MaintenanceKind.ANNOUNCED, "read_only": MaintenanceKind.READ_ONLY}


def _moment(text: str) -> datetime:
    try:
        said = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no time: write it as 2026-12-01T18:00.") from error
    return said if timezone.is_aware(said) else timezone.make_aware(said)


class Command(BaseCommand):
    """Says what people see and what they may do; holds from then on, without a restart."""

    help = (
        "Show a notice on every page (announce), let nothing be saved or sent (read_only), or end "
        "both (end). Times are London's, such as 2026-12-01T18:00."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to hold, and until when."""
        parser.add_argument("what", choices=["announce", "read_only", "end", "show"])
        parser.add_argument("--from", dest="starts_at", type=_moment, help="when it starts")
        parser.add_argument("--until", type=_moment, help="when it is expected to be over")

    def handle(self, *args: Any, **options: Any) -> None:
        """Switch it, and say what holds now.

        Raises:
            CommandError: a time is missing or makes no sense.
        """
        what, now = options["what"], timezone.now()
        if what in _KINDS:
            if options["until"] is None:
                raise CommandError("Say when it is expected to be over: --until 2026-12-01T20:00")
            if what == "announce" and options["starts_at"] is None:
                raise CommandError("Say when it starts: --from 2026-12-01T18:00")
            try:
                maintenance.begin(
                    kind=_KINDS[what],
                    # Reading only begins when it is said.
                    starts_at=options["starts_at"] if what == "announce" else now,
                    until=options["until"],
                    by=None,
                    at=now,
                )
            except maintenance.MaintenanceError as error:
                raise CommandError(str(error)) from error
        elif what == "end":
            for kind in MaintenanceKind:
                maintenance.end(kind=kind, by=None, at=now)
        self._say()

    def _say(self) -> None:
        holds = standing()
        if holds.read_only is not None:
            self.stdout.write(
                f"The site can only be read, expected {_words(holds.read_only)}. Requests and jobs "
                "that were under way still finish."
            )
        if holds.announced is not None:
            self.stdout.write(f"A maintenance is announced {_words(holds.announced)}.")
        if holds.read_only is None and holds.announced is None:
            self.stdout.write("No maintenance is announced, and the site can be written to.")
        self.stdout.write(f"Pages show this within {SHOWN_FOR_SECONDS:.0f} seconds.")


def _words(span: Span) -> str:
    said = [
        f"{word} {timezone.localtime(moment):%d %B %Y %H:%M}"
        for word, moment in (("from", span.starts_at), ("until", span.until))
        if moment is not None
    ]
    return " ".join(said)
