from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.matrix import (
    CellMissingError,
    Level,
    LevelRule,
    MixedThemesError,
    Movement,
    NotAssessedReason,
    NothingPickedError,
    Place,
    PlacedLevels,
    Side,
    Theme,
    UnknownThemeError,
    level_from_statements,
    movement,
    place,
)

H, P, L = Level.HIGH, Level.PARTIAL, Level.LOW
RULE = LevelRule()
DEFAULT_MAP = {
    (H, H): "green",
    (H, P): "amber",
    (P, H): "amber",
    (P, P): "amber",
    (H, L): "pink",
    (L, H): "pink",
    (P, L): "pink",
    (L, P): "pink",
    (L, L): "red",
}


def rubric(*, core: int, other: int, side: Side = Side.SA) -> tuple[Theme, ...]:
    return tuple(
        Theme(
            code=f"T{number}",
            side=side,
            core=number <= core,
            name=f"Theme {number}",
            statements={level: f"{level} {number}" for level in Level},
        )
        for number in range(1, core + other + 1)
    )


def picked(letters: str) -> dict[str, Level]:
    """'HHP-' picks high, high, partial and leaves the fourth theme unanswered."""
    levels = {"H": H, "P": P, "L": L}
    return {
        f"T{number}": levels[letter] for number, letter in enumerate(letters, 1) if letter != "-"
    }


@pytest.mark.parametrize(
    ("letters", "level"),
    [
        ("HHHHHPP", H),  # 5 of 7 is more than two thirds
        ("HHHHPPP", P),  # 4 of 7 is less than two thirds
        ("HHHHHHL", P),  # one low theme keeps it from high, and does not make it low
        ("PHHHHHH", P),  # a core theme is not high
        ("LLHHHHH", L),  # every core theme low
        ("LPLLLPP", L),  # 4 of 7 low is more than half
        ("LPLLPPP", P),  # 3 of 7 low is less than half
        ("HHHHH--", H),  # 2 of 7 unanswered is less than a third; 5 of 7 high counts them
        ("HHHH-PP", P),
        ("HPPPPPP", P),
    ],
)
def test_a_level_follows_the_rule(letters: str, level: Level) -> None:
    themes = rubric(core=2, other=5)

    finding = level_from_statements(picks=picked(letters), themes=themes, rule=RULE)

    assert finding.level == level
    assert finding.not_assessed is None


@pytest.mark.parametrize(
    ("letters", "level"), [("HHHHHHPPP", H), ("HHHHHPPPP", P), ("HHLLLLLPP", L)]
)
def test_two_thirds_of_nine_is_exactly_six(letters: str, level: Level) -> None:
    themes = rubric(core=2, other=7)

    finding = level_from_statements(picks=picked(letters), themes=themes, rule=RULE)

    assert finding.level == level


def test_exactly_half_low_is_not_low() -> None:
    themes = rubric(core=2, other=6)

    finding = level_from_statements(picks=picked("HHLLLLHH"), themes=themes, rule=RULE)

    assert finding.level == P


@pytest.mark.parametrize(
    ("letters", "reason"),
    [
        ("-HHHHHH", NotAssessedReason.CORE_UNANSWERED),
        ("L-LLLLL", NotAssessedReason.CORE_UNANSWERED),
        ("HHHH---", NotAssessedReason.TOO_FEW_ANSWERED),
        ("LLLL---", NotAssessedReason.TOO_FEW_ANSWERED),
    ],
)
def test_too_little_answered_is_not_assessed_and_never_low(
    letters: str, reason: NotAssessedReason
) -> None:
    themes = rubric(core=2, other=5)

    finding = level_from_statements(picks=picked(letters), themes=themes, rule=RULE)

    assert finding.level is None
    assert finding.not_assessed == reason


def test_exactly_a_third_unanswered_is_assessed() -> None:
    themes = rubric(core=2, other=4)

    finding = level_from_statements(picks=picked("HHHH--"), themes=themes, rule=RULE)

    assert finding.level == H


def test_a_finding_says_how_many_of_how_many() -> None:
    themes = rubric(core=2, other=5)

    finding = level_from_statements(picks=picked("H-HPL--"), themes=themes, rule=RULE)

    assert finding.unanswered_core == ("T2",)
    assert finding.explanation == (
        "2 of 7 themes high",
        "1 of 7 themes partial",
        "1 of 7 themes low",
        "1 of 2 core themes high",
        "3 of 7 themes not answered",
        "core themes not answered: T2",
    )


def test_nothing_picked_is_refused() -> None:
    themes = rubric(core=2, other=5)

    with pytest.raises(NothingPickedError, match=r"^You need to select at least one statement$"):
        level_from_statements(picks={}, themes=themes, rule=RULE)


def test_a_pick_for_an_unknown_theme_is_refused() -> None:
    themes = rubric(core=2, other=5)

    with pytest.raises(UnknownThemeError, match="X9"):
        level_from_statements(picks={"X9": H}, themes=themes, rule=RULE)


@pytest.mark.parametrize(
    "themes",
    [
        (),
        rubric(core=1, other=1) + rubric(core=0, other=1, side=Side.ICB),
        rubric(core=1, other=0) + rubric(core=1, other=0),
    ],
)
def test_themes_that_are_not_one_sides_rubric_are_refused(themes: Sequence[Theme]) -> None:
    picks = {"T1": H}

    with pytest.raises(MixedThemesError):
        level_from_statements(picks=picks, themes=themes, rule=RULE)


