"""What forms of frameworks have in common: the version that was read, numbers, rows of periods."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

Choices = Sequence[tuple[str, str]]
_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)
_LONG_TEXT = 8000


class NumberField(forms.CharField):
    """A number as people type it ('1,250.5'); the clean value is a float or None."""

    def __init__(self, *, wide: bool = False, **more: Any) -> None:
        width = "govuk-input--width-10" if wide else "govuk-input--width-5"
        more.setdefault("widget", forms.TextInput({"inputmode": "decimal", "class": width}))
        more.setdefault("max_length", 24)
        super().__init__(**more)

    def clean(self, value: Any) -> float | None:
        """Return the number.

        Raises:
            ValidationError: it is none.
        """
        text = str(super().clean(value) or "").replace(",", "").replace("−", "-")
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            raise forms.ValidationError("Enter a number, like 62.5")
        return float(text)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number without needless noughts."""
        return f"{value:.10g}" if isinstance(value, float) else value


@dataclass(frozen=True)
class FormPart:
    """What a form's page shows next: a field, or rows of a period and a value each.

    only: for which choice it is meant; a style leaves it out beside another one.
    """

    field: BoundField | None = None
    only: str = ""
    legend: str = ""
    hint: str = ""
    rows: tuple[tuple[BoundField, BoundField], ...] = ()


class VersionedForm(forms.Form):
    """A form that says which version of the draft it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    # Where a fault is shown that has a field of another name.
    shown_at: Mapping[str, str] = {}
    # For which choice a field is meant, where it is not for all; see `.app-only` of the styles.
    only: Mapping[str, str] = {}

    @property
    def seen(self) -> int:
        """The version that was read; without one it is overtaken by any."""
        return self.cleaned_data.get("version") or 0

    @property
    def parts(self) -> tuple[FormPart, ...]:
        """What the page shows, in order."""
        return tuple(self._part(field) for field in self.visible_fields())

    def _part(self, field: BoundField) -> FormPart:
        return FormPart(field=field, only=self.only.get(field.name, ""))

    def field_of(self, *, name: str, row: int) -> str | None:
        """Return the field at which a fault is shown; None where it is the whole form's."""
        name = self.shown_at.get(name, name)
        return name if name in self.fields else None

    def offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Set the choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(choices)


def long_text(label: str, help_text: str = "", *, rows: int = 5, **more: Any) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=_LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


def reason_field() -> forms.CharField:
    """Return the field that asks why a target changes."""
    return long_text(
        "Why does it change?",
        "Needed once there are values to hold against the target. All owners read it, and once "
        "the version is agreed everybody",
        rows=3,
        required=False,
    )


class RowsForm(VersionedForm):
    """A form with rows of a period and a value each; empty rows say nothing."""

    rows_name = ""
    rows_legend = ""
    rows_hint = ""
    rows_after = ""
    value_label = "Value"

    def __init__(self, *args: Any, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        for row in range(rows):
            self.fields[f"period_{row}"] = forms.CharField(
                label=f"Period {row + 1}",
                required=False,
                max_length=40,
                widget=forms.TextInput({"class": "govuk-input--width-10"}),
            )
            self.fields[f"value_{row}"] = NumberField(
                label=f"{self.value_label} {row + 1}", required=False
            )

    @property
    def parts(self) -> tuple[FormPart, ...]:
        """What the page shows: the rows after the field that they belong to."""
        rows = FormPart(
            legend=self.rows_legend,
            hint=self.rows_hint,
            only=self.only.get(self.rows_name, ""),
            rows=tuple((self[f"period_{row}"], self[f"value_{row}"]) for row in range(self._rows)),
        )
        plain = [
            self._part(field)
            for field in self.visible_fields()
            if not re.fullmatch(r"(period|value)_[0-9]+", field.name)
        ]
        places = [part.field.name for part in plain if part.field is not None]
        at = places.index(self.rows_after) + 1 if self.rows_after else 0
        return (*plain[:at], rows, *plain[at:])

    def field_of(self, *, name: str, row: int) -> str | None:
        """Return the period's field of the row that a fault is about."""
        if name == self.rows_name:
            filled = self._filled()
            return f"period_{filled[row] if row < len(filled) else 0}"
        return super().field_of(name=name, row=row)

    def clean(self) -> dict[str, Any]:
        """Refuse a row of which one half is missing."""
        data: dict[str, Any] = super().clean() or {}
        for row in range(self._rows):
            period, value = data.get(f"period_{row}"), data.get(f"value_{row}")
            wrong = {f"period_{row}", f"value_{row}"} & set(self.errors)
            if period and value is None and not wrong:
                self.add_error(f"value_{row}", f"Enter the value for {period}")
            if value is not None and not period and not wrong:
                self.add_error(f"period_{row}", f"Enter the period for {value:g}")
        return data

    def _filled(self) -> list[int]:
        data = self.cleaned_data
        return [row for row in range(self._rows) if data.get(f"period_{row}")]

    def to_rows(self) -> tuple[tuple[str, float], ...]:
        """Return the rows of a valid form that say something."""
        data = self.cleaned_data
        return tuple(
            (data[f"period_{row}"], data[f"value_{row}"])
            for row in self._filled()
            if data.get(f"value_{row}") is not None
        )


def _labels(field: forms.ChoiceField) -> dict[str, str]:
    offered: Any = field.choices
    return {str(key): str(label) for key, label in offered}


def said_by(*, form: forms.Form) -> tuple[tuple[str, str], ...]:
    """Return label and words of every field that a form shows something in."""
    found = []
    for bound in form.visible_fields():
        value = bound.value()
        if isinstance(bound.field, forms.ChoiceField):
            labels = _labels(bound.field)
            chosen = value if isinstance(value, list | tuple) else [value]
            value = "\n".join(labels.get(str(one), "") for one in chosen if one not in (None, ""))
        if value not in (None, "", False):
            found.append((str(bound.label), str(value)))
    return tuple(found)
