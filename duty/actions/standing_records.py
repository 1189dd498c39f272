"""Writes an authority's standing records: adds, changes and ends an entry. None is deleted."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import IntegratedCareBoard, StrategicAuthority, User
from duty.actions.agreements import void_signatures
from duty.models import AgreementParty, AgreementRole, PartnershipAgreement, StandingRecord
from duty.queries.agreements import role_of
from duty.queries.standing_records import (
    MODEL_OF,
    NoSuchRecordError,
    StoredRecord,
    boards_named,
    record_of,
)
from duty.standing_records import (
    CONTENT_OF,
    AgreementContent,
    Content,
    ContentProblem,
    Ending,
    RecordKind,
    check_content,
    check_end,
)

__all__ = [
    "InvalidRecordError",
    "NoSuchRecordError",
    "RecordEndedError",
    "RecordFormUsedError",
    "StaleRecordError",
    "add",
    "change",
    "end",
    "hold",
    "stamp",
]


class InvalidRecordError(ValueError):
    """An entry cannot be accepted; `problems` says which field and what to do."""

    def __init__(self, *, problems: tuple[ContentProblem, ...]) -> None:
        self.problems = problems
        super().__init__(". ".join(one.message for one in problems))


class StaleRecordError(ValueError):
    """Somebody wrote the entry in between. Carries what is stored; nothing is lost."""

    def __init__(self, *, stored: StoredRecord) -> None:
        self.stored = stored
        super().__init__("This entry has changed since you opened it. Compare both texts.")


class RecordEndedError(ValueError):
    """An entry that ended is no longer changed."""


class RecordFormUsedError(ValueError):
    """The form was sent before, for something else."""


@transaction.atomic
def add(
    *,
    authority: StrategicAuthority,
    kind: RecordKind,
    content: Content,
    form_key: UUID,
    by: User,
    at: datetime,
) -> StandingRecord:
    """Store an entry; sending the same form twice stores it once.

    Raises:
        InvalidRecordError: a field is wrong, or the entry is of another kind.
        RecordFormUsedError: the form key stands for another authority's entry.
    """
    model = MODEL_OF[kind]
    # Held until the end, so that the same form sent twice at once is seen.
    StrategicAuthority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    sent = model._default_manager.filter(form_key=form_key).first()
    if sent is not None:
        if sent.authority_id != authority.pk:
            raise RecordFormUsedError("This form was sent before. Open the page again.")
        return sent
    content = _tidy(content)
    _refuse_what_is_wrong(kind, content)
    boards = _boards_of(authority, content)
    row = model(
        authority=authority,
        form_key=form_key,
        added_at=at,
        added_by=by,
        changed_at=at,
        changed_by=by,
        **_fields_of(content),
    )
    row.save(force_insert=True)
    _write_parties(row, boards, at=at)
    _write_roles(row, content, at=at)
    _record("standing_record.added", row, kind, by=by, at=at)
    return row


@transaction.atomic
def change(
    *,
    authority: StrategicAuthority,
    kind: RecordKind,
    key: UUID,
    content: Content,
    expected_version: int,
    by: User,
    at: datetime,
) -> StandingRecord:
    """Write an entry anew; the same again changes nothing.

    Raises:
        NoSuchRecordError: the authority has no such entry.
        RecordEndedError: it ended.
        InvalidRecordError: a field is wrong.
        StaleRecordError: somebody else wrote it in between.
    """
    held = hold(authority=authority, kind=kind, key=key)
    content = _tidy(content)
    if isinstance(content, AgreementContent) and isinstance(held.content, AgreementContent):
        # It is added and taken away on a page of its own: `agreement_documents`.
        content = replace(content, document=held.content.document)
    if held.row.ending:
        raise RecordEndedError("This entry has ended, so it stays as it is. Add a new one instead.")
    _refuse_what_is_wrong(kind, content)
    boards = _boards_of(authority, content, held=held)
    if held.content == content:
        return held.row
    if held.row.version != expected_version:
        raise StaleRecordError(stored=held)
    for name, value in _fields_of(content).items():
        setattr(held.row, name, value)
    stamp(row=held.row, by=by, at=at)
    if isinstance(held.row, PartnershipAgreement):
        # Signatures are for what was read.
        void_signatures(agreement=held.row, at=held.row.changed_at)
    held.row.save()
    _write_parties(held.row, boards, at=at)
    _write_roles(held.row, content, at=at)
    _record("standing_record.changed", held.row, kind, by=by, at=at)
    return held.row


@transaction.atomic
def end(
    *,
    authority: StrategicAuthority,
    kind: RecordKind,
    key: UUID,
    ending: str,
    on: date | None,
    reason: str,
    expected_version: int,
    by: User,
    at: datetime,
) -> StandingRecord:
    """End an entry on its last day, or mark it as a mistake; the same again changes nothing.

    Raises:
        NoSuchRecordError: the authority has no such entry.
        InvalidRecordError: no day or reason, or a day before the first.
        RecordEndedError: it ended otherwise.
        StaleRecordError: somebody else wrote it in between.
    """
    held = hold(authority=authority, kind=kind, key=key)
    problem = check_end(content=held.content, ending=ending, on=on, reason=reason)
    if problem is not None:
        raise InvalidRecordError(problems=(problem,))
    row = held.row
    last = on if ending == "ended" else None
    if row.ending:
        if (row.ending, row.ended_on) == (ending, last):
            return row
        raise RecordEndedError("This entry has ended already. Open the page again.")
    if row.version != expected_version:
        raise StaleRecordError(stored=held)
    row.ending, row.ended_on, row.ending_reason = ending, last, reason.strip()
    stamp(row=row, by=by, at=at)
    row.save()
    _record("standing_record.ended", row, kind, by=by, at=at, ending=ending)
    return row


def hold(*, authority: StrategicAuthority, kind: RecordKind, key: UUID) -> StoredRecord:
    """Return an entry that stays as it is until the transaction ends.

    Raises:
        NoSuchRecordError: the authority has no such entry.
    """
    MODEL_OF[kind]._default_manager.select_for_update().filter(authority=authority, pk=key).first()
    return record_of(authority=authority, kind=kind, key=key)


def _tidy(content: Content) -> Content:
    """Leave out spaces around texts, doubles, and what belongs to another choice."""
    held: dict[str, Any] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if isinstance(value, str):
            value = value.strip()
        elif isinstance(value, tuple):
            value = tuple(sorted(set(value)))
        held[field.name] = value
    if "other_theme" in held and "other" not in held["themes"]:
        held["other_theme"] = ""
    return type(content)(**held)


def _refuse_what_is_wrong(kind: RecordKind, content: Content) -> None:
    if not isinstance(content, CONTENT_OF[kind]):
        raise InvalidRecordError(problems=(ContentProblem("title", "Open the page again"),))
    if problems := check_content(content=content):
        raise InvalidRecordError(problems=problems)


def _fields_of(content: Content) -> dict[str, Any]:
    held = {field.name: getattr(content, field.name) for field in fields(content)}
    if isinstance(content, AgreementContent):
        # Parties, roles and the document are rows of their own.
        del held["boards"], held["roles"], held["document"]
        held["renews_id"] = held.pop("renews")
    return {name: list(one) if isinstance(one, tuple) else one for name, one in held.items()}


def _boards_of(
    authority: StrategicAuthority, content: Content, *, held: StoredRecord | None = None
) -> tuple[IntegratedCareBoard, ...]:
    """Return the ICBs of an agreement, which renews another one of the authority's at most."""
    if not isinstance(content, AgreementContent):
        return ()
    boards, wrong = boards_named(
        authority=authority, slugs=content.boards, signed_on=content.signed_on
    )
    if wrong:
        raise InvalidRecordError(problems=(ContentProblem("boards", wrong),))
    if content.renews is not None:
        own = [held.row.pk] if held is not None else []
        others = PartnershipAgreement.objects.filter(authority=authority).exclude(
            ending=Ending.MISTAKE
        )
        if content.renews in own or not others.filter(pk=content.renews).exists():
            wrong = "Select another agreement of the authority’s"
        elif others.filter(renews=content.renews).exclude(pk__in=own).exists():
            wrong = "Another agreement renews this one already"
        if wrong:
            raise InvalidRecordError(problems=(ContentProblem("renews", wrong),))
    return boards


