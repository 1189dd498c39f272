"""What should be so before a round goes live, and what is not.

The checks warn: a person decides, and the decision is kept. They never block, and they count
bodies, not people: one person who serves two bodies serves both.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Check(StrEnum):
    """One thing that is looked at."""

    SPECIFICATION = "specification"
    EDITORS = "editors"
    SIGNATORIES = "signatories"
    PAIRS_STAFFED = "pairs_staffed"
    ENDING_BODIES = "ending_bodies"
    BANK_HOLIDAYS = "bank_holidays"
    BOARDS = "boards"
    DESIGNATIONS = "designations"
    DECLARATION = "declaration"
    INDICATORS = "indicators"
    INDICATOR_SET = "indicator_set"


CHECK_WORDS = {
    Check.SPECIFICATION: "The questions are published",
    Check.EDITORS: "Each authority that is expected has an editor",
    Check.SIGNATORIES: "Each authority that is expected has a signatory",
    Check.PAIRS_STAFFED: "Both sides of each pair have an editor and a signatory",
    Check.ENDING_BODIES: "No body of the round ends before the round does",
    Check.BANK_HOLIDAYS: "The bank holidays are known for every year of the round",
    Check.BOARDS: "Each authority that is expected shares people with an ICB on the round’s day",
    Check.DESIGNATIONS: "Each authority that is expected has a type and a tier on the round’s day",
    Check.DECLARATION: "There is a declaration to sign",
    Check.INDICATORS: "The catalogue has indicators",
    Check.INDICATOR_SET: "The indicators that the round asks figures of can be sent in",
}


@dataclass(frozen=True)
class BodyStaff:
    """How many people a body has, and its first day of being no more, where that is known.

    designated: whether the register says the type and tier of an authority on the round's day.
    """

    key: str
    name: str
    editors: int
    signatories: int
    ends_on: date | None = None
    designated: bool = True

    @property
    def is_staffed(self) -> bool:
        """Whether somebody can write for it and somebody can sign."""
        return self.editors > 0 and self.signatories > 0


@dataclass(frozen=True)
class PairStaff:
    """Both sides of a pair."""

    authority: BodyStaff
    board: BodyStaff


@dataclass(frozen=True)
class AskedIndicators:
    """The set of indicators that a round asks figures of.

    unsendable: codes of those that are not described yet, or have no number for a file.
    moved_on: whether something else stands in the set than the round was scheduled with.
    """

    name: str
    in_use: bool
    number_of_indicators: int
    unsendable: tuple[str, ...]
    moved_on: bool = False


@dataclass(frozen=True)
class RoundFacts:
    """What the checks look at. Days are London's, inclusive.

    pairs: those of the expected authorities with an ICB on the geography date.
    asked: its set of indicators; None where each authority sends what it has.
    """

    first_day: date
    last_day: date
    authorities: tuple[BodyStaff, ...]
    pairs: tuple[PairStaff, ...]
    specification_version: int
    specification_published: bool
    holidays_from: int
    holidays_to: int
    requires_sign_off: bool
    has_declaration: bool
    has_indicators: bool
    asked: AskedIndicators | None = None


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: which check, about what, in a sentence."""

    check: Check
    about: str
    text: str

    @property
    def key(self) -> str:
        """What a decision is about, for as long as the finding stays the same."""
        return f"{self.check.value}:{self.about}"


def findings(*, facts: RoundFacts) -> tuple[Finding, ...]:
    """Return what the checks find, check by check.

    Args:
        facts: people, days and versions as they are now.

    Returns:
        Nothing where all is well.

    Source: the project's own checks.
    """
    return (
        *_specification(facts),
        *(
            Finding(Check.EDITORS, body.key, f"{body.name} has no editor.")
            for body in facts.authorities
            if not body.editors
        ),
        *(
            Finding(Check.SIGNATORIES, body.key, f"{body.name} has no signatory.")
            for body in facts.authorities
            if not body.signatories
        ),
        *_pairs(facts),
        *_endings(facts),
        *_holidays(facts),
        *_reference(facts),
        *_asked_indicators(facts.asked),
    )


