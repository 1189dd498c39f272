"""Drafts of a framework: its texts, the items of its theory of change, and what leads to what.

Every change goes through `begin_edit` with the number of the version that its form was made from,
and leaves an audit row.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from authorities import audit
from authorities.models import User
from outcomes.access import Acting
from outcomes.actions.framework_steps import Held, begin_edit
from outcomes.framework_content import Item, leads_forward
from outcomes.framework_rules import DraftRefusedError, Fault
from outcomes.models import (
    CountMeasure,
    FrameworkIndicator,
    FrameworkVersion,
    ItemKind,
    TheoryItem,
    TheoryLink,
)

# The texts of a version, by the name of their field.
TEXTS = ("summary", "assumptions", "prevention_spending", "disinvestment", "change_reason")


class GoneError(LookupError):
    """What was to be changed is not in the draft any more."""

    def __init__(self) -> None:
        super().__init__("Somebody removed this since you opened the page.")


_Row = TypeVar("_Row", bound=models.Model)


@dataclass(frozen=True)
class ItemWords:
    """What is said of an item; `assumption` is what must hold for it to lead on."""

    title: str
    text: str = ""
    assumption: str = ""


@dataclass(frozen=True)
class Edit:
    """Who changes which version, and what they read.

    expected_version: the number that the form carried.
    """

    version: FrameworkVersion
    expected_version: int
    acting: Acting
    by: User
    at: datetime

    def begin(self) -> Held:
        """Open the version to the change.

        Raises:
            FrameworkRefusedError, NotAPartyError: as `begin_edit`.
        """
        return begin_edit(
            version=self.version,
            expected_version=self.expected_version,
            acting=self.acting,
            by=self.by,
            at=self.at,
        )

    def record(self, what: str, *, target: models.Model, **detail: object) -> None:
        """Say in the audit what was changed."""
        audit.record(
            action="framework.edited",
            target=target,
            by=self.by,
            at=self.at,
            body=self.acting.body,
            what=what,
            framework=str(self.version.framework_id),
            **detail,
        )


def item_of(*, version: FrameworkVersion, lineage: UUID) -> TheoryItem:
    """Return an item of a version.

    Raises:
        GoneError: it is not there any more.
    """
    found = TheoryItem.objects.filter(framework_version=version, lineage=lineage).first()
    if found is None:
        raise GoneError
    return found


@transaction.atomic
def write_text(*, edit: Edit, name: str, text: str) -> None:
    """Store one of the version's texts, named as its field.

    Raises:
        DraftRefusedError: there is no such text, or a later version would not say why.
        FrameworkRefusedError, NotAPartyError: as `begin_edit`.
    """
    if name not in TEXTS:
        raise DraftRefusedError(Fault("text", "There is no such text."))
    held = edit.begin()
    text = text.strip()
    if name == "change_reason" and held.version.number > 1 and not text:
        raise DraftRefusedError(Fault("text", "Say why the agreed framework is to change."))
    setattr(held.version, name, text)
    held.version.save(update_fields=[name])
    edit.record("text", target=held.version, name=name)


@transaction.atomic
def add_item(*, edit: Edit, kind: str, words: ItemWords) -> TheoryItem:
    """Add an item at the end of its kind.

    Raises:
        DraftRefusedError: it has no title, or another of its kind has the same one.
        FrameworkRefusedError, NotAPartyError: as `begin_edit`.
    """
    held = edit.begin()
    if kind not in ItemKind.values:
        raise DraftRefusedError(Fault("kind", "Choose input, process, output or outcome."))
    _check_title(held.version, kind=kind, title=words.title)
    made = TheoryItem.objects.create(
        framework_version=held.version,
        kind=kind,
        title=words.title.strip(),
        text=words.text.strip(),
        assumption=words.assumption.strip(),
        order=next_order(TheoryItem.objects.filter(framework_version=held.version, kind=kind)),
    )
    edit.record("item_added", target=made)
    return made


@transaction.atomic
def change_item(*, edit: Edit, lineage: UUID, words: ItemWords) -> TheoryItem:
    """Say an item otherwise.

    Raises:
        DraftRefusedError: it has no title, or another of its kind has the same one.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = item_of(version=held.version, lineage=lineage)
    _check_title(held.version, kind=row.kind, title=words.title, but=row)
    row.title = words.title.strip()
    row.text, row.assumption = words.text.strip(), words.assumption.strip()
    row.save()
    edit.record("item_changed", target=row)
    return row


