"""Placements as CSV: codes and words, days as ISO, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from authorities.csv_text import inert
from duty.ui.looks import MatrixWords
from engagement import words
from engagement.picture import PictureRow

HEADINGS = (
    "round",
    "round_name",
    "state",
    "revision",
    "published_on",
    "bodies_as_at",
    "authority_code",
    "authority",
    "icb_ons_code",
    "icb_ods_code",
    "icb",
    "tier",
    "nhs_region",
    "authority_level_code",
    "authority_level",
    "icb_level_code",
    "icb_level",
    "support_group_code",
    "support_group",
    "less_engaged_side",
    "not_assessed_reason",
    "movement_code",
    "movement",
    "basis",
    "fit_code",
    "fit",
    "share_of_authority",
    "share_of_icb",
    "people_in_both",
    "population_year",
    "warnings",
    "rubric_version",
    "group_map_version",
    "last_calculated_at",
    "note",
)

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


def write_csv(
    *,
    lines: Iterable[tuple[RoundLine, PictureRow]],
    words_by_version: Mapping[int, MatrixWords],
    demonstration: bool,
) -> str:
    """Return the file, one line a pair and round, in the order given.

    `words_by_version` are the words of each version of the matrix that a line is of.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    note = DEMONSTRATION_NOTE if demonstration else ""
    for round_line, row in lines:
        values = (
            *_round_values(round_line),
            *_row_values(row, words_by_version[round_line.group_map_version]),
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


def _row_values(row: PictureRow, said: MatrixWords) -> tuple[str, ...]:
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
    )
