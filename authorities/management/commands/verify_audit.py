"""Says whether the audit is what was written: `manage.py verify_audit`."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authorities.queries.seals import broken_links, chain_state

# Where one row was changed, the rest of the list says no more.
_MOST = 20


class Command(BaseCommand):
    """Follows the chain of seals from its start, and names what does not hold, the oldest first."""

    help = "Check the audit against its seals. Ends with 1 where a row or a seal was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take digests that were kept elsewhere."""
        parser.add_argument(
            "--kept",
            action="append",
            default=[],
            metavar="NUMBER:DIGEST",
            help="A seal's number and digest as the log has them. May be given more than once.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check all of it.

        Raises:
            CommandError: a kept digest is not written as NUMBER:DIGEST.
            SystemExit: with 1, where something does not hold.
        """
        kept = dict(_kept(text) for text in options["kept"])
        broken = list(islice(broken_links(kept=kept), _MOST))
        for sentence in broken:
            self.stdout.write(sentence)
        if broken:
            raise SystemExit(1)
        state = chain_state()
        self.stdout.write(
            f"All {state.number} seals hold. The newest has the digest {state.digest or '(none)'}; "
            f"{state.waiting} rows wait for the next."
        )


def _kept(text: str) -> tuple[int, str]:
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise CommandError(f"{text!r} is no kept digest: write it as NUMBER:DIGEST.")
    return int(number), digest.lower()
