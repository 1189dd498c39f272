"""Which standing records may answer which question."""

from duty.questions import AnswerType, QuestionSpec, RecordSource
from duty.standing_records import RecordKind

# The kind of record that a source reads, and the only type of answer that it can fill.
SOURCES: dict[RecordSource, tuple[RecordKind, AnswerType]] = {
    RecordSource.STRATEGY: (RecordKind.STRATEGY, AnswerType.CHOICE),
    RecordSource.STRATEGY_REVIEW: (RecordKind.STRATEGY, AnswerType.DATE),
    RecordSource.STRATEGY_PROGRESS: (RecordKind.STRATEGY, AnswerType.LINK),
    RecordSource.IMPACT_ASSESSMENTS: (RecordKind.ASSESSMENT, AnswerType.TWO_INTEGERS),
    RecordSource.POSTS: (RecordKind.POST, AnswerType.TABLE),
    RecordSource.JOINT_POSTS: (RecordKind.POST, AnswerType.TABLE),
    RecordSource.FUNDING: (RecordKind.FUNDING, AnswerType.TABLE),
    RecordSource.JOINT_FUNDING: (RecordKind.FUNDING, AnswerType.TABLE),
    RecordSource.AGREEMENT: (RecordKind.AGREEMENT, AnswerType.PER_PAIR_CHOICE),
    RecordSource.AGREEMENT_THEMES: (RecordKind.AGREEMENT, AnswerType.MULTI_CHOICE),
    RecordSource.AGREEMENT_ROLES: (RecordKind.AGREEMENT, AnswerType.TEXT),
}
# Questions that published versions asked before what answers them was kept: a published version
# cannot name it any more.
_ASKED_BEFORE = {"CO5": RecordSource.AGREEMENT_ROLES}


def source_of(*, question: QuestionSpec) -> RecordSource | None:
    """Return which records a question may be answered from.

    Args:
        question: what is asked.

    Returns:
        What the question names, or what answers it by its code; None where nothing does.

    Source: the project's own rule.
    """
    source = question.record_source or _ASKED_BEFORE.get(question.code)
    if source is None or question.answer_type != SOURCES[source][1]:
        return None
    return source
