"""What somebody typed into a form, in words: for pages where the form may not be filled in."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from duty.controls.rows import RowsField
from duty.controls.widgets import DateParts
from duty.ui.components import SummaryRow


def typed_rows(*, form: forms.BaseForm) -> tuple[SummaryRow, ...]:
    """Return label and words of every field that holds something, neither files nor passwords."""
    rows = []
    for bound in form.visible_fields():
        if isinstance(bound.field.widget, forms.FileInput | forms.PasswordInput):
            continue
        words = _words(bound.field, bound.value())
        # A choice that was left as the page offered it says nothing.
        if isinstance(bound.field, forms.ChoiceField) and bound.value() == bound.field.initial:
            continue
        if words:
            rows.append(SummaryRow(str(bound.label or bound.name), words))
    return tuple(rows)


def _words(field: forms.Field, value: Any) -> str:
    if value in (None, "", False):
        return ""
    if isinstance(field, RowsField):
        return "\n".join(filter(None, (_row_words(field, row) for row in value)))
    if isinstance(field.widget, DateParts):
        parts = field.widget.decompress(value) if not isinstance(value, list) else value
        return " ".join(str(part).strip() for part in parts if part not in (None, ""))
    if isinstance(field, forms.BooleanField):
        return "Yes"
    if isinstance(field, forms.ChoiceField):
        labels = dict(_flat(field.choices))
        chosen = value if isinstance(value, list | tuple) else [value]
        return "\n".join(labels.get(str(one), str(one)) for one in chosen)
    return str(value).strip()


def _row_words(field: RowsField, row: Mapping[str, Any]) -> str:
    cells = ((one.label, _words(one.field, row.get(one.name))) for one in field.columns)
    return "; ".join(f"{label}: {words}" for label, words in cells if words)


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)
