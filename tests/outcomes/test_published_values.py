"""The real figures, imported and then checked against a plain reading of their file."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from authorities.actions.directory import load_register
from authorities.models import AuditEvent, BodyCode
from authorities.register_file import read_register
from outcomes.actions import releases
from outcomes.models import Observation, Release
from tests.factories.outcomes import NOW

ROOT = Path(__file__).parents[2]
HLE = ROOT / "outcomes" / "published" / "fingertips_90362_healthy_life_expectancy.csv"
FACTS = releases.ReleaseFacts(title="Test release")


@pytest.fixture(scope="module")
def real_register(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The project's own register, taken back at the module's end."""
    with django_db_blocker.unblock(), transaction.atomic():
        register = read_register(folder=ROOT / "authorities" / "register")
        load_register(register=register, by=None, at=NOW)
        yield
        transaction.set_rollback(True)


def import_again() -> releases.Imported:
    with HLE.open("rb") as content:
        return releases.import_national(content=content, name=HLE.name, facts=FACTS, at=NOW)


@pytest.mark.slow
def test_the_real_file_is_stored_as_a_plain_reading_gives_it(real_register, db):
    imported = import_again()

    assert (imported.rows, imported.missing, imported.counts.added) == (2128, 32, 2128)
    with HLE.open(encoding="utf-8-sig", newline="") as content:
        plain = {
            (row["Area Code"], row["Sex"], row["Time period"]): float(row["Value"])
            if row["Value"]
            else None
            for row in csv.DictReader(content)
        }
    stored = {
        (code, sex, period): value
        for code, sex, period, value in Observation.objects.current().values_list(
            "area_code", "breakdown__sex", "period__label", "value"
        )
    }
    assert stored == plain
    # Each code means the body that holds it in the register, whatever its code is today.
    for code, body in Observation.objects.values_list("area_code", "area").distinct():
        assert BodyCode.objects.filter(value=code, body=body).exists()


@pytest.mark.slow
def test_the_real_file_again_writes_nothing(real_register, db):
    import_again()
    before = (Observation.objects.count(), Release.objects.count(), AuditEvent.objects.count())

    imported = import_again()

    assert (imported.counts.unchanged, imported.counts.changed) == (2128, 0)
    after = (Observation.objects.count(), Release.objects.count(), AuditEvent.objects.count())
    assert after == before
