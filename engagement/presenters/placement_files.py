"""Placements as CSV: codes and words, days as ISO, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from authorities.csv_text import inert
from duty.ui.looks import MatrixWords
from engagement import words
from engagement.content import LevelReasons
from engagement.picture import PictureRow

# What each column means, in the order of the file.
COLUMNS = (
    ("round", "the round, as in addresses"),
    ("round_name", "what the round is called"),
    ("state", "published, or working and not published"),
    ("revision", "number of the published revision; empty for working placements"),
    ("published_on", "day from which everybody could see the revision"),
    ("bodies_as_at", "day whose bodies, areas and shares are used"),
    ("authority_code", "ONS code of the strategic authority; empty where there is none yet"),
    ("authority", "name of the strategic authority on that day"),
    ("icb_ons_code", "ONS code of the integrated care board"),
    ("icb_ods_code", "NHS organisation code of the integrated care board"),
    ("icb", "name of the integrated care board on that day"),
    ("tier", "tier of the authority: foundation, mayoral or established_mayoral"),
    ("nhs_region", "NHS region of the integrated care board"),
    ("authority_level_code", "high, partial, low or not_assessed, which is never low"),
    ("authority_level", "the same in the words of the version of the matrix"),
    ("icb_level_code", "as authority_level_code, for the integrated care board"),
    ("icb_level", "the same in words"),
    ("authority_reasons", "what the authority's level rests on: counts of the rule, then words"),
    ("icb_reasons", "what the ICB's level rests on"),
    ("support_group_code", "code of the support group, or not_assessed"),
    ("support_group", "name of the support group: it says which support is offered"),
    ("less_engaged_side", "the side that an offer of in-depth support starts with, or neither"),
    ("not_assessed_reason", "why a level is missing"),
    ("movement_code", "movement since the earlier round, as a code"),
    ("movement", "the same in words; restated where a body changed between the rounds"),
    ("basis", "what the levels rest on: a moderated national view, or own views"),
    ("fit_code", "how the areas of both bodies fit, as a code"),
    ("fit", "the same in words"),
    ("share_of_authority", "share of the authority's people in the board's area, 0 to 1"),
    ("share_of_icb", "share of the board's people in the authority's area, 0 to 1"),
    ("people_in_both", "people who live in the areas of both"),
    ("population_year", "year of the estimate of people"),
    ("warnings", "about the timetables of both bodies"),
    ("corrections", "published levels that were corrected: in which revision, and why"),
    ("rubric_version", "version of the statements by which levels were reached"),
    ("group_map_version", "version of the matrix by which groups follow from levels"),
    ("last_calculated_at", "when a job last computed it, in UTC"),
    ("note", "what to know before use"),
)
HEADINGS = tuple(name for name, _ in COLUMNS)

SUPPORT_NOTE = "This is about support, not performance: counts are of pairs, and nothing is ranked"
DEMONSTRATION_NOTE = "Demonstration: engagement levels on this site are invented"


@dataclass(frozen=True)
class RoundLine:
    """What all rows of a round have in common."""

    slug: str
    name: str
    working: bool
    revision: int | None
    published_at: datetime | None
    geography_date: str
    rubric_version: str
    group_map_version: int
    computed_at: datetime | None


def file_note(*, demonstration: bool) -> str:
    """Return what each line of a file about levels says of its use."""
    return f"{SUPPORT_NOTE}. {DEMONSTRATION_NOTE}" if demonstration else SUPPORT_NOTE


def write_csv(
    *,
    lines: Iterable[tuple[RoundLine, PictureRow, LevelReasons]],
    words_by_version: Mapping[int, MatrixWords],
    demonstration: bool,
) -> str:
    """Return the file, one line a pair and round, in the order given.

    `words_by_version` are the words of each version of the matrix that a line is of.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    note = file_note(demonstration=demonstration)
    for round_line, row, reasons in lines:
        values = (
            *_round_values(round_line),
            *_row_values(row, reasons, words_by_version[round_line.group_map_version]),
        )
        writer.writerow(
            safe_cells(
                cells=(
                    *values,
                    round_line.rubric_version,
                    str(round_line.group_map_version),
                    round_line.computed_at.isoformat(timespec="seconds")
                    if round_line.computed_at
                    else "",
                    note,
                )
            )
        )
    return text.getvalue()


def dictionary_csv() -> str:
    """Return what each column of the file means."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("column", "meaning"))
    writer.writerows(safe_cells(cells=row) for row in COLUMNS)
    return text.getvalue()


def safe_cells(*, cells: Sequence[str]) -> list[str]:
    """Return cells of which none is taken for a formula."""
    return [inert(cell) for cell in cells]


def _round_values(line: RoundLine) -> tuple[str, ...]:
    return (
        line.slug,
        line.name,
        "working, not published" if line.working else "published",
        str(line.revision or ""),
        line.published_at.date().isoformat() if line.published_at else "",
        line.geography_date,
    )


def _row_values(row: PictureRow, reasons: LevelReasons, said: MatrixWords) -> tuple[str, ...]:
    return (
        row.authority_code or "",
        row.authority_name,
        row.board_ons_code or "",
        row.board_ods_code or "",
        row.board_name,
        row.tier,
        row.nhs_region_name,
        row.authority_level or "not_assessed",
        words.level(row.authority_level, said=said),
        row.board_level or "not_assessed",
        words.level(row.board_level, said=said),
        reasons.authority,
        reasons.board,
        row.group or "not_assessed",
        said.group(row.group).name,
        words.SIDES.get(row.less_engaged or "", "Neither" if row.group else ""),
        " and ".join(row.not_assessed),
        row.movement,
        words.MOVEMENTS[row.movement],
        words.BASES[row.basis],
        row.coterminosity,
        words.FITS[row.coterminosity],
        f"{row.share_of_authority:.6f}",
        f"{row.share_of_board:.6f}",
        str(row.population),
        str(row.population_year),
        "; ".join(words.warning(of=warning) for warning in row.warnings),
        row.corrections,
    )
