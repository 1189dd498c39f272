"""Takes the answer on expert reviews from the last one that was signed on this site (pure)."""

from duty.questions import Answer, AnswerType, QuestionSpec
from outcomes.framework_answers import LastReview


def answer_from_review(*, question: QuestionSpec, review: LastReview | None) -> Answer | None:
    """Return what the last expert review says to a question that asks for a review.

    Args:
        question: what is asked.
        review: the last one signed by the end of the days that the round covers.

    Returns:
        Its day and its conclusion, as far as the question has these fields; None for another type
        of question, without a review, or where the question does not ask for the day. It may be
        longer than the question allows: it is proposed, never taken as given.

    Source: duty specification, question OF7.
    """
    if review is None or question.answer_type != AnswerType.REVIEW:
        return None
    asked = {column.code for column in question.columns}
    said = {"date": review.met_on.isoformat(), "conclusion": review.conclusion}
    if "date" not in asked:
        return None
    return Answer(value={code: text for code, text in said.items() if code in asked})
