"""Reads the files of places: who is a member of what, and who serves which part."""

from pathlib import Path

from authorities.register_file.rows import (
    CouncilRegionRow,
    MemberRow,
    OverlapRow,
    PartBoardRow,
    PartRow,
)
from authorities.register_file.tables import FACT, SPAN, read_table

_ROLES = frozenset({"constituent", "non_constituent"})


def read_members(*, folder: Path) -> tuple[MemberRow, ...]:
    """Return who is a member of which authority; a wrong cell raises RegisterError."""
    columns = ("sa_slug", "council_code", "role", *SPAN, *FACT)
    return tuple(
        MemberRow(
            place=row.place,
            authority=row.text("sa_slug"),
            council=row.text("council_code"),
            role=row.choice("role", _ROLES),
            valid=row.span(*SPAN),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="constituents.csv", columns=columns)
    )


def read_council_regions(*, folder: Path) -> tuple[CouncilRegionRow, ...]:
    """Return which region each council lies in; a wrong cell raises RegisterError."""
    columns = ("council_code", "region_slug", *SPAN, *FACT)
    return tuple(
        CouncilRegionRow(
            place=row.place,
            council=row.text("council_code"),
            region=row.slug("region_slug"),
            valid=row.span(*SPAN),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="council_regions.csv", columns=columns)
    )


def read_parts(*, folder: Path) -> tuple[PartRow, ...]:
    """Return the parts of councils; a wrong cell raises RegisterError."""
    columns = ("part", "council_code", "population", "population_year", "lsoa_count", *FACT)
    return tuple(
        PartRow(
            place=row.place,
            key=row.text("part", most=16),
            council=row.text("council_code"),
            population=row.count("population"),
            population_year=row.count("population_year", most=2100),
            small_areas=row.count("lsoa_count"),
            source=row.text("source"),
        )
        for row in read_table(folder=folder, file="council_parts.csv", columns=columns)
    )


def read_part_boards(*, folder: Path) -> tuple[PartBoardRow, ...]:
    """Return which board serves which part; a wrong cell raises RegisterError."""
    columns = ("part", "icb_slug", *SPAN, *FACT)
    return tuple(
        PartBoardRow(
            place=row.place,
            part=row.text("part", most=16),
            board=row.text("icb_slug"),
            valid=row.begun(*SPAN),
        )
        for row in read_table(folder=folder, file="part_boards.csv", columns=columns)
    )


def read_overlaps(*, folder: Path, file: str) -> tuple[OverlapRow, ...]:
    """Return one published table of overlaps; a wrong cell raises RegisterError."""
    columns = (
        *("sa_slug", "icb_slug", "overlap_population"),
        *("share_of_sa_population", "share_of_icb_population", *FACT),
    )
    return tuple(
        OverlapRow(
            place=row.place,
            authority=row.text("sa_slug"),
            board=row.text("icb_slug"),
            population=row.count("overlap_population"),
            share_of_authority=row.share("share_of_sa_population"),
            share_of_board=row.share("share_of_icb_population"),
        )
        for row in read_table(folder=folder, file=file, columns=columns)
    )
