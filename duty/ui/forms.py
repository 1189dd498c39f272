"""How every form of the site is drawn: set as FORM_RENDERER, so that no app imports it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from duty.controls.labels import required_message
from duty.controls.rows import RowsWidget, row_asked_for
from duty.controls.widgets import DateParts, RevealingChoices

LabelSize = Literal["", "s", "m", "l", "xl"]

# Django's own widgets, dressed: a form of any app gets GOV.UK markup with no import of this one.
# Widgets with another template of their own (the admin's, for one) are left as they are.
_DRESSED = {
    "django/forms/widgets/password.html": "govuk/widgets/password.html",
    "django/forms/widgets/radio.html": "govuk/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "govuk/widgets/choices.html",
    "django/forms/widgets/clearable_file_input.html": "govuk/widgets/file.html",
    "django/forms/widgets/file.html": "govuk/widgets/file.html",
}


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary; an empty target is a problem of the whole form."""

    message: str
    target: str = ""


class GovukBoundField(BoundField):
    """A field that knows its label's size, its first wrong control and what it reveals."""

    label_size: LabelSize = ""
    page_heading: bool = False
    caption: str = ""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        # 'This field is required' says neither which field nor what to do. The field is the form's
        # own copy, and forms bind their fields before they check them.
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = required_message(
                label=str(self.label), choice=isinstance(field, forms.ChoiceField)
            )

    def css_classes(self, extra_classes: str | Iterable[str] | None = None) -> str:
        """Return the classes of the group around the field."""
        own = ["govuk-form-group"]
        if self.errors:
            own.append("govuk-form-group--error")
        if isinstance(extra_classes, str):
            extra_classes = extra_classes.split()
        return " ".join([*own, *(extra_classes or ())])

    @property
    def aria_describedby(self) -> str | None:
        """Return the ids of hint and error; also for a single checkbox."""
        if not self.auto_id or self.is_hidden:
            return None
        ids = []
        if self.help_text:
            ids.append(f"{self.auto_id}_helptext")
        if self.errors:
            ids.append(f"{self.auto_id}_error")
        return " ".join(ids) or None

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the class of the control to what the form's author asked for."""
        asked: forms.Widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, asked)
        if block := _block(asked):
            classes = [block, *str(asked.attrs.get("class", "")).split()]
            if self.errors:
                classes.append(f"{block}--error")
            built["class"] = " ".join(classes)
        if isinstance(asked, forms.PasswordInput) and "autocomplete" not in asked.attrs:
            built["autocomplete"] = "current-password"
        # GOV.UK forms are sent as they are and answered with an error summary: the browser's own
        # bubbles vanish, differ and cannot be translated.
        built.pop("required", None)
        return built

    def as_widget(
        self,
        widget: forms.Widget | None = None,
        attrs: dict[str, Any] | None = None,
        only_initial: bool = False,
    ) -> SafeString:
        """Tell the widget what only the form knows: revealed questions and wrong parts."""
        own = self.field.widget
        if isinstance(own, RevealingChoices):
            own.revealed_fields = {
                value: tuple(self.form[name] for name in names if name in self.form.fields)
                for value, names in own.reveals.items()
            }
        if isinstance(own, DateParts):
            own.wrong_parts = self.wrong_parts
        if isinstance(own, RowsWidget):
            own.wrong_cells = self.wrong_parts
            own.row_asked_for = row_asked_for(form=self.form) == self.name
        return super().as_widget(widget, attrs, only_initial)

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """Return the parts of a date, or the cells of a table, that are to be corrected."""
        return tuple(
            part
            for error in self.form.errors.get(self.name, _no_errors()).as_data()
            for part in ((error.params or {}).get("parts", ()) if error.params else ())
        )

    @property
    def is_revealed_elsewhere(self) -> bool:
        """Say whether another question of the form shows this one under one of its choices."""
        return any(
            self.name in names
            for field in self.form.fields.values()
            if isinstance(field.widget, RevealingChoices)
            for names in field.widget.reveals.values()
        )

    @property
    def is_single_checkbox(self) -> bool:
        """Say whether the label stands after the control, not before it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def module(self) -> str:
        """Return the package's component that the group is, where scripts run."""
        if isinstance(self.field.widget, forms.PasswordInput):
            return "govuk-password-input"
        return "govuk-character-count" if self.max_words else ""

    @property
    def max_words(self) -> int | None:
        """Return the limit that the script counts down from."""
        return getattr(self.field.widget, "max_words", None)

    @property
    def error_links(self) -> tuple[ErrorLink, ...]:
        """Return a link for each error to the first control that it is about."""
        stored: Iterable[ValidationError] = self.form.errors.get(self.name, _no_errors()).as_data()
        return tuple(
            ErrorLink(message=message, target=self._target(error))
            for error in stored
            for message in error.messages
        )

    def _target(self, error: ValidationError) -> str:
        parts = (error.params or {}).get("parts", ()) if error.params else ()
        widget = self.field.widget
        if isinstance(widget, DateParts):
            place = DateParts.parts.index(parts[0]) if parts else 0
            return f"{self.auto_id}_{place}"
        if isinstance(widget, RowsWidget):
            return f"{self.auto_id}_{parts[0] if parts else widget.first_cell}"
        if isinstance(widget, forms.MultiWidget | forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


def _no_errors() -> forms.utils.ErrorList:
    return forms.utils.ErrorList()


def _block(widget: forms.Widget) -> str:
    """Return the GOV.UK block of a control, or nothing when its template names it itself."""
    if isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
        return ""
    if isinstance(widget, RowsWidget | forms.HiddenInput):
        return ""
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, forms.Select):
        return "govuk-select"
    return "govuk-input" if isinstance(widget, Input) else ""


def error_links(*, form: forms.BaseForm) -> tuple[ErrorLink, ...]:
    """Return every error of a form in the order of its fields, those of the whole form first."""
    links = [ErrorLink(message=str(message)) for message in form.non_field_errors()]
    for bound in form:
        if isinstance(bound, GovukBoundField):
            links.extend(bound.error_links)
        else:
            links.extend(ErrorLink(str(message), bound.auto_id) for message in bound.errors)
    return tuple(links)


class GovukRenderer(TemplatesSetting):
    """Draws forms, fields and widgets from `templates/govuk/`."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
    bound_field_class = GovukBoundField

    def get_template(self, template_name: str) -> Any:
        """Return our template where we have one for Django's own."""
        return super().get_template(_DRESSED.get(template_name, template_name))