def level_by_percentages(letters: str, core: int) -> Level | None:
    """The rule again, written plainly with whole numbers and no shared code."""
    themes = len(letters)
    answered = themes - letters.count("-")
    if "-" in letters[:core] or 3 * (themes - answered) > themes:
        return None
    if "L" not in letters and set(letters[:core]) <= {"H"} and 3 * letters.count("H") >= 2 * themes:
        return H
    if set(letters[:core]) == {"L"} or 2 * letters.count("L") > themes:
        return L
    return P


@pytest.mark.slow
@pytest.mark.parametrize("others", range(6))
def test_every_answer_sheet_agrees_with_a_second_plainer_rule(others: int) -> None:
    themes = rubric(core=2, other=others)

    sheets = ["".join(sheet) for sheet in product("HPL-", repeat=2 + others)]

    for letters in sheets:
        if picks := picked(letters):
            finding = level_from_statements(picks=picks, themes=themes, rule=RULE)
            assert finding.level == level_by_percentages(letters, 2), letters


def test_the_thresholds_are_those_of_the_rule_given() -> None:
    themes = rubric(core=2, other=5)
    strict = LevelRule(high_at_least=Fraction(1), low_more_than=Fraction(1, 7))

    finding = level_from_statements(picks=picked("HHHHHHP"), themes=themes, rule=strict)
    low_finding = level_from_statements(picks=picked("HHHHHLL"), themes=themes, rule=strict)

    assert finding.level == P
    assert low_finding.level == L


@pytest.mark.parametrize(
    ("sa", "icb", "group", "gap", "less"),
    [
        (H, H, "green", 0, None),
        (H, P, "amber", 1, Side.ICB),
        (H, L, "pink", 2, Side.ICB),
        (P, H, "amber", 1, Side.SA),
        (P, P, "amber", 0, None),
        (P, L, "pink", 1, Side.ICB),
        (L, H, "pink", 2, Side.SA),
        (L, P, "pink", 1, Side.SA),
        (L, L, "red", 0, None),
    ],
)
def test_a_pair_is_placed(sa: Level, icb: Level, group: str, gap: int, less: Side | None) -> None:
    placed = place(sa=sa, icb=icb, group_map=DEFAULT_MAP)

    assert placed == Place(cell=(sa, icb), group=group, gap=gap, less_engaged=less)


@pytest.mark.parametrize(("sa", "icb"), [(None, L), (L, None), (None, None)])
def test_a_side_without_a_level_leaves_the_pair_without_a_place(
    sa: Level | None, icb: Level | None
) -> None:
    placed = place(sa=sa, icb=icb, group_map=DEFAULT_MAP)

    assert placed == Place(cell=None, group=None, gap=None, less_engaged=None)


def test_a_cell_without_a_group_is_refused() -> None:
    partial_map: Mapping[tuple[Level, Level], str] = {(H, H): "green"}

    with pytest.raises(CellMissingError, match="SA low with ICB high"):
        place(sa=L, icb=H, group_map=partial_map)


@pytest.mark.parametrize(
    ("earlier", "now", "result"),
    [
        ((P, P), (H, P), Movement.IMPROVED),
        ((P, P), (H, H), Movement.IMPROVED),
        ((P, P), (P, L), Movement.DECLINED),
        ((H, H), (L, L), Movement.DECLINED),
        ((P, P), (H, L), Movement.MIXED),
        ((L, H), (H, P), Movement.MIXED),
        ((P, H), (P, H), Movement.NO_CHANGE),
        ((None, H), (P, H), Movement.NOT_ASSESSED),
        ((P, H), (P, None), Movement.NOT_ASSESSED),
    ],
)
def test_a_movement_has_a_direction(
    earlier: tuple[Level | None, Level | None],
    now: tuple[Level | None, Level | None],
    result: Movement,
) -> None:
    before, after = PlacedLevels(*earlier), PlacedLevels(*now)

    found = movement(earlier=before, now=after, restated=False, comparable=True)

    assert found == result


@pytest.mark.parametrize(
    ("earlier", "restated", "comparable", "result"),
    [
        (None, True, False, Movement.FIRST),
        (PlacedLevels(None, None), True, False, Movement.RESTATED),
        (PlacedLevels(None, None), False, False, Movement.NOT_COMPARABLE),
        (PlacedLevels(None, None), False, True, Movement.NOT_ASSESSED),
    ],
)
def test_the_first_condition_that_holds_decides(
    earlier: PlacedLevels | None, restated: bool, comparable: bool, result: Movement
) -> None:
    now = PlacedLevels(None, None)

    found = movement(earlier=earlier, now=now, restated=restated, comparable=comparable)

    assert found == result


@given(st.tuples(*[st.sampled_from(Level)] * 4))
def test_going_back_is_the_opposite_movement(levels: tuple[Level, ...]) -> None:
    first, second = PlacedLevels(*levels[:2]), PlacedLevels(*levels[2:])
    opposite = {
        Movement.IMPROVED: Movement.DECLINED,
        Movement.DECLINED: Movement.IMPROVED,
        Movement.MIXED: Movement.MIXED,
        Movement.NO_CHANGE: Movement.NO_CHANGE,
    }

    forth = movement(earlier=first, now=second, restated=False, comparable=True)
    back = movement(earlier=second, now=first, restated=False, comparable=True)

    assert back == opposite[forth]
