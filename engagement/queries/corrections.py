"""What is asked of corrections of published levels: which stand, which wait, and for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities.models import User
from duty.models import Round
from engagement.models import (
    Assessment,
    CorrectionState,
    FindingCorrection,
    Publication,
    PublishedPlacement,
    Side,
)
from engagement.queries import publications


def standing(
    *, assessments: Collection[Assessment]
) -> dict[UUID, dict[str, tuple[FindingCorrection, ...]]]:
    """Return the approved corrections of national views by side, the earliest first; one query."""
    found: dict[UUID, dict[str, tuple[FindingCorrection, ...]]] = {}
    rows = FindingCorrection.objects.filter(
        assessment__in=assessments, state=CorrectionState.APPROVED
    ).select_related("publication")
    for row in rows.order_by("publication__number", "pk"):
        sides = found.setdefault(row.assessment_id, {})
        sides[row.side] = (*sides.get(row.side, ()), row)
    return found


def last_of(*, assessment: Assessment | None) -> dict[str, FindingCorrection]:
    """Return the correction by which each side's level stands now, by side; none, mostly."""
    if assessment is None:
        return {}
    sides = standing(assessments=[assessment]).get(assessment.pk, {})
    return {side: rows[-1] for side, rows in sides.items()}


def corrections_of(*, assessment: Assessment | None) -> tuple[FindingCorrection, ...]:
    """Return all corrections of a national view, decided or not, the newest first."""
    if assessment is None:
        return ()
    return tuple(
        FindingCorrection.objects.filter(assessment=assessment)
        .select_related("proposed_by", "decided_by", "publication")
        .order_by("-proposed_at", "-pk")
    )


def correction_in(
    *, assessment: Assessment | None, correction_id: UUID
) -> FindingCorrection | None:
    """Return a correction of a national view, None where there is no such one."""
    return (
        FindingCorrection.objects.filter(pk=correction_id, assessment=assessment)
        .select_related("proposed_by", "decided_by", "publication")
        .first()
    )


def published_levels(
    *, correction: FindingCorrection, assessment: Assessment
) -> dict[str, str | None]:
    """Return both sides' levels of the revision that a correction is, or was, to follow, by side.

    A later correction of the other side is none of what its second person read.
    """
    visible = Publication.objects.visible(until=correction.decided_at)
    if correction.publication is not None:
        visible = visible.filter(number__lt=correction.publication.number)
    row = PublishedPlacement.objects.filter(
        publication=visible.filter(round_id=assessment.round_id).latest("number"),
        pair_id=assessment.pair_id,
    ).get()
    return {Side.AUTHORITY.value: row.authority_level, Side.BOARD.value: row.board_level}


def waiting_of(*, assessment: Assessment) -> FindingCorrection | None:
    """Return the correction that waits for its second person, None where none does."""
    return FindingCorrection.objects.filter(
        assessment=assessment, state=CorrectionState.PROPOSED
    ).first()


def is_published(*, round: Round) -> bool:
    """Whether everybody may see a revision of the round, and its job has moved it on."""
    return round.state == "published" and bool(publications.visible_revisions(round_=round))


@dataclass(frozen=True)
class WaitingCorrection:
    """A correction that waits for its second person."""

    round: Round
    authority_slug: str
    board_slug: str
    proposed_by: User
    at: datetime


def waiting(*, round: Round | None = None) -> tuple[WaitingCorrection, ...]:
    """Return the corrections that wait, of a round or of all, the longest waiting first."""
    rows = FindingCorrection.objects.filter(state=CorrectionState.PROPOSED)
    if round is not None:
        rows = rows.filter(assessment__round=round)
    return tuple(
        WaitingCorrection(
            round=row.assessment.round,
            authority_slug=row.assessment.pair.authority.slug,
            board_slug=row.assessment.pair.board.slug,
            proposed_by=row.proposed_by,
            at=row.proposed_at,
        )
        for row in rows.select_related(
            "proposed_by",
            "assessment__round",
            "assessment__pair__authority",
            "assessment__pair__board",
        ).order_by("proposed_at", "pk")
    )
