"""Facts of the register as CSV: codes and words, days as ISO, nothing that a spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from authorities.presenters.fits import fit_text, pair_name
from authorities.presenters.words import warning_text
from authorities.queries import DayGeography, PairFacts

# A spreadsheet takes a cell that starts with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

PAIR_HEADINGS = (
    "as_at",
    "pair",
    "authority_slug",
    "authority_code",
    "authority",
    "tier_code",
    "icb_slug",
    "icb_ons_code",
    "icb_ods_code",
    "icb",
    "nhs_region",
    "sliver",
    "planned",
    "fit_code",
    "fit",
    "share_of_authority",
    "share_of_icb",
    "people_in_both",
    "population_year",
    "same_since",
    "ends_on",
    "cluster",
    "warning_codes",
    "warnings",
    "source",
)


def pairs_csv(*, geography: DayGeography) -> str:
    """Return the pairs of the day, slivers and planned ones included and marked."""
    authority_codes = {one.slug: one.ons_code for one in geography.authorities}
    board_codes = {one.slug: (one.ons_code, one.ods_code) for one in geography.boards}
    return write_csv(
        headings=PAIR_HEADINGS,
        rows=(
            (
                geography.as_at.isoformat(),
                pair_name(pair=pair),
                pair.authority_slug,
                authority_codes.get(pair.authority_slug),
                pair.authority_name,
                pair.authority_tier,
                pair.board_slug,
                *board_codes.get(pair.board_slug, (None, None)),
                pair.board_name,
                pair.nhs_region,
                _flag(pair.sliver),
                _flag(pair.planned),
                *_facts(pair),
            )
            for pair in geography.pairs
        ),
    )


def write_csv(*, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the file; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue()


def _facts(pair: PairFacts) -> tuple[object, ...]:
    return (
        pair.coterminosity,
        fit_text(pair=pair),
        f"{pair.share_of_authority:.6f}",
        f"{pair.share_of_board:.6f}",
        pair.population,
        pair.population_year,
        pair.starts.isoformat(),
        pair.ends.isoformat() if pair.ends else None,
        pair.cluster.name if pair.cluster else None,
        " ".join(warning.kind.value for warning in pair.warnings),
        " ".join(warning_text(warning=warning) for warning in pair.warnings),
        pair.source,
    )


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
