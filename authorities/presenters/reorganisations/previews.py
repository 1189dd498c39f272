"""What a preview shows: bodies, pairs, things, people and classes with and without the change."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from authorities.models import Coterminosity, DevolvedFunction, Reorganisation, SeatKind
from authorities.presenters.links import Download
from authorities.presenters.reorganisations.words import KIND_NOUNS, counted, joined
from authorities.presenters.tables import Cell, Column, body_address
from authorities.presenters.words import day_text, share_text, warning_text
from authorities.reorganisation.facts import AUTHORITY, BOARD
from authorities.reorganisation.preview import (
    ClassCount,
    GovernanceLine,
    PairLine,
    PairOnDay,
    PairWarning,
    PersonLine,
    Preview,
    ThingLine,
)
from authorities.timetable import TimetableWarning, WarningKind

_GOVERNANCE_KINDS = {
    "function": ("function held", "functions held"),
    "seat": ("governance seat", "governance seats"),
    "agreement": ("agreement", "agreements"),
}
_NO_COUNTERPART = "Without a counterpart"
PAIR_COLUMNS = (
    Column("Pair"),
    Column("What happens"),
    Column("Share of the authority’s people", numeric=True),
    Column("Share of the ICB’s people", numeric=True),
    Column("How the areas fit"),
)
GOVERNANCE_COLUMNS = (
    Column("What ends"),
    Column("Kind"),
    Column("Authority"),
    Column("ICB"),
    Column("On record since"),
)
CLASS_COLUMNS = (
    Column("How the areas fit"),
    Column("Without the change", numeric=True),
    Column("With it", numeric=True),
)


@dataclass(frozen=True)
class Table:
    """A table with its caption."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class BodyRow:
    """What happens to one body."""

    kind: str
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class ThingRow:
    """Things of one kind that are concerned."""

    what: str
    count: int
    becomes: str
    links: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True)
class PersonRow:
    """What a person loses and gains."""

    person: str
    email: str
    loses: str
    gains: str
    field: str


@dataclass(frozen=True)
class PersonQuestion:
    """A person with the question about the role; None where it is decided."""

    person: PersonRow
    question: object


@dataclass(frozen=True)
class PreviewPage:
    """All that the page shows."""

    title: str
    day: str
    what_if: bool
    previewed_at: datetime | None
    approved_at: datetime | None
    approved_by: str
    bodies: tuple[BodyRow, ...]
    pairs: Table
    unchanged: str
    things: tuple[ThingRow, ...]
    not_concerned: str
    governance: Table
    governance_text: str
    people: tuple[PersonRow, ...]
    classes: tuple[Table, ...]
    blockers: tuple[str, ...]
    files: tuple[Download, ...]


def preview_page(*, reorganisation: Reorganisation, preview: Preview) -> PreviewPage:
    """Return the page of a preview."""
    key = [reorganisation.pk]
    approver = reorganisation.approved_by
    files = []
    if preview.pairs:
        files.append(Download("Pairs", reverse("changes:preview-pairs-csv", args=key)))
    if preview.governance:
        files.append(
            Download(
                "Functions, seats and agreements",
                reverse("changes:preview-governance-csv", args=key),
            )
        )
    if preview.people:
        files.append(Download("People", reverse("changes:preview-people-csv", args=key)))
    return PreviewPage(
        title=reorganisation.title,
        day=day_text(day=reorganisation.effective_date),
        what_if=reorganisation.what_if,
        previewed_at=reorganisation.previewed_at,
        approved_at=reorganisation.approved_at,
        approved_by=approver.full_name if approver else "",
        bodies=tuple(
            BodyRow(kind=KIND_NOUNS.get(kind, kind), name=name, texts=tuple(o.text for o in lines))
            for (kind, _, name), lines in groupby(
                preview.bodies, key=lambda line: (line.kind, line.slug, line.name)
            )
        ),
        pairs=pair_table(preview),
        unchanged=_unchanged(preview),
        things=tuple(_thing(line) for line in preview.things if line.count),
        not_concerned=joined(
            f"{line.what[:1].lower()}{line.what[1:]}" for line in preview.things if not line.count
        ),
        governance=governance_table(preview),
        governance_text=_governance_text(preview),
        people=tuple(person_row(line) for line in preview.people),
        classes=tuple(
            _class_table(caption, [one for one in preview.classes if one.kind == kind])
            for kind, caption in (
                ("strategic_authority", "Strategic authorities"),
                ("integrated_care_board", "Integrated care boards"),
            )
        ),
        blockers=preview.blockers,
        files=tuple(files),
    )


def with_questions(
    *, people: Sequence[PersonRow], questions: Mapping[str, object]
) -> tuple[PersonQuestion, ...]:
    """Return people with the questions about their roles, by the questions' names."""
    return tuple(
        PersonQuestion(person=person, question=questions.get(person.field)) for person in people
    )


def pair_table(preview: Preview) -> Table:
    """Return the pairs that end, begin or change; each with what it was and what it will be."""
    ordered = sorted(preview.pairs, key=lambda line: (_order(line), line.authority_name))
    return Table(
        caption=f"Pairs on {day_text(day=date.fromisoformat(preview.on))}",
        columns=PAIR_COLUMNS,
        rows=tuple(
            (
                Cell(text=f"{line.authority_name} with {line.board_name} ICB"),
                Cell(text=what_happens(line)),
                _was_and_is(line, lambda pair: share_text(share=pair.share_of_authority)),
                _was_and_is(line, lambda pair: share_text(share=pair.share_of_board)),
                _was_and_is(line, class_text),
            )
            for line in ordered
        ),
    )


