"""Loads the project's own practice examples; what people changed or withdrew is left."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from engagement.actions import practice
from engagement.actions.practice import ExampleRefusedError, ExampleText
from engagement.practice_file import PracticeFileError, read_examples

FILE = Path(settings.BASE_DIR) / "engagement" / "practice" / "examples.csv"
__all__ = ["FILE", "ExampleRefusedError", "PracticeFileError", "load"]


def load(*, file: Path = FILE, at: datetime) -> int:
    """Publish the examples of the file that are not on record.

    Returns:
        How many are new.

    Raises:
        PracticeFileError, ExampleRefusedError: the file is wrong; nothing is loaded.
    """
    rows = read_examples(content=file.read_bytes())
    return practice.load(
        rows={
            row.key: ExampleText(
                source_date=row.source_date,
                themes=row.themes,
                determinants=row.determinants,
                **row.words,
            )
            for row in rows
        },
        at=at,
    )
