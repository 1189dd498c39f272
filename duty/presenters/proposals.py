"""What pages of a return say of answers that were brought over and not yet looked at."""

from dataclasses import dataclass

from django.urls import reverse

from duty.known_records import Records
from duty.models import AnswerOrigin, Submission
from duty.presenters.addresses import ReturnAddresses
from duty.queries.loaded import LoadedReturn, StoredAnswer
from duty.queries.proposals import by_last_round, by_records, kind_of
from duty.questions import RecordSource
from duty.record_answers import unknown_amounts
from duty.record_sources import source_of
from duty.review_answers import answer_from_review
from duty.slots import Slot, show_slot
from duty.words import london_date, london_datetime
from outcomes.framework_answers import LastReview

_LEADS = {
    AnswerOrigin.RECORD.value: "From {records}, not yet reviewed",
    AnswerOrigin.LAST_ROUND.value: "From last round, not yet reviewed",
    AnswerOrigin.REVIEW.value: "From the last expert review, not yet reviewed",
}


@dataclass(frozen=True)
class Proposal:
    """Where a proposed answer comes from and when, and where it is taken on as it is.

    said: what was left out of it; passed_over: the last round said something, too.
    """

    lead: str
    when: str
    said: tuple[str, ...]
    passed_over: bool
    confirm_url: str
    version: int


@dataclass(frozen=True)
class RecordsNow:
    """What the records, or the last expert review, say now, where the answer says another."""

    lead: str
    lines: tuple[tuple[str, str], ...]
    changed: str
    url: str
    link: str = "See your standing records"


def proposal_of(
    *, stored: StoredAnswer | None, slot: Slot, addresses: ReturnAddresses
) -> Proposal | None:
    """Return where a proposed answer comes from; None for one that somebody gave or confirmed."""
    if stored is None or not stored.row.needs_review:
        return None
    return Proposal(
        lead=_LEADS[stored.row.origin].format(records=_records_of(slot)),
        when=f"Brought over on {london_datetime(moment=stored.row.updated_at)}.",
        said=_to_fill_in(slot, stored),
        passed_over=False,
        confirm_url=addresses.confirm(slot.question.specification, slot.key),
        version=stored.row.version,
    )


def _records_of(slot: Slot) -> str:
    if source_of(question=slot.question) == RecordSource.JOINT_FUNDING:
        return "your standing records and joint commitments"
    return "your standing records"


def _to_fill_in(slot: Slot, stored: StoredAnswer) -> tuple[str, ...]:
    """Say which amounts nobody knows: the officer enters them, and none is nought."""
    unknown = unknown_amounts(question=slot.question, answer=stored.given.answer)
    if not unknown:
        return ()
    named = ", ".join(f"“{one}”" for one in unknown)
    return (f"The amount is not known for {named}. Enter it, or take the row out.",)


def question_proposal(
    *,
    loaded: LoadedReturn,
    slot: Slot,
    earlier: Submission | None,
    addresses: ReturnAddresses,
) -> Proposal | None:
    """Return where a proposed answer comes from, with what it leaves out or goes before."""
    stored = loaded.answers.get(slot.key)
    found = proposal_of(stored=stored, slot=slot, addresses=addresses)
    if found is None or stored is None or earlier is None:
        return found
    last = by_last_round(loaded, slot, earlier)
    if stored.row.origin != AnswerOrigin.LAST_ROUND:
        return Proposal(
            lead=found.lead,
            when=found.when,
            said=found.said,
            passed_over=last.answer is not None,
            confirm_url=found.confirm_url,
            version=found.version,
        )
    given = london_date(moment=earlier.submitted_at)
    return Proposal(
        lead=found.lead,
        when=f"You submitted it for {earlier.content['round']['name']} on {given}. {found.when}",
        said=last.said,
        passed_over=False,
        confirm_url=found.confirm_url,
        version=found.version,
    )


def not_carried(*, loaded: LoadedReturn, slot: Slot, earlier: Submission | None) -> tuple[str, ...]:
    """Return why the last round's answer was not brought over to a slot without an answer."""
    if earlier is None or slot.key in loaded.answers:
        return ()
    last = by_last_round(loaded, slot, earlier)
    return () if last.answer is not None else last.said


def records_now(*, loaded: LoadedReturn, slot: Slot, records: Records) -> RecordsNow | None:
    """Return what the records say now; None where the answer says the same, or was given since.

    An answer that was saved after the last change of the records was saved knowing them.
    """
    kind = kind_of(slot=slot)
    changed = records.changed_at.get(kind) if kind is not None else None
    if kind is None or changed is None:
        return None
    stored = loaded.answers.get(slot.key)
    said = by_records(loaded=loaded, slot=slot, records=records)
    if stored is None:
        if said is None:
            return None
        lead = f"{_records_of(slot).capitalize()} can answer this"
    elif (
        changed <= stored.row.updated_at
        or said == stored.given.answer
        or (said is None and stored.row.origin != AnswerOrigin.RECORD)
    ):
        return None
    else:
        lead = "Your records now say something else"
    return RecordsNow(
        lead=lead,
        lines=show_slot(slot=slot, answer=said),
        changed=f"Changed on {london_datetime(moment=changed)}.",
        url=reverse("records:list", args=[loaded.authority.slug, kind.value]),
    )


def review_now(*, loaded: LoadedReturn, slot: Slot, review: LastReview | None) -> RecordsNow | None:
    """Return what the last expert review says; None where the answer says so or was given since."""
    said = answer_from_review(question=slot.question, review=review)
    if said is None or review is None:
        return None
    stored = loaded.answers.get(slot.key)
    if stored is None:
        lead = "The last expert review can answer this"
    elif review.signed_at <= stored.row.updated_at or said == stored.given.answer:
        return None
    else:
        lead = "A later expert review says something else"
    return RecordsNow(
        lead=lead,
        lines=show_slot(slot=slot, answer=said),
        changed=f"Signed on {london_datetime(moment=review.signed_at)}.",
        url=reverse("outcomes:review", args=[review.framework_id, review.review_id]),
        link="See the review",
    )
