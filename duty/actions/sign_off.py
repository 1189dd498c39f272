"""Sending a return for sign-off, and what a signatory does with it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from authorities.models import Membership, Role, User
from duty.actions import documents
from duty.actions.clock import database_time
from duty.actions.return_messages import tell_of_sign_off, tell_of_submission
from duty.actions.steps import Held, hold, refresh_marks, role_for, take
from duty.deadlines import london_date
from duty.lifecycle import Guard, ReturnEvent, ReturnState
from duty.models import Declaration, DutyReturn, Section, Submission
from duty.queries.snapshots import content_sha256, differs, snapshot
from duty.references import reference, reference_prefix
from duty.words import london_datetime as words_of_time
from outcomes import recompute
from outcomes.models import Subject

Clock = Callable[[], datetime]


class FormKeyTakenError(ValueError):
    """A form's key was used for another return."""


class NoDeclarationError(LookupError):
    """There is no declaration to sign."""


class UnreadError(ValueError):
    """What is signed is not what the person read; `field` names what says so."""

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


class UnknownSectionsError(LookupError):
    """A section is named that the return does not have."""


@dataclass(frozen=True)
class _Signature:
    """What a submission takes from the step that makes it."""

    event: ReturnEvent
    declaration: Declaration | None
    form_key: UUID


@transaction.atomic
def send_for_sign_off(*, duty_return: DutyReturn, by: User, at: datetime) -> ReturnState:
    """Lock the answers and hand the return to the signatories.

    Raises:
        TransitionRefusedError: a section is not complete, an answer is no longer valid, nobody
            can sign, or the role or state does not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    holding = _valid(held)
    if held.loaded.round.requires_sign_off:
        holding.add(Guard.SIGN_OFF_REQUIRED)
    if _signatories(held):
        holding.add(Guard.HAS_SIGNATORY)
    reached = take(held=held, event=ReturnEvent.SEND_FOR_SIGN_OFF, holding=holding, by=by, at=at)
    tell_of_sign_off(held=held, event=ReturnEvent.SEND_FOR_SIGN_OFF, at=at)
    return reached


@transaction.atomic
def recall(*, duty_return: DutyReturn, by: User, at: datetime) -> ReturnState:
    """Take a return back from the signatories; its sections ask to be checked again.

    Raises:
        TransitionRefusedError: it does not await sign-off, or the role does not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    reached = take(
        held=held, event=ReturnEvent.RECALL, holding={Guard.NOT_YET_SIGNED}, by=by, at=at
    )
    refresh_marks(held=held)
    tell_of_sign_off(held=held, event=ReturnEvent.RECALL, at=at)
    return reached


@transaction.atomic
def decline(
    *,
    duty_return: DutyReturn,
    reason: str,
    sections: Collection[str] = (),
    expected_version: int | None = None,
    by: User,
    at: datetime,
) -> ReturnState:
    """Refuse to sign, and say why; answers are kept.

    The named sections have changes requested, the others ask to be checked again.

    Raises:
        UnknownSectionsError: there is no such section.
        UnreadError: the return has changed since the version that the signatory read.
        TransitionRefusedError: no reason, or the role or state does not allow it.
    """
    if unknown := set(sections) - set(Section.values):
        raise UnknownSectionsError(f"There is no section {', '.join(sorted(unknown))}.")
    held = hold(duty_return=duty_return, at=at)
    if held.standing.state == ReturnState.AWAITING_SIGN_OFF:
        _refuse_unread(held, expected_version)
    reached = take(
        held=held,
        event=ReturnEvent.DECLINE,
        holding={Guard.REASON_GIVEN} if reason.strip() else set(),
        sections=frozenset(sections),
        reason=reason.strip(),
        by=by,
        at=at,
    )
    refresh_marks(held=held, reasons=dict.fromkeys(sections, reason.strip()))
    tell_of_sign_off(held=held, event=ReturnEvent.DECLINE, at=at)
    return reached


