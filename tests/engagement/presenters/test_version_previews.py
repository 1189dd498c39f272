"""What a draft would change, page by page and as a file, from plain picks."""

import csv
import io
import uuid
from dataclasses import replace

import pytest

from duty.ui.looks import FIRST_WORDS
from engagement.matrix import Level, LevelRule
from engagement.presenters import version_previews as presenter
from engagement.queries.reading_versions import Draft
from engagement.what_would_change import PairPicks, SidePicks, what_would_change
from tests.engagement.test_rubric_content import WHOLE
from tests.engagement.test_what_would_change import reading
from tests.factories.engagement import NOW

DRAFT = Draft(
    id=uuid.UUID(int=1),
    kind="rubric",
    state="draft",
    origin=1,
    content=WHOLE,
    reason="So.",
    revision=1,
    changed_at=NOW,
    changed_by="Somebody",
    authors=frozenset(),
    declined_reason="",
    discarded_reason="",
    decided_at=None,
    decided_by="",
    version=None,
)


def picked(codes: str, level: Level) -> SidePicks:
    return SidePicks(picks=dict.fromkeys(codes, level), confirmed=level)


def found(count: int, after=None) -> presenter.Preview:
    groups = {
        cell: {"red": "red", "green": "green"}.get(code, "amber")
        for cell, code in reading().groups.items()
    }
    pairs = [
        PairPicks(
            key=f"authority-{at}/board-{at}",
            name=f"Pair {at:03}",
            sa=picked("ABC", Level.HIGH),
            icb=picked("XYZ", Level.HIGH) if at % 2 else None,
        )
        for at in range(count)
    ]
    before = replace(reading(), groups=groups)
    return presenter.Preview(
        round_name="Spring 2026",
        rubric_version=1,
        matrix_version=1,
        found=what_would_change(pairs=pairs, before=before, after=after or before),
        now=FIRST_WORDS,
        then=FIRST_WORDS,
    )


def dropped() -> presenter.Preview:
    """A new core theme, so that no authority can be read any more."""
    return found(60, replace(reading(sa="ABCD", core="DX", rule=LevelRule()), groups={}))


@pytest.mark.parametrize(
    ("page", "rows", "shown"), [(1, 25, 1), (3, 10, 3), (0, 25, 1), (99, 10, 3)]
)
def test_pairs_come_in_pages(page: int, rows: int, shown: int) -> None:
    made = presenter.preview_page(draft=DRAFT, of=dropped(), shows_all=False, page=page)

    assert (len(made.rows), made.page, made.pages, made.moving) == (rows, shown, 3, 60)
    assert made.url.endswith("?page=")


def test_pairs_that_stay_are_shown_when_all_are_asked_for() -> None:
    few = presenter.preview_page(draft=DRAFT, of=found(30), shows_all=False, page=1)
    every = presenter.preview_page(draft=DRAFT, of=found(30), shows_all=True, page=2)

    assert (few.rows, few.pages) == ((), 1)
    assert [cell.text for cell in every.rows[0]][:3] == ["Pair 025", "High", "High"]
    assert "show=all" in every.url


def test_counts_have_denominators_and_say_what_cannot_be_read() -> None:
    made = presenter.preview_page(draft=DRAFT, of=dropped(), shows_all=False, page=1)

    said = {row.key: row.value for row in made.counts}
    assert said["Sides whose level would change"] == "60 of 90"
    assert said["From high to not assessed"] == "60 of 90 sides"
    assert said["Sides that could not be read"] == "60 of 90"
    assert said["Pairs whose group would change"] == "30 of 60"
    assert said["Pairs in a group now"] == "30 of 60"
    assert said["Pairs in a group by the draft"] == "0 of 60"
    assert said["Sides that have confirmed no view"] == "30 of 120"
    assert said["Themes that nobody was asked"].startswith("D.")


def test_the_file_tells_no_view_from_not_assessed() -> None:
    rows = list(csv.DictReader(io.StringIO(presenter.preview_csv(of=dropped(), note="Read this."))))

    assert len(rows) == 60
    assert rows[0]["icb_level_now"] == "no_view"
    assert rows[0]["authority_level_by_draft"] == "not_assessed"
    assert rows[0]["authority_note"] == "Not read: a core theme was not answered"
    assert (rows[1]["group_now"], rows[1]["group_by_draft"]) == ("green", "not_assessed")
    assert presenter.empty_csv().strip() == ",".join(presenter.HEADINGS)
