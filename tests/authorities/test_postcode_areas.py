import numpy as np
import pandas as pd
import pytest
import shapely

from authorities.map_frames import Frame
from authorities.postcode_areas import (
    OUTSIDE,
    Detail,
    PartRule,
    UnknownDistrictError,
    clip_parts,
    draw_parts,
    place_postcodes,
    shares_of_postcodes,
    within_frame,
)

COUNTIES = {"E07000071": "E10000012", "E07000066": "E10000012"}
RULES = [
    PartRule(part="E10000012:2", district="E07000071", postcodes=""),
    PartRule(part="E06000065:2", district="", postcodes="LA2 8"),
    PartRule(part="E06000065:3", district="", postcodes="LA2"),
]
COARSE = Detail(cell=1000, tolerance=300, grid=50, smallest=1_000_000)


def postcode(
    pcd: str, laua: str | None, x: float = 400_000, y: float = 300_000
) -> dict[str, object]:
    return {"pcd": pcd, "laua": laua, "oseast1m": x, "osnrth1m": y}


def placed_parts(*rows: dict[str, object]) -> list[str]:
    placed = place_postcodes(
        postcodes=pd.DataFrame(rows),
        county_of=COUNTIES,
        current_code={"E08000016": "E08000038"},
        rules=RULES,
    )
    return placed["part"].tolist()


def village_grid(*, west: int, east: int, part: str) -> pd.DataFrame:
    """A postcode each kilometre between two eastings, 30 km from south to north."""
    x, y = np.meshgrid(np.arange(west, east, 1000), np.arange(300_000, 330_000, 1000))
    return pd.DataFrame({"x": x.ravel() + 500.0, "y": y.ravel() + 500.0, "part": part})


@pytest.mark.parametrize(
    ("pcd", "laua", "part"),
    [
        ("CM1 1AA", "E07000066", "E10000012:1"),
        ("CO1 1AA", "E07000071", "E10000012:2"),
        ("LA2 8AA", "E06000065", "E06000065:2"),
        ("LA2 7AA", "E06000065", "E06000065:3"),
        ("LA227AA", "E06000065", "E06000065:1"),
        ("LA2 8AA", "E06000063", "E06000063:1"),
        ("S70 1AA", "E08000016", "E08000038:1"),
    ],
    ids=[
        "district of a county",
        "district by rule",
        "sector before outward code",
        "outward code",
        "longer outward code",
        "rule of another council",
        "former code",
    ],
)
def test_a_postcode_falls_in_the_part_of_its_council(pcd: str, laua: str, part: str) -> None:
    assert placed_parts(postcode(pcd, laua)) == [part]


def test_welsh_postcodes_near_england_are_kept_as_outside_and_distant_ones_are_not() -> None:
    parts = placed_parts(
        postcode("SY1 1AA", "E06000051", x=330_000),
        postcode("SY211AA", "W06000023", x=320_000),
        postcode("SA621AA", "W06000009", x=190_000, y=225_000),
        postcode("BT1 1AA", "N09000003"),
        postcode("SY1 1AB", None),
    )

    assert parts == ["E06000051:1", OUTSIDE]


def test_an_unknown_district_is_refused_by_name() -> None:
    with pytest.raises(UnknownDistrictError, match=r"E07000999. Add it to districts.csv"):
        placed_parts(postcode("AA1 1AA", "E07000999"))


def test_shares_are_within_a_council_and_leave_out_other_countries() -> None:
    placed = pd.DataFrame({"part": ["A:1", "A:1", "A:1", "A:2", "B:1", OUTSIDE]})

    shares = shares_of_postcodes(placed=placed)

    assert shares == {"A:1": 0.75, "A:2": 0.25, "B:1": 1.0}


def test_drawn_parts_meet_between_their_postcodes_and_stop_at_the_border() -> None:
    placed = pd.concat(
        [
            village_grid(west=370_000, east=390_000, part=OUTSIDE),
            village_grid(west=390_000, east=410_000, part="A:1"),
            village_grid(west=410_000, east=430_000, part="B:1"),
        ]
    )

    drawn = draw_parts(placed=placed, detail=COARSE)

    assert sorted(drawn) == ["A:1", "B:1"]
    assert drawn["A:1"].bounds[0] == pytest.approx(390_000, abs=100)
    assert drawn["A:1"].bounds[2] == drawn["B:1"].bounds[0] == pytest.approx(410_000, abs=100)
    assert drawn["A:1"].intersection(drawn["B:1"]).area == 0
    assert drawn["A:1"].area == pytest.approx(20_000 * 30_000, rel=0.05)


def test_a_postcode_astray_in_the_land_of_another_part_makes_no_island() -> None:
    astray = pd.DataFrame({"x": [420_400.0], "y": [315_400.0], "part": ["A:1"]})
    placed = pd.concat(
        [
            village_grid(west=390_000, east=410_000, part="A:1"),
            village_grid(west=410_000, east=430_000, part="B:1"),
            astray,
        ]
    )

    drawn = draw_parts(placed=placed, detail=COARSE)

    assert len(shapely.get_parts(drawn["A:1"])) == 1
    assert not any(len(p.interiors) for p in shapely.get_parts(drawn["B:1"]))


def test_a_frame_keeps_the_postcodes_around_it_and_cuts_the_areas_near_its_edge() -> None:
    frame = Frame(west=400_000, south=305_000, east=410_000, north=320_000)
    placed = village_grid(west=300_000, east=500_000, part="A:1")

    near = within_frame(placed=placed, frame=frame)
    cut = clip_parts(
        areas={"A:1": shapely.box(300_000, 300_000, 500_000, 330_000)}, frame=frame, grid=50
    )

    assert (near["x"].min(), near["x"].max()) == (390_500, 419_500)
    assert cut["A:1"].bounds == (398_000, 303_000, 412_000, 322_000)
