"""Tells who may approve that a correction waits, and both bodies that a level was corrected."""

from datetime import datetime

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice
from authorities.notices import Letter, NoticeKind, people_at, people_of_centre
from authorities.permissions import GRANTED_EVERYWHERE, Permission
from authorities.queries.dated import names_on
from duty.actions.round_messages import subject_of
from duty.deadlines import london_date
from engagement.models import CorrectionState, FindingCorrection, Side
from engagement.queries.assessments import interested_in

PROPOSED = "finding.correction_proposed"
CORRECTED = "finding.corrected"
_APPROVERS = tuple(
    role for role, rights in GRANTED_EVERYWHERE.items() if Permission.ASSESSMENT_MODERATE in rights
)


def tell_of_proposal(*, correction: FindingCorrection, at: datetime) -> None:
    """Tell those who may approve it that a correction waits for its second person."""
    messages.announce(
        kind=PROPOSED,
        key=str(correction.pk),
        about=correction.pk,
        occasion=correction.assessment.round_id,
        details={},
        at=at,
    )


def tell_of_publication(*, correction: FindingCorrection, at: datetime) -> None:
    """Tell both bodies of the pair."""
    pair = correction.assessment.pair
    for body_id in (pair.authority_id, pair.board_id):
        messages.announce(
            kind=CORRECTED,
            key=f"{correction.pk} {body_id}",
            about=correction.pk,
            occasion=correction.assessment.round_id,
            body_id=body_id,
            details={},
            at=at,
        )


def _correction(notice: Notice, state: CorrectionState) -> FindingCorrection | None:
    return (
        FindingCorrection.objects.filter(pk=notice.about, state=state)
        .select_related("publication", "assessment__round")
        .select_related("assessment__pair__authority", "assessment__pair__board")
        .first()
    )


def _proposal_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = _correction(notice, CorrectionState.PROPOSED)
    # It was decided meanwhile.
    if row is None:
        return ()
    held = row.assessment
    slugs = [held.round.slug, held.pair.authority.slug, held.pair.board.slug]
    path = reverse("assessments:correction", args=[*slugs, row.pk])
    barred = {row.proposed_by_id, *interested_in(pair=held.pair)}
    return tuple(
        Letter(
            person,
            subject_of(round_=held.round, headline="a correction waits for a second person"),
            "Somebody has proposed to correct a published level. Another person approves or "
            "declines it. It is here:",
            (("", path),),
        )
        for person in people_of_centre(roles=_APPROVERS)
        if person.pk not in barred
    )


def _corrected_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = _correction(notice, CorrectionState.APPROVED)
    if row is None or row.publication is None or notice.body_id is None:
        return ()
    pair = row.assessment.pair
    if notice.body_id not in (pair.authority_id, pair.board_id):
        return ()
    side_id = pair.authority_id if row.side == Side.AUTHORITY else pair.board_id
    name = names_on(day=london_date(now=at), bodies=[side_id]).name(side_id)
    slugs = [pair.authority.slug, pair.board.slug]
    path = f"{reverse('engagement:pair', args=slugs)}?round={row.assessment.round.slug}"
    return tuple(
        Letter(
            person,
            subject_of(round_=row.assessment.round, headline="a published level was corrected"),
            f"The published level of {name} was corrected in revision {row.publication.number}. "
            f"The reason that everybody can read: {row.reason} The earlier revision stays as it "
            "was. It is here:",
            (("", path),),
        )
        for person in people_at(body_id=notice.body_id)
    )


KINDS = {
    PROPOSED: NoticeKind(label="Correction proposed", letters=_proposal_letters),
    CORRECTED: NoticeKind(label="Level corrected", letters=_corrected_letters),
}