def _write_parties(
    row: StandingRecord, boards: Collection[IntegratedCareBoard], *, at: datetime
) -> None:
    if not boards:
        return
    current = AgreementParty.objects.filter(agreement_id=row.pk, left_at__isnull=True)
    wanted = {board.pk for board in boards}
    current.exclude(board_id__in=wanted).update(left_at=at)
    there = set(current.values_list("board_id", flat=True))
    AgreementParty.objects.bulk_create(
        [
            AgreementParty(agreement_id=row.pk, board_id=key, added_at=at)
            for key in sorted(wanted - there)
        ]
    )


def _write_roles(row: StandingRecord, content: Content, *, at: datetime) -> None:
    if not isinstance(content, AgreementContent):
        return
    current = list(
        AgreementRole.objects.filter(agreement_id=row.pk, left_at__isnull=True).select_related(
            "board"
        )
    )
    there = {role_of(row=one): one.pk for one in current}
    gone = [key for role, key in there.items() if role not in content.roles]
    AgreementRole.objects.filter(pk__in=gone).update(left_at=at)
    new = [role for role in content.roles if role not in there]
    boards = {
        board.slug: board
        for board in IntegratedCareBoard.objects.filter(slug__in=[role.board for role in new])
    }
    AgreementRole.objects.bulk_create(
        [
            AgreementRole(
                agreement_id=row.pk,
                board=boards[role.board],
                of=role.of,
                title=role.title,
                committee=role.committee,
                added_at=at,
            )
            for role in new
        ]
    )


def stamp(*, row: StandingRecord, by: User, at: datetime) -> None:
    """Mark an entry that is held as written anew; the caller saves it."""
    row.version += 1
    # Servers' clocks differ by a little; the order in which things were stored is the truth.
    row.changed_at = max(at, row.changed_at)
    row.changed_by = by


def _record(
    action: str, row: StandingRecord, kind: RecordKind, *, by: User, at: datetime, **detail: str
) -> None:
    audit.record(
        action=action,
        target=row,
        body=row.authority,
        by=by,
        at=at,
        kind=kind.value,
        version=row.version,
        **detail,
    )
