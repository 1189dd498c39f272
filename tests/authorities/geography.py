"""The real register and areas, as the map is given them on a day."""

import csv
from functools import cache
from pathlib import Path

from authorities.map_layers import PartPlace
from authorities.part_areas import PartAreas, read_part_areas

REGISTER = Path(__file__).parents[2] / "authorities" / "register"
BOUNDARIES = REGISTER / "boundaries"

# An overlap below this share of the authority's people makes no pair.
SLIVER = 0.02


def rows_of(name: str) -> list[dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def part_areas(name: str) -> PartAreas:
    return read_part_areas(text=(BOUNDARIES / name).read_bytes())


def labels() -> dict[str, str]:
    return {r["slug"]: r["label"] for r in rows_of("tile_grid.csv") if r["layer"] == "sa"}


def places_of_november_2026() -> list[PartPlace]:
    return places_on("2026-11-23")


def places_on(day: str) -> list[PartPlace]:
    """Whose each part is on a day; overlaps are those of that day's boards."""
    overlaps = "sa_icb_overlap_2026.csv" if day >= "2026-04-01" else "sa_icb_overlap_2022.csv"
    boards = {
        r["part"]: r["icb_slug"]
        for r in rows_of("part_boards.csv")
        if r["valid_from"] <= day and (not r["valid_to"] or day < r["valid_to"])
    }
    started = {
        r["slug"]: bool(r["established_on"]) and r["established_on"] <= day
        for r in rows_of("strategic_authorities.csv")
    }
    authorities = {
        r["council_code"]: r["sa_slug"]
        for r in rows_of("constituents.csv")
        if r["role"] == "constituent"
    }
    pairs = {
        (r["sa_slug"], r["icb_slug"])
        for r in rows_of(overlaps)
        if started[r["sa_slug"]] and float(r["share_of_sa_population"]) >= SLIVER
    }
    places = []
    for row in rows_of("council_parts.csv"):
        authority = authorities.get(row["council_code"])
        board = boards[row["part"]]
        is_pair = authority is not None and (authority, board) in pairs
        places.append(
            PartPlace(
                part=row["part"],
                authority=authority,
                board=board,
                pair=f"{authority}.{board}" if is_pair else None,
                planned=authority is not None and not started[authority],
            )
        )
    return places
