"""A page with every component, and a form with every kind of question: only for the tests."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from authorities.models import User
from duty.controls.fields import (
    GovukDateField,
    LinkField,
    MoneyField,
    NumberField,
    PagesField,
    TypedDateField,
    WholeNumberField,
    WordLimitedTextField,
)
from duty.controls.rows import AddRowMixin, RowColumn, RowsField
from duty.controls.widgets import Checkboxes, Radios
from duty.ui import components as ui
from duty.ui.navigation import BackLink, NavItem


class EveryQuestionForm(AddRowMixin, forms.Form):
    """One field of each kind."""

    agreement = forms.ChoiceField(
        label="Is there a signed partnership agreement?",
        choices=[
            ("signed", "Signed"),
            ("development", "In development"),
            ("no", "No"),
            ("unknown", "Not known yet"),
        ],
        widget=Radios(
            hints={"signed": "You will need its date and a link", "no": "Say why"},
            divider_before="unknown",
            reveals={"signed": ("signed_on", "link", "pages")},
        ),
        error_messages={"required": "Select whether there is a signed agreement"},
    )
    signed_on = GovukDateField(
        label="When was it signed?",
        help_text="For example, 27 3 2026",
        name="date it was signed",
        latest=date(2026, 11, 23),
        required=False,
    )
    link = LinkField(label="Link to the agreement", help_text="Starts with https", required=False)
    pages = PagesField(
        label="Pages, if only part matters (optional)",
        help_text="Numbers with commas",
        required=False,
    )
    areas = forms.MultipleChoiceField(
        label="What does the work plan cover?",
        help_text="Select all that apply",
        choices=[("growth", "Fair growth"), ("housing", "Housing"), ("none", "None of these")],
        widget=Checkboxes(divider_before="none"),
        error_messages={"required": "Select what the work plan covers"},
    )
    title = forms.CharField(label="Title of the strategy", max_length=200)
    email = forms.EmailField(
        label="Email address of the team", widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    region = forms.ChoiceField(
        label="NHS region", choices=[("", "Choose a region"), ("ney", "North East and Yorkshire")]
    )
    plain_radios = forms.ChoiceField(
        label="Is it published?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    plain_boxes = forms.MultipleChoiceField(
        label="Who was asked?",
        choices=[("council", "Councils"), ("icb", "ICBs")],
        widget=forms.CheckboxSelectMultiple,
    )
    funding = MoneyField(label="How much was spent?", help_text="For the whole of the round")
    staff = NumberField(label="How much public health expertise?", suffix="FTE")
    decisions = WholeNumberField(label="How many decisions were there?", maximum=10_000)
    account = WordLimitedTextField(
        label="What has changed?", help_text="Published with the return", max_words=20
    )
    posts = RowsField(
        label="Which posts make up the team?",
        help_text="Leave a row empty to leave it out",
        columns=(
            RowColumn("post", forms.CharField(label="Post", max_length=100)),
            RowColumn("fte", NumberField(label="FTE", maximum=10)),
            RowColumn(
                "filled",
                forms.ChoiceField(label="Filled", choices=[("", ""), ("yes", "Yes"), ("no", "No")]),
            ),
            RowColumn("ends_on", TypedDateField(label="Ends on", required=False)),
        ),
        max_rows=4,
        error_messages={"required": "Enter at least one post"},
    )
    file = forms.FileField(label="Attach a file", help_text="PDF, up to 20 MB", required=False)
    certain = forms.BooleanField(
        label="I have checked these answers", error_messages={"required": "Say that you checked"}
    )


class QuestionPageForm(forms.Form):
    """One question whose legend is the page's title."""

    view = forms.ChoiceField(
        label="Which statement fits best?",
        choices=[("high", "A core objective"), ("low", "Membership of the ICB only")],
        widget=Radios,
    )


ROWS = (
    ui.SummaryRow("Agreement", "Signed", (ui.Action("Change", "#a", "the agreement"),)),
    ui.SummaryRow("Evidence", "Health plan 2026\nPages 4, 9-12"),
)
TASKS = (
    ui.TaskRow("co", "Co-operation", ui.Tag("In progress", "teal"), "#co", ("5 of 8 questions",)),
    ui.TaskRow("st", "Strategy", ui.Tag("Completed"), "#st"),
    ui.TaskRow("so", "Send for sign-off", ui.Tag("Cannot start yet"), "", ("Opens later",)),
)
FIGURE: dict[str, Any] = {
    "data": [{"type": "bar", "x": ["Women", "Men"], "y": [60.1, 59.4]}],
    "layout": {"height": 320, "title": {"text": "Healthy life expectancy"}},
}


def sample() -> dict[str, Any]:
    """Return what each component shows."""
    return {
        "navigation": (
            NavItem("Home", "/"),
            NavItem("Our return", "/ui/", current=True),
            NavItem("National picture", "/national/"),
        ),
        "back": BackLink("Home", "/"),
        "summary": ROWS,
        "tasks": TASKS,
        "columns": (ui.Column("What"), ui.Column("When"), ui.Column("People", numeric=True)),
        "rows": (
            (ui.Cell("Autumn 2026 return", "#r", "Signed by both"), "Fri 11 December", "1,390,381"),
            ("Your own view of engagement", "Fri 18 December", "missing"),
        ),
        "counts": (
            ui.Count("9", "more engaged", "23"),
            ui.Count("2", "Ahead", "9", status="ahead"),
            ui.Count("4", "cells to fix", kind="off"),
            ui.Count("3", "cells to confirm", kind="in"),
            ui.Count("1", "not assessed", kind="na"),
        ),
        "authority": ui.Side(
            "South Yorkshire", ui.Tag("On track", "green"), "Three have signed.", "2 November 2026"
        ),
        "icb": ui.Side("NHS South Yorkshire ICB", ui.Tag("Constrained", "orange"), "Waiting."),
        "files": (
            ui.Download("This pair over all rounds", "#csv", "CSV", 9_100),
            ui.Download("The same facts from the API", "#json", "JSON"),
        ),
        "figure": FIGURE,
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    messages.success(request, "Your answer is saved.")
    messages.info(request, "The round closes on 11 December.")
    officer = User(email="editor@example.org")
    who = "South Yorkshire Mayoral Combined Authority, editor"
    return render(request, "ui/gallery.html", {**sample(), "user": officer, "who": who})


def form_page(request: HttpRequest) -> HttpResponse:
    """Show every kind of question, checked when sent."""
    form = EveryQuestionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponse("Stored", content_type="text/plain")
    return render(request, "ui/form.html", {**sample(), "form": form})


def question_page(request: HttpRequest) -> HttpResponse:
    """Show one question as a page."""
    form = QuestionPageForm(request.POST or None)
    return render(request, "ui/question.html", {**sample(), "form": form})


def refused(request: HttpRequest) -> HttpResponse:
    """Refuse everybody."""
    raise PermissionDenied


class Progress:
    """How often the progress page was read: done at the third time."""

    reads = 0


def progress(request: HttpRequest) -> HttpResponse:
    """Show a job that is done at the third reading."""
    Progress.reads += 1
    return render(request, "ui/progress.html", {**sample(), "running": Progress.reads < 3})


urlpatterns = [
    path("ui/", gallery),
    path("ui/form/", form_page),
    path("ui/question/", question_page),
    path("ui/progress/", progress),
    path("ui/refused/", refused),
    # The frame's links are the site's own.
    path("", include("duty.config.urls")),
]
