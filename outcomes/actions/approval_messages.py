"""Tells who sent values in what was decided, and the centre what waits for it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice, Role, User
from authorities.notices import Letter, NoticeKind, people_at, people_of_centre
from outcomes.models import Release, ReleaseState, Upload
from outcomes.queries import approvals

DECIDED = "values.decided"
WAITING = "values.waiting"
_APPROVERS = (Role.ANALYST, Role.LEAD_ANALYST)
_WORDS = {
    ReleaseState.APPROVED: (
        "Values approved",
        "The values that you sent in are approved. What disclosure rules allow is public now.",
    ),
    ReleaseState.RETURNED: (
        "Values returned",
        (
            "The values that you sent in are returned with a comment. Please correct them, and "
            "upload the whole file again."
        ),
    ),
}


def tell_of_decision(*, release: Release, at: datetime) -> None:
    """Tell who sent values in, and who had them stored, of a decision."""
    messages.announce(
        kind=DECIDED,
        key=f"{release.pk} {release.state}",
        about=release.pk,
        body_id=release.body_id,
        at=at,
    )


def tell_of_waiting(*, release: Release, at: datetime) -> None:
    """Tell those who approve that values wait for them."""
    messages.announce(
        kind=WAITING,
        key=str(release.pk),
        about=release.pk,
        body_id=release.body_id,
        at=at,
    )


def _decided(notice: Notice, at: datetime) -> Sequence[Letter]:
    release = Release.objects.select_related("body").get(pk=notice.about)
    if release.body is None or release.state not in _WORDS:
        return ()
    subject, text = _WORDS[ReleaseState(release.state)]
    senders = approvals.sent_in_by(release=release)
    path = _path(release, slug=release.body.slug)
    return tuple(
        Letter(person, subject, f"{text} See your file here:", (("", path),))
        for person in people_at(body_id=release.body.pk)
        if person.pk in senders
    )


def _path(release: Release, *, slug: str) -> str:
    upload = Upload.objects.filter(release=release).first()
    if upload is None:
        return reverse("outcomes:upload-list", args=[slug])
    return reverse("outcomes:upload-report", args=[slug, upload.pk])


def _waiting(notice: Notice, at: datetime) -> Sequence[Letter]:
    release = Release.objects.waiting().filter(pk=notice.about).first()
    if release is None:
        return ()
    path = reverse("outcomes:approval-list")
    return tuple(
        Letter(person, "Values wait for approval", "What bodies sent in is here:", (("", path),))
        for person in _approvers(release)
    )


def _approvers(release: Release) -> list[User]:
    senders = approvals.sent_in_by(release=release)
    return [person for person in people_of_centre(roles=_APPROVERS) if person.pk not in senders]


KINDS = {
    DECIDED: NoticeKind(label="Values approved or returned", letters=_decided),
    WAITING: NoticeKind(label="Values wait for approval", letters=_waiting, daily=True),
}
