"""Forms about a round: what it is to be, its steps, whom it expects, more time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q

from duty.actions.rounds import Plan
from duty.controls.fields import GovukDateField
from duty.controls.widgets import Checkboxes
from duty.deadlines import LONDON
from duty.models import Round, Specification, usual_reminder
from duty.round_lifecycle import RoundDates, date_problems
from outcomes.models import IndicatorSet

# A quarter of a year: a reminder that is earlier reminds nobody.
_MOST_REMINDER_DAYS = 65
_TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]
# Where a form asks for day and time apart, a problem of both stands at the day.
_FIELDS = {"publish_at": "publish_on"}


def _day(label: str, name: str, hint: str = "", *, required: bool = True) -> GovukDateField:
    return GovukDateField(label=label, name=name, help_text=hint, required=required)


def reason_field(label: str, hint: str, missing: str, *, required: bool = True) -> forms.CharField:
    """Return the field that asks why."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class LaterDatesForm(forms.Form):
    """The days after the last day for edits; what is out of order is said at its day."""

    reply_opens_on = _day(
        "When does the reply open?",
        "day the reply opens",
        "The days of the reply come after the last day for edits. Both bodies of each pair then "
        "read what the centre found of them, and may reply.",
        required=False,
    )
    reply_closes_on = _day(
        "Last day of the reply", "last day of the reply", "It belongs to the reply.", required=False
    )
    publish_on = _day(
        "When is it published?",
        "day of publication",
        "After the last day of the reply.",
        required=False,
    )
    publish_time = forms.TimeField(
        label="At what time?",
        help_text="London time. For example, 9:30",
        required=False,
        input_formats=_TIMES,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={"invalid": "Enter a time, for example 9:30"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for day and time of the publication together."""
        said: dict[str, Any] = super().clean() or {}
        day, time = said.get("publish_on"), said.get("publish_time")
        if day and not time and "publish_time" not in self.errors:
            self.add_error("publish_time", "Enter the time of publication")
        if time and not day and "publish_on" not in self.errors:
            self.add_error("publish_on", "Enter the day of publication")
        return said

    @property
    def publish_at(self) -> datetime | None:
        """When it is published, None where that is left open."""
        said = self.cleaned_data
        if not said.get("publish_on") or not said.get("publish_time"):
            return None
        return datetime.combine(said["publish_on"], said["publish_time"], tzinfo=LONDON)

    def check_order(self, dates: RoundDates) -> None:
        """Say at each day what is out of order."""
        self.add_problems(date_problems(dates=dates))

    def add_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Say problems of dates at the fields that ask for them."""
        for name, text in problems:
            field = _FIELDS.get(name, name)
            self.add_error(field if field in self.fields else None, text)


class PlanForm(LaterDatesForm):
    """What a round is to be."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="What is the round called?",
        help_text="Season and year, for example Autumn 2026",
        max_length=80,
        error_messages={"required": "Enter what the round is called"},
    )
    covers_from = _day("First day that it covers", "first day that it covers")
    covers_to = _day("Last day that it covers", "last day that it covers")
    geography_date = _day(
        "Bodies and areas as at",
        "day of bodies and areas",
        "The authorities that exist on this day are expected, and pairs are those of this day.",
    )
    opens_on = _day("When does it open?", "opening day", "It opens when this day begins in London.")
    due_on = _day("When are returns due?", "due day", "A return of this day is in time.")
    edits_until = _day(
        "Last day for edits",
        "last day for edits",
        "It belongs to the round, which closes when the day is over in London.",
    )
    specification = forms.ModelChoiceField(
        label="Which questions does it ask?",
        help_text="Only published versions. The round keeps them from the day it is scheduled.",
        queryset=Specification.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose which questions it asks"},
    )
    indicator_set = forms.ModelChoiceField(
        label="Which indicators does it ask figures of?",
        help_text="The round keeps the set, and the definitions in it, from the day it is "
        "scheduled. An authority may send in more.",
        queryset=IndicatorSet.objects.none(),
        empty_label="No set: each authority sends in what it has",
        required=False,
    )
    requires_sign_off = forms.BooleanField(
        label="A signatory must sign each return", required=False, initial=True
    )
    reminder_working_days = forms.IntegerField(
        label="How many working days before the due day does a reminder go out?",
        help_text="To authorities that have not submitted. Weekends and bank holidays of England "
        "do not count.",
        min_value=1,
        max_value=_MOST_REMINDER_DAYS,
        initial=usual_reminder,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": "Enter how many working days before the due day a reminder goes out",
            "invalid": "Enter a whole number, for example 5",
            "min_value": "The reminder must go out at least 1 working day before the due day",
            "max_value": f"The reminder may go out at most {_MOST_REMINDER_DAYS} working days "
            "before the due day",
        },
    )
    is_test = forms.BooleanField(
        label="This is a test round",
        help_text="It can be tried out and counts nowhere: not on the national picture, on home "
        "pages, in files or in the API. This cannot be changed later.",
        required=False,
    )

    field_order = (
        "name",
        "covers_from",
        "covers_to",
        "geography_date",
        "opens_on",
        "due_on",
        "edits_until",
        "reply_opens_on",
        "reply_closes_on",
        "publish_on",
        "publish_time",
        "specification",
        "indicator_set",
        "requires_sign_off",
        "reminder_working_days",
        "is_test",
    )

    def __init__(self, *args: Any, asks_test: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = Specification.objects.filter(published_at__isnull=False).order_by("-version")
        field = self.fields["specification"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = published
        field.label_from_instance = _version_label  # type: ignore[method-assign,assignment]
        sets = self.fields["indicator_set"]
        assert isinstance(sets, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        # One that a round asks stays, though it be in use no more: the checks say so.
        asked = IndicatorSet.objects.filter(Q(in_use=True) | Q(rounds__isnull=False))
        sets.queryset = asked.distinct().order_by("name", "pk")
        sets.label_from_instance = _set_label  # type: ignore[method-assign,assignment]
        if not asks_test:
            del self.fields["is_test"]

    def clean(self) -> dict[str, Any]:
        """Compare the dates, once all of them are days."""
        said = super().clean()
        if not self.errors:
            self.check_order(
                RoundDates(
                    **{
                        name: said[name]
                        for name in (
                            *("covers_from", "covers_to", "opens_on", "due_on", "edits_until"),
                            *("reply_opens_on", "reply_closes_on"),
                        )
                    },
                    publishes_on=said["publish_on"],
                )
            )
        return said

    def plan(self) -> Plan:
        """Return what was entered."""
        said = self.cleaned_data
        left_out = ("publish_on", "publish_time", "is_test", "version")
        return Plan(
            **{name: value for name, value in said.items() if name not in left_out},
            publish_at=self.publish_at,
        )


def later_dates_of(round_: Round) -> dict[str, Any]:
    """Return the later dates of a round, as a form shows them."""
    local = round_.publish_at.astimezone(LONDON) if round_.publish_at else None
    return {
        "reply_opens_on": round_.reply_opens_on,
        "reply_closes_on": round_.reply_closes_on,
        "publish_on": local.date() if local else None,
        "publish_time": f"{local:%H:%M}" if local else None,
    }


def plan_of(round_: Round) -> dict[str, Any]:
    """Return what a round is, as the form shows it."""
    return {
        **later_dates_of(round_),
        "name": round_.name,
        "covers_from": round_.covers_from,
        "covers_to": round_.covers_to,
        "geography_date": round_.geography_date,
        "opens_on": round_.opens_on,
        "due_on": round_.due_on,
        "edits_until": round_.edits_until,
        "specification": round_.specification_id,
        "indicator_set": round_.indicator_set_id,
        "requires_sign_off": round_.requires_sign_off,
        "reminder_working_days": round_.reminder_working_days,
        "version": round_.version,
    }


class ReasonForm(forms.Form):
    """A step that needs a reason and nothing else."""

    reason = reason_field(
        "Why?", "Your reason stays in the history of the round", "Enter why you do this"
    )


class DecisionForm(forms.Form):
    """Goes ahead; with a reason where the checks find something that nobody decided about."""

    # Which findings the person saw; the action compares them with those that there are.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = reason_field(
        "Why does the round go ahead with this?",
        "Your name, the time and your reason are kept with the findings",
        "Enter why the round goes ahead with what the checks found",
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]


class CloseForm(forms.Form):
    """Closes a round; over returns that await sign-off only by confirming the list."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    confirm = forms.BooleanField(
        label="I have read the list. These returns stay not submitted",
        error_messages={"required": "Confirm that these returns stay not submitted"},
    )

    def __init__(self, *args: Any, waits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waits:
            del self.fields["confirm"]


class ReopenForm(LaterDatesForm):
    """More days for every authority, with the days that follow."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    edits_until = _day(
        "New last day for edits", "new last day for edits", "Today or later, in London."
    )
    reason = reason_field(
        "Why do all of them get more days?",
        "Your reason stays in the history of the round",
        "Enter why all of them get more days",
    )
    field_order = ("edits_until", "reply_opens_on", "reply_closes_on", "publish_on", "publish_time")


class ExtensionForm(forms.Form):
    """More time for one authority."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    due_on = _day("New due day", "new due day", "A return of this day is in time.")
    edits_until = _day(
        "Last day", "last day", "The extension ends by itself when this day is over in London."
    )
    reason = reason_field(
        "Why do they get more time?",
        "The authority reads it on its return",
        "Enter why they get more time",
    )


class ExpectedForm(forms.Form):
    """Who is expected to return."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    authorities = forms.MultipleChoiceField(
        label="Which authorities are expected?",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one authority"},
    )
    reason = reason_field(
        "Why are they others than before?",
        "Your reason stays in the history of the round",
        "Enter why they are others than before",
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["authorities"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - narrows the type
        field.choices = choices


def _set_label(row: Any) -> str:
    return str(row.name)


def _version_label(row: Any) -> str:
    return f"Version {row.version}: {row.title}"
