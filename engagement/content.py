"""What a placement says besides its levels: frozen facts, kept as JSON beside it.

Pure. A published placement keeps the words, names and shares of its day, so its page is drawn
from this and from nothing that may change later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class BodyContent:
    """A body as it was called and coded; an unknown code is None."""

    slug: str
    name: str
    short_name: str
    ons_code: str | None
    ods_code: str | None


@dataclass(frozen=True)
class StatementContent:
    """A theme with the statement that was picked, or None for each where none was."""

    code: str
    theme: str
    core: bool
    level: str | None
    statement: str | None
    evidence_title: str
    evidence_url: str


@dataclass(frozen=True)
class EvidenceContent:
    """What a finding rests on, as far as it is public."""

    title: str
    address: str
    note: str


@dataclass(frozen=True)
class CorrectionContent:
    """A correction of a side's level after its publication; revision is where it was published."""

    revision: int
    on: str
    level_before: str | None
    level: str | None
    reason: str


@dataclass(frozen=True)
class SideContent:
    """What one side's level rests on.

    not_assessed is the reason why there is no level, and None where there is one. The fields with
    a default were not there before findings were moderated; published rows may lack them.
    rationale: of the finding, or why the pair is marked not assessed.
    resolved_reason: why a challenge changed the level.
    corrections: of the published level, the earliest first.
    """

    level: str | None
    computed_level: str | None
    changed_reason: str
    confirmed_on: str | None
    explanation: tuple[str, ...]
    statements: tuple[StatementContent, ...]
    not_assessed: str | None
    rationale: str = ""
    evidence: tuple[EvidenceContent, ...] = ()
    resolved_reason: str = ""
    corrections: tuple[CorrectionContent, ...] = ()


@dataclass(frozen=True)
class OverlapContent:
    """How much of each other's people the two share; shares are 0 to 1."""

    population: int
    population_year: int
    share_of_authority: float
    share_of_board: float
    coterminosity: str
    source: str
    as_at: str


@dataclass(frozen=True)
class WarningContent:
    """A warning about the timetables: its kind, the day and the cluster that it speaks of."""

    kind: str
    on: str | None
    cluster: str | None


@dataclass(frozen=True)
class EarlierContent:
    """What the movement is measured against; None is 'not assessed'."""

    round_slug: str
    round_name: str
    authority_level: str | None
    board_level: str | None


@dataclass(frozen=True)
class PlacementContent:
    """All of it."""

    authority: BodyContent
    board: BodyContent
    tier: str
    nhs_region_slug: str
    nhs_region_name: str
    authority_side: SideContent
    board_side: SideContent
    overlap: OverlapContent
    warnings: tuple[WarningContent, ...]
    earlier: EarlierContent | None
    rubric_version: int
    group_map_version: int

    def side(self, name: str) -> SideContent:
        """Return what the level of 'sa' or 'icb' rests on."""
        return self.authority_side if name == "sa" else self.board_side


# Why a side is not assessed.
NO_VIEW = "no_view"
UNDECIDED = "undecided"
MARKED = "marked"


def to_json(*, content: PlacementContent) -> dict[str, Any]:
    """Return the content as plain values for JSON."""
    # By hand: `asdict` copies deeply, and takes most of a recompute's time.
    return {
        **vars(content),
        "authority": dict(vars(content.authority)),
        "board": dict(vars(content.board)),
        "authority_side": _side_to_json(content.authority_side),
        "board_side": _side_to_json(content.board_side),
        "overlap": dict(vars(content.overlap)),
        "warnings": [dict(vars(row)) for row in content.warnings],
        "earlier": dict(vars(content.earlier)) if content.earlier else None,
    }


