"""Loads version 1 of the duty specification, and the declaration that signatories make."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from duty.actions import specifications
from duty.specification_file import SpecificationFileError, read_specification

_FOLDER = Path(__file__).resolve().parents[2] / "configuration"
_TITLE = "Health duty specification, version 1"
_SOURCE = "The project's own reading of the duty's four parts and their minimum floor."


class Command(BaseCommand):
    """Load what the duty asks. Run again, it changes nothing."""

    help = "Load version 1 of the duty specification and of the declaration."

    def handle(self, *args: object, **options: object) -> None:
        """Read the files, store them, publish.

        Raises:
            CommandError: a file has faults, or a stored version differs.
        """
        now = timezone.now()
        try:
            text = (_FOLDER / "specification_v1.csv").read_text(encoding="utf-8")
            loaded = specifications.load_specification(
                questions=read_specification(text=text),
                version=1,
                title=_TITLE,
                source=_SOURCE,
                by=None,
                at=now,
            )
            specifications.publish(specification=loaded, by=None, at=now)
            declaration = (_FOLDER / "declaration_v1.txt").read_text(encoding="utf-8")
            specifications.load_declaration(version=1, text=declaration, by=None, at=now)
        except (
            SpecificationFileError,
            specifications.SpecificationFrozenError,
            specifications.EmptySpecificationError,
            specifications.DeclarationFrozenError,
        ) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded.questions.count()} questions and 1 declaration are loaded.")
