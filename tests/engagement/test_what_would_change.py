"""What another version would make of picked statements, against a plain second reading."""

import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engagement.matrix import Level, LevelRule, Side, Theme
from engagement.what_would_change import (
    PairPicks,
    Reading,
    SidePicks,
    Unread,
    what_would_change,
)

H, P, L = Level.HIGH, Level.PARTIAL, Level.LOW
RULE = LevelRule()
GROUPS = {
    (sa, icb): "green" if sa == icb == H else "red" if sa == icb == L else "amber"
    for sa in Level
    for icb in Level
}


def theme(code: str, side: Side, *, core: bool = False) -> Theme:
    return Theme(code=code, side=side, core=core, name=code, statements={})


def reading(
    *,
    sa: str = "ABC",
    icb: str = "XYZ",
    core: str = "AX",
    rule: LevelRule = RULE,
    groups=GROUPS,
) -> Reading:
    return Reading(
        sa_themes=[theme(code, Side.SA, core=code in core) for code in sa],
        icb_themes=[theme(code, Side.ICB, core=code in core) for code in icb],
        rule=rule,
        groups=groups,
    )


def pair(sa: SidePicks | None, icb: SidePicks | None, *, key: str = "p") -> PairPicks:
    return PairPicks(key=key, name=key, sa=sa, icb=icb)


def side(picks: str, codes: str, confirmed: Level | None) -> SidePicks:
    levels = {"h": H, "p": P, "l": L}
    return SidePicks(
        picks={code: levels[one] for code, one in zip(codes, picks, strict=True) if one != "-"},
        confirmed=confirmed,
    )


def only(pairs: list[PairPicks], after: Reading, before: Reading | None = None):
    found = what_would_change(pairs=pairs, before=before or reading(), after=after)
    return found, found.pairs[0]


def test_the_same_version_moves_nobody() -> None:
    one = pair(side("hhh", "ABC", H), side("lll", "XYZ", L))

    found, change = only([one], reading())

    assert (found.sides, found.sides_moving, found.changing_group) == (2, 0, 0)
    assert (change.group_now, change.group_then, change.moves) == ("amber", "amber", False)


def test_a_stricter_rule_moves_a_side_and_its_pair() -> None:
    one = pair(side("hhp", "ABC", H), side("hhh", "XYZ", H))

    found, change = only([one], reading(rule=LevelRule(high_at_least=Fraction(1))))

    assert change.sa is not None
    assert (change.sa.now, change.sa.then) == (H, P)
    assert (change.group_now, change.group_then) == ("green", "amber")
    assert (found.sides_moving, found.changing_group) == (1, 1)
    assert found.level_changes == {(H, P): 1}


def test_a_level_that_somebody_confirmed_against_the_rule_stands_where_the_draft_agrees() -> None:
    one = pair(side("hhp", "ABC", P), side("hhh", "XYZ", H))

    _, change = only([one], reading(icb="XY"))

    assert change.sa is not None
    assert (change.sa.now, change.sa.then) == (P, P)


def test_a_new_core_theme_leaves_a_side_unread_and_never_low() -> None:
    one = pair(side("hhh", "ABC", H), side("hhh", "XYZ", H))

    found, change = only([one], reading(sa="ABCD", core="ADX"))

    assert change.sa is not None
    assert change.sa.then is None
    assert change.sa.unread is Unread.CORE_UNANSWERED
    assert change.sa.new_themes == ("D",)
    assert (change.group_then, found.placed, found.placed_then) == (None, 1, 0)
    assert found.sides_without_level == 1


def test_a_theme_that_goes_is_left_out_and_said() -> None:
    one = pair(side("hhl", "ABC", P), None)

    _, change = only([one], reading(sa="AB"))

    assert change.sa is not None
    assert (change.sa.then, change.sa.left_out) == (H, ("C",))
    assert (change.icb, change.group_now, change.group_then) == (None, None, None)


def test_where_no_answered_theme_is_left_nothing_can_be_read() -> None:
    one = pair(side("hhh", "ABC", H), None)

    _, change = only([one], reading(sa="QR", core="Q"))

    assert change.sa is not None
    assert change.sa.unread is Unread.NOTHING_ANSWERED


