"""The next version of how engagement is read: drafted, proposed, approved by a second person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import User
from duty.ui.looks import PALETTE
from engagement import map_content, rubric_content
from engagement.actions import configuration
from engagement.actions.reading_messages import tell_of_draft
from engagement.map_content import MapContent
from engagement.models import DraftAuthor, DraftKind, DraftState, GroupMap, ReadingDraft, Rubric
from engagement.queries import reading_versions as queries
from engagement.queries.reading_versions import Content
from engagement.rubric_content import Fault, RubricContent
from engagement.version_lifecycle import Event, Guard, next_state


class DraftOpenError(ValueError):
    """A draft of the kind is open already."""


class NothingToDraftFromError(LookupError):
    """No version was loaded yet, so there is none to start from."""


class ReasonNeededError(ValueError):
    """A step must say why."""


@dataclass(frozen=True)
class Meaning:
    """Whether levels by the new rubric mean what they meant by the one before, and why."""

    kept: bool
    reason: str


def faults_of(*, content: Content) -> tuple[Fault, ...]:
    """Return all that keeps a draft from being proposed."""
    if isinstance(content, MapContent):
        return map_content.faults(content=content, looks=frozenset(PALETTE))
    return rubric_content.faults(content=content)


@transaction.atomic
def begin(*, kind: str, reason: str, form_key: UUID, by: User, at: datetime) -> ReadingDraft:
    """Start a draft from the newest version; the same form sent twice makes one.

    Raises:
        ReasonNeededError: no reason is given.
        NothingToDraftFromError: no version was loaded.
        DraftOpenError: one of the kind is open already.
    """
    if not reason.strip():
        raise ReasonNeededError("Enter why there is a new version")
    origin = queries.newest_number(kind=kind)
    if not origin:
        raise NothingToDraftFromError(
            "There is no version yet. Run `manage.py load_engagement_configuration`."
        )
    # Two drafts at once wait for each other at the version that both start from.
    _lock_versions(kind)
    made = ReadingDraft.objects.filter(form_key=form_key).first()
    if made is not None:
        return made
    if ReadingDraft.objects.open().filter(kind=kind).exists():
        raise DraftOpenError(
            "A draft is open already. Change that one, or discard it before you start another."
        )
    content = queries.version_numbered(kind=kind, number=origin).content
    draft = ReadingDraft.objects.create(
        kind=kind,
        origin=origin,
        content=queries.plain_content(content=content),
        reason=reason.strip(),
        form_key=form_key,
        made_at=at,
        changed_at=at,
        changed_by=by,
    )
    DraftAuthor.objects.create(draft=draft, person=by)
    audit.record(action=f"{kind}.drafted", target=draft, by=by, at=at, origin=origin)
    return draft


@transaction.atomic
def edit(
    *,
    draft_id: UUID,
    expected_revision: int,
    change: Callable[[Any], Content],
    by: User,
    at: datetime,
    reason: str | None = None,
) -> ReadingDraft:
    """Change what a draft says. Whoever does so cannot approve it; a proposal is taken back.

    `change` returns the content anew; `reason` is why there is a new version, where that changes.

    Raises:
        ReadingDraft.DoesNotExist: there is no such draft.
        StepRefusedError: it takes no changes, or was changed since it was read.
        NoSuchPartError: what was to be changed is not there; from `change`.
        ReasonNeededError: the reason is emptied.
    """
    draft = _locked(draft_id)
    state = _step(draft, Event.EDIT, expected_revision)
    if reason is not None and not reason.strip():
        raise ReasonNeededError("Enter why there is a new version")
    before = queries.stored_content(kind=draft.kind, stored=draft.content)
    after = change(before)
    said = draft.reason if reason is None else reason.strip()
    if after == before and said == draft.reason:
        return draft
    draft.content = queries.plain_content(content=after)
    draft.reason = said
    draft.changed_at, draft.changed_by = at, by
    DraftAuthor.objects.get_or_create(draft=draft, person=by)
    return _write(draft, state, action="changed", by=by, at=at)


@transaction.atomic
def propose(*, draft_id: UUID, expected_revision: int, by: User, at: datetime) -> ReadingDraft:
    """Ask a second person for the approval.

    Raises:
        ReadingDraft.DoesNotExist: there is no such draft.
        StepRefusedError: it is no draft, was changed since it was read, or has faults.
    """
    draft = _locked(draft_id)
    state = _step(draft, Event.PROPOSE, expected_revision)
    draft.proposed_by, draft.declined_reason = by, ""
    # Who proposes it stands behind what it says.
    DraftAuthor.objects.get_or_create(draft=draft, person=by)
    written = _write(draft, state, action="proposed", by=by, at=at)
    tell_of_draft(draft=written, at=at)
    return written


@transaction.atomic
def decline(
    *, draft_id: UUID, expected_revision: int, reason: str, by: User, at: datetime
) -> ReadingDraft:
    """Give a proposal back with a reason, which its page shows until it is proposed again.

    Raises:
        ReadingDraft.DoesNotExist: there is no such draft.
        StepRefusedError: it is not proposed, was changed since it was read, or says no reason.
    """
    draft = _locked(draft_id)
    state = _step(draft, Event.DECLINE, expected_revision, reason=reason)
    draft.declined_reason = reason.strip()
    return _write(draft, state, action="declined", by=by, at=at)


@transaction.atomic
def discard(
    *, draft_id: UUID, expected_revision: int, reason: str, by: User, at: datetime
) -> ReadingDraft:
    """Give a draft up. It stays readable to the centre.

    Raises:
        ReadingDraft.DoesNotExist: there is no such draft.
        StepRefusedError: it was decided on, was changed since it was read, or says no reason.
    """
    draft = _locked(draft_id)
    state = _step(draft, Event.DISCARD, expected_revision, reason=reason)
    draft.discarded_reason = reason.strip()
    draft.decided_at, draft.decided_by = at, by
    return _write(draft, state, action="discarded", by=by, at=at)


@transaction.atomic
def approve(
    *,
    draft_id: UUID,
    expected_revision: int,
    meaning: Meaning | None = None,
    by: User,
    at: datetime,
) -> ReadingDraft:
    """Make the draft the newest version. Rounds that are scheduled from now on are read by it.

    `meaning` is needed for a rubric, and for nothing else.

    Raises:
        ReadingDraft.DoesNotExist: there is no such draft.
        StepRefusedError: it is not proposed, was changed since it was read, has faults, or the
            same person wrote in it.
        ReasonNeededError: nothing is said of what levels mean.
    """
    draft = _locked(draft_id)
    second = not draft.authors.filter(person=by).exists()
    state = _step(draft, Event.APPROVE, expected_revision, second_person=second)
    _lock_versions(draft.kind)
    number = queries.newest_number(kind=draft.kind) + 1
    content = queries.stored_content(kind=draft.kind, stored=draft.content)
    approval = {
        "reason": draft.reason,
        "proposed_by": draft.proposed_by,
        "approved_by": by,
        "approved_at": at,
    }
    made: Rubric | GroupMap
    if isinstance(content, RubricContent):
        if meaning is None or not meaning.reason.strip():
            raise ReasonNeededError("Enter why the levels mean the same, or do not")
        made = configuration.store_rubric(
            version=number,
            content=content,
            keeps_meaning=meaning.kept,
            meaning_reason=meaning.reason.strip(),
            **approval,
        )
    else:
        made = configuration.store_group_map(version=number, content=content, **approval)
    audit.record(action=f"{draft.kind}.approved", target=made, by=by, at=at, version=number)
    draft.version = number
    draft.decided_at, draft.decided_by = at, by
    return _write(draft, state, action="approved", by=by, at=at)


def _locked(draft_id: UUID) -> ReadingDraft:
    return ReadingDraft.objects.select_for_update(of=("self",)).get(pk=draft_id)


def _lock_versions(kind: str) -> None:
    model: type[Rubric] | type[GroupMap] = Rubric if kind == DraftKind.RUBRIC else GroupMap
    list(model.objects.select_for_update().filter(version=1))


def _step(
    draft: ReadingDraft,
    event: Event,
    expected_revision: int,
    *,
    reason: str = "",
    second_person: bool = True,
) -> DraftState:
    held = set()
    if draft.revision == expected_revision:
        held.add(Guard.REVISION_MATCHES)
    if reason.strip():
        held.add(Guard.REASON_GIVEN)
    if second_person:
        held.add(Guard.SECOND_PERSON)
    if event in (Event.PROPOSE, Event.APPROVE):
        content = queries.stored_content(kind=draft.kind, stored=draft.content)
        if not faults_of(content=content):
            held.add(Guard.WITHOUT_FAULTS)
    return DraftState(next_state(state=draft.state, event=event, holding=held).value)


def _write(
    draft: ReadingDraft, state: DraftState, *, action: str, by: User, at: datetime
) -> ReadingDraft:
    draft.state = state
    draft.revision += 1
    draft.save()
    audit.record(
        action=f"{draft.kind}_draft.{action}", target=draft, by=by, at=at, revision=draft.revision
    )
    return draft
