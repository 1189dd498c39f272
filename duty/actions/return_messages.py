"""Tells people what became of a return: written in the transaction of the step, sent after it.

A message names no person and quotes no answer or reason: those stand on the pages, for who may
read them.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse

from authorities.actions import messages
from authorities.models import LOCAL_ROLES, Membership, Role, User
from duty.actions.round_messages import subject_of
from duty.actions.steps import Held
from duty.lifecycle import ReturnEvent
from duty.models import ReturnEvent as StoredEvent
from duty.models import Section, Submission

_WORDS = {
    ReturnEvent.REQUEST_CHANGES: (
        "changes requested",
        (
            "The centre asked for changes in {sections}. Other sections stay complete. Who asked "
            "and why stands"
        ),
    ),
    ReturnEvent.REOPEN: (
        "reopened",
        (
            "The centre reopened the return at your authority’s request. Your answers are kept. "
            "Check each section"
        ),
    ),
    ReturnEvent.ACCEPT: (
        "accepted",
        "The centre accepted what you submitted. Nothing more is needed from you. You can read it",
    ),
    ReturnEvent.UNACCEPT: (
        "acceptance taken back",
        (
            "The centre took its acceptance of the return back. It counts as submitted, and "
            "changes may be asked for. You can read it"
        ),
    ),
}


def tell_of_review(
    *, held: Held, event: ReturnEvent, sections: Iterable[str], at: datetime
) -> None:
    """Write to the editors and signatories what the centre did with their return."""
    headline, text = _WORDS[event]
    named = set(sections)
    titles = [Section(code).label for code in Section.values if code in named]
    _write(
        held,
        _own_people(held),
        f"return.{event.value}",
        headline,
        text.format(sections=", ".join(titles) or "all sections"),
        reverse("duty:return-tasks", args=[held.loaded.round.slug, held.loaded.authority.slug]),
        at,
    )


# What editors and signatories are told of a step before the signature; None where it is nothing.
_SIGN_OFF: dict[ReturnEvent, tuple[str, str | None, str | None]] = {
    ReturnEvent.SEND_FOR_SIGN_OFF: (
        "sent for sign-off",
        (
            "The return was sent for sign-off. Its answers are locked until it is signed, declined "
            "or recalled. You can read it"
        ),
        "The return waits for your signature. You can check it, sign it or decline it",
    ),
    ReturnEvent.DECLINE: (
        "declined",
        "A signatory declined to sign. Your answers are kept. Why, and in which sections, stands",
        "The return was declined, and is with its editors again. What was said stands",
    ),
    ReturnEvent.RECALL: (
        "recalled",
        None,
        (
            "The return was recalled before it was signed. You need not do anything until it is "
            "sent again. You can read it"
        ),
    ),
}


def tell_of_sign_off(*, held: Held, event: ReturnEvent, at: datetime) -> None:
    """Write to editors and signatories, each what they can do; who is both is told as signatory."""
    headline, to_editors, to_signatories = _SIGN_OFF[event]
    loaded = held.loaded
    signatories = _people(held, {Role.SIGNATORY})
    editors = [person for person in _own_people(held) if person not in signatories]
    name = "return-sign-off" if event is ReturnEvent.SEND_FOR_SIGN_OFF else "return-tasks"
    path = reverse(f"duty:{name}", args=[loaded.round.slug, loaded.authority.slug])
    for people, text in ((editors, to_editors), (signatories, to_signatories)):
        if text is not None:
            _write(held, people, f"return.{event.value}", headline, text, path, at)


def tell_of_submission(*, held: Held, submission: Submission, at: datetime) -> None:
    """Write to the authority's people that it was submitted, and to who had asked for changes."""
    loaded = held.loaded
    _write(
        held,
        _own_people(held),
        "return.submitted",
        "submitted",
        f"The return was submitted with the reference {submission.reference}. Its answers are "
        "locked. The receipt is",
        reverse("duty:return-submitted", args=[loaded.round.slug, loaded.authority.slug]),
        at,
    )
    _write(
        held,
        _who_asked(held),
        "return.resubmitted",
        "submitted again",
        "The changes that you asked for have come in. You can read the return, and what differs "
        "from the submission before,",
        reverse("duty:review-return", args=[held.duty_return.pk]),
        at,
    )


def _own_people(held: Held) -> list[User]:
    return _people(held, LOCAL_ROLES)


def _people(held: Held, roles: Iterable[str]) -> list[User]:
    return list(
        User.objects.filter(
            memberships__in=Membership.objects.current().filter(
                body=held.loaded.authority, role__in=list(roles)
            )
        )
        .distinct()
        .order_by("pk")
    )


def _who_asked(held: Held) -> list[User]:
    """Return who asked for the changes that are now answered, while they are of the centre."""
    asked: StoredEvent | None = None
    # As the return was read before this step: what came since the last submission.
    for event in held.loaded.events:
        if event.type == ReturnEvent.REQUEST_CHANGES:
            asked = event
        elif event.type in (ReturnEvent.SIGN, ReturnEvent.SUBMIT):
            asked = None
    if asked is None or asked.actor_id is None:
        return []
    at_centre = Membership.objects.current().exclude(role__in=LOCAL_ROLES)
    return list(User.objects.filter(pk=asked.actor_id, memberships__in=at_centre).distinct())


def _write(
    held: Held,
    recipients: list[User],
    kind: str,
    headline: str,
    text: str,
    path: str,
    at: datetime,
) -> None:
    subject = subject_of(
        round_=held.loaded.round, headline=f"return of {held.loaded.facts.name}, {headline}"
    )
    messages.write(
        recipients=recipients,
        kind=kind,
        about=_step_of(held),
        subject=subject,
        text=f"{subject}\n\n{text} here:\n{settings.SITE_URL}{path}\n\nHealth Duty Tracker\n",
        at=at,
    )


def _step_of(held: Held) -> UUID:
    """Return a key of the step: one return may be sent back, or accepted, more than once."""
    return uuid5(held.duty_return.pk, f"version {held.duty_return.version}")
