"""The register's files agree with one another; only the csv module reads them here."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

REGISTER = Path(__file__).parents[2] / "authorities" / "register"
CERTAINTIES = {"high", "medium", "low"}
# Planned authorities have no start, so their members are counted as if they had begun.
ALWAYS = "0001-01-01"


def rows_of(name: str) -> list[dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def holds_on(row: dict[str, str], day: str) -> bool:
    return (row["valid_from"] or ALWAYS) <= day and (not row["valid_to"] or day < row["valid_to"])


def shares_on(day: str) -> dict[tuple[str, str], tuple[int, float, float, int]]:
    """Recompute authority by board: people, share of authority, share of board, LSOAs."""
    board_of = {r["part"]: r["icb_slug"] for r in rows_of("part_boards.csv") if holds_on(r, day)}
    authority_of = {
        r["council_code"]: r["sa_slug"]
        for r in rows_of("constituents.csv")
        if r["role"] == "constituent"
    }
    people: dict[tuple[str, str], int] = defaultdict(int)
    lsoas: dict[tuple[str, str], int] = defaultdict(int)
    of_authority: dict[str, int] = defaultdict(int)
    of_board: dict[str, int] = defaultdict(int)
    for part in rows_of("council_parts.csv"):
        board, count = board_of[part["part"]], int(part["population"])
        of_board[board] += count
        if authority := authority_of.get(part["council_code"]):
            people[authority, board] += count
            lsoas[authority, board] += int(part["lsoa_count"])
            of_authority[authority] += count
    return {
        pair: (n, n / of_authority[pair[0]], n / of_board[pair[1]], lsoas[pair])
        for pair, n in people.items()
    }


@pytest.mark.parametrize(
    ("day", "published"),
    [("2026-03-31", "sa_icb_overlap_2022.csv"), ("2026-04-01", "sa_icb_overlap_2026.csv")],
)
def test_shares_recomputed_from_parts_equal_the_published_table(day: str, published: str) -> None:
    table = {(r["sa_slug"], r["icb_slug"]): r for r in rows_of(published)}

    computed = shares_on(day)

    assert computed.keys() == table.keys()
    for pair, (people, of_authority, of_board, lsoas) in computed.items():
        row = table[pair]
        # People are whole in each part, so a sum of parts may differ by one from a rounded sum.
        assert abs(people - int(row["overlap_population"])) <= 1, pair
        assert lsoas == int(row["lsoa_count"]), pair
        tolerance = 1e-6 + of_authority / people
        assert of_authority == pytest.approx(float(row["share_of_sa_population"]), abs=tolerance), (
            pair
        )
        assert of_board == pytest.approx(float(row["share_of_icb_population"]), abs=1e-6), pair


@pytest.mark.parametrize("day", ["2022-07-01", "2026-03-31", "2026-04-01"])
def test_every_part_has_one_board_and_every_current_board_has_people(day: str) -> None:
    parts = [r["part"] for r in rows_of("council_parts.csv")]
    current = {
        r["slug"]
        for r in rows_of("integrated_care_boards.csv")
        if r["established_on"] <= day and (not r["abolished_on"] or day < r["abolished_on"])
    }

    placed = [(r["part"], r["icb_slug"]) for r in rows_of("part_boards.csv") if holds_on(r, day)]

    assert sorted(part for part, _ in placed) == sorted(parts)
    assert {board for _, board in placed} == current


def test_there_are_42_boards_before_april_2026_and_36_after() -> None:
    codes = rows_of("icb_codes.csv")

    before = {r["icb_slug"] for r in codes if holds_on(r, "2026-03-31")}
    after = {r["icb_slug"] for r in codes if holds_on(r, "2026-04-01")}

    assert (len(before), len(after)) == (42, 36)


def test_hampshire_and_isle_of_wight_kept_its_body_and_changed_its_ons_code() -> None:
    codes = [r for r in rows_of("icb_codes.csv") if r["icb_slug"] == "hampshire-and-isle-of-wight"]

    by_day = {
        day: [(r["ons_code"], r["ods_code"]) for r in codes if holds_on(r, day)]
        for day in ("2026-03-31", "2026-04-01")
    }

    assert by_day == {
        "2026-03-31": [("E54000042", "QRL")],
        "2026-04-01": [("E54000067", "QRL")],
    }


@pytest.mark.parametrize(
    ("code", "day", "current"),
    [
        ("E08000016", "2025-03-31", ["E08000038"]),
        ("E08000019", "2025-03-31", ["E08000039"]),
        ("E08000016", "2025-04-01", []),
        ("E08000039", "2025-04-01", ["E08000039"]),
    ],
)
def test_former_council_codes_lead_to_the_council_of_today(
    code: str, day: str, current: list[str]
) -> None:
    known = rows_of("council_codes.csv")

    found = [r["council_code"] for r in known if r["code"] == code and holds_on(r, day)]

    assert found == current


def test_a_council_is_a_full_member_of_one_authority_at_most() -> None:
    members = [r["council_code"] for r in rows_of("constituents.csv") if r["role"] == "constituent"]

    repeated = {code for code in members if members.count(code) > 1}

    assert repeated == set()


@pytest.mark.parametrize(
    ("file", "column", "target_file", "target"),
    [
        ("constituents.csv", "sa_slug", "strategic_authorities.csv", "slug"),
        ("constituents.csv", "council_code", "councils.csv", "code"),
        ("council_parts.csv", "council_code", "councils.csv", "code"),
        ("council_codes.csv", "council_code", "councils.csv", "code"),
        ("council_regions.csv", "council_code", "councils.csv", "code"),
        ("council_regions.csv", "region_slug", "other_bodies.csv", "slug"),
        ("districts.csv", "county_code", "councils.csv", "code"),
        ("part_boards.csv", "part", "council_parts.csv", "part"),
        ("part_boards.csv", "icb_slug", "integrated_care_boards.csv", "slug"),
        ("part_rules.csv", "part", "council_parts.csv", "part"),
        ("icb_codes.csv", "icb_slug", "integrated_care_boards.csv", "slug"),
        ("icb_succession.csv", "predecessor_slug", "integrated_care_boards.csv", "slug"),
        ("icb_succession.csv", "successor_slug", "integrated_care_boards.csv", "slug"),
    ],
)
def test_every_reference_leads_somewhere(
    file: str, column: str, target_file: str, target: str
) -> None:
    known = {r[target] for r in rows_of(target_file)}

    used = {r[column] for r in rows_of(file)}

    assert used <= known


def test_every_council_lies_in_one_region_or_in_london() -> None:
    placed = [row["council_code"] for row in rows_of("council_regions.csv")]
    london = {
        row["council_code"]
        for row in rows_of("constituents.csv")
        if row["sa_slug"] == "greater-london"
    }
    codes = {row["ons_code"] for row in rows_of("other_bodies.csv") if row["kind"] == "region"}

    assert len(placed) == len(set(placed)) == 120
    assert london.isdisjoint(placed)
    assert london | set(placed) == {row["code"] for row in rows_of("councils.csv")}
    assert codes | {"E12000007"} == {f"E1200000{number}" for number in range(1, 10)}


def test_every_split_council_has_rules_for_all_its_parts_but_the_first() -> None:
    parts = {r["part"] for r in rows_of("council_parts.csv")}

    ruled = {r["part"] for r in rows_of("part_rules.csv")}

    assert ruled == {part for part in parts if not part.endswith(":1")}


@pytest.mark.parametrize("path", sorted(REGISTER.glob("*.csv")), ids=lambda path: path.name)
def test_each_file_is_utf8_with_sources_certainties_and_iso_dates(path: Path) -> None:
    rows = rows_of(path.name)

    columns = rows[0].keys()

    assert {"source", "certainty"} <= columns
    assert b"\r" not in path.read_bytes()
    for row in rows:
        assert row["source"], row
        assert row["certainty"] in CERTAINTIES, row
        for column in columns & {"valid_from", "valid_to", "established_on", "abolished_on"}:
            assert not row[column] or date.fromisoformat(row[column]), row