def undecided(*, found: Sequence[Finding], decided: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings that no decision names.

    Args:
        found: what the checks find now.
        decided: keys of findings that somebody has decided about.

    Returns:
        Those that are new, in their order.

    Source: the project's own rule.
    """
    return tuple(finding for finding in found if finding.key not in decided)


def digest(*, keys: Collection[str]) -> str:
    """Return what tells one list from another: a form says with it which list was seen.

    Args:
        keys: in any order.

    Returns:
        64 hexadecimal digits.

    Source: FIPS 180-4.
    """
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def _specification(facts: RoundFacts) -> tuple[Finding, ...]:
    if facts.specification_published:
        return ()
    version = facts.specification_version
    text = f"Version {version} of the questions is not published, so it can still change."
    return (Finding(Check.SPECIFICATION, str(version), text),)


def _pairs(facts: RoundFacts) -> list[Finding]:
    found = []
    for pair in facts.pairs:
        missing = [side.name for side in (pair.authority, pair.board) if not side.is_staffed]
        if missing:
            found.append(
                Finding(
                    Check.PAIRS_STAFFED,
                    f"{pair.authority.key}/{pair.board.key}/{len(missing)}",
                    f"{pair.authority.name} and {pair.board.name}: {' and '.join(missing)} "
                    f"{'lack' if len(missing) > 1 else 'lacks'} an editor or a signatory.",
                )
            )
    return found


def _endings(facts: RoundFacts) -> list[Finding]:
    bodies = {body.key: body for body in facts.authorities}
    bodies |= {pair.board.key: pair.board for pair in facts.pairs}
    return [
        Finding(
            Check.ENDING_BODIES,
            f"{body.key}/{body.ends_on.isoformat()}",
            f"{body.name} is no more from {body.ends_on.day} {body.ends_on:%B %Y}.",
        )
        for body in bodies.values()
        if body.ends_on is not None and body.ends_on <= facts.last_day
    ]


def _holidays(facts: RoundFacts) -> list[Finding]:
    return [
        Finding(Check.BANK_HOLIDAYS, str(year), f"The bank holidays of {year} are not known.")
        for year in range(facts.first_day.year, facts.last_day.year + 1)
        if not facts.holidays_from <= year <= facts.holidays_to
    ]


def _reference(facts: RoundFacts) -> list[Finding]:
    """Look at what questions and signatures are made of: without it they are missing silently."""
    paired = {pair.authority.key for pair in facts.pairs}
    found = [
        Finding(
            Check.BOARDS,
            body.key,
            f"{body.name} shares people with no ICB, so it is asked nothing about one.",
        )
        for body in facts.authorities
        if body.key not in paired
    ]
    found.extend(
        Finding(
            Check.DESIGNATIONS,
            body.key,
            f"{body.name} has no type and tier, so questions for some of them are not asked of it.",
        )
        for body in facts.authorities
        if not body.designated
    )
    if facts.requires_sign_off and not facts.has_declaration:
        text = "The round asks for a signature, and there is no declaration to sign."
        found.append(Finding(Check.DECLARATION, "none", text))
    if not facts.has_indicators:
        text = "The catalogue has no indicators, so no answer can be taken from figures."
        found.append(Finding(Check.INDICATORS, "none", text))
    return found


def _asked_indicators(asked: AskedIndicators | None) -> list[Finding]:
    if asked is None:
        return []
    found = []
    if not asked.in_use:
        text = f"The set “{asked.name}” is not in use any more."
        found.append(Finding(Check.INDICATOR_SET, "not_in_use", text))
    if not asked.number_of_indicators:
        text = f"The set “{asked.name}” holds no indicator, so the round asks figures of none."
        found.append(Finding(Check.INDICATOR_SET, "empty", text))
    if asked.unsendable:
        named = ", ".join(asked.unsendable)
        text = f"Nobody can send in figures of {named}: no description or no number yet."
        found.append(Finding(Check.INDICATOR_SET, named, text))
    if asked.moved_on:
        text = (
            f"The set “{asked.name}” was changed since the round was scheduled, which asks it as "
            "it was then."
        )
        found.append(Finding(Check.INDICATOR_SET, "moved_on", text))
    return found
