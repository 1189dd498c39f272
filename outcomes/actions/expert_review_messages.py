"""Tells the owners of a framework that an expert review was signed, and when the next is due.

A message quotes nothing of a review and names no person: both stand on its page.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from authorities.actions import messages
from authorities.models import WORKING_ROLES, Body, Notice
from authorities.notices import Draft, Letter, NoticeKind, people_at
from outcomes.access import owners_of
from outcomes.expert_reviews import next_due
from outcomes.models import ExpertReview, Framework, ReviewState
from outcomes.queries.expert_reviews import reviews_due

SIGNED = "expert_review.signed"
DUE = "expert_review.due"


def tell_of_signed(*, review: ExpertReview, actor: Body, at: datetime) -> None:
    """Tell every owner but the one whose signatory signed."""
    for body in owners_of(framework=review.framework):
        if body.pk != actor.pk:
            messages.announce(
                kind=SIGNED,
                key=f"{review.pk} {body.pk}",
                about=review.pk,
                body_id=body.pk,
                at=at,
            )


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which owners are to be told that a review is due: once, and again each half-year."""
    return tuple(
        Draft(
            kind=DUE,
            key=f"{one.framework_id} {due_on} {body_id}",
            day=max(due_on, first),
            about=one.framework_id,
            body_id=body_id,
        )
        for one in reviews_due()
        if (due_on := _latest(one.due_on, last)) <= last
        for body_id in one.bodies
    )


def _latest(due_on: date, last: date) -> date:
    """Return the last day until another by which a review was due, or the first one ahead."""
    while (following := next_due(after=due_on)) <= last:
        due_on = following
    return due_on


def _signed_letters(notice: Notice, at: datetime) -> Sequence[Letter]:
    review = ExpertReview.objects.select_related("framework").filter(pk=notice.about).first()
    if review is None or review.state != ReviewState.SIGNED:
        return ()
    path = reverse("outcomes:review", args=[review.framework_id, review.pk])
    return _letters(
        notice.body_id,
        "An expert review was signed",
        f"The review of “{review.framework.name}” is signed and public:",
        path,
    )


def _due_letters(notice: Notice, at: datetime) -> Sequence[Letter]:
    framework = Framework.objects.filter(pk=notice.about).first()
    found = reviews_due(frameworks=[notice.about])
    if framework is None or not found or found[0].due_on > timezone.localdate(at):
        return ()
    if notice.body_id not in found[0].bodies:
        return ()
    path = reverse("outcomes:review-list", args=[framework.pk])
    return _letters(
        notice.body_id,
        "An expert review is due",
        (
            f"A group reviews “{framework.name}” twice a year, and half a year has gone by. Its "
            "reviews, and where a note is drafted:"
        ),
        path,
    )


def _letters(body_id: UUID | None, subject: str, text: str, path: str) -> Sequence[Letter]:
    if body_id is None:
        return ()
    people = people_at(body_id=body_id, roles=WORKING_ROLES)
    return tuple(Letter(person, subject, text, (("", path),)) for person in people)


KINDS = {
    SIGNED: NoticeKind(label="Expert review signed", letters=_signed_letters, daily=True),
    DUE: NoticeKind(label="Expert review due", letters=_due_letters, daily=True),
}
