"""Tells who may approve it that a version of how engagement is read waits for a second person.

Never who wrote in it: they cannot approve it.
"""

import uuid
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice, SliverThreshold, ThresholdState
from authorities.notices import Letter, NoticeKind, people_of_centre
from authorities.permissions import GRANTED_EVERYWHERE, Permission
from engagement.models import DraftKind, DraftState, ReadingDraft

DRAFT_PROPOSED = "reading.draft_proposed"
THRESHOLD_PROPOSED = "reading.threshold_proposed"
_APPROVERS = tuple(
    role
    for role, rights in GRANTED_EVERYWHERE.items()
    if Permission.ENGAGEMENT_DRAFT_APPROVE in rights
)
# Thresholds are numbered and have no key of their own that a notice could name.
_THRESHOLDS = uuid.UUID("5d0c1f4e-7f0a-4a55-9d53-1f6a1d6c2b11")
_WHAT = {
    DraftKind.RUBRIC.value: "a version of the rubric",
    DraftKind.MATRIX.value: "a version of the matrix, its groups and words",
}


def tell_of_draft(*, draft: ReadingDraft, at: datetime) -> None:
    """Tell of a draft that is proposed; once for each time that it is."""
    messages.announce(
        kind=DRAFT_PROPOSED,
        key=f"{draft.pk} revision {draft.revision}",
        about=draft.pk,
        details={"revision": draft.revision},
        at=at,
    )


def tell_of_threshold(*, threshold: SliverThreshold, at: datetime) -> None:
    """Tell of a sliver threshold that is proposed."""
    messages.announce(
        kind=THRESHOLD_PROPOSED,
        key=str(threshold.number),
        about=uuid.uuid5(_THRESHOLDS, str(threshold.number)),
        details={"number": threshold.number},
        at=at,
    )


def _draft_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = ReadingDraft.objects.filter(
        pk=notice.about, state=DraftState.PROPOSED, revision=notice.details["revision"]
    ).first()
    # It was decided on, or given back and changed meanwhile.
    if row is None:
        return ()
    authors = set(row.authors.values_list("person_id", flat=True))
    path = reverse("readings:draft", args=[row.pk])
    return _letters(_WHAT[row.kind], path, authors)


def _threshold_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = SliverThreshold.objects.filter(
        number=notice.details["number"], state=ThresholdState.PROPOSED
    ).first()
    if row is None:
        return ()
    path = reverse("readings:threshold", args=[row.number])
    authors = {row.proposed_by_id} if row.proposed_by_id else set()
    return _letters("a sliver threshold", path, authors)


def _letters(what: str, path: str, authors: Collection[UUID]) -> tuple[Letter, ...]:
    return tuple(
        Letter(
            person,
            f"How engagement is read: {what} waits for a second person",
            "Somebody has proposed it, and another person approves it or gives it back. It is "
            "here:",
            (("", path),),
        )
        for person in people_of_centre(roles=_APPROVERS)
        if person.pk not in authors
    )


KINDS = {
    DRAFT_PROPOSED: NoticeKind(label="Version proposed", letters=_draft_letters),
    THRESHOLD_PROPOSED: NoticeKind(label="Threshold proposed", letters=_threshold_letters),
}
