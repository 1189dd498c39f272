"""Which links behind answers did not answer when they were last asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from duty.answer_links import links_in
from duty.models import (
    Answer,
    Evidence,
    EvidenceKind,
    LinkCheck,
    LinkState,
    ReturnState,
    Round,
    Submission,
)
from duty.queries.link_holders import links_held_elsewhere
from duty.queries.loaded import LoadedReturn, StoredAnswer
from duty.queries.standing_records import MODEL_OF, StoredRecord
from duty.standing_records import CONTENT_OF, RecordKind


@dataclass(frozen=True)
class LinkNote:
    """A link that did not answer: what came instead, when it was asked, since when."""

    url: str
    detail: str
    asked_at: datetime
    dead_since: datetime


def links_to_ask(*, before: datetime) -> tuple[str, ...]:
    """Return the links that were not asked since; eight queries, and those of higher apps.

    They are those in and behind the answers of returns that are not accepted, and those of
    standing records that hold. Drafts and records are included: their own authority alone is shown
    what comes of it.
    """
    found = {
        *_links_of_evidence(),
        *_links_of_answers(),
        *_links_of_records(),
        *links_held_elsewhere(),
    }
    recent = LinkCheck.objects.filter(asked_at__gte=before).values_list("url", flat=True)
    return tuple(sorted(found.difference(recent)))


def _links_of_evidence() -> Iterator[str]:
    yield from (
        Evidence.objects.filter(kind=EvidenceKind.LINK)
        .exclude(answer__duty_return__state=ReturnState.ACCEPTED)
        .values_list("url", flat=True)
        .distinct()
        .order_by("url")
    )


def _links_of_answers() -> Iterator[str]:
    with_links = (
        Answer.objects.exclude(duty_return__state=ReturnState.ACCEPTED)
        .alias(text=Cast("value", TextField()))
        .filter(
            Q(text__icontains="://") | Q(reason__icontains="://") | Q(public_note__icontains="://")
        )
    )
    for row in with_links.only("value", "reason", "public_note").order_by("pk"):
        yield from _links_in_row(row)


def _links_of_records() -> Iterator[str]:
    for kind, model in MODEL_OF.items():
        held = model._default_manager.filter(ending="").order_by("pk")
        for texts in held.values_list(*_texts_of(kind)):
            yield from links_in(value=texts)


def _links_in_row(row: Answer) -> tuple[str, ...]:
    # A note for colleagues stays with them: its links are not asked.
    return links_in(value=(row.value, row.reason, row.public_note))


def _texts_of(kind: RecordKind) -> tuple[str, ...]:
    return tuple(field.name for field in fields(CONTENT_OF[kind]) if field.type is str)


def links_inside(*, stored: StoredAnswer | None) -> tuple[str, ...]:
    """Return the links in what was answered that do not stand beside it as evidence, too."""
    if stored is None:
        return ()
    beside = {one.url for one in stored.evidence}
    return tuple(link for link in _links_in_row(stored.row) if link not in beside)


def submitted_links_inside(*, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the links in an answer of a snapshot that do not stand beside it, too."""
    beside = {one["url"] for one in answer["evidence"]}
    said = (answer["value"], answer["reason"], answer["public_note"])
    return tuple(link for link in links_in(value=said) if link not in beside)


def links_of_record(*, record: StoredRecord) -> tuple[str, ...]:
    """Return the links of an entry of the standing records; none once it ended."""
    if record.row.ending:
        return ()
    texts = tuple(getattr(record.content, name) for name in _texts_of(record.kind))
    return links_in(value=texts)


def dead_links(*, urls: Iterable[str] | None = None) -> dict[str, LinkNote]:
    """Return the dead ones among these links, or all of them; from one query, or none."""
    rows = LinkCheck.objects.filter(state=LinkState.DEAD)
    if urls is not None:
        asked = {url for url in urls if url}
        if not asked:
            return {}
        rows = rows.filter(url__in=asked)
    return {
        row.url: LinkNote(row.url, row.detail, row.asked_at, row.dead_since)
        for row in rows.order_by("url")
        if row.dead_since is not None
    }


def dead_links_of(*, loaded: LoadedReturn) -> dict[str, LinkNote]:
    """Return the dead links of a return as it now is, for its own people; from one query."""
    asked = {slot.key for slot in loaded.slots}
    shown = [stored for key, stored in loaded.answers.items() if key in asked]
    return dead_links(urls=[url for stored in shown for url in links_of_answer(stored=stored)])


def links_of_answer(*, stored: StoredAnswer | None) -> tuple[str, ...]:
    """Return the links in an answer and those behind it."""
    evidence = stored.evidence if stored else ()
    return (*links_inside(stored=stored), *(one.url for one in evidence if one.url))


def dead_links_in(*, content: Mapping[str, Any]) -> dict[str, LinkNote]:
    """Return the dead links of a snapshot; from one query."""
    return dead_links(
        urls=[url for _, answer in _answers_in(content) for _, url in _submitted(answer)]
    )


def dead_links_of_records(*, records: Iterable[StoredRecord]) -> dict[str, LinkNote]:
    """Return the dead links of entries of the standing records; from one query."""
    return dead_links(urls=[url for one in records for url in links_of_record(record=one)])


@dataclass(frozen=True)
class SubmittedLink:
    """A dead link in the newest submission of a return."""

    return_id: UUID
    authority_name: str
    question: str
    board_name: str
    title: str
    note: LinkNote


def submitted_dead_links(*, round_: Round) -> tuple[SubmittedLink, ...]:
    """Return the dead links in the newest submissions of a round, by authority; two queries.

    What an authority has not submitted plays no part.
    """
    newest = (
        Submission.objects.filter(duty_return__round=round_)
        .order_by("duty_return_id", "-number")
        .distinct("duty_return_id")
    )
    dead = dead_links()
    found = [
        SubmittedLink(
            return_id=row.duty_return_id,
            authority_name=row.content["authority"]["name"],
            question=question["text"],
            board_name=answer["board_name"],
            title=title,
            note=dead[url],
        )
        for row in newest
        for question, answer in _answers_in(row.content)
        for title, url in _submitted(answer)
        if url in dead
    ]
    return tuple(sorted(found, key=lambda link: link.authority_name))


def _answers_in(
    content: Mapping[str, Any],
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Give every answer of a snapshot with its question."""
    for section in content["sections"]:
        for question in section["questions"]:
            for answer in question["answers"]:
                yield question, answer


def _submitted(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the links behind and in an answer of a snapshot, each with what it is called."""
    for one in answer["evidence"]:
        if one["url"]:
            yield one["title"] or one["url"], one["url"]
    for url in submitted_links_inside(answer=answer):
        yield url, url
