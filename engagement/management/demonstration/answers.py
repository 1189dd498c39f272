"""Invented answers, made from the questions themselves: one of the right shape for each."""

from datetime import date, timedelta

from duty.questions import Answer, AnswerField, AnswerType, FieldType, QuestionSpec

_SENTENCES = {
    "CO1": "A joint health and growth board meets every two months; officers meet each fortnight.",
    "CO5": "The ICB's director of strategy sits on the skills committee.",
    "CO8": "Public health services rest with the councils; transport is held by the authority.",
    "ST2": "Healthy years lost to long-term conditions, most of all in the former coalfield.",
    "ST3": "Growth sites were chosen with the places where fewest people are in good work.",
    "ST4": "Both name work and health as a shared aim, with one set of measures.",
    "HT5": "The regional director of public health advises the mayor each month.",
    "HT6": "Planning officers had two days on health impact assessment.",
    "OF4": "Both use the same measures of work and health.",
    "OF5": "By acting on housing, work and transport in the places where years are fewest.",
    "AB1": "To make health a test of every decision about growth, homes and transport.",
    "AB2": "Posts and partnerships lead to joint plans, to better conditions, to healthier years.",
    "AB3": "The ICB's footprint and leadership are under review.",
}
_CELLS = {
    FieldType.TEXT: "Programme manager",
    FieldType.LONG_TEXT: "The measures are right; two need better figures.",
    FieldType.INTEGER: "12",
    FieldType.DECIMAL: "1.5",
    FieldType.MONEY: "150000",
    FieldType.LINK: "https://example.org/demonstration",
    FieldType.YES_NO: "yes",
    FieldType.YEAR: "2026/27",
}
# What columns of tables are about, where "Programme manager" would read oddly.
_COLUMNS = {
    "employer": "The authority",
    "employers": "The authority and the ICB",
    "joint_with": "The ICB",
    "source": "Set-up grant",
    "plan": "From the authority's own budget when the grant ends",
    "initiative": "Warm and healthy homes",
    "partner": "The ICB",
    "role_title": "Director of health and inclusion",
    "title": "Healthier lives for all, 2026 to 2031",
}


def _field(field: AnswerField, *, on: date) -> str:
    if field.code in _COLUMNS:
        return _COLUMNS[field.code]
    if field.type == FieldType.DATE:
        return (on - timedelta(days=200)).isoformat()
    return _CELLS[field.type]


def _record(fields: tuple[AnswerField, ...], *, on: date) -> dict[str, str]:
    return {field.code: _field(field, on=on) for field in fields}


def answer(*, question: QuestionSpec, on: date) -> Answer:
    """Return an invented answer to one question (for one board where it asks per pair)."""
    sentence = _SENTENCES.get(question.code, "Said in the demonstration only.")
    value: dict[str, object]
    match question.answer_type:
        case AnswerType.TEXT | AnswerType.PER_PAIR_TEXT:
            value = {"text": sentence}
        case AnswerType.CHOICE | AnswerType.PER_PAIR_CHOICE:
            option = question.options[0]
            value = {"option": option.code, **_record(option.follow_ups, on=on)}
            if option.reason_required:
                value["reason"] = sentence
        case AnswerType.MULTI_CHOICE:
            chosen = [option for option in question.options if not option.exclusive][:2]
            value = {"options": [option.code for option in chosen]}
        case AnswerType.DECIMAL:
            value = {"number": "2.5"}
        case AnswerType.TWO_INTEGERS:
            first, second = question.columns
            value = {first.code: "24", second.code: "15"}
        case AnswerType.DATE:
            value = {"date": (on + timedelta(days=300)).isoformat()}
        case AnswerType.LINK:
            value = {"link": "https://example.org/demonstration/progress"}
        case AnswerType.TABLE:
            value = {"rows": [_record(question.columns, on=on)]}
        case _:
            value = {**_record(question.columns, on=on)}
    return Answer(value=value)
