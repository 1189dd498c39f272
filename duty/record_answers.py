"""Takes an answer from an authority's standing records: records in, a proposed answer out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from duty import words
from duty.known_records import Covered, Entry, Records
from duty.questions import Answer, QuestionSpec, RecordSource
from duty.record_sources import source_of
from duty.record_words import role_words
from duty.standing_records import (
    AgreementContent,
    AgreementStatus,
    AssessmentMade,
    Content,
    FundingContent,
    Prevention,
    StrategyContent,
    StrategyStatus,
    Theme,
    first_day,
)

C = TypeVar("C", bound=Content)

_STRATEGY_ORDER = (
    StrategyStatus.ADOPTED.value,
    StrategyStatus.BEING_REFRESHED.value,
    StrategyStatus.IN_DEVELOPMENT.value,
)


def answer_from_records(
    *, question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> Answer | None:
    """Return what the standing records say to a question.

    What holds on the last day covered counts; of decisions, those of the days covered. Fields and
    choices that the question does not have are left out.

    Args:
        question: what is asked; its `record_source` names what to read.
        board: the slug of the ICB, where the question is asked per pair.
        records: what the authority keeps.
        covered: the days that the round asks about.

    Returns:
        The answer's value as one slot keeps it, or None where the records say nothing. It may be
        incomplete, as the records are: it is proposed, never taken as given.

    Source: the project's own rule.
    """
    source = source_of(question=question)
    if source is None:
        return None
    value = _READERS[source](question, board, records, covered)
    return None if value is None else Answer(value=value)


def _strategy(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    found = _leading_strategy(records, covered)
    if found is None:
        return None
    status, content = found
    option = next((one for one in question.options if one.code == status), None)
    if option is None:
        return None
    said = {
        "title": content.title,
        "adopted_on": _day(content.adopted_on),
        "strategy_link": content.link,
        "review_on": _day(content.review_on),
    }
    asked = {follow_up.code for follow_up in option.follow_ups}
    return {"option": status, **{code: text for code, text in said.items() if code in asked}}


def _strategy_review(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    found = _leading_strategy(records, covered)
    if found is None or found[1].review_on is None:
        return None
    return {"date": _day(found[1].review_on)}


def _strategy_progress(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    found = _leading_strategy(records, covered)
    return {"link": found[1].progress_link} if found and found[1].progress_link else None


def _leading_strategy(records: Records, covered: Covered) -> tuple[str, StrategyContent] | None:
    """Return the strategy that answers for the authority, with its status on the last day.

    The furthest on, and of those the one adopted last. One that was adopted later was still in
    development.
    """
    standing = [
        (
            StrategyStatus.IN_DEVELOPMENT.value
            if one.content.adopted_on and one.content.adopted_on > covered.last
            else one.content.status,
            one.content,
        )
        for one in records.strategies
        if one.ended_on is None or one.ended_on >= covered.last
    ]
    return min(
        standing,
        key=lambda one: (
            _STRATEGY_ORDER.index(one[0]),
            -(one[1].adopted_on or date.min).toordinal(),
            one[1].title,
        ),
        default=None,
    )


def _assessments(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    found = [
        one.content
        for one in records.assessments
        if covered.first <= one.content.decided_on <= covered.last
    ]
    if not found:
        return None
    whole, part = question.columns
    assessed = sum(one.assessment != AssessmentMade.NONE for one in found)
    return {whole.code: str(len(found)), part.code: str(assessed)}


def _posts(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    return _table(
        question,
        [
            {
                "post": post.title,
                "fte": _number(post.fte),
                "employer": post.employer,
                "joint_with": post.joint_with,
                "filled": "yes" if post.filled else "no",
            }
            for post in _on_last_day(records.posts, covered)
        ],
    )


def _joint_posts(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    return _table(
        question,
        [
            {
                "post": post.title,
                "employers": f"{post.employer} and {post.joint_with}",
                "fte": _number(post.fte),
                "filled": "yes" if post.filled else "no",
            }
            for post in _on_last_day(records.posts, covered)
            if post.joint_with
        ],
    )


def _funding(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    return _table(
        question,
        [
            {
                "source": money.title,
                "amount": _number(money.amount),
                "ends_on": _day(money.ends_on),
                "plan": money.plan,
            }
            for money in _money_on_last_day(records, covered)
        ],
    )


def _joint_funding(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    return _table(
        question,
        [
            {
                "initiative": money.pays_for,
                "partner": money.joint_with,
                "amount": _number(money.amount),
                "source": money.title,
                "year": financial_year(day=money.starts_on),
            }
            for money in _money_on_last_day(records, covered)
            if money.joint_with and money.prevention != Prevention.NO
        ]
        + [
            {
                "initiative": money.initiative,
                "partner": money.partner,
                # What nobody knows is left for the officer to say, and is never nought.
                "amount": "" if money.amount is None else _number(money.amount),
                "source": money.source,
                "year": money.year,
            }
            for money in records.joint_money
        ],
    )


def unknown_amounts(*, question: QuestionSpec, answer: Answer) -> tuple[str, ...]:
    """Return for which rows of a table of joint funding nobody knows the amount.

    Args:
        question: what is asked.
        answer: what was brought over to it.

    Returns:
        What each such row is about; nothing for another question.

    Source: the project's own rule: what is not known is never nought.
    """
    if source_of(question=question) != RecordSource.JOINT_FUNDING or not isinstance(
        answer.value, dict
    ):
        return ()
    return tuple(
        str(row.get("initiative") or row.get("source", ""))
        for row in answer.value.get("rows", ())
        if not row.get("amount")
    )


def _agreement(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    with_board = [one for one in _agreements_on_last_day(records, covered) if board in one.boards]
    # A signed one before one in development, and the newest of several.
    found = min(
        with_board,
        key=lambda one: (
            one.status != AgreementStatus.SIGNED,
            -(one.signed_on or date.min).toordinal(),
            one.title,
        ),
        default=None,
    )
    if found is None:
        return None
    option = next((one for one in question.options if one.code == found.status), None)
    if option is None:
        return None
    said = {"signed_on": _day(found.signed_on), "agreement_link": found.link}
    asked = {follow_up.code for follow_up in option.follow_ups}
    return {"option": option.code, **{code: text for code, text in said.items() if code in asked}}


def _agreements_on_last_day(records: Records, covered: Covered) -> list[AgreementContent]:
    """Return the agreements of the last day; what all had signed here by then is signed."""
    signed_by_then = tuple(
        replace(
            one,
            content=replace(
                one.content, status=AgreementStatus.SIGNED.value, signed_on=one.signed_here
            ),
        )
        if one.content.status != AgreementStatus.SIGNED
        and one.signed_here is not None
        and one.signed_here <= covered.last
        else one
        for one in records.agreements
    )
    return _on_last_day(signed_by_then, covered)


def _agreement_roles(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    lines = [
        role_words(role=role, board_names=records.board_names)
        for one in _agreements_on_last_day(records, covered)
        if one.status == AgreementStatus.SIGNED
        for role in one.roles
    ]
    return {"text": "\n".join(dict.fromkeys(lines))} if lines else None


def _agreement_themes(
    question: QuestionSpec, board: str | None, records: Records, covered: Covered
) -> dict[str, object] | None:
    agreements = _agreements_on_last_day(records, covered)
    themes = {theme for one in agreements for theme in one.themes}
    chosen = [option for option in question.options if option.code in themes]
    if not chosen:
        return None
    value: dict[str, object] = {"options": [option.code for option in chosen]}
    asked = {follow_up.code for option in chosen for follow_up in option.follow_ups}
    if "other_area" in asked:
        others = [one.other_theme for one in agreements if Theme.OTHER in one.themes]
        value["other_area"] = "; ".join(dict.fromkeys(filter(None, others)))
    return value


def financial_year(*, day: date) -> str:
    """Return the financial year of a day, as '2026/27'.

    Args:
        day: any day.

    Returns:
        The year from 1 April to 31 March.

    Source: GOV.UK style guide, years.
    """
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return words.financial_year(first=first)


def _on_last_day(entries: tuple[Entry[C], ...], covered: Covered) -> list[C]:
    return [
        one.content
        for one in entries
        if (first_day(content=one.content) or covered.last) <= covered.last
        and (one.ended_on is None or one.ended_on >= covered.last)
    ]


def _money_on_last_day(records: Records, covered: Covered) -> list[FundingContent]:
    return [
        money
        for money in _on_last_day(records.funding, covered)
        if money.ends_on is None or money.ends_on >= covered.last
    ]


def _table(question: QuestionSpec, rows: list[dict[str, str]]) -> dict[str, object] | None:
    asked = {column.code for column in question.columns}
    kept = [{code: text for code, text in row.items() if code in asked} for row in rows]
    return {"rows": kept} if kept else None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(number: object) -> str:
    text = f"{number}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_READERS: dict[
    RecordSource,
    Callable[[QuestionSpec, str | None, Records, Covered], dict[str, object] | None],
] = {
    RecordSource.STRATEGY: _strategy,
    RecordSource.STRATEGY_REVIEW: _strategy_review,
    RecordSource.STRATEGY_PROGRESS: _strategy_progress,
    RecordSource.IMPACT_ASSESSMENTS: _assessments,
    RecordSource.POSTS: _posts,
    RecordSource.JOINT_POSTS: _joint_posts,
    RecordSource.FUNDING: _funding,
    RecordSource.JOINT_FUNDING: _joint_funding,
    RecordSource.AGREEMENT: _agreement,
    RecordSource.AGREEMENT_THEMES: _agreement_themes,
    RecordSource.AGREEMENT_ROLES: _agreement_roles,
}
