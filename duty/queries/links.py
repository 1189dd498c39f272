"""Which links behind answers did not answer when they were last asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from duty.models import (
    Evidence,
    EvidenceKind,
    LinkCheck,
    LinkState,
    ReturnState,
    Round,
    Submission,
)
from duty.queries.evidence import evidence_in
from duty.queries.loaded import LoadedReturn


@dataclass(frozen=True)
class LinkNote:
    """A link that did not answer: what came instead, when it was asked, since when."""

    url: str
    detail: str
    asked_at: datetime
    dead_since: datetime


def links_to_ask(*, before: datetime) -> tuple[str, ...]:
    """Return the links of returns that are not accepted, and were not asked since; from one query.

    Drafts are included: their own authority alone is shown what comes of it.
    """
    recent = LinkCheck.objects.filter(url=OuterRef("url"), asked_at__gte=before)
    return tuple(
        Evidence.objects.filter(kind=EvidenceKind.LINK)
        .exclude(answer__duty_return__state=ReturnState.ACCEPTED)
        .exclude(Exists(recent))
        .values_list("url", flat=True)
        .distinct()
        .order_by("url")
    )


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
    return dead_links(urls=[one.url for row in loaded.answers.values() for one in row.evidence])


def dead_links_in(*, content: Mapping[str, Any]) -> dict[str, LinkNote]:
    """Return the dead links of a snapshot; from one query."""
    return dead_links(urls=[one["url"] for one in evidence_in(content=content)])


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
            title=one["title"] or one["url"],
            note=dead[one["url"]],
        )
        for row in newest
        for section in row.content["sections"]
        for question in section["questions"]
        for answer in question["answers"]
        for one in answer["evidence"]
        if one["url"] in dead
    ]
    return tuple(sorted(found, key=lambda link: link.authority_name))
