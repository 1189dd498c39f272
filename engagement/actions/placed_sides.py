"""What one side of a placement rests on: an own view, or what the centre found and resolved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duty.deadlines import london_date
from engagement import content as contents
from engagement import matrix
from engagement.models import (
    EvidenceKind,
    Finding,
    FindingCorrection,
    FindingEvidence,
    OwnView,
)
from engagement.queries import rubric as rubric_queries
from engagement.queries.assessments import Decided, level_now
from engagement.queries.own_views import Picked

# Evidence that anybody may open; the other kinds are named, and lead nowhere from a public page.
_OPEN_TO_ALL = (
    EvidenceKind.LINK,
    EvidenceKind.OWN_VIEW,
    EvidenceKind.FRAMEWORK,
    EvidenceKind.REGISTER,
)


@dataclass(frozen=True)
class Reading:
    """What both sides are read by."""

    rule: matrix.LevelRule
    themes: Mapping[str, rubric_queries.SideThemes]


def of_view(
    *, view: OwnView | None, picks: Mapping[str, Picked], side: str, reading: Reading
) -> contents.SideContent:
    """Return what a confirmed own view says of its side; nothing where there is none.

    Args:
        view: the own view.
        picks: its statements by theme code.
        side: whose view it is.
        reading: what both sides are read by.
    """
    themes = reading.themes[side]
    if view is None:
        return contents.SideContent(
            level=None,
            computed_level=None,
            changed_reason="",
            confirmed_on=None,
            explanation=(),
            statements=(),
            not_assessed=contents.NO_VIEW,
        )
    finding = matrix.level_from_statements(
        picks={code: matrix.Level(pick.level) for code, pick in picks.items()},
        themes=themes.pure,
        rule=reading.rule,
    )
    statements = []
    for theme in themes.pure:
        pick = picks.get(theme.code)
        statements.append(
            contents.StatementContent(
                code=theme.code,
                theme=theme.name,
                core=theme.core,
                level=pick.level if pick else None,
                statement=theme.statements[matrix.Level(pick.level)] if pick else None,
                evidence_title=pick.evidence_title if pick else "",
                evidence_url=pick.evidence_url if pick else "",
            )
        )
    return contents.SideContent(
        level=view.level,
        computed_level=view.computed_level,
        changed_reason=view.changed_reason,
        confirmed_on=london_date(now=view.confirmed_at).isoformat() if view.confirmed_at else None,
        explanation=finding.explanation,
        statements=tuple(statements),
        not_assessed=None,
    )


def of_decision(*, decided: Decided, side: str, reading: Reading) -> contents.SideContent:
    """Return what the centre found on a side: its public part, never a private note."""
    assessment, finding = decided.assessment, decided.findings.get(side)
    if finding is None:
        return contents.SideContent(
            level=None,
            computed_level=None,
            changed_reason="",
            confirmed_on=None,
            explanation=(),
            statements=(),
            not_assessed=contents.MARKED,
            rationale=assessment.not_assessed_reason,
        )
    resolution = decided.resolutions.get(side)
    if corrections := decided.corrections.get(side, ()):
        return _corrected(corrections=corrections, side=side, reading=reading)
    level = level_now(finding=finding, resolution=resolution)
    changed = resolution is not None and resolution.level_after != resolution.level_before
    moderated_at = assessment.moderated_at
    return contents.SideContent(
        level=level,
        computed_level=finding.computed_level,
        changed_reason=finding.changed_reason,
        confirmed_on=london_date(now=moderated_at).isoformat() if moderated_at else None,
        explanation=_explanation(picks=_picks(finding), side=side, reading=reading),
        statements=_statements(picks=_picks(finding), side=side, reading=reading),
        not_assessed=contents.UNDECIDED if level is None else None,
        rationale=finding.rationale,
        evidence=tuple(
            contents.EvidenceContent(
                title=row.title,
                address=row.address if row.kind in _OPEN_TO_ALL else "",
                note=row.public_note,
            )
            for row in sorted(finding.evidence.all(), key=_as_given)
            if row.withdrawn_at is None
        ),
        resolved_reason=resolution.reason if changed and resolution else "",
    )


def _corrected(
    *, corrections: Sequence[FindingCorrection], side: str, reading: Reading
) -> contents.SideContent:
    """Return what the last correction says of a side, with each that was published."""
    last = corrections[-1]
    picks = {code: matrix.Level(level) for code, level in last.picks.items()}
    return contents.SideContent(
        level=last.level,
        computed_level=last.computed_level,
        changed_reason=last.changed_reason,
        confirmed_on=_day(last.decided_at),
        explanation=_explanation(picks=picks, side=side, reading=reading),
        statements=_statements(picks=picks, side=side, reading=reading),
        not_assessed=contents.UNDECIDED if last.level is None else None,
        rationale=last.rationale,
        evidence=tuple(
            contents.EvidenceContent(
                title=row["title"],
                address=row["address"] if row["kind"] in _OPEN_TO_ALL else "",
                note=row["public_note"],
            )
            for row in last.evidence
        ),
        corrections=tuple(
            contents.CorrectionContent(
                revision=row.publication.number,
                on=_day(row.decided_at) or "",
                level_before=row.level_before,
                level=row.level,
                reason=row.reason,
            )
            for row in corrections
            if row.publication is not None
        ),
    )


def _day(moment: datetime | None) -> str | None:
    return london_date(now=moment).isoformat() if moment else None


def _picks(finding: Finding) -> dict[str, matrix.Level]:
    return {pick.theme.code: matrix.Level(pick.level) for pick in finding.picks.all()}


def _as_given(row: FindingEvidence) -> tuple[object, str, object]:
    return row.given_at, row.title, row.pk


def _explanation(
    *, picks: Mapping[str, matrix.Level], side: str, reading: Reading
) -> tuple[str, ...]:
    if not picks:
        return ()
    return matrix.level_from_statements(
        picks=picks, themes=reading.themes[side].pure, rule=reading.rule
    ).explanation


def _statements(
    *, picks: Mapping[str, matrix.Level], side: str, reading: Reading
) -> tuple[contents.StatementContent, ...]:
    if not picks:
        return ()
    return tuple(
        contents.StatementContent(
            code=theme.code,
            theme=theme.name,
            core=theme.core,
            level=picks[theme.code].value if theme.code in picks else None,
            statement=theme.statements[picks[theme.code]] if theme.code in picks else None,
            evidence_title="",
            evidence_url="",
        )
        for theme in reading.themes[side].pure
    )
