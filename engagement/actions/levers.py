"""Writes an authority's levers: draft, keep, archive, share. Nobody outside reads a judgement."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import DevolvedFunction, StrategicAuthority, User
from engagement.lever_lifecycle import Event, Guard, LeverRefusedError, State, next_state
from engagement.models import (
    Commitment,
    CommitmentState,
    Fit,
    Impact,
    Lever,
    LeverCommitment,
    LeverKind,
    SharedLever,
    Window,
)
from engagement.models.lever import JUDGED, SHAREABLE
from outcomes.models import Domain

MOST_DESCRIPTION_WORDS, MOST_REASON_WORDS = 200, 60


@dataclass(frozen=True)
class LeverContent:
    """What a lever says; the names are those of the columns. A judgement may be empty."""

    kind: str
    title: str
    function: str
    determinants: tuple[str, ...]
    description: str
    fit: str
    fit_reason: str
    impact: str
    impact_reason: str
    window: str
    window_reason: str


class LeverContentError(ValueError):
    """A lever cannot be stored so; `field` names what is wrong."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def draft(
    *,
    authority: StrategicAuthority,
    content: LeverContent,
    form_key: UUID,
    by: User,
    at: datetime,
) -> Lever:
    """Store a draft that the authority's own people read; the same form stores it once.

    Raises:
        LeverContentError: it is not complete; judgements may come later.
    """
    sent = Lever.objects.filter(form_key=form_key, authority=authority).first()
    if sent is not None:
        return sent
    made = Lever.objects.create(
        authority=authority,
        started_at=at,
        started_by=by,
        edited_at=at,
        edited_by=by,
        form_key=form_key,
        **_columns(content=content),
    )
    _record(action="drafted", lever=made, by=by, at=at)
    return made


@transaction.atomic
def edit(*, lever: Lever, content: LeverContent, seen: int, by: User, at: datetime) -> Lever:
    """Change a draft, or what is on the list; what others read of it stays as it was shared.

    Raises:
        LeverContentError: it is not complete.
        LeverRefusedError: it is archived, somebody else changed it, or a judgement is missing.
    """
    row = _locked(lever=lever)
    columns = _columns(content=content)
    for name, value in columns.items():
        setattr(row, name, value)
    row.state = next_state(
        state=row.state, event=Event.EDIT, holding=_holding(row=row, seen=seen)
    ).value
    _write(row=row, action="edited", by=by, at=at)
    return row


@transaction.atomic
def take_step(
    *, lever: Lever, event: Event, seen: int, reason: str = "", by: User, at: datetime
) -> Lever:
    """Keep, archive, bring back, share or stop sharing.

    Sharing copies the text as it is now; sharing again replaces the copy, archiving ends it.

    Raises:
        LeverRefusedError: the state, or a guard, does not allow it.
    """
    row = _locked(lever=lever)
    shared = row.shared.filter(ended_at__isnull=True).first()
    holding = _holding(row=row, seen=seen, reason=reason, shared=shared)
    state = next_state(state=row.state, event=event, holding=holding)
    if shared is not None and event in (Event.ARCHIVE, Event.SHARE, Event.STOP_SHARING):
        shared.ended_at = at
        shared.save(update_fields=["ended_at"])
    row.state = state.value
    row.reason = reason.strip() if state == State.ARCHIVED else ""
    _write(row=row, action=event.value, by=by, at=at)
    if event == Event.SHARE:
        SharedLever.objects.create(
            lever=row,
            authority=row.authority,
            shared_at=at,
            shared_by=by,
            **{name: getattr(row, name) for name in SHAREABLE},
        )
    return row


def turn(*, lever: Lever, commitment: Commitment, by: User, at: datetime) -> LeverCommitment:
    """Keep that a commitment was made of a lever; inside the transaction that proposes it.

    Raises:
        LeverRefusedError: the lever is not on the list, is another authority's, or is a
            commitment of this pair already that was not declined.
    """
    row = _locked(lever=lever)
    if commitment.pair.authority_id != row.authority_id:
        raise LeverRefusedError("This lever is not one of the authority of this pair.")
    turned = (
        LeverCommitment.objects.filter(lever=row, commitment__pair=commitment.pair)
        .exclude(commitment__state=CommitmentState.DECLINED)
        .exists()
    )
    holding = set() if turned else {Guard.NOT_TURNED}
    next_state(state=row.state, event=Event.TURN, holding=holding)
    made = LeverCommitment.objects.create(lever=row, commitment=commitment, made_at=at, made_by=by)
    _record(action="turned", lever=row, by=by, at=at, commitment=str(commitment.pk))
    return made


def _locked(*, lever: Lever) -> Lever:
    return (
        Lever.objects.select_for_update(of=("self",)).select_related("authority").get(pk=lever.pk)
    )


def _holding(
    *, row: Lever, seen: int, reason: str = "", shared: SharedLever | None = None
) -> set[Guard]:
    return {
        guard
        for guard, holds in (
            (Guard.VERSION_MATCHES, row.version == seen),
            (Guard.REASON_GIVEN, bool(reason.strip())),
            (Guard.JUDGED, row.judged),
            (Guard.IS_SHARED, shared is not None),
        )
        if holds
    }


def _columns(*, content: LeverContent) -> dict[str, object]:
    columns = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(content).items()
    }
    for name, known, message in (
        ("kind", LeverKind.values, "Select whether it is a lever or an opportunity."),
        ("function", DevolvedFunction.values, "Select one of the functions."),
        ("fit", ["", *Fit.values], "Select how well it fits, or leave it for later."),
        ("impact", ["", *Impact.values], "Select the impact, or leave it for later."),
        ("window", ["", *Window.values], "Select the window, or leave it for later."),
    ):
        if columns[name] not in known:
            raise LeverContentError(message, field=name)
    for name, message in (
        ("title", "Enter what the lever is called."),
        ("description", "Say in a few sentences what it is."),
    ):
        if not columns[name]:
            raise LeverContentError(message, field=name)
    for name in JUDGED:
        if columns[name] and not columns[f"{name}_reason"]:
            raise LeverContentError("Give a word of reason for this.", field=f"{name}_reason")
    if set(content.determinants) - set(Domain.objects.values_list("slug", flat=True)):
        raise LeverContentError("Select determinants of the list.", field="determinants")
    columns["determinants"] = sorted(set(content.determinants))
    return columns


def _write(*, row: Lever, action: str, by: User, at: datetime) -> None:
    row.version += 1
    row.edited_at, row.edited_by = at, by
    row.save()
    _record(action=action, lever=row, by=by, at=at)


def _record(*, action: str, lever: Lever, by: User, at: datetime, **detail: object) -> None:
    audit.record(
        action=f"lever.{action}",
        target=lever,
        by=by,
        at=at,
        body=lever.authority,
        version=lever.version,
        **detail,
    )
