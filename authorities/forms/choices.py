"""Questions that plain Django has no word for; the form renderer draws the rest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField


class RevealingRadios(forms.RadioSelect):
    """One of several, with a hint under each and further questions under the one they belong to."""

    use_fieldset = True

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Describe the choices.

        Args:
            attrs: attributes of each control.
            choices: as in any choice widget.
            hints: what to say under a choice, by its value.
            reveals: names of fields of the same form shown under a choice, by its value.
        """
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.reveals = {value: tuple(names) for value, names in (reveals or {}).items()}
        self.revealed: dict[str, tuple[BoundField, ...]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add hint and revealed questions to one choice."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        key = str(value)
        option["hint"] = self.hints.get(key, "")
        option["revealed"] = self.revealed.get(key, ())
        option["opened"] = any(field.errors for field in option["revealed"])
        if option["hint"] and "id" in option["attrs"]:
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class RevealingForm(forms.Form):
    """A form some of whose questions stand under a choice of another."""

    @property
    def shown_fields(self) -> list[BoundField]:
        """The questions that stand on their own; the others come with the choice they belong to."""
        under: set[str] = set()
        for field in self.fields.values():
            if isinstance(field.widget, RevealingRadios):
                field.widget.revealed = {
                    value: tuple(self[name] for name in names if name in self.fields)
                    for value, names in field.widget.reveals.items()
                }
                under |= {name for names in field.widget.reveals.values() for name in names}
        return [field for field in self.visible_fields() if field.name not in under]


class DayInput(forms.DateInput):
    """A day as people write it."""

    def format_value(self, value: Any) -> str | None:
        """Return '1 April 2027' for a day, and what was typed as it was."""
        if isinstance(value, date):
            return f"{value.day} {value:%B %Y}"
        return super().format_value(value)


class DayField(forms.DateField):
    """A day in one input."""

    def __init__(self, **more: Any) -> None:
        """Read the usual ways of writing a day; `more` as for any field."""
        more.setdefault("help_text", "For example, 1 April 2027")
        super().__init__(
            input_formats=["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d %m %Y", "%Y-%m-%d"],
            widget=DayInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
            **more,
        )
