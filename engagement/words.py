"""What codes of engagement are called on pages and in files (pure)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from duty.ui.looks import FIRST_WORDS, MatrixWords
from duty.words import london_date
from engagement.matrix import LevelRule
from engagement.picture import PictureWarning

NOT_ASSESSED = "Not assessed"

MOVEMENTS = {
    "first": "First placement",
    "restated": "Restated",
    "not_comparable": "Not comparable",
    "not_assessed": NOT_ASSESSED,
    "improved": "More engaged",
    "declined": "Less engaged",
    "mixed": "Mixed",
    "no_change": "No change",
}

# In a sentence about one pair and an earlier round.
MOVEMENTS_IN_FULL = {
    "first": "First placement of this pair.",
    "restated": "Restated: a body took over from another since the round before.",
    "not_comparable": "Not comparable: another rubric was used in the round before.",
    "not_assessed": "No movement: one of the two placements is not assessed.",
    "improved": "More engaged than the round before.",
    "declined": "Less engaged than the round before.",
    "mixed": "Mixed: one side more engaged, the other less.",
    "no_change": "No change from the round before.",
}

SIDES = {"sa": "Authority", "icb": "ICB"}

BASES = {"own_views": "Own views, not moderated", "moderated": "Moderated"}

TIERS = {
    "foundation": "Foundation",
    "mayoral": "Mayoral",
    "established_mayoral": "Established mayoral",
}

TYPES = {
    "combined_authority": "Combined authority",
    "combined_county_authority": "Combined county authority",
    "greater_london_authority": "Greater London Authority",
    "single_authority": "Single authority",
}

FITS = {
    "coterminous": "Coterminous",
    "authority_within_one_board": "Authority within one ICB",
    "authority_over_several_boards": "Authority over several ICBs",
    "board_over_several_authorities": "ICB over several authorities",
    "mixed": "Mixed",
}


def level(code: str | None, *, said: MatrixWords = FIRST_WORDS) -> str:
    """Return a level's word by a version of the matrix; None is 'Not assessed'."""
    return said.level(code)[0]


def position(
    *, authority_level: str | None, board_level: str | None, said: MatrixWords = FIRST_WORDS
) -> str:
    """Return both levels in words, as 'Authority high, ICB partial'."""
    sa, icb = (level(one, said=said).lower() for one in (authority_level, board_level))
    return f"Authority {sa}, ICB {icb}"


def warning(*, of: PictureWarning) -> str:
    """Return a warning in words, with its day."""
    day = london_date(moment=date.fromisoformat(of.on)) if of.on else ""
    return {
        "icb_change_before_sa_start": f"ICB change on {day}, before the authority starts",
        "icb_change_within_12_months_of_sa_start": (
            f"ICB change on {day}, within 12 months of the authority's start"
        ),
        "pair_ends_on": f"This pair ends on {day}",
        "cluster_member": f"ICB shares leadership in a cluster: {of.cluster}",
        "no_counterpart": "No counterpart",
    }[of.kind]


@dataclass(frozen=True)
class RuleWords:
    """The thresholds of a level rule in words, as 'two thirds' and 'half'."""

    high_at_least: str
    low_more_than: str


def rule(*, of: LevelRule) -> RuleWords:
    """Return the thresholds that a level depends on, in words."""
    return RuleWords(high_at_least=_share(of.high_at_least), low_more_than=_share(of.low_more_than))


def _share(share: Fraction) -> str:
    known = {
        Fraction(1, 3): "a third",
        Fraction(1, 2): "half",
        Fraction(2, 3): "two thirds",
        Fraction(3, 4): "three quarters",
        Fraction(1): "all",
    }
    return known.get(share, f"{share.numerator} in {share.denominator}")
