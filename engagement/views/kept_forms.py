"""Forms of engagement that come after the session's end: their pages show what was typed again."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.views.generic import FormView

from duty.views.unsent import KeepsTyped, refilled


class KeptForm(KeepsTyped, FormView):  # type: ignore[type-arg]  # generic to the checker only
    """Fills the page's form with what was kept. It stands before the page's other bases."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form what was kept, where something was."""
        kept = self.kept_data
        return super().get_form_kwargs() | ({} if kept is None else {"data": kept})

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        """Return the form; what was kept is not judged before it is sent."""
        form: forms.BaseForm = super().get_form(form_class)
        return form if self.kept is None else refilled(form)


def with_newer(form: forms.Form, **values: str) -> None:
    """Let a form that was sent, and is shown again, hold newer values in its hidden fields."""
    assert isinstance(form.data, QueryDict)  # noqa: S101 - narrows the type: it was sent
    newer = form.data.copy()
    for name, value in values.items():
        newer[form.add_prefix(name)] = value
    form.data = newer