def _side_to_json(side: SideContent) -> dict[str, Any]:
    stored = {
        **vars(side),
        "explanation": list(side.explanation),
        "statements": [dict(vars(row)) for row in side.statements],
        "evidence": [dict(vars(row)) for row in side.evidence],
        "corrections": [dict(vars(row)) for row in side.corrections],
    }
    if not side.corrections:
        # Left out, so that nothing that was never corrected is written anew.
        del stored["corrections"]
    return stored


def from_json(*, stored: Mapping[str, Any]) -> PlacementContent:
    """Return the content from its stored form.

    Raises:
        KeyError: the form is not one that `to_json` wrote.
    """
    earlier = stored["earlier"]
    return PlacementContent(
        authority=BodyContent(**stored["authority"]),
        board=BodyContent(**stored["board"]),
        tier=stored["tier"],
        nhs_region_slug=stored["nhs_region_slug"],
        nhs_region_name=stored["nhs_region_name"],
        authority_side=_side(stored["authority_side"]),
        board_side=_side(stored["board_side"]),
        overlap=OverlapContent(**stored["overlap"]),
        warnings=tuple(WarningContent(**row) for row in stored["warnings"]),
        earlier=EarlierContent(**earlier) if earlier else None,
        rubric_version=stored["rubric_version"],
        group_map_version=stored["group_map_version"],
    )


def not_assessed_reasons(*, content: PlacementContent) -> tuple[str, ...]:
    """Return in words why the pair has no place; nothing where it has one."""
    sides = (("the authority", content.authority_side), ("the ICB", content.board_side))
    if any(side.not_assessed == MARKED for _, side in sides):
        return ("marked not assessed: no own view and no evidence",)
    return tuple(
        f"the level of {who} could not be decided"
        if side.not_assessed == UNDECIDED
        else f"no view from {who}"
        for who, side in sides
        if side.level is None
    )


@dataclass(frozen=True)
class LevelReasons:
    """What the levels of both sides rest on, in words and on one line each."""

    authority: str = ""
    board: str = ""


def level_reasons(*, content: PlacementContent) -> LevelReasons:
    """Return what each level rests on: the counts of the rule, then what was said beside them."""
    return LevelReasons(
        authority=_reasons(content.authority_side), board=_reasons(content.board_side)
    )


def _reasons(side: SideContent) -> str:
    said = (
        ("changed", side.changed_reason),
        ("rationale", side.rationale),
        ("after a challenge", side.resolved_reason),
    )
    parts = [*side.explanation, *(f"{name}: {text}" for name, text in said if text)]
    return "; ".join(" ".join(part.split()).removesuffix(".") for part in parts)


def correction_sentences(*, content: PlacementContent) -> tuple[str, ...]:
    """Return in words each correction of a published level, authority first."""
    sides = (("authority", content.authority_side), ("ICB", content.board_side))
    return tuple(
        f"level of the {who} corrected in revision {one.revision}: {one.reason}"
        for who, side in sides
        for one in side.corrections
    )


def corrected_in(*, stored: Mapping[str, Any]) -> str:
    """Return “Corrected, revision n” of a stored placement, "" where no level was corrected."""
    rows = [
        *stored["authority_side"].get("corrections", ()),
        *stored["board_side"].get("corrections", ()),
    ]
    numbers = sorted({row["revision"] for row in rows})
    if not numbers:
        return ""
    return f"Corrected, revision {' and '.join(str(number) for number in numbers)}"


def _side(stored: Mapping[str, Any]) -> SideContent:
    rows: Sequence[Mapping[str, Any]] = stored["statements"]
    evidence: Sequence[Mapping[str, Any]] = stored.get("evidence", ())
    corrections: Sequence[Mapping[str, Any]] = stored.get("corrections", ())
    return SideContent(
        **{
            **stored,
            "evidence": tuple(EvidenceContent(**row) for row in evidence),
            "explanation": tuple(stored["explanation"]),
            "statements": tuple(StatementContent(**row) for row in rows),
            "corrections": tuple(CorrectionContent(**row) for row in corrections),
        }
    )