def test_another_map_moves_groups_and_no_level() -> None:
    one = pair(side("hhh", "ABC", H), side("hhh", "XYZ", H))

    found, change = only([one], reading(groups={**GROUPS, (H, H): "amber"}))

    assert (change.changes_level, change.changes_group) == (False, True)
    assert found.level_changes == {}


def test_a_cell_without_a_group_yet_is_not_another_group() -> None:
    one = pair(side("hhh", "ABC", H), side("hhh", "XYZ", H))

    _, change = only([one], reading(groups={}))

    assert (change.group_now, change.group_then) == ("green", None)


def test_pairs_come_by_name() -> None:
    pairs = [pair(None, None, key=key) for key in "cab"]

    found = what_would_change(pairs=pairs, before=reading(), after=reading())

    assert [one.name for one in found.pairs] == ["a", "b", "c"]
    assert found.sides == 0


def plain_level(picks: dict[str, str], codes: str, core: str, rule: LevelRule) -> str | None:
    """The rule of the method's page, once more and in plain words."""
    answers = [picks.get(code) for code in codes]
    cores = [picks.get(code) for code in codes if code in core]
    if not any(answers) or None in cores:
        return None
    if answers.count(None) / len(answers) > float(rule.unanswered_more_than) + 1e-9:
        return None
    enough = answers.count("high") / len(answers) >= float(rule.high_at_least) - 1e-9
    if "low" not in answers and set(cores) <= {"high"} and enough:
        return "high"
    if cores and set(cores) == {"low"}:
        return "low"
    if answers.count("low") / len(answers) > float(rule.low_more_than) + 1e-9:
        return "low"
    return "partial"


LEVELS = st.sampled_from([None, "high", "partial", "low"])
RULES = st.builds(
    LevelRule,
    high_at_least=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1)]),
    low_more_than=st.sampled_from([Fraction(1, 3), Fraction(1, 2)]),
    unanswered_more_than=st.sampled_from([Fraction(0), Fraction(1, 3)]),
)
CODES = st.lists(st.sampled_from("ABCDEF"), min_size=1, unique=True).map("".join)


@given(
    st.dictionaries(st.sampled_from("ABCDEF"), LEVELS),
    LEVELS,
    st.tuples(CODES, RULES),
    st.tuples(CODES, RULES),
)
def test_a_side_moves_as_a_plain_second_reading_says(picks, confirmed, before, after) -> None:
    given_picks = {code: level for code, level in picks.items() if level}
    one = pair(
        SidePicks(
            picks={code: Level(level) for code, level in given_picks.items()},
            confirmed=Level(confirmed) if confirmed else None,
        ),
        None,
    )

    found = what_would_change(
        pairs=[one],
        before=reading(sa=before[0], core="A", rule=before[1]),
        after=reading(sa=after[0], core="A", rule=after[1]),
    )

    was = plain_level(given_picks, before[0], "A", before[1])
    would_be = plain_level(given_picks, after[0], "A", after[1])
    expected = confirmed if was == would_be else would_be
    change = found.pairs[0].sa
    assert change is not None
    assert (change.then.value if change.then else None) == expected
    assert found.sides_moving == (expected != confirmed)
    assert set(change.left_out) == set(given_picks) - set(after[0])


def test_counts_are_those_of_the_pairs() -> None:
    picks = ["hhh", "hhp", "ppp", "lll"]
    pairs = [
        pair(side(a, "ABC", H), side(b, "XYZ", P), key=f"{a}{b}")
        for a, b in itertools.product(picks, picks)
    ]

    found = what_would_change(
        pairs=pairs, before=reading(), after=reading(rule=LevelRule(high_at_least=Fraction(1)))
    )

    assert found.sides == 2 * len(pairs)
    moving = [s for p in found.pairs for s in (p.sa, p.icb) if s and s.moves]
    assert found.sides_moving == len(moving) == sum(found.level_changes.values()) > 0
    assert found.placed + sum(p.group_now is None for p in found.pairs) == len(pairs)
