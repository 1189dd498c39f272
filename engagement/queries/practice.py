"""What is asked of the practice library. Everybody reads what is published; drafts are asked apart.

Examples are listed by title: no example is said to be better than another.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat

from engagement.models import PracticeExample, PracticeState, PracticeVersion, Theme
from engagement.models.practice import SEARCH_CONFIG
from engagement.practice_lifecycle import OPEN_STATES
from engagement.queries.bodies import names_of
from outcomes.models import Domain

PAGE_SIZE = 10
# Around each word that was found. They stand in no text, and a page draws marks of them.
MARK_BEGINS, MARK_ENDS = "\ue000", "\ue001"


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty is all."""

    words: str = ""
    theme: str = ""
    function: str = ""
    determinant: str = ""


@dataclass(frozen=True)
class ExampleFacts:
    """One version of an example. found: a piece of the text with the words that were looked for."""

    example_id: UUID
    number: int
    version: int
    state: PracticeState
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
    edited_at: datetime
    decided_at: datetime | None
    reason: str
    body_id: UUID | None
    shared_by: str
    found: str = ""


@dataclass(frozen=True)
class ExamplePage:
    """One page of examples, and how many there are."""

    rows: tuple[ExampleFacts, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class ThemeName:
    """A theme of the newest rubric."""

    code: str
    side: str
    name: str


def published(*, asked: Asked) -> QuerySet[PracticeVersion]:
    """Return the published versions that fit, by title; for pages, files and the API."""
    rows = _rows().filter(state=PracticeState.PUBLISHED)
    if asked.words:
        query = SearchQuery(asked.words, search_type="websearch", config=SEARCH_CONFIG)
        rows = rows.filter(searched=query).annotate(
            found=SearchHeadline(
                Concat(
                    *("summary", Value(" "), "what_was_done", Value(" "), "what_came"),
                    *(Value(" "), "evidence"),
                    output_field=TextField(),
                ),
                query,
                config=SEARCH_CONFIG,
                start_sel=MARK_BEGINS,
                stop_sel=MARK_ENDS,
                max_words=40,
                min_words=20,
            )
        )
    if asked.theme:
        rows = rows.filter(themes__contains=[asked.theme])
    if asked.function:
        rows = rows.filter(function=asked.function)
    if asked.determinant:
        rows = rows.filter(determinants__contains=[asked.determinant])
    return rows.order_by("title", "pk")


def search(*, asked: Asked, page: int, on: date) -> ExamplePage:
    """Return a page of the published examples that fit."""
    rows = published(asked=asked)
    count = rows.count()
    pages = max(1, -(-count // PAGE_SIZE))
    number = min(max(page, 1), pages)
    shown = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    return ExamplePage(rows=_facts(shown, on=on), page=number, pages=pages, count=count)


def every_published(*, on: date) -> tuple[ExampleFacts, ...]:
    """Return all published examples, for the file."""
    return _facts(list(published(asked=Asked())), on=on)


def sharing_themes(*, themes: Collection[str], limit: int, on: date) -> tuple[ExampleFacts, ...]:
    """Return published examples for any of the themes, by title."""
    if not themes:
        return ()
    rows = published(asked=Asked()).filter(themes__overlap=list(themes))
    return _facts(list(rows[:limit]), on=on)


def public_version(*, example: PracticeExample, on: date) -> ExampleFacts | None:
    """Return what everybody reads of an example, None where nothing is published now."""
    rows = _rows().filter(example=example, state=PracticeState.PUBLISHED)
    return next(iter(_facts(list(rows), on=on)), None)


def newest_version(*, example: PracticeExample, on: date) -> ExampleFacts:
    """Return the newest version, a draft too; for its body and the centre."""
    rows = _rows().filter(example=example).order_by("-number")[:1]
    return _facts(list(rows), on=on)[0]


def versions_of(*, example: PracticeExample, on: date) -> tuple[ExampleFacts, ...]:
    """Return all versions, the newest first; for its body and the centre."""
    return _facts(list(_rows().filter(example=example).order_by("-number")), on=on)


def newest_of_body(*, body_id: UUID, on: date) -> tuple[ExampleFacts, ...]:
    """Return the newest version of each example of a body, by title; for it and the centre."""
    rows = (
        _rows()
        .filter(example__body_id=body_id)
        .order_by("example_id", "-number")
        .distinct("example_id")
    )
    return tuple(sorted(_facts(list(rows), on=on), key=lambda row: (row.title, row.number)))


def waiting(*, on: date, limit: int = 1_000) -> tuple[ExampleFacts, ...]:
    """Return the versions that wait for the centre, the oldest first."""
    rows = _rows().filter(state=PracticeState.PROPOSED).order_by("edited_at", "pk")
    return _facts(list(rows[:limit]), on=on)


def count_waiting() -> int:
    """Return how many versions wait for the centre."""
    return PracticeVersion.objects.filter(state=PracticeState.PROPOSED).count()


def themes() -> tuple[ThemeName, ...]:
    """Return the themes of the newest rubric, the authority's side first."""
    rows = Theme.objects.order_by("-rubric__version", "-side", "order", "pk")
    newest: dict[str, ThemeName] = {}
    for row in rows.select_related("rubric"):
        newest.setdefault(row.code, ThemeName(code=row.code, side=row.side, name=row.name))
    return tuple(newest.values())


def determinants() -> tuple[tuple[str, str], ...]:
    """Return the determinants that analysts keep: slug and name."""
    return tuple(
        Domain.objects.filter(in_use=True).order_by("order", "pk").values_list("slug", "name")
    )


def is_open(*, state: str) -> bool:
    """Return whether somebody still works on a version, or decides about it."""
    return state in [one.value for one in OPEN_STATES]


def pieces(*, text: str) -> tuple[tuple[str, bool], ...]:
    """Return a found piece of text as parts, each with whether it was looked for."""
    parts = re.split(f"{MARK_BEGINS}(.*?){MARK_ENDS}", text, flags=re.DOTALL)
    return tuple((part, number % 2 == 1) for number, part in enumerate(parts) if part)


def _rows() -> QuerySet[PracticeVersion]:
    return (
        PracticeVersion.objects.select_related("example")
        .defer("searched")
        .annotate(body_id=F("example__body_id"))
    )


def _facts(rows: Collection[PracticeVersion], *, on: date) -> tuple[ExampleFacts, ...]:
    names = names_of(
        body_ids={row.example.body_id for row in rows if row.example.body_id is not None}, on=on
    )
    return tuple(
        ExampleFacts(
            example_id=row.example_id,
            number=row.number,
            version=row.version,
            state=PracticeState(row.state),
            title=row.title,
            summary=row.summary,
            what_was_done=row.what_was_done,
            what_came=row.what_came,
            evidence=row.evidence,
            place=row.place,
            period=row.period,
            by_whom=row.by_whom,
            source_title=row.source_title,
            source_url=row.source_url,
            source_date=row.source_date,
            themes=tuple(row.themes),
            function=row.function,
            determinants=tuple(row.determinants),
            edited_at=row.edited_at,
            decided_at=row.decided_at,
            reason=row.reason,
            body_id=row.example.body_id,
            shared_by=names[row.example.body_id].name if row.example.body_id else "",
            found=getattr(row, "found", ""),
        )
        for row in rows
    )
