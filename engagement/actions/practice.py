"""Writes the practice library: bodies draft and propose, the centre publishes or takes back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.db import transaction

from authorities import audit
from authorities.models import Body, DevolvedFunction, User
from engagement.models import PracticeExample, PracticeState, PracticeVersion, Theme
from engagement.models.practice import CONTENT
from engagement.practice_lifecycle import OPEN_STATES, Actor, Event, Guard, next_state
from outcomes.models import Domain

# The same row of the project's own file has the same form key each time.
_FILE = UUID("8f0d7a52-6a5e-4b8e-9d53-2f8f1c1b7c10")


@dataclass(frozen=True)
class ExampleText:
    """What an example says; the names are those of the columns."""

    title: str
    summary: str
    what_was_done: str
    what_came: str
    evidence: str
    place: str
    period: str
    by_whom: str
    source_title: str
    source_url: str
    source_date: date | None
    themes: tuple[str, ...]
    function: str
    determinants: tuple[str, ...]


class ExampleRefusedError(ValueError):
    """An example cannot be stored so; `field` names what is wrong, empty for all."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def draft(
    *, body: Body, text: ExampleText, form_key: UUID, by: User, at: datetime
) -> PracticeVersion:
    """Store a draft that its body and the centre read; the same form stores it once.

    Raises:
        ExampleRefusedError: it is not complete.
    """
    sent = PracticeExample.objects.filter(form_key=form_key).first()
    if sent is not None:
        return sent.versions.latest("number")
    columns = _columns(text=text)
    example = PracticeExample.objects.create(body=body, started_at=at, form_key=form_key)
    made = PracticeVersion.objects.create(
        example=example, number=1, edited_at=at, edited_by=by, **columns
    )
    _record(action="practice.drafted", row=made, by=by, at=at)
    return made


@transaction.atomic
def edit(
    *, example: PracticeExample, text: ExampleText, seen: int, by: User, at: datetime
) -> PracticeVersion:
    """Change the open version; of an example that is published, begin the next version.

    Raises:
        ExampleRefusedError: it is not complete.
        PracticeRefusedError: it waits for the national team, or somebody else changed it.
    """
    row = _newest(example=example)
    columns = _columns(text=text)
    if row.state in [state.value for state in OPEN_STATES]:
        holding = {Guard.VERSION_MATCHES} if row.version == seen else set()
        row.state = next_state(state=row.state, event=Event.EDIT, actor=Actor.BODY, holding=holding)
        for name, value in columns.items():
            setattr(row, name, value)
        row.version += 1
        row.edited_at, row.edited_by = at, by
        row.save()
    else:
        row = PracticeVersion.objects.create(
            example=row.example, number=row.number + 1, edited_at=at, edited_by=by, **columns
        )
    _record(action="practice.edited", row=row, by=by, at=at)
    return row


@transaction.atomic
def take_step(
    *,
    example: PracticeExample,
    event: Event,
    actor: Actor,
    seen: int,
    reason: str = "",
    by: User,
    at: datetime,
) -> PracticeVersion:
    """Propose, publish, return or withdraw; publishing replaces the version before.

    Raises:
        PracticeRefusedError: the state, or a guard, does not allow it.
    """
    newest = _newest(example=example)
    row = newest
    if event == Event.WITHDRAW:
        # What is public may have a later version on its way.
        row = newest.example.versions.filter(state=PracticeState.PUBLISHED).first() or newest
    holding = {
        guard
        for guard, holds in (
            (Guard.VERSION_MATCHES, row.version == seen),
            (Guard.REASON_GIVEN, bool(reason.strip())),
        )
        if holds
    }
    state = next_state(state=row.state, event=event, actor=actor, holding=holding)
    if event == Event.PUBLISH:
        for before in newest.example.versions.filter(state=PracticeState.PUBLISHED):
            before.state = next_state(
                state=before.state, event=Event.REPLACE, actor=Actor.CENTRE
            ).value
            before.version += 1
            before.save()
    row.state = state.value
    if actor == Actor.CENTRE:
        row.decided_at, row.decided_by, row.reason = at, by, reason.strip()
    row.version += 1
    row.save()
    _record(action=f"practice.{event}", row=row, by=by, at=at)
    return row


@transaction.atomic
def load(*, rows: Mapping[str, ExampleText], at: datetime) -> int:
    """Publish the examples of the project's own file that are not on record; others are left.

    What a person has withdrawn or changed since stays as they left it.

    Returns:
        How many are new.

    Raises:
        ExampleRefusedError: a row is not complete; nothing is loaded.
    """
    known = set(PracticeExample.objects.filter(key__isnull=False).values_list("key", flat=True))
    new = {key: text for key, text in rows.items() if key not in known}
    for key, text in new.items():
        example = PracticeExample.objects.create(key=key, started_at=at, form_key=uuid5(_FILE, key))
        made = PracticeVersion.objects.create(
            example=example,
            number=1,
            state=PracticeState.PUBLISHED,
            edited_at=at,
            decided_at=at,
            **_columns(text=text),
        )
        audit.record(action="practice.loaded", target=made, by=None, at=at)
    return len(new)


def _newest(*, example: PracticeExample) -> PracticeVersion:
    PracticeExample.objects.select_for_update().get(pk=example.pk)
    return (
        PracticeVersion.objects.select_for_update(of=("self",))
        .select_related("example__body")
        .filter(example=example)
        .latest("number")
    )


def _columns(*, text: ExampleText) -> dict[str, object]:
    columns = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(text).items()
    }
    needed = {
        "title": "Enter what the example is called.",
        "summary": "Say in a sentence or two what it is.",
        "what_was_done": "Say what was done.",
        "what_came": "Say what came of it.",
        "place": "Enter where it was.",
        "period": "Enter when it was.",
        "by_whom": "Enter by whom it was done.",
        "source_title": "Enter the source.",
        "source_url": "Enter the address of the source.",
    }
    for name, message in needed.items():
        if not columns[name]:
            raise ExampleRefusedError(message, field=name)
    if urlsplit(str(columns["source_url"])).scheme not in ("http", "https"):
        raise ExampleRefusedError(
            "Enter a full address that starts with https.", field="source_url"
        )
    if text.function and text.function not in DevolvedFunction.values:
        raise ExampleRefusedError("Select one of the functions, or none.", field="function")
    unknown = set(text.themes) - set(Theme.objects.values_list("code", flat=True))
    if unknown:
        raise ExampleRefusedError("Select themes of the rubric.", field="themes")
    if set(text.determinants) - set(Domain.objects.values_list("slug", flat=True)):
        raise ExampleRefusedError("Select determinants of the list.", field="determinants")
    columns["themes"] = sorted(set(text.themes))
    columns["determinants"] = sorted(set(text.determinants))
    assert set(columns) == set(CONTENT)  # noqa: S101 - the text and its columns are one list
    return columns


def _record(*, action: str, row: PracticeVersion, by: User, at: datetime) -> None:
    audit.record(
        action=action,
        target=row,
        by=by,
        at=at,
        body=row.example.body,
        example=str(row.example_id),
        number=row.number,
    )
