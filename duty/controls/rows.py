"""A question that is answered with a table: rows of typed cells, as many as are needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils.safestring import SafeString

from duty.controls.labels import lower_first, required_message

Row = Mapping[str, Any]


@dataclass(frozen=True)
class RowColumn:
    """One column: its name in the answer, and the field that checks each cell of it."""

    name: str
    field: forms.Field

    @property
    def label(self) -> str:
        """Return what stands at the head of the column."""
        return str(self.field.label or self.name.replace("_", " ").capitalize())


@dataclass(frozen=True)
class DrawnCell:
    """One cell as its row shows it."""

    id: str
    label: str
    wrong: bool
    html: SafeString


class RowsWidget(forms.Widget):
    """The table; posts `name-rows` and one control `name-row-column` for each cell."""

    template_name = "govuk/widgets/rows.html"
    use_fieldset = True

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        columns: Sequence[RowColumn] = (),
        first_rows: int = 2,
        max_rows: int = 20,
    ) -> None:
        super().__init__(attrs)
        self.columns = tuple(columns)
        self.first_rows = first_rows
        self.max_rows = max_rows
        # Set by the bound field before it draws: only the form knows them.
        self.wrong_cells: tuple[str, ...] = ()
        self.row_asked_for = False

    @property
    def first_cell(self) -> str:
        """Return the part of the first cell's id after the field's."""
        return f"0_{self.columns[0].name}"

    def id_for_label(self, id_: str) -> str:
        """Return nothing: the legend names the table."""
        return ""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[dict[str, Any], ...] | None:
        """Return each row as it was typed, one more when another was asked for."""
        posted = str(data.get(f"{name}-rows", ""))
        if not posted.isdecimal():
            return None
        # The limit holds for a forged count too: it would be a cheap way to make us work.
        count = min(int(posted[:6]) + (f"{name}-add" in data), self.max_rows)
        return tuple(
            {
                column.name: column.field.widget.value_from_datadict(
                    data, files, f"{name}-{row}-{column.name}"
                )
                for column in self.columns
            }
            for row in range(count)
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether the form that was sent had this table at all."""
        return f"{name}-rows" not in data

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Draw the table, each cell by its own widget."""
        rows = list(value or ())
        rows += [{} for _ in range(self.first_rows - len(rows))]
        context = self.get_context(name, value, attrs)
        own_id = str(context["widget"]["attrs"].get("id", name))
        context["widget"] |= {
            "rows": [
                [
                    self._drawn_cell(
                        name=name,
                        own_id=own_id,
                        index=index,
                        column=column,
                        row=row,
                        renderer=renderer,
                        focus=self.row_asked_for and row is rows[-1],
                    )
                    for column in self.columns
                ]
                for index, row in enumerate(rows)
            ],
            "row_count": len(rows),
            "may_add": len(rows) < self.max_rows,
            "max_rows": self.max_rows,
        }
        return self._render(self.template_name, context, renderer)  # type: ignore[attr-defined, no-any-return]

    def _drawn_cell(
        self,
        *,
        name: str,
        own_id: str,
        index: int,
        column: RowColumn,
        row: Row,
        renderer: BaseRenderer | None,
        focus: bool,
    ) -> DrawnCell:
        part = f"{index}_{column.name}"
        wrong = part in self.wrong_cells
        widget = column.field.widget
        block = "govuk-select" if isinstance(widget, forms.Select) else "govuk-input"
        classes = [block, "app-rows__control", str(widget.attrs.get("class", ""))]
        attrs: dict[str, Any] = {"id": f"{own_id}_{part}"}
        if wrong:
            classes.append(f"{block}--error")
            attrs |= {"aria-invalid": "true", "aria-describedby": f"{own_id}_error"}
        if focus and column == self.columns[0]:
            attrs["autofocus"] = True
        attrs["class"] = " ".join(filter(None, classes))
        value = column.field.prepare_value(row.get(column.name))
        return DrawnCell(
            id=attrs["id"],
            label=column.label,
            wrong=wrong,
            html=widget.render(f"{name}-{index}-{column.name}", value, attrs, renderer),
        )


class RowsField(forms.Field):
    """A table of typed cells; its clean value is a tuple of one mapping for each filled row.

    A row that is left empty is left out. Every wrong cell is said with its row and column.
    """

    widget = RowsWidget

    def __init__(
        self, *, columns: Sequence[RowColumn], first_rows: int = 2, max_rows: int = 20, **more: Any
    ) -> None:
        self.columns = tuple(columns)
        super().__init__(
            widget=RowsWidget(columns=columns, first_rows=first_rows, max_rows=max_rows), **more
        )

    def clean(self, value: Any) -> tuple[dict[str, Any], ...]:
        """Return the filled rows, each cell as its column's type.

        Raises:
            ValidationError: a cell is wrong, or no row is filled where one is needed.
        """
        rows: list[dict[str, Any]] = []
        wrong: list[ValidationError] = []
        for index, typed in enumerate(value or ()):
            if all(_is_blank(cell) for cell in typed.values()):
                continue
            row: dict[str, Any] = {}
            for column in self.columns:
                try:
                    row[column.name] = column.field.clean(typed.get(column.name))
                except ValidationError as error:
                    wrong += [
                        ValidationError(
                            f"Row {index + 1}, {column.label}: {lower_first(text=message)}",
                            code="cell",
                            params={"parts": (f"{index}_{column.name}",)},
                        )
                        for message in _cell_messages(column=column, error=error)
                    ]
            rows.append(row)
        if wrong:
            raise ValidationError(wrong)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        self.run_validators(tuple(rows))
        return tuple(rows)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was typed with what was shown, blank rows aside."""
        return self._as_text(initial) != self._as_text(data)

    def _as_text(self, rows: Any) -> list[list[str]]:
        texts = [
            ["" if row.get(c.name) is None else str(row.get(c.name)).strip() for c in self.columns]
            for row in rows or ()
        ]
        return [row for row in texts if any(row)]


def _cell_messages(*, column: RowColumn, error: ValidationError) -> list[str]:
    if error.code == "required" and error.messages == [
        str(forms.Field.default_error_messages["required"])
    ]:
        choice = isinstance(column.field, forms.ChoiceField)
        return [required_message(label=column.label, choice=choice)]
    return list(error.messages)


def row_asked_for(*, form: forms.BaseForm) -> str | None:
    """Return the name of the table that 'Add another row' was pressed for."""
    for name, field in form.fields.items():
        if isinstance(field.widget, RowsWidget) and f"{form.add_prefix(name)}-add" in form.data:
            return name
    return None


class AddRowMixin(forms.BaseForm):
    """Makes 'Add another row' show the same form with one more row, nothing checked or lost.

    The form is then not valid and has no errors, so that a view's ordinary `form_invalid` shows
    it again. Works without scripts.
    """

    def full_clean(self) -> None:
        """Check the form, unless only another row was asked for."""
        if self.is_bound and row_asked_for(form=self) is not None:
            self._errors = forms.utils.ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """Say no while the person is still adding rows."""
        return super().is_valid() and row_asked_for(form=self) is None


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
