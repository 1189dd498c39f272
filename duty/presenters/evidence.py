"""How evidence is shown: beside a draft's answer, and as it was submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duty import words
from duty.models import Evidence, EvidenceKind
from duty.presenters.addresses import ReturnAddresses
from duty.queries.links import LinkNote
from duty.slots import Slot

# So much of a checksum tells two files apart for a reader.
_SHORT_SHA = 12


@dataclass(frozen=True)
class EvidenceLine:
    """A link or a file behind an answer; a file's facts are its name, kind, size and checksum."""

    url: str
    title: str
    pages: str
    facts: str = ""
    note: str = ""
    key: int | None = None


@dataclass(frozen=True)
class EvidenceBlock:
    """All evidence of one answer, and where more is added or some taken away."""

    lines: tuple[EvidenceLine, ...]
    answered: bool
    may_change: bool
    url: str


def evidence_block(
    *,
    slot: Slot,
    evidence: Sequence[Evidence] | None,
    addresses: ReturnAddresses,
    links: Mapping[str, LinkNote],
    may_change: bool,
) -> EvidenceBlock:
    """Return what stands beside an answer; without an answer, `evidence` is None."""
    return EvidenceBlock(
        lines=drafted(evidence=evidence or (), addresses=addresses, links=links),
        answered=evidence is not None,
        may_change=may_change,
        url=addresses.evidence(slot.question.specification, slot.key),
    )


def drafted(
    *,
    evidence: Sequence[Evidence],
    addresses: ReturnAddresses,
    links: Mapping[str, LinkNote] | None = None,
) -> tuple[EvidenceLine, ...]:
    """Return the evidence of a draft's answer."""
    return tuple(
        EvidenceLine(
            url=addresses.evidence_file(str(one.file_id)) if one.file else one.url,
            title=one.shown,
            pages=one.pages,
            facts=file_facts(
                name=one.file.file_name,
                kind=one.file.kind,
                size=one.file.size,
                sha256=one.file.sha256,
            )
            if one.file
            else "",
            note=said_of(links=links, url=one.url),
            key=one.pk,
        )
        for one in evidence
    )


def submitted(
    *,
    answer: Mapping[str, Any],
    addresses: ReturnAddresses | None = None,
    links: Mapping[str, LinkNote] | None = None,
) -> tuple[EvidenceLine, ...]:
    """Return the evidence behind an answer of a snapshot; without addresses, files have none."""
    return tuple(_submitted(one, addresses, links) for one in answer["evidence"])


def dead_inside(
    *, urls: Sequence[str], links: Mapping[str, LinkNote] | None
) -> tuple[EvidenceLine, ...]:
    """Return the dead ones among the links in what was written, each with what is known."""
    return tuple(
        EvidenceLine(url=url, title=url, pages="", note=said_of(links=links, url=url))
        for url in urls
        if url in (links or {})
    )


def said_of(*, links: Mapping[str, LinkNote] | None, url: str) -> str:
    """Return that a link did not answer, and when it was asked; empty for one that did."""
    note = (links or {}).get(url)
    if note is None:
        return ""
    day = words.london_date(moment=note.asked_at)
    since = words.london_date(moment=note.dead_since)
    first = "" if since == day else f" It first failed on {since}."
    return f"This link did not answer on {day}: {note.detail}.{first}"


def _submitted(
    one: Mapping[str, Any],
    addresses: ReturnAddresses | None,
    links: Mapping[str, LinkNote] | None,
) -> EvidenceLine:
    if one["kind"] != EvidenceKind.FILE:
        return EvidenceLine(
            url=one["url"],
            title=one["title"] or one["url"],
            pages=one["pages"],
            note=said_of(links=links, url=one["url"]),
        )
    return EvidenceLine(
        url=addresses.evidence_file(one["file"]) if addresses else "",
        title=one["title"] or one["name"],
        pages=one["pages"],
        facts=file_facts(
            name=one["name"], kind=one["type"], size=one["size"], sha256=one["sha256"]
        ),
    )


def file_facts(*, name: str, kind: str, size: int, sha256: str) -> str:
    """Return a file's name, where it is not said beside, its kind, size and checksum."""
    facts = f"{kind.upper()}, {words.file_size(size=size)}, SHA-256 {sha256[:_SHORT_SHA]}…"
    return f"{name}, {facts}" if name else facts
