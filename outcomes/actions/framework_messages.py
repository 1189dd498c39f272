"""Tells the owners of a framework what waits for them, and what others decided.

A message quotes nothing of a framework and names no person: both stand on its page.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Body, Notice, Role
from authorities.notices import Letter, NoticeKind, people_at
from authorities.queries.dated import names_on
from outcomes.access import owners_of
from outcomes.framework_lifecycle import Event
from outcomes.models import FrameworkVersion, VersionState

KIND = "framework.{event}"
_SIGNATORIES = (Role.SIGNATORY,)
_ALL = (Role.EDITOR, Role.SIGNATORY)
# By event: to whom at each other party, the subject, the text.
_TOLD: dict[Event, tuple[Sequence[Role], str, str]] = {
    Event.PROPOSE: (
        _ALL,
        "An outcomes framework waits for your signature",
        (
            "Version {number} of “{name}” is proposed. A signatory of {own} can sign or decline "
            "it here:"
        ),
    ),
    Event.SIGN: (
        _ALL,
        "An outcomes framework was signed by one of its owners",
        "One more owner has signed version {number} of “{name}”. Who has yet to sign stands here:",
    ),
    Event.SIGN_LAST: (
        _ALL,
        "An outcomes framework is agreed",
        "All owners have signed version {number} of “{name}”. It is in force and public:",
    ),
    Event.DECLINE: (
        _ALL,
        "An outcomes framework was declined",
        "An owner declined version {number} of “{name}”. The reason stands here:",
    ),
    Event.EDIT: (
        _SIGNATORIES,
        "A proposed outcomes framework was changed",
        (
            "Version {number} of “{name}” is a draft again, since it was changed after it was "
            "proposed. Signatures given for it are void. What stands there now:"
        ),
    ),
    Event.DISCARD: (
        _ALL,
        "A version of an outcomes framework was given up",
        "Version {number} of “{name}” was given up by one of its owners. Why stands here:",
    ),
    Event.PROPOSE_CHANGE: (
        _ALL,
        "A change to an outcomes framework has begun",
        "Version {number} of “{name}” is being drafted. The agreed version stays in force:",
    ),
    Event.PARTNER_MERGED: (
        _ALL,
        "An outcomes framework asks to be confirmed again",
        (
            "One of the owners of “{name}” has merged. Version {number} stays in force; the "
            "successor is asked to adopt it or to propose a change:"
        ),
    ),
    Event.UNASSIGN: (
        _ALL,
        "An outcomes framework waits for an owner",
        (
            "One of the owners of “{name}” has ended, and it is not clear who follows. Version "
            "{number} stays as it is; a signatory of the authority’s side chooses here who goes on:"
        ),
    ),
    Event.ASSIGN: (
        _ALL,
        "An owner of an outcomes framework was chosen",
        (
            "The authority’s side has chosen who goes on with “{name}” in place of an owner that "
            "ended. Version {number} and its owners stand here:"
        ),
    ),
    Event.END: (
        _ALL,
        "An outcomes framework was ended",
        "“{name}” is in force no longer. Version {number} can still be read, and why it was ended:",
    ),
    Event.ADOPT: (
        _ALL,
        "An outcomes framework was adopted",
        "The successor of an owner stands by version {number} of “{name}”:",
    ),
}


def tell_of_framework(
    *, version: FrameworkVersion, event: Event, actor: Body | None, at: datetime
) -> None:
    """Tell every party but the one that acted."""
    bodies = {body.pk for body in owners_of(framework=version.framework)}
    for body_id in sorted(bodies - ({actor.pk} if actor else set()), key=str):
        messages.announce(
            kind=KIND.format(event=event.value),
            key=f"{version.pk} {version.version} {body_id}",
            about=version.pk,
            body_id=body_id,
            at=at,
        )


# States in which what a notice says is still so; of the others it always is.
_STILL: dict[Event, tuple[VersionState, ...]] = {
    Event.PROPOSE: (VersionState.PROPOSED, VersionState.PARTLY_SIGNED),
    Event.SIGN: (VersionState.PARTLY_SIGNED,),
    Event.EDIT: (VersionState.DRAFT,),
    Event.PROPOSE_CHANGE: (VersionState.DRAFT,),
}


def _letters(event: Event) -> Callable[[Notice, datetime], Sequence[Letter]]:
    def letters(notice: Notice, at: datetime) -> Sequence[Letter]:
        version = (
            FrameworkVersion.objects.select_related("framework").filter(pk=notice.about).first()
        )
        if version is None or notice.body_id is None:
            return ()
        if event in _STILL and version.state not in _STILL[event]:
            return ()
        roles, subject, text = _TOLD[event]
        names = names_on(day=timezone.localdate(at), bodies={notice.body_id})
        words = text.format(
            number=version.number,
            name=version.framework.name,
            own=names.name(notice.body_id),
        )
        path = reverse("outcomes:framework-version", args=[version.framework_id, version.number])
        return tuple(
            Letter(person, subject, words, (("", path),))
            for person in people_at(body_id=notice.body_id, roles=roles)
        )

    return letters


_LABELS = {
    Event.PROPOSE: "Outcomes framework proposed",
    Event.SIGN: "Outcomes framework signed by one",
    Event.SIGN_LAST: "Outcomes framework agreed",
    Event.DECLINE: "Outcomes framework declined",
    Event.EDIT: "Proposed outcomes framework changed",
    Event.DISCARD: "Version of an outcomes framework given up",
    Event.PROPOSE_CHANGE: "Change to an outcomes framework begun",
    Event.PARTNER_MERGED: "Outcomes framework to be confirmed again",
    Event.ADOPT: "Outcomes framework adopted",
    Event.UNASSIGN: "Outcomes framework waits for an owner",
    Event.ASSIGN: "Owner of an outcomes framework chosen",
    Event.END: "Outcomes framework ended",
}
KINDS = {
    KIND.format(event=event.value): NoticeKind(label=label, letters=_letters(event))
    for event, label in _LABELS.items()
}
