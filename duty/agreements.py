"""What the parties of a partnership agreement have said of it: digest, standing, words (pure)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from duty.standing_records import AgreementContent, AgreementFile, AgreementStatus, CommitteeRole
from duty.words import london_date

# What a signature says, by number. Each signature keeps the number that it was given under.
DECLARATIONS = {
    1: (
        "I have read this agreement and sign it for my organisation: its parties, its work plan, "
        "and the roles that each side has on the other’s boards and committees."
    ),
}
DECLARATION = max(DECLARATIONS)


class Answer(StrEnum):
    """What a party has said of what stands in an agreement."""

    SIGNED = "signed"
    DECLINED = "declined"
    # The party that it took over from has signed, and it has not said yet that it goes on.
    ASKED_AGAIN = "asked_again"
    WAITS = "waits"


@dataclass(frozen=True)
class Given:
    """An answer of a body that stands: when, and why it declined where it did."""

    body_id: UUID
    at: datetime
    decline_reason: str = ""


@dataclass(frozen=True)
class Party:
    """A party of now, with the bodies that it took over from; since when it is one."""

    body_id: UUID
    since: datetime | None = None
    before: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class PartySaid:
    """What one party has said, when, and whose word it is where a body before it said so.

    asked_at: since when it is asked, where it is.
    """

    body_id: UUID
    answer: Answer
    at: datetime | None = None
    decline_reason: str = ""
    said_by: UUID | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What the parties have said of an agreement as it now is."""

    authority: PartySaid
    boards: tuple[PartySaid, ...]

    @property
    def parties(self) -> tuple[PartySaid, ...]:
        """All of them."""
        return (self.authority, *self.boards)

    @property
    def signed_at(self) -> datetime | None:
        """When the last of all parties signed; None while one has not."""
        times = [one.at for one in self.parties if one.answer in _STANDS and one.at is not None]
        return max(times) if self.boards and len(times) == len(self.parties) else None

    def of(self, body_id: UUID) -> PartySaid | None:
        """What one party has said; None where the body is none."""
        return next((one for one in self.parties if one.body_id == body_id), None)

    def asks(self, body_id: UUID) -> bool:
        """Whether a body is asked to sign, or to say that it goes on."""
        said = self.of(body_id)
        return said is not None and said.asked_at is not None


_STANDS = (Answer.SIGNED, Answer.ASKED_AGAIN)


def standing(*, authority: UUID, boards: Sequence[Party], given: Collection[Given]) -> Standing:
    """Return what the parties have said.

    Args:
        authority: the authority of the agreement.
        boards: the ICBs that are party now, in the order of pages.
        given: the answers that are not void; at most one for each body.

    Returns:
        The standing. A signature of a body that ended stands as that body's.

    Source: the project's own rule, as for outcomes frameworks.
    """
    by_body = {one.body_id: one for one in given}
    first = _said(Party(authority), by_body, asked_at=None)
    return Standing(first, tuple(_said(one, by_body, asked_at=first.at) for one in boards))


def _said(party: Party, given: Mapping[UUID, Given], *, asked_at: datetime | None) -> PartySaid:
    key = party.body_id
    own = given.get(key)
    if own is not None:
        answer = Answer.DECLINED if own.decline_reason else Answer.SIGNED
        return PartySaid(key, answer, own.at, own.decline_reason)
    # Nobody is asked before the authority has signed.
    since = max(asked_at, party.since or asked_at) if asked_at is not None else None
    earlier = [given[before] for before in party.before if before in given]
    if earlier and not any(one.decline_reason for one in earlier):
        last = max(earlier, key=lambda one: one.at)
        return PartySaid(key, Answer.ASKED_AGAIN, last.at, said_by=last.body_id, asked_at=since)
    return PartySaid(key, Answer.WAITS, asked_at=since)


def standing_words(
    *,
    standing: Standing,
    status: str,
    signed_on: date | None,
    names: Mapping[UUID, str],
) -> str:
    """Return how far an agreement is signed, as one line.

    Args:
        standing: what the parties have said.
        status: what the authority records of it, an `AgreementStatus`.
        signed_on: when it was signed on paper, where it was.
        names: the names of the bodies.

    Returns:
        A line without a full stop.

    Source: GOV.UK style guide, dates.
    """
    declined = [one for one in standing.boards if one.answer == Answer.DECLINED]
    if declined:
        return "; ".join(
            f"Declined by {names[one.body_id]}: {one.decline_reason}" for one in declined
        )
    again = [one for one in standing.boards if one.answer == Answer.ASKED_AGAIN]
    asked_again = "".join(
        f"; asks {names[one.body_id]} to confirm again what {names[one.said_by]} signed"
        for one in again
        if one.said_by is not None
    )
    if standing.signed_at is not None:
        return f"Signed by all parties{asked_again}"
    if status == AgreementStatus.SIGNED and signed_on is not None:
        missing = [one.body_id for one in standing.parties if one.answer == Answer.WAITS]
        by = listed([names[key] for key in missing])
        return (
            f"Recorded as signed on paper on {london_date(moment=signed_on)}; "
            f"not confirmed here by {by}{asked_again}"
        )
    waits = [one for one in standing.boards if one.answer == Answer.WAITS]
    asked = [one.asked_at for one in waits if one.asked_at is not None]
    if not asked:
        return "In development, not signed here"
    done = ["the authority", *_names(standing.boards, Answer.SIGNED, names)]
    return (
        f"Signed by {listed(done)}; waits for {listed(_names(waits, Answer.WAITS, names))} since "
        f"{london_date(moment=max(asked))}{asked_again}"
    )


def _names(said: Sequence[PartySaid], answer: Answer, names: Mapping[UUID, str]) -> list[str]:
    return [names[one.body_id] for one in said if one.answer == answer]


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them.

    Args:
        names: one or more.

    Returns:
        'A', 'A and B' or 'A, B and C'.

    Source: GOV.UK style guide.
    """
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def frozen(*, content: AgreementContent) -> dict[str, Any]:
    """Return all of a content as JSON can hold it, for `thawed`."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(content), default=str))
    if plain["document"] is None:
        # What was signed before agreements had documents keeps its digest.
        del plain["document"]
    return plain


def thawed(*, content: Mapping[str, Any]) -> AgreementContent:
    """Return the content that `frozen` kept."""
    held = dict(content)
    for name in ("signed_on", "review_on"):
        held[name] = date.fromisoformat(held[name]) if held[name] else None
    held["renews"] = UUID(held["renews"]) if held["renews"] else None
    if document := held.get("document"):
        held["document"] = AgreementFile(**document | {"id": UUID(document["id"])})
    held["roles"] = tuple(CommitteeRole(**role) for role in held["roles"])
    held["boards"], held["themes"] = tuple(held["boards"]), tuple(held["themes"])
    return AgreementContent(**held)


def content_hash(*, content: AgreementContent) -> str:
    """Return a digest of all that a signature is for: the same content gives the same text."""
    text = json.dumps(frozen(content=content), sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
