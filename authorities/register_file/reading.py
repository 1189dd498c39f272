"""Reads the register's folder."""

from datetime import date
from pathlib import Path

from authorities.register_file.bodies import (
    read_authorities,
    read_board_codes,
    read_boards,
    read_clusters,
    read_council_codes,
    read_councils,
    read_other_bodies,
    read_successions,
)
from authorities.register_file.governance import (
    read_agreements,
    read_held_functions,
    read_seats,
)
from authorities.register_file.places import (
    read_council_regions,
    read_members,
    read_overlaps,
    read_part_boards,
    read_parts,
)
from authorities.register_file.reorganisations import read_reorganisations
from authorities.register_file.rows import OverlapTable, Register
from authorities.register_file.rules import check_register
from authorities.register_file.tables import FACT, RegisterError, read_table
from authorities.span import Span

# Each published table of overlaps, with a day on which it held: boards changed on 1 April 2026.
_OVERLAP_TABLES = (
    ("sa_icb_overlap_2022.csv", date(2026, 3, 31)),
    ("sa_icb_overlap_2026.csv", date(2026, 4, 1)),
)


def read_register(*, folder: Path) -> Register:
    """Return the register in a folder, once it keeps every rule.

    Args:
        folder: the folder of CSV files that `authorities/register/README.md` describes.

    Returns:
        The register, rows in the order of the files.

    Raises:
        RegisterError: a file, a cell or a rule is broken; the first one found.
    """
    gathered_on = _gathered_on(folder)
    authorities = read_authorities(folder=folder)
    members = read_members(folder=folder)
    boards = read_boards(folder=folder)
    register = Register(
        gathered_on=gathered_on,
        begins_on=min(
            span.start or gathered_on
            for span in (
                Span(start=gathered_on, end=None),
                *(row.exists for row in authorities),
                *(row.valid for row in members),
                *(row.exists for row in boards),
            )
        ),
        authorities=authorities,
        members=members,
        boards=boards,
        board_codes=read_board_codes(folder=folder),
        successions=read_successions(folder=folder),
        clusters=read_clusters(folder=folder),
        councils=read_councils(folder=folder),
        council_codes=read_council_codes(folder=folder),
        parts=read_parts(folder=folder),
        part_boards=read_part_boards(folder=folder),
        overlap_tables=tuple(
            OverlapTable(file=file, day=day, rows=read_overlaps(folder=folder, file=file))
            for file, day in _OVERLAP_TABLES
        ),
        other_bodies=read_other_bodies(folder=folder),
        held_functions=read_held_functions(folder=folder),
        seats=read_seats(folder=folder),
        reorganisations=read_reorganisations(folder=folder),
        agreements=read_agreements(folder=folder),
        council_regions=read_council_regions(folder=folder),
    )
    check_register(register=register)
    return register


def _gathered_on(folder: Path) -> date:
    for row in read_table(folder=folder, file="about.csv", columns=("key", "value", *FACT)):
        if row.text("key") == "gathered_on":
            day = row.day("value")
            if day is not None:
                return day
    raise RegisterError("about.csv: no row gathered_on with a day. Add it.")
