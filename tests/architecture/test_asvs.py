"""The table of security requirements names what there is, and says what is open."""

import csv
import re
from pathlib import Path

from django.conf import settings

_PROJECT = Path(__file__).parents[2]
_HELD = {"test", "setting", "reason", "hosting", "absent", "open"}
# How many requirements the standard, version 5.0.0, has at each level.
_FIRST, _SECOND = 70, 183


def rows() -> list[dict[str, str]]:
    with (_PROJECT / "docs/asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_of_both_levels_stands_there_once() -> None:
    named = [row["requirement"] for row in rows()]
    levels = [row["level"] for row in rows()]

    assert len(set(named)) == len(named)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", name) for name in named)
    assert (levels.count("1"), levels.count("2")) == (_FIRST, _SECOND)


def test_every_row_says_how_it_is_held() -> None:
    assert {row["held"] for row in rows()} <= _HELD
    assert all(row["how"] for row in rows())
    assert all(bool(row["by"]) == (row["held"] in {"test", "setting"}) for row in rows())


def test_what_a_row_names_is_there() -> None:
    for row in rows():
        if row["held"] == "setting":
            assert hasattr(settings, row["by"]), row
        elif row["held"] == "test":
            path, _, name = row["by"].partition("::")
            content = (_PROJECT / path).read_text()
            assert f"def {name}(" in content if name else "def test_" in content, row