@transaction.atomic
def sign_and_submit(
    *,
    duty_return: DutyReturn,
    declaration_ticked: bool,
    form_key: UUID,
    expected_version: int | None = None,
    expected_declaration: int | None = None,
    by: User,
    at: datetime,
    clock: Clock = database_time,
) -> Submission:
    """Sign a return and store it as it is; the same form sent twice stores once.

    Args:
        duty_return: the return.
        declaration_ticked: whether the signatory ticked it.
        form_key: the form's own; one form stores one submission.
        expected_version: the return's version that the signatory read; None to sign what there is.
        expected_declaration: the declaration's version that they read; None for the newest.
        by: the signatory.
        at: when the step was asked for.
        clock: what says when it was submitted; another one only tells an invented past.

    Raises:
        NoDeclarationError: none is loaded.
        FormKeyTakenError: the form belongs to another return.
        UnreadError: the return or the declaration has changed since it was read.
        TransitionRefusedError: not a signatory, not ticked, an answer no longer valid, or the
            state does not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    if (stored := _already_stored(held, form_key)) is not None:
        return stored
    declaration = Declaration.objects.order_by("-version").first()
    if declaration is None:
        raise NoDeclarationError("There is no declaration to sign. Load one first.")
    if held.standing.state == ReturnState.AWAITING_SIGN_OFF:
        _refuse_unread(held, expected_version)
        if expected_declaration not in (None, declaration.version):
            raise UnreadError(
                "The declaration has changed since you opened it. Read the new one before you "
                "sign.",
                field="declaration_version",
            )
    holding = _valid(held)
    if declaration_ticked:
        holding.add(Guard.DECLARATION_TICKED)
    if by.pk in {member.user_id for member in _signatories(held)}:
        holding.add(Guard.MAY_SIGN_FOR_BODY)
    signature = _Signature(ReturnEvent.SIGN, declaration, form_key)
    return _submit(held, signature, holding, clock, by=by, at=at)


@transaction.atomic
def submit(
    *,
    duty_return: DutyReturn,
    form_key: UUID,
    expected_version: int | None = None,
    by: User,
    at: datetime,
) -> Submission:
    """Submit in a round that asks no signature; the same form sent twice stores once.

    Raises:
        FormKeyTakenError: the form belongs to another return.
        UnreadError: the return has changed since the version that was read.
        TransitionRefusedError: the round asks for sign-off, a section is not complete, or the
            role does not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    if (stored := _already_stored(held, form_key)) is not None:
        return stored
    if held.standing.state == ReturnState.READY:
        _refuse_unread(held, expected_version)
    holding = _valid(held)
    if not held.loaded.round.requires_sign_off:
        holding.add(Guard.SIGN_OFF_NOT_REQUIRED)
    signature = _Signature(ReturnEvent.SUBMIT, None, form_key)
    return _submit(held, signature, holding, database_time, by=by, at=at)


def _submit(
    held: Held,
    signature: _Signature,
    holding: set[Guard],
    clock: Clock,
    *,
    by: User,
    at: datetime,
) -> Submission:
    authority = held.loaded.authority
    role = role_for(event=signature.event, authority=authority, by=by)
    content = snapshot(
        loaded=held.loaded,
        standing=held.standing,
        declaration=signature.declaration,
        signed_by=by,
        signed_as=role,
    )
    earlier = held.duty_return.submissions.order_by("-number").first()
    # Asked before anything is stored, since the database's clock and a number are taken then.
    number = earlier.number + 1 if earlier else 1
    name = _next_reference(held)
    take(
        held=held,
        event=signature.event,
        holding=holding,
        answers_differ=differs(content=content, earlier=earlier),
        by=by,
        at=at,
        number=number,
        reference=name,
    )
    submitted_at = clock()
    stored = Submission.objects.create(
        duty_return=held.duty_return,
        number=number,
        reference=name,
        content=content,
        content_sha256=content_sha256(content=content),
        submitted_at=submitted_at,
        submitted_by=by,
        declaration=signature.declaration,
        late=london_date(now=submitted_at) > held.loaded.closing.due_on,
        form_key=signature.form_key,
    )
    recompute.request(
        subject=Subject.AUTHORITY, subject_id=authority.pk, reason="return submitted", at=at
    )
    documents.ask(submission=stored, at=at)
    tell_of_submission(held=held, submission=stored, at=at)
    return stored


def _already_stored(held: Held, form_key: UUID) -> Submission | None:
    stored = Submission.objects.filter(form_key=form_key).first()
    if stored is not None and stored.duty_return_id != held.duty_return.pk:
        raise FormKeyTakenError("This form was sent for another return. Open the page again.")
    return stored


def _refuse_unread(held: Held, expected_version: int | None) -> None:
    """Refuse to sign or submit a return that has changed, and say what did."""
    if expected_version in (None, held.duty_return.version):
        return
    sent = [one for one in held.loaded.events if one.type == ReturnEvent.SEND_FOR_SIGN_OFF]
    words = ["The return has changed since you opened it."]
    if len(sent) > 1 and sent[-1].actor is not None:
        when = words_of_time(moment=sent[-1].at)
        words.append(f"{sent[-1].actor.full_name} sent it again on {when}.")
        changed = [
            held.loaded.title(code)
            for code in held.loaded.round.specification.section_order
            if (edited := held.loaded.section_rows[code].edited_at) and edited >= sent[-2].at
        ]
        if changed:
            words.append(f"Changed since it was sent before: {', '.join(changed)}.")
    raise UnreadError(
        " ".join([*words, "Read it again before you go on."]), field="expected_version"
    )


def _valid(held: Held) -> set[Guard]:
    return {Guard.ANSWERS_STILL_VALID} if held.standing.valid else set()


def _signatories(held: Held) -> list[Membership]:
    return list(
        Membership.objects.current().filter(body=held.loaded.authority, role=Role.SIGNATORY)
    )


def _next_reference(held: Held) -> str:
    prefix = reference_prefix(
        round_slug=held.loaded.round.slug, authority_slug=held.loaded.authority.slug
    )
    with connection.cursor() as cursor:
        # Two authorities may share the letters: their numbers are drawn one after the other.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"reference {prefix}"]
        )
    taken = Submission.objects.filter(reference__startswith=f"{prefix}-").count()
    return reference(prefix=prefix, number=taken + 1)
