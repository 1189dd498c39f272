"""The catalogue of indicators, loaded from the project's own file."""

import csv
from datetime import datetime
from pathlib import Path

from django.db import transaction

from authorities import audit
from outcomes.models import Indicator, Polarity, Scale

FILE = Path(__file__).resolve().parent.parent / "published" / "indicators.csv"
_FACTS = ("code", "name", "definition", "unit", "scale", "polarity", "source", "licence")


class CatalogueError(ValueError):
    """A row of the catalogue breaks a rule; nothing is loaded."""


@transaction.atomic
def load(*, file: Path = FILE, at: datetime) -> int:
    """Load the catalogue, and return how many indicators are new or changed.

    An indicator that an upload has brought as a draft is described by its row here.

    Raises:
        CatalogueError: with the row and what is wrong.
    """
    changed = 0
    with file.open(encoding="utf-8", newline="") as content:
        for number, row in enumerate(csv.DictReader(content), start=2):
            changed += _load_row(number=number, row=row, at=at)
    return changed


def _load_row(*, number: int, row: dict[str, str], at: datetime) -> bool:
    if row["scale"] not in Scale.values or row["polarity"] not in Polarity.values:
        raise CatalogueError(f"Row {number}: scale or polarity is not one that we know.")
    if not row["fingertips_id"].isdecimal():
        raise CatalogueError(f"Row {number}: fingertips_id must be a whole number.")
    facts = {name: row[name] for name in _FACTS} | {"draft": False}
    indicator = Indicator.objects.filter(fingertips_id=int(row["fingertips_id"])).first()
    if indicator is None:
        indicator = Indicator(fingertips_id=int(row["fingertips_id"]))
    elif all(getattr(indicator, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(indicator, name, value)
    indicator.save()
    audit.record(action="indicator.described", target=indicator, by=None, at=at)
    return True
