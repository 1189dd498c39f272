"""The control for each kind of field of an answer, and its value as it is stored.

Nothing is required here: a draft may leave things out, and `duty.slots` says what an answer
lacks. Values are stored as text, as `duty.questions.AnswerType` describes.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from duty.answer_fields import DEFAULT_WORD_LIMIT, LINK_CHARACTERS, SHORT_TEXT_CHARACTERS, read_date
from duty.controls.fields import (
    GovukDateField,
    LinkField,
    MoneyField,
    NumberField,
    TypedDateField,
    WholeNumberField,
    WordLimitedTextField,
)
from duty.controls.labels import lower_first
from duty.controls.rows import RowColumn
from duty.controls.widgets import Radios
from duty.questions import AnswerField, FieldType

_CELL_EXAMPLES = {FieldType.DATE: "27 3 2026", FieldType.YEAR: "2026/27"}
YES_NO = (("yes", "Yes"), ("no", "No"))


def control_name(*, code: str) -> str:
    """Return the name of the control of a field, apart from the form's own names."""
    return f"answer_{code}"


def control_for(*, field: AnswerField, label: str = "", help_text: str = "") -> forms.Field:
    """Return the control of one field of an answer."""
    about: dict[str, Any] = {
        "label": label or field.label,
        "help_text": help_text or _hint(field.type),
        "required": False,
    }
    match field.type:
        case FieldType.TEXT:
            return forms.CharField(max_length=SHORT_TEXT_CHARACTERS, **about)
        case FieldType.LONG_TEXT:
            limit = field.word_limit or DEFAULT_WORD_LIMIT
            return WordLimitedTextField(max_words=limit, rows=9 if limit > 100 else 4, **about)
        case FieldType.INTEGER:
            return WholeNumberField(**about)
        case FieldType.DECIMAL:
            return NumberField(**about)
        case FieldType.MONEY:
            return MoneyField(**about)
        case FieldType.DATE:
            return GovukDateField(name=lower_first(text=field.label), **about)
        case FieldType.LINK:
            return LinkField(max_length=LINK_CHARACTERS, **about)
        case FieldType.YES_NO:
            return forms.ChoiceField(choices=YES_NO, widget=Radios(inline=True), **about)
        case FieldType.YEAR:
            return forms.CharField(max_length=10, **about)


def column_for(*, field: AnswerField) -> RowColumn:
    """Return a table's column: the same checks in the space of a cell."""
    label = field.label if field.required else f"{field.label} (optional)"
    control = control_for(field=field, label=label)
    if field.type == FieldType.DATE:
        control = TypedDateField(label=label, required=False)
    elif field.type == FieldType.YES_NO:
        control = forms.ChoiceField(label=label, choices=(("", ""), *YES_NO), required=False)
    elif field.type == FieldType.LONG_TEXT:
        control = WordLimitedTextField(
            max_words=field.word_limit or DEFAULT_WORD_LIMIT, label=label, required=False
        )
    if example := _CELL_EXAMPLES.get(field.type):
        # A cell has no room for a hint of its own.
        control.label = f"{label}, like {example}"
    control.help_text = ""
    if field.required:
        control.required = True
        control.error_messages["required"] = f"{_verb(field)} {lower_first(text=field.label)}"
    return RowColumn(field.code, control)


def stored_text(*, value: object) -> str:
    """Return a cleaned value as it is stored."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).strip()


def shown_value(*, field: AnswerField, stored: object) -> Any:
    """Return a stored value as the control shows it."""
    if field.type == FieldType.DATE:
        return read_date(text=str(stored or ""))
    return "" if stored is None else str(stored)


def shown_record(*, fields: tuple[AnswerField, ...], stored: object) -> dict[str, Any]:
    """Return a stored record as its controls show it."""
    record = stored if isinstance(stored, Mapping) else {}
    return {field.code: shown_value(field=field, stored=record.get(field.code)) for field in fields}


def _hint(field_type: FieldType) -> str:
    return {
        FieldType.DATE: "For example, 27 3 2026",
        FieldType.LINK: "Starts with https",
        FieldType.YEAR: "For example, 2026/27",
    }.get(field_type, "")


def _verb(field: AnswerField) -> str:
    return "Select" if field.type == FieldType.YES_NO else "Enter"
