"""Tells people what became of a return: written in the transaction of the step, sent after it.

A message names no person and quotes no answer or reason: those stand on the pages, for who may
read them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice, Role, User
from authorities.notices import Letter, NoticeKind, people_at, people_of_centre
from authorities.queries.dated import names_on
from duty.actions.round_messages import subject_of
from duty.actions.steps import Held
from duty.lifecycle import ReturnEvent
from duty.models import DutyReturn, ExpectedReturn, Submission
from duty.models import ReturnEvent as StoredEvent
from duty.queries.loaded import closing_of

# Steps after which what an earlier one told is no longer so.
_MOVES = (
    ReturnEvent.SEND_FOR_SIGN_OFF,
    ReturnEvent.DECLINE,
    ReturnEvent.RECALL,
    ReturnEvent.SIGN,
    ReturnEvent.SUBMIT,
    ReturnEvent.REQUEST_CHANGES,
    ReturnEvent.REOPEN,
    ReturnEvent.ACCEPT,
    ReturnEvent.UNACCEPT,
)
# What both roles are told that the centre did: a headline, and the words before the address.
_REVIEW = {
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
_SUBMITTED = "return.submitted"
_RESUBMITTED = "return.resubmitted"


def tell_of_review(
    *, held: Held, event: ReturnEvent, sections: Iterable[str], at: datetime
) -> None:
    """Tell editors and signatories what the centre did with their return."""
    _announce_step(held, event, at, sections=sorted(set(sections)))


def tell_of_sign_off(*, held: Held, event: ReturnEvent, at: datetime) -> None:
    """Tell editors and signatories, each what they can do; who is both is told as signatory."""
    _announce_step(held, event, at)


def tell_of_submission(*, held: Held, submission: Submission, at: datetime) -> None:
    """Tell the authority's people that it was submitted, and who had asked for changes."""
    _announce(held, _SUBMITTED, str(submission.pk), at, submission=str(submission.pk))
    asked_by = _who_asked(held)
    if asked_by is not None:
        _announce(held, _RESUBMITTED, str(submission.pk), at, asked_by=str(asked_by))


def _announce_step(held: Held, event: ReturnEvent, at: datetime, **details: object) -> None:
    step = _last_move(held.duty_return.pk)
    _announce(held, f"return.{event.value}", str(step), at, step=step, **details)


def _announce(held: Held, kind: str, key: str, at: datetime, **details: object) -> None:
    messages.announce(
        kind=kind,
        key=key,
        about=held.duty_return.pk,
        occasion=held.duty_return.round_id,
        body_id=held.duty_return.authority_id,
        details=details,
        at=at,
    )


def _last_move(return_id: UUID) -> int | None:
    moves = StoredEvent.objects.filter(
        duty_return_id=return_id, type__in=[move.value for move in _MOVES]
    )
    return moves.order_by("-pk").values_list("pk", flat=True).first()


def _who_asked(held: Held) -> UUID | None:
    """Return who asked for the changes that are now answered."""
    asked: StoredEvent | None = None
    # As the return was read before this step: what came since the last submission.
    for event in held.loaded.events:
        if event.type == ReturnEvent.REQUEST_CHANGES:
            asked = event
        elif event.type in (ReturnEvent.SIGN, ReturnEvent.SUBMIT):
            asked = None
    return asked.actor_id if asked is not None else None


def _return_of(notice: Notice) -> DutyReturn:
    return DutyReturn.objects.select_related("round__specification", "authority").get(
        pk=notice.about
    )


def _is_last_move(notice: Notice) -> bool:
    step: int = notice.details["step"]
    return _last_move(notice.about) == step


def _review_letters(notice: Notice, at: datetime, *, event: ReturnEvent) -> tuple[Letter, ...]:
    if not _is_last_move(notice):
        return ()
    row = _return_of(notice)
    headline, text = _REVIEW[event]
    named = set(notice.details["sections"])
    titles = row.round.specification.section_titles(named)
    return _letters(
        row,
        people_at(body_id=row.authority_id),
        headline,
        text.format(sections=", ".join(titles) or "all sections"),
        reverse("duty:return-tasks", args=[row.round.slug, row.authority.slug]),
    )


def _sign_off_letters(notice: Notice, at: datetime, *, event: ReturnEvent) -> tuple[Letter, ...]:
    row = _return_of(notice)
    waits = event is ReturnEvent.SEND_FOR_SIGN_OFF
    if not _is_last_move(notice) or (waits and not _takes_signatures(row, at)):
        return ()
    headline, to_editors, to_signatories = _SIGN_OFF[event]
    signatories = people_at(body_id=row.authority_id, roles=[Role.SIGNATORY])
    editors = [one for one in people_at(body_id=row.authority_id) if one not in signatories]
    name = "return-sign-off" if waits else "return-tasks"
    path = reverse(f"duty:{name}", args=[row.round.slug, row.authority.slug])
    return tuple(
        letter
        for people, text in ((editors, to_editors), (signatories, to_signatories))
        if text is not None
        for letter in _letters(row, people, headline, text, path)
    )


def _takes_signatures(row: DutyReturn, at: datetime) -> bool:
    expected = ExpectedReturn.objects.filter(round=row.round, authority=row.authority).first()
    return closing_of(round_=row.round, expected=expected).is_open(now=at)


def _submission_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = _return_of(notice)
    submission = Submission.objects.get(pk=notice.details["submission"])
    return _letters(
        row,
        people_at(body_id=row.authority_id),
        "submitted",
        f"The return was submitted with the reference {submission.reference}. Its answers are "
        "locked. The receipt is",
        reverse("duty:return-submitted", args=[row.round.slug, row.authority.slug]),
    )


def _resubmission_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = _return_of(notice)
    at_centre = people_of_centre(roles=Role.values)
    return _letters(
        row,
        [one for one in at_centre if str(one.pk) == notice.details["asked_by"]],
        "submitted again",
        "The changes that you asked for have come in. You can read the return, and what differs "
        "from the submission before,",
        reverse("duty:review-return", args=[row.pk]),
    )


def _letters(
    row: DutyReturn, people: Sequence[User], headline: str, text: str, path: str
) -> tuple[Letter, ...]:
    names = names_on(day=row.round.geography_date, bodies=[row.authority_id])
    name = names.name(row.authority_id) or row.authority.slug
    subject = subject_of(round_=row.round, headline=f"return of {name}, {headline}")
    return tuple(Letter(person, subject, f"{text} here:", (("", path),)) for person in people)


_LABELS = {
    ReturnEvent.SEND_FOR_SIGN_OFF: "Return sent for sign-off",
    ReturnEvent.DECLINE: "Return declined",
    ReturnEvent.RECALL: "Return recalled",
    ReturnEvent.REQUEST_CHANGES: "Changes requested",
    ReturnEvent.REOPEN: "Return reopened",
    ReturnEvent.ACCEPT: "Return accepted",
    ReturnEvent.UNACCEPT: "Acceptance taken back",
}
KINDS = {
    f"return.{event.value}": NoticeKind(
        label=label,
        letters=partial(_sign_off_letters if event in _SIGN_OFF else _review_letters, event=event),
    )
    for event, label in _LABELS.items()
} | {
    _SUBMITTED: NoticeKind(label="Return submitted", letters=_submission_letters),
    _RESUBMITTED: NoticeKind(label="Return submitted again", letters=_resubmission_letters),
}
