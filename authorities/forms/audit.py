"""What the pages of the audit are searched by."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone

from authorities.audit_words import words_of
from authorities.models import AccessKind
from authorities.queries.audit import Wanted, actions_done, body_choices, people_choices


class _Day(forms.DateField):
    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            help_text="For example 27/3/2026",
            input_formats=["%d/%m/%Y", "%Y-%m-%d"],
            error_messages={"invalid": f"{label}: enter a day, such as 27/3/2026"},
        )
        self.widget.attrs["class"] = "govuk-input--width-10"


class AuditSearch(forms.Form):
    """Person, body, what and when; nothing is anything."""

    person = forms.ChoiceField(label="Person", required=False)
    body = forms.ChoiceField(label="Body", required=False)
    what = forms.ChoiceField(label="What happened", required=False)
    thing = forms.CharField(label="Reference of the thing", required=False, max_length=100)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"] = _Day(label="From")
        self.fields["until"] = _Day(label="Until")
        for name, choices, everything in (
            ("person", people_choices(), "Everybody"),
            ("body", body_choices(day=day), "Every body"),
            ("what", self.kinds(), "Everything"),
        ):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", everything), *choices]
            field.error_messages["invalid_choice"] = "Choose one of the list"

    def kinds(self) -> list[tuple[str, str]]:
        """Return what can have happened."""
        return sorted(((code, words_of(code)) for code in actions_done()), key=lambda c: c[1])

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", "Until: enter a day that is not before the first one")
        return found

    def wanted(self) -> Wanted:
        """Return what is searched for; London's days, the last one included."""
        found = self.cleaned_data
        until = found["until"]
        return Wanted(
            person=UUID(found["person"]) if found["person"] else None,
            body=UUID(found["body"]) if found["body"] else None,
            what=found["what"],
            thing=found["thing"].strip(),
            since=_begin_of(found["since"]),
            until=_begin_of(until + timedelta(days=1)) if until else None,
        )


class AccessSearch(AuditSearch):
    """The same of who signed in and saw what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].label = "Name of the page or file"

    def kinds(self) -> list[tuple[str, str]]:
        """Return what can have happened."""
        return [(str(value), str(label)) for value, label in AccessKind.choices]


def _begin_of(day: date | None) -> datetime | None:
    return None if day is None else timezone.make_aware(datetime.combine(day, time()))
