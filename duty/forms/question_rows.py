"""Options and fields of a question as rows of its form, and back."""

from collections.abc import Mapping
from typing import Any

from django import forms

from duty.answer_fields import DEFAULT_WORD_LIMIT
from duty.controls.rows import RowColumn
from duty.questions import AnswerField, AnswerType, FieldType, Option
from duty.specification_checks import MOST_WORDS
from duty.specification_words import FIELD_TYPE_WORDS


def field_of(*, row: Mapping[str, Any]) -> AnswerField:
    """Return a field of an answer as a row of the form says it."""
    kind = FieldType(row["type"])
    is_long = kind == FieldType.LONG_TEXT
    return AnswerField(
        code=row["code"],
        label=row["label"],
        type=kind,
        required=row["required"] == "yes",
        word_limit=(row["words"] or DEFAULT_WORD_LIMIT) if is_long else None,
    )


def row_of_field(*, field: AnswerField) -> dict[str, Any]:
    """Return the row that shows a field."""
    return {
        "code": field.code,
        "label": field.label,
        "type": field.type.value,
        "required": "yes" if field.required else "",
        "words": field.word_limit,
    }


def row_of_option(*, option: Option) -> dict[str, Any]:
    """Return the row that shows an option; what is asked after it has rows of its own."""
    return {
        "code": option.code,
        "label": option.label,
        "meets_floor": "yes" if option.meets_floor else "",
        "exclusive": "yes" if option.exclusive else "",
        "reason_required": "yes" if option.reason_required else "",
    }


def option_columns(*, kind: AnswerType) -> list[RowColumn]:
    """Return the columns of the options, as the kind of answer takes them."""
    columns = [
        RowColumn("code", code_cell(label="Code")),
        RowColumn("label", forms.CharField(label="Label", max_length=200)),
        RowColumn("meets_floor", _yes_cell("Meets the floor")),
    ]
    if kind == AnswerType.MULTI_CHOICE:
        columns.append(RowColumn("exclusive", _yes_cell("Stands alone")))
    else:
        columns.append(RowColumn("reason_required", _yes_cell("Asks why")))
    return columns


def field_columns() -> list[RowColumn]:
    """Return the columns of the fields of an answer."""
    return [
        RowColumn("code", code_cell(label="Code")),
        RowColumn("label", forms.CharField(label="Label", max_length=200)),
        RowColumn(
            "type",
            forms.ChoiceField(
                label="Holds",
                choices=[("", ""), *((k.value, words) for k, words in FIELD_TYPE_WORDS.items())],
                error_messages={"required": "Select what it holds"},
            ),
        ),
        RowColumn("required", _yes_cell("Must be filled in")),
        RowColumn(
            "words",
            forms.IntegerField(
                label="Most words, if long text",
                required=False,
                min_value=1,
                max_value=MOST_WORDS,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            ),
        ),
    ]


def code_cell(*, label: str) -> forms.CharField:
    """Return a cell for a code in small letters."""
    return forms.CharField(label=label, max_length=40)


def _yes_cell(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "No"), ("yes", "Yes")], required=False)
