"""A second, plainer implementation: overlaps, gaps and classes of England by pandas.

It reads the register's files by itself and shares nothing with `authorities/geography.py` but the
words of the classes. The parts for the other side come from the product's own reader.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from authorities.geography import (
    CoterminosityClasses,
    PartOverlap,
    coterminosity,
    gaps,
    overlaps,
    pairs,
)
from authorities.register_file import read_register

REGISTER = Path(__file__).parents[3] / "authorities" / "register"
SLIVER, WHOLE = 0.02, 0.999
EVE_OF_MERGERS, MERGERS = "2026-03-31", "2026-04-01"
# Of the day, or every authority of the register as if it had begun.
CASES = [(day, begun) for day in (EVE_OF_MERGERS, MERGERS) for begun in (True, False)]
of_england = pytest.mark.parametrize(("day", "begun"), CASES)


def file(name: str) -> pd.DataFrame:
    return pd.read_csv(REGISTER / name, dtype=str, keep_default_na=False)


def on_day(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    return rows[(rows.valid_from <= day) & ((rows.valid_to == "") | (rows.valid_to > day))]


def blocks(*, day: str, begun: bool) -> pd.DataFrame:
    """One row a part: people, authority (missing: none) and board."""
    parts = file("council_parts.csv").astype({"population": int})
    members = file("constituents.csv").query("role == 'constituent'")
    if begun:
        members = on_day(members[members.valid_from != ""], day)
    boards = on_day(file("part_boards.csv"), day)
    joined = parts.merge(boards[["part", "icb_slug"]], on="part", validate="1:1").merge(
        members[["council_code", "sa_slug"]], on="council_code", how="left", validate="m:1"
    )
    return joined.rename(columns={"sa_slug": "authority", "icb_slug": "board"})


def shared(*, day: str, begun: bool) -> pd.DataFrame:
    """One row for each authority and board that share people."""
    rows = blocks(day=day, begun=begun)
    of_authority = rows.groupby("authority").population.sum()
    of_board = rows.groupby("board").population.sum()
    table = rows.groupby(["authority", "board"]).population.sum().reset_index()
    return table.assign(
        share_of_authority=table.population / table.authority.map(of_authority),
        share_of_board=table.population / table.board.map(of_board),
    )


def classified(*, day: str, begun: bool) -> pd.DataFrame:
    """The pairs that are no slivers, each with its class."""
    table = shared(day=day, begun=begun)
    real = table[table.share_of_authority >= SLIVER]
    several_boards = real.groupby("authority").board.transform("nunique") > 1
    several_authorities = real.groupby("board").authority.transform("nunique") > 1
    whole = real[["share_of_authority", "share_of_board"]].min(axis="columns") >= WHOLE
    return real.assign(
        found=np.select(
            [several_boards & several_authorities, several_boards, several_authorities, whole],
            [
                "mixed",
                "authority_over_several_boards",
                "board_over_several_authorities",
                "coterminous",
            ],
            "authority_within_one_board",
        )
    )


def of_bodies(table: pd.DataFrame, side: str) -> dict[str, str]:
    """The class of each body: that of its pairs, mixed where they differ."""
    return {
        str(body): found.iloc[0] if found.nunique() == 1 else "mixed"
        for body, found in table.groupby(side).found
    }


def product_parts(*, day: str, begun: bool) -> tuple[PartOverlap, ...]:
    """The same day's parts as the product reads them."""
    register, on = read_register(folder=REGISTER), date.fromisoformat(day)
    authority_of = {
        row.council: row.authority
        for row in register.members
        if row.role == "constituent"
        and (not begun or (row.valid.start is not None and row.valid.holds_on(on)))
    }
    board_of = {row.part: row.board for row in register.part_boards if row.valid.holds_on(on)}
    return tuple(
        PartOverlap(
            part=part.key,
            authority=authority_of.get(part.council),
            board=board_of[part.key],
            population=part.population,
        )
        for part in register.parts
    )


def product_classes(*, day: str, begun: bool) -> CoterminosityClasses:
    return coterminosity(pairs=pairs(overlaps=overlaps(parts=product_parts(day=day, begun=begun))))


@of_england
def test_every_pair_has_the_same_people_and_shares(day: str, begun: bool) -> None:
    found = overlaps(parts=product_parts(day=day, begun=begun))

    expected = shared(day=day, begun=begun)
    assert [(o.authority, o.board, o.population) for o in found] == list(
        expected[["authority", "board", "population"]].itertuples(index=False, name=None)
    )
    for side in ("share_of_authority", "share_of_board"):
        assert [getattr(o, side) for o in found] == pytest.approx(list(expected[side]), rel=1e-14)


@of_england
def test_the_same_pairs_are_slivers(day: str, begun: bool) -> None:
    found = pairs(overlaps=overlaps(parts=product_parts(day=day, begun=begun)))

    expected = shared(day=day, begun=begun)
    assert [pair.sliver for pair in found] == list(expected.share_of_authority < SLIVER)


@of_england
def test_the_same_people_have_no_authority(day: str, begun: bool) -> None:
    found = gaps(parts=product_parts(day=day, begun=begun))

    rows = blocks(day=day, begun=begun)
    uncovered = rows[rows.authority.isna()].groupby("board").population.sum()
    of_board = rows.groupby("board").population.sum()
    assert {gap.board: gap.population for gap in found} == uncovered.to_dict()
    assert {gap.board: gap.share for gap in found} == pytest.approx(
        (uncovered / of_board).dropna().to_dict(), rel=1e-14
    )


@of_england
def test_every_pair_has_the_same_class(day: str, begun: bool) -> None:
    found = product_classes(day=day, begun=begun)

    expected = classified(day=day, begun=begun)
    assert [(c.authority, c.board, c.coterminosity.value) for c in found.pairs] == list(
        expected[["authority", "board", "found"]].itertuples(index=False, name=None)
    )


@of_england
def test_every_body_has_the_same_class(day: str, begun: bool) -> None:
    found = product_classes(day=day, begun=begun)

    expected = classified(day=day, begun=begun)
    assert dict(found.authorities) == of_bodies(expected, "authority")
    assert dict(found.boards) == of_bodies(expected, "board")


def test_the_two_days_are_two_geographies() -> None:
    # Rows counted by hand in the published tables, Hampshire and what is planned left out.
    expected = {EVE_OF_MERGERS: (42, 31), MERGERS: (36, 30)}

    found = {
        day: (blocks(day=day, begun=True).board.nunique(), len(shared(day=day, begun=True)))
        for day in expected
    }

    assert found == expected