def governance_table(preview: Preview) -> Table:
    """Return what is on record of bodies that end, and ends with them."""
    return Table(
        caption="Functions held, governance seats and agreements that end with a body",
        columns=GOVERNANCE_COLUMNS,
        rows=tuple(
            (
                Cell(text=governance_text(line)),
                Cell(text=_GOVERNANCE_KINDS[line.kind][0].capitalize()),
                Cell(
                    text=line.authority_name,
                    url=body_address(kind=AUTHORITY, slug=line.authority_slug),
                ),
                Cell(text=line.board_name, url=body_address(kind=BOARD, slug=line.board_slug))
                if line.board_slug
                else Cell(text="None"),
                Cell(
                    text=day_text(day=date.fromisoformat(line.start))
                    if line.start
                    else "Not recorded"
                ),
            )
            for line in preview.governance or ()
        ),
    )


def governance_text(line: GovernanceLine) -> str:
    """Return what ends: a function, a seat with its holder, or an agreement."""
    match line.kind:
        case "function":
            return str(DevolvedFunction(line.what).label)
        case "seat":
            return f"{SeatKind(line.what).label}: {line.holder}"
        case _:
            return line.what


def governance_counts(preview: Preview) -> str:
    """Return how many functions, seats and agreements end; empty where none does."""
    numbers = Counter(line.kind for line in preview.governance or ())
    return joined(
        counted(numbers[kind], one, many)
        for kind, (one, many) in _GOVERNANCE_KINDS.items()
        if numbers[kind]
    )


def what_happens(line: PairLine) -> str:
    """Return what becomes of a pair in a word or two."""
    if line.before is None and line.after is None:
        return ""
    if line.after is None:
        return "Ends"
    if line.before is None:
        return "Begins"
    if line.before.sliver != line.after.sliver:
        return "Becomes too small to assess" if line.after.sliver else "Becomes large enough"
    if line.before.planned and not line.after.planned:
        return "No longer only planned"
    return "Changes"


def class_text(pair: PairOnDay) -> str:
    """Return how the areas of a pair fit."""
    if pair.sliver:
        return "Too few people to be assessed"
    return f"{pair.coterminosity or 'Not classed'}{', planned' if pair.planned else ''}"


def class_name(code: str) -> str:
    """Return a class of fit in words."""
    return str(Coterminosity(code).label) if code in Coterminosity.values else _NO_COUNTERPART


def pair_warning_text(warning: PairWarning) -> str:
    """Return a warning of a stored preview as a sentence."""
    return warning_text(
        warning=TimetableWarning(
            kind=WarningKind(warning.kind),
            on=date.fromisoformat(warning.on) if warning.on else None,
            cluster=warning.cluster,
        )
    )


def person_row(line: PersonLine) -> PersonRow:
    """Return what a person loses and gains, in words."""
    ending = " ICB" if line.body_kind == BOARD else ""
    loses = f"{line.role} at {line.body_name}{ending}"
    if line.until:
        until = timezone.localtime(datetime.fromisoformat(line.until)).date()
        loses += f", kept until {day_text(day=until)} to finish: {line.unfinished}"
    return PersonRow(
        person=line.person,
        email=line.email,
        loses=loses,
        gains=f"{line.role} at {line.successor_name or line.successor}{ending}"
        if line.successor
        else "Nothing",
        field=f"role_{line.membership}",
    )


def _order(line: PairLine) -> int:
    """What ends comes first, then what begins, then what goes on."""
    if line.after is None:
        return 0
    return 1 if line.before is None else 2


def _was_and_is(line: PairLine, words: Callable[[PairOnDay], str]) -> Cell:
    was = words(line.before) if line.before else ""
    now = words(line.after) if line.after else ""
    if was and now:
        return Cell(text=now) if was == now else Cell(text=now, note=f"before: {was}")
    return Cell(text=now or was)


def _governance_text(preview: Preview) -> str:
    if preview.governance is None:
        return (
            "This preview was worked out before functions, seats and agreements were looked at. "
            "If one would end, the change is not applied."
        )
    if not preview.governance:
        return "No function held, governance seat or agreement on record ends."
    return (
        f"On record of bodies that end: {governance_counts(preview)}. What is listed here ends "
        "with its body, and stays on record up to the day before."
    )


def _unchanged(preview: Preview) -> str:
    count = preview.unchanged_pairs
    return f"{count} other {'pair stays as it is' if count == 1 else 'pairs stay as they are'}."


def _thing(line: ThingLine) -> ThingRow:
    return ThingRow(
        what=line.what,
        count=line.count,
        becomes=line.becomes,
        links=line.links,
        more=max(0, line.count - len(line.links)) if line.links else 0,
    )


def _class_table(caption: str, counts: Iterable[ClassCount]) -> Table:
    return Table(
        caption=caption,
        columns=CLASS_COLUMNS,
        rows=tuple(
            (
                Cell(text=class_name(one.coterminosity)),
                Cell(text=str(one.before)),
                Cell(text=str(one.after)),
            )
            for one in counts
        ),
    )