def _check_title(
    version: FrameworkVersion, *, kind: str, title: str, but: TheoryItem | None = None
) -> None:
    if not title.strip():
        raise DraftRefusedError(Fault("title", "Enter what it is in a few words."))
    same = TheoryItem.objects.filter(
        framework_version=version, kind=kind, title__iexact=title.strip()
    )
    if same.exclude(pk=but.pk if but else 0).exists():
        raise DraftRefusedError(Fault("title", f"Another {kind} has this title already."))


@transaction.atomic
def remove_item(*, edit: Edit, lineage: UUID) -> None:
    """Take an item out with its links; indicators and counts of it must be moved first.

    Raises:
        DraftRefusedError: indicators or counts belong to it.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = item_of(version=held.version, lineage=lineage)
    held_by = [
        *FrameworkIndicator.objects.filter(item=row).values_list("indicator__name", flat=True),
        *CountMeasure.objects.filter(item=row).values_list("name", flat=True),
    ]
    if held_by:
        raise DraftRefusedError(
            Fault("", f"Move or remove what belongs to it first: {', '.join(sorted(held_by))}.")
        )
    edit.record("item_removed", target=row, title=row.title)
    row.delete()


@transaction.atomic
def move_item(*, edit: Edit, lineage: UUID, earlier: bool) -> None:
    """Exchange an item with the one before or after it; at the end of the list nothing happens.

    Raises:
        DraftRefusedError: one of the two leads to the other.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = item_of(version=held.version, lineage=lineage)
    others = TheoryItem.objects.filter(framework_version=held.version, kind=row.kind)
    other = neighbour_of(rows=others, order=row.order, earlier=earlier)
    if other is None:
        return
    if TheoryLink.objects.filter(cause__in=(row, other), effect__in=(row, other)).exists():
        raise DraftRefusedError(
            Fault("", f"“{row.title}” and “{other.title}” are linked, so their order stays.")
        )
    change_places(row, other)
    edit.record("item_moved", target=row)


@transaction.atomic
def link_item(*, edit: Edit, cause: UUID, effects: Collection[UUID]) -> None:
    """Say to what an item leads: links to others go, those that stay keep their assumptions.

    Raises:
        DraftRefusedError: a link would lead back, so that a circle could arise.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = item_of(version=held.version, lineage=cause)
    wanted = {lineage: item_of(version=held.version, lineage=lineage) for lineage in set(effects)}
    for other in wanted.values():
        if not leads_forward(cause=_plain(row), effect=_plain(other)):
            raise DraftRefusedError(
                Fault("effects", f"“{other.title}” comes before “{row.title}”: a link leads on.")
            )
    links = TheoryLink.objects.filter(cause=row)
    there = set(links.values_list("effect__lineage", flat=True))
    links.exclude(effect__lineage__in=wanted).delete()
    TheoryLink.objects.bulk_create(
        TheoryLink(framework_version=held.version, cause=row, effect=other)
        for lineage, other in sorted(wanted.items())
        if lineage not in there
    )
    edit.record("links", target=row, to=[str(one) for one in sorted(wanted)])


@transaction.atomic
def assume(*, edit: Edit, cause: UUID, effect: UUID, assumption: str) -> TheoryLink:
    """Say what must hold for one item to lead to another.

    Raises:
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = TheoryLink.objects.filter(
        framework_version=held.version, cause__lineage=cause, effect__lineage=effect
    ).first()
    if row is None:
        raise GoneError
    row.assumption = assumption.strip()
    row.save()
    edit.record("assumption", target=row)
    return row


def neighbour_of(*, rows: models.QuerySet[_Row], order: int, earlier: bool) -> _Row | None:
    """Return the row before or after a place in its list; None at the end."""
    if earlier:
        return rows.filter(order__lt=order).order_by("-order", "-pk").first()
    return rows.filter(order__gt=order).order_by("order", "pk").first()


def change_places(
    one: TheoryItem | FrameworkIndicator | CountMeasure,
    other: TheoryItem | FrameworkIndicator | CountMeasure,
) -> None:
    """Exchange two rows of a list."""
    one.order, other.order = other.order, one.order
    one.save()
    other.save()


def next_order(rows: models.QuerySet[models.Model]) -> int:
    """Return the place after all of these rows."""
    return (rows.aggregate(last=models.Max("order"))["last"] or 0) + 1


def _plain(row: TheoryItem) -> Item:
    return Item(lineage=row.lineage, kind=row.kind, order=row.order, title=row.title)
