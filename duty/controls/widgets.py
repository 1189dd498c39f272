"""Widgets that plain Django has no word for; the others are dressed by the renderer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import ChoiceWidget


class RevealingChoices(ChoiceWidget):
    """Choices with a hint each, an 'or' before one, and further questions under one."""

    template_name = "govuk/widgets/choices.html"
    option_template_name = "govuk/widgets/choice.html"
    kind = "radios"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[str, str] | None = None,
        divider_before: str | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        small: bool = False,
        inline: bool = False,
    ) -> None:
        """Describe the choices.

        Args:
            attrs: attributes of each control.
            choices: as in any choice widget.
            hints: what to say under a choice, by its value.
            divider_before: the value that stands after an 'or'.
            reveals: names of fields of the same form shown under a choice, by its value.
            small: smaller controls, for filters.
            inline: side by side, for two short choices.
        """
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.divider_before = divider_before
        self.reveals = {value: tuple(names) for value, names in (reveals or {}).items()}
        self.small = small
        self.inline = inline
        self.revealed_fields: dict[str, tuple[BoundField, ...]] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what the template asks about the whole list."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {"kind": self.kind, "small": self.small, "inline": self.inline}
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add hint, divider and revealed questions to one choice."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        key = str(value)
        option["hint"] = self.hints.get(key, "")
        option["divider"] = key == self.divider_before
        option["revealed"] = self.revealed_fields.get(key, ())
        option["kind"] = self.kind
        if option["hint"] and "id" in option["attrs"]:
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        option["opened"] = any(field.errors for field in option["revealed"])
        return option


class Radios(RevealingChoices, forms.RadioSelect):
    """One of several."""

    template_name = "govuk/widgets/choices.html"
    option_template_name = "govuk/widgets/choice.html"
    use_fieldset = True


class Checkboxes(RevealingChoices, forms.CheckboxSelectMultiple):
    """Any of several; the choice after the divider empties the others ('None of these')."""

    template_name = "govuk/widgets/choices.html"
    option_template_name = "govuk/widgets/choice.html"
    kind = "checkboxes"
    use_fieldset = True

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Mark the choice after the divider as the one that stands alone."""
        option = super().create_option(name, value, *args, **kwargs)
        if option["divider"]:
            option["attrs"]["data-behaviour"] = "exclusive"
        return option


class AffixedInput(forms.TextInput):
    """A text input with a sign before it or a unit after it."""

    template_name = "govuk/widgets/affixed.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, prefix: str = "", suffix: str = ""
    ) -> None:
        super().__init__(attrs)
        self.prefix = prefix
        self.suffix = suffix

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the sign and the unit."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {"prefix": self.prefix, "suffix": self.suffix}
        return context


class WordCountTextarea(forms.Textarea):
    """A text area that says its limit, and counts down where scripts run."""

    template_name = "govuk/widgets/word_count.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, max_words: int) -> None:
        super().__init__(attrs)
        self.max_words = max_words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the limit, and name the sentence that says it to a screen reader."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["max_words"] = self.max_words
        if control_id := widget["attrs"].get("id"):
            said = widget["attrs"].get("aria-describedby", "")
            widget["attrs"]["aria-describedby"] = f"{said} {control_id}-info".strip()
        return context


class DateParts(forms.MultiWidget):
    """Day, month and year as three inputs, as people write a date they know."""

    template_name = "govuk/widgets/date.html"
    use_fieldset = True
    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts}, attrs)
        self.wrong_parts: tuple[str, ...] = ()

    def decompress(self, value: object) -> list[int | None]:
        """Split a stored date for its three inputs."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add to each input its label, its width and whether it is wrong."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for part, subwidget in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            subwidget["label"] = part.capitalize()
            subwidget["wrong"] = part in self.wrong_parts
            subwidget["width"] = 4 if part == "year" else 2
        return context
