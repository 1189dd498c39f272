"""What is unusual about an answer and may be right: asked about, never refused (pure).

A hard error stops a save and stands at its field. A soft warning stops nothing: whoever completes
the section says in a few words why the answer is right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duty.answer_fields import FieldText, count_words, read_date, show_field
from duty.answer_records import AnswerContent
from duty.questions import Answer, AnswerField, AnswerState, AnswerType, FieldType
from duty.slots import Slot, read_slot

# A figure that doubled or halved is most often a slip; one that moved by one never is.
_FACTOR = 2
_SMALL_CHANGE = 1
_MOST_FULL_TIME = 100
_FAR_DAYS = 5 * 365 + 1
_FEWEST_WORDS = 5
_FIGURES = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})


class SoftRule(StrEnum):
    """What a warning is about."""

    FIGURE = "figure"
    FULL_TIME = "full-time"
    FAR_DATE = "far-date"
    PAST_DATE = "past-date"
    ASSESSED_SHARE = "assessed-share"
    SHORT_TEXT = "short-text"
    SAME_TEXT = "same-text"
    UNTITLED_LINK = "untitled-link"


@dataclass(frozen=True)
class SoftWarning:
    """One thing that is unusual.

    part: the field that it is about, with the row's number in a table; empty for the whole answer.
    """

    rule: SoftRule
    part: str
    message: str


@dataclass(frozen=True)
class LastAnswer:
    """What the authority answered to the same question in its last return."""

    round_name: str
    answer: Answer


def soft_warnings(
    *,
    slot: Slot,
    answer: Answer,
    untitled_links: int,
    last: LastAnswer | None,
    today: date,
) -> tuple[SoftWarning, ...]:
    """Return what is unusual about an answer, or nothing.

    Args:
        slot: what is asked; nothing is said of a derived answer.
        answer: what was given, without hard errors.
        untitled_links: links to evidence that do not say what they lead to, 0 or more.
        last: the answer to the same question in the last return, if there was one.
        today: the day in London.

    Returns:
        Warnings in the order of the rules. Figures of a table are compared by their sums, since
        rows come and go.

    Source: the project's own rules; figures that double or halve, as validation of statistical
        returns does.
    """
    if slot.question.derived:
        return ()
    content = read_slot(slot=slot, answer=answer)
    found = [
        *_figures(slot, content, last),
        *_full_time(slot, content),
        *_far_dates(content, answer, today),
        *_texts(slot, content, last),
    ]
    if untitled_links:
        links = "One link" if untitled_links == 1 else f"{untitled_links} links"
        found.append(
            SoftWarning(
                SoftRule.UNTITLED_LINK,
                "",
                f"{links} to evidence {'has' if untitled_links == 1 else 'have'} no title, so "
                "readers cannot tell what it is.",
            )
        )
    return tuple(found)


_Figures = Mapping[str, tuple[AnswerField, Decimal]]


def _figures(slot: Slot, content: AnswerContent, last: LastAnswer | None) -> Iterator[SoftWarning]:
    if last is None:
        return
    now, then = _sums(content), _sums(read_slot(slot=slot, answer=last.answer))
    for code, (field, figure) in now.items():
        if code not in then:
            continue
        before = then[code][1]
        low, high = sorted((figure, before))
        if high > _FACTOR * low and high - low > _SMALL_CHANGE:
            yield SoftWarning(
                SoftRule.FIGURE,
                code,
                f"{_named(field)} {_shown(field, figure)} now and {_shown(field, before)} in the "
                f"last return ({last.round_name}).",
            )
    yield from _assessed_share(slot, now, then, last)


def _assessed_share(
    slot: Slot, now: _Figures, then: _Figures, last: LastAnswer
) -> Iterator[SoftWarning]:
    if slot.question.answer_type != AnswerType.TWO_INTEGERS:
        return
    whole, part = (column.code for column in slot.question.columns)
    if not {whole, part} <= now.keys() & then.keys() or not now[whole][1] or not then[whole][1]:
        return
    share, before = now[part][1] / now[whole][1], then[part][1] / then[whole][1]
    if before and share * _FACTOR <= before:
        yield SoftWarning(
            SoftRule.ASSESSED_SHARE,
            part,
            f"The share is {share:.0%} now and was {before:.0%} in the last return "
            f"({last.round_name}).",
        )


def _full_time(slot: Slot, content: AnswerContent) -> Iterator[SoftWarning]:
    for part, field, text in _filled(content):
        words = f"{slot.question.text} {field.label}".lower()
        is_count = field.type == FieldType.DECIMAL and "full-time equivalent" in words
        if is_count and Decimal(text) > _MOST_FULL_TIME:
            yield SoftWarning(
                SoftRule.FULL_TIME,
                part,
                f"{text} full-time equivalents is more than {_MOST_FULL_TIME}.",
            )


def _far_dates(content: AnswerContent, answer: Answer, today: date) -> Iterator[SoftWarning]:
    dates = [
        (part, field.label, text)
        for part, field, text in _filled(content)
        if field.type == FieldType.DATE
    ]
    if answer.state == AnswerState.NOT_YET_KNOWN and answer.expected_date:
        dates.append(
            ("expected_date", "The date by which you expect to know", answer.expected_date)
        )
    for part, label, text in dates:
        day = read_date(text=text)
        if day is not None and part == "expected_date" and day < today:
            yield SoftWarning(
                SoftRule.PAST_DATE,
                part,
                f"{label} is over. Answer the question, or say until when.",
            )
        elif day is not None and abs((day - today).days) > _FAR_DAYS:
            way = "ahead" if day > today else "ago"
            yield SoftWarning(
                SoftRule.FAR_DATE, part, f"{label}: {day:%Y} is more than 5 years {way}."
            )


def _texts(slot: Slot, content: AnswerContent, last: LastAnswer | None) -> Iterator[SoftWarning]:
    before = {} if last is None else _long_texts(read_slot(slot=slot, answer=last.answer))
    for part, text in _long_texts(content).items():
        words = count_words(text=text)
        if slot.question.floor and words < _FEWEST_WORDS:
            yield SoftWarning(
                SoftRule.SHORT_TEXT,
                part,
                f"The answer has {'one word' if words == 1 else f'{words} words'}, and it is part "
                "of the minimum floor.",
            )
        elif last is not None and words >= _FEWEST_WORDS and before.get(part) == text:
            yield SoftWarning(
                SoftRule.SAME_TEXT,
                part,
                f"The text is word for word that of the last return ({last.round_name}).",
            )


def _long_texts(content: AnswerContent) -> dict[str, str]:
    return {
        part: " ".join(text.split())
        for part, field, text in _filled(content)
        if field.type == FieldType.LONG_TEXT
    }


def _sums(content: AnswerContent) -> dict[str, tuple[AnswerField, Decimal]]:
    sums: dict[str, tuple[AnswerField, Decimal]] = {}
    for _, field, text in _filled(content):
        if field.type in _FIGURES:
            sums[field.code] = (field, Decimal(text) + sums.get(field.code, (field, Decimal()))[1])
    return sums


def _filled(content: AnswerContent) -> Iterator[tuple[str, AnswerField, str]]:
    """Give each field that holds something right, with its part's name."""
    several = len(content.records) > 1 or any(one.key.isdigit() for one in content.records)
    for record in content.records:
        for found in record.fields:
            if not found.blank and found.problem is None:
                part = f"{found.field.code}.{record.key}" if several else found.field.code
                yield part, found.field, found.text


def _named(field: AnswerField) -> str:
    # The field of a question with one figure is named by its type only.
    return "The figure is" if field.label == "Number" else f"{field.label}:"


def _shown(field: AnswerField, figure: Decimal) -> str:
    return show_field(found=FieldText(field=field, text=f"{figure:f}", problem=None))
