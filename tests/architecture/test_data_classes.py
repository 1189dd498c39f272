"""Each table of the site has its class of data, in the words of docs/data-classes.md."""

import re
from collections import Counter
from pathlib import Path

from django.apps import apps

_FILE = Path(__file__).parents[2] / "docs/data-classes.md"
_CLASSES = ("public", "own", "shared", "centre", "personal", "secret", "machinery")
_OURS = ("authorities", "outcomes", "duty", "engagement")


def classed() -> dict[str, str]:
    """Return the class of each table that the file names."""
    text = _FILE.read_text(encoding="utf-8").partition("## Tables")[2]
    found = {}
    for part in re.split(r"\n\n(?=\*\*)", text.strip()):
        name = part.partition("**:")[0].strip("*")
        assert name in _CLASSES
        for label in re.findall(r"`(\w+\.\w+)`", part):
            assert label not in found, label
            found[label] = name
    return found


def test_each_table_has_a_class_and_each_class_its_tables() -> None:
    # A history is of the class of what it records.
    ours = {
        model._meta.label
        for name in _OURS
        for model in apps.get_app_config(name).get_models()
        if not hasattr(model, "pgh_tracked_model")
    }

    assert set(classed()) == ours
    assert set(Counter(classed().values())) == set(_CLASSES)


def test_each_class_says_how_it_is_protected() -> None:
    table = _FILE.read_text(encoding="utf-8").partition("## Tables")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("| ")]

    assert [row[0].strip() for row in rows[1:]] == list(_CLASSES)
    assert all(cell.strip() for row in rows for cell in row)
