"""What the standing records and the last round say to the questions of a return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from duty.carried_answers import Carried, carried
from duty.known_records import Covered, Records
from duty.models import Submission
from duty.queries.joint_money import joint_money
from duty.queries.loaded import LoadedReturn
from duty.queries.returns import earlier_submission
from duty.queries.standing_records import records_of
from duty.questions import Answer, AnswerType, RecordSource
from duty.record_answers import answer_from_records
from duty.record_sources import SOURCES, source_of
from duty.review_answers import answer_from_review
from duty.slots import Slot, SlotKey
from duty.standing_records import RecordKind
from outcomes.framework_answers import LastReview
from outcomes.queries.framework_answers import last_review


@dataclass(frozen=True)
class Said:
    """What is known of one slot before anybody answers it."""

    by_records: Answer | None
    last_round: Carried | None
    by_review: Answer | None = None


def what_is_said(*, loaded: LoadedReturn, slots: Sequence[Slot]) -> Mapping[SlotKey, Said]:
    """Return what is known of each slot, from a constant number of queries."""
    records = records_asked(loaded=loaded, slots=slots)
    earlier = earlier_submission(round_=loaded.round, authority=loaded.authority)
    review = review_asked(loaded=loaded, slots=slots)
    return {
        slot.key: Said(
            by_records=by_records(loaded=loaded, slot=slot, records=records),
            last_round=None if earlier is None else by_last_round(loaded, slot, earlier),
            by_review=answer_from_review(question=slot.question, review=review),
        )
        for slot in slots
    }


def records_asked(*, loaded: LoadedReturn, slots: Sequence[Slot]) -> Records:
    """Return the records of the kinds that these slots may be taken from."""
    kinds = {kind for slot in slots if (kind := kind_of(slot=slot)) is not None}
    records = records_of(
        authority=loaded.authority, kinds=[kind for kind in RecordKind if kind in kinds]
    )
    names = {board.slug: board.name for board in loaded.boards}
    records = replace(records, board_names=names)
    if not any(source_of(question=s.question) == RecordSource.JOINT_FUNDING for s in slots):
        return records
    money = joint_money(
        authority_id=loaded.authority.pk, covered=covered_by(loaded=loaded), board_names=names
    )
    times = [one.changed_at for one in money]
    kept = records.changed_at.get(RecordKind.FUNDING)
    if times:
        times += [kept] if kept is not None else []
        changed = {**records.changed_at, RecordKind.FUNDING: max(times)}
        return replace(records, joint_money=money, changed_at=changed)
    return records


def review_asked(*, loaded: LoadedReturn, slots: Sequence[Slot]) -> LastReview | None:
    """Return the last expert review by the end of the days covered, where a slot asks for one."""
    if not any(slot.question.answer_type == AnswerType.REVIEW for slot in slots):
        return None
    return last_review(authority=loaded.authority, until=loaded.round.covers_to)


def kind_of(*, slot: Slot) -> RecordKind | None:
    """Return the kind of record that a slot may be taken from."""
    source = source_of(question=slot.question)
    return None if source is None else SOURCES[source][0]


def by_records(*, loaded: LoadedReturn, slot: Slot, records: Records) -> Answer | None:
    """Return what the records say to a slot, for the days that the round covers."""
    return answer_from_records(
        question=slot.question,
        board=slot.board,
        records=records,
        covered=covered_by(loaded=loaded),
    )


def covered_by(*, loaded: LoadedReturn) -> Covered:
    """Return the days that the round asks about."""
    return Covered(first=loaded.round.covers_from, last=loaded.round.covers_to)


def by_last_round(loaded: LoadedReturn, slot: Slot, earlier: Submission) -> Carried:
    """Return what the last round's submission says to a slot."""
    boards = [board.slug for board in loaded.boards]
    return carried(slot=slot, content=earlier.content, boards=boards)
